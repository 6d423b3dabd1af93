"""A page as it is asked of somebody: what applies, in order, with what they typed and what is wrong with it."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.forms import conditions, entries, prose, wording, words
from app.forms.answers import Submission
from app.forms.boxes import box
from app.forms.conditions import answer, fill, holds
from app.forms.nodes import Question, Row
from app.forms.parts import ANSWERED, SEVERAL, Component, Page, flat
from app.forms.paths import get, has, merge
from app.forms.settling import within
from app.forms.tables import table

_SILENT = {"spacer", "button", "expression"}
_OPENS = {"radio", "checkbox"} | SEVERAL
_NEVER_NESTED = {"dynamiclist", "table"}


class _Scope:
    """Components that see the same answers: a page, or one row of a list in it."""

    def __init__(
        self,
        components: Iterable[Component],
        facts: Mapping[str, Any],
        typed: entries.Entries,
        problems: Mapping[str, str],
        prefix: str = "",
    ) -> None:
        self.components = tuple(components)
        self.facts = facts
        self.typed = typed
        self.problems = problems
        self.prefix = prefix
        self.revealed = _revealed(self.components)
        self.nested = {id(part) for parts in self.revealed.values() for part in parts}

    def questions(self, components: Iterable[Component]) -> tuple[Question, ...]:
        """What these components show, without what is hidden and what a choice reveals."""
        return tuple(
            self.question(part)
            for part in components
            if part.type not in _SILENT
            and id(part) not in self.nested
            and not (part.hide and holds(part.hide, self.facts))
        )

    def question(self, part: Component) -> Question:
        """What one component shows."""
        if part.type == "group":
            return Question("group", label=fill(part.label, self.facts), questions=self.questions(part.components))
        if part.type == "text":
            return Question("text", html=prose.html(fill(str(part.more.get("text", "")), self.facts, prose.literal)))
        if part.type == "table":
            return table(part, self.facts)
        if part.type == "dynamiclist":
            return self._list(part)
        if part.type not in ANSWERED:
            return Question(part.type)
        if not conditions.is_asked(part, self.facts):
            return self._shown(part)
        name = self.prefix + part.key
        return box(part, name, self._entry(part), self.facts, self.problems, self._reveals(part))

    def _entry(self, part: Component) -> entries.Entry:
        """What stands in the box: as typed, else as kept, else the author's first value."""
        if part.key in self.typed:
            return self.typed[part.key]
        return entries.entry_of(part, self._value(part))

    def _value(self, part: Component) -> Any:
        kept = self.facts["this"] if self.prefix else self.facts
        if has(kept, part.key):
            return get(kept, part.key)
        if source := part.wording.get("prefill"):
            return answer(source, self.facts)
        return part.more.get("defaultValue")

    def _shown(self, part: Component) -> Question:
        """A question that is only read here, with its answer in words."""
        value = words.in_words(part, self._value(part), self.facts)
        return Question("shown", label=fill(part.label, self.facts), value=value)

    def _reveals(self, part: Component) -> Mapping[str, tuple[Question, ...]]:
        if part.type not in _OPENS:
            return {}
        return {
            token: tuple(self.question(inner) for inner in parts)
            for (key, token), parts in self.revealed.items()
            if key == part.key
        }

    def _list(self, part: Component) -> Question:
        name = self.prefix + part.key
        row_name = wording.row_name(part)
        rows = self._entry(part) or [{}] * part.first_rows
        kept = get(self.facts, part.key)
        kept = kept if isinstance(kept, list) else []
        return Question(
            "list",
            name=name,
            label=fill(part.label, self.facts),
            hint=fill(part.hint, self.facts),
            error=self.problems.get(name, ""),
            rows=tuple(self._row(part, number, rows[number], kept, row_name) for number in range(len(rows))),
            row_name=row_name,
            can_add=part.more.get("allowAddRemove") is not False and len(rows) < entries.MOST_ROWS,
            can_remove=part.more.get("allowAddRemove") is not False and len(rows) > 1,
        )

    def _row(self, part: Component, number: int, typed: entries.Entries, kept: list[Any], row_name: str) -> Row:
        values = kept[number] if number < len(kept) and isinstance(kept[number], dict) else {}
        facts = within(self.facts, values)
        prefix = f"{self.prefix}{part.key}.{number}."
        row = _Scope(part.components, facts, typed, self.problems, prefix)
        marks = dict.fromkeys([*typed.get(entries.WAS, ()), *([entries.mark(values)] if values else ())])
        legend = f"{row_name[:1].upper()}{row_name[1:]} {number + 1}"
        return Row(number, legend, row.questions(part.components), tuple(marks))


def questions(page: Page, facts: Mapping[str, Any], submission: Submission | None = None) -> list[Question]:
    """What the page shows, in order, nested where a choice or a group holds it.

    ``facts`` are the case's facts with the draft so far merged in; ``submission`` is what was just sent, when the
    page is shown again.
    """
    sent = submission or Submission()
    around = merge(facts, sent.values)
    return list(_Scope(page.components, around, sent.typed, sent.problems).questions(page.components))


def _revealed(components: Iterable[Component]) -> dict[tuple[str, str], list[Component]]:
    """Components by the (key, token) of the choice before them in the same scope that reveals them."""
    opens: set[tuple[str, str]] = set()
    revealed: dict[tuple[str, str], list[Component]] = {}
    for part, _ in flat(components):
        choice = conditions.reveal(part) if part.type not in _NEVER_NESTED else None
        if choice in opens:
            revealed.setdefault(choice, []).append(part)
        opens |= {(part.key, token) for token in _tokens(part)}
    return revealed


def _tokens(part: Component) -> tuple[str, ...]:
    """The choices written in the form that can have questions under them."""
    if part.type == "checkbox":
        return ("true",)
    return tuple(option.token for option in conditions.options(part, {})) if part.type in _OPENS else ()
