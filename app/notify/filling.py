"""Filling a letter with the facts of a case: from its parts to text in which each value has its place.

Values never meet the reader of Markdown: a mark stands in the text where a value goes. What a fact nobody knows would
have said is blank. The work is bounded for the whole letter, whatever stands in it.
"""

from collections.abc import Mapping
from contextvars import Token
from dataclasses import dataclass, field
from typing import Any

from app import errors
from app.engine.facts import find
from app.errors import NotUnderstood
from app.feel import bounds, evaluating
from app.feel.bounds import MODEL_SECONDS, MODEL_STEPS, Budget
from app.forms.letters import asked
from app.forms.letters.asked import ROW
from app.forms.letters.parts import Card, Choice, Each, Fact, LetterFile, Part, Parts, Passage, Words
from app.notify import saying
from app.notify.languages import Language

OPENS, CLOSES = "\ue000", "\ue001"  # around the number of a value
CARD, CARD_ENDS = "\ue002", "\ue003"
MOST_ROWS = 2_000  # of all lists of a letter together
MOST_PARTS = 20_000
MOST_TEXT = 400_000  # characters of all values and words
DEEPEST = 5  # passages within passages
FUNCTIONS = {"either": saying.either, "named": saying.named}
Letters = Mapping[str, LetterFile]


@dataclass
class Filling:
    """One letter being filled. ``used`` has the value of every fact that it asked for, None for one not known.

    ``own`` are the names of what the system gives: they are no facts of the case, but for those in ``told``.
    """

    letters: Letters
    context: Mapping[str, Any]
    language: Language
    own: frozenset[str] = frozenset()
    used: dict[str, Any] = field(default_factory=dict)
    values: list[str] = field(default_factory=list)
    _spent: dict[str, int] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)  # the passages that are being filled

    def passage(self, name: str) -> str:
        """A shared passage as text with marks for values. Raises ``CannotGoOn`` where there is none."""
        return self.text((Passage(name, 0),))

    def text(self, parts: Parts) -> str:
        """Parts as text with marks for values. Raises ``CannotGoOn`` where a bound is reached."""
        before: Token[Budget] = bounds.current.set(Budget(MODEL_STEPS, seconds=MODEL_SECONDS))
        try:
            return self._all(parts, self.context, {})
        except NotUnderstood as problem:
            raise errors.CannotGoOn(f"A letter takes too much to work out: {problem}") from problem
        finally:
            bounds.current.reset(before)

    def _all(self, parts: Parts, scope: Mapping[str, Any], paths: Mapping[str, str]) -> str:
        return "".join(self._one(part, scope, paths) for part in parts)

    def _one(self, part: Part, scope: Mapping[str, Any], paths: Mapping[str, str]) -> str:
        self._count("parts", 1, MOST_PARTS)
        match part:
            case Words(text):
                self._count("text", len(text), MOST_TEXT)
                return text
            case Fact(source):
                return self._mark(saying.said(self._value(source, scope, paths), self.language))
            case Choice(ways):
                return self._choice(ways, scope, paths)
            case Each():
                return self._each(part, scope, paths)
            case Card(inside):
                return f"\n\n{CARD}\n\n{self._all(inside, scope, paths)}\n\n{CARD_ENDS}\n\n"
            case Passage(name):
                return self._passage(name, scope, paths)

    def _choice(self, ways: tuple[Any, ...], scope: Mapping[str, Any], paths: Mapping[str, str]) -> str:
        for way in ways:
            if not way.condition or saying.holds(self._value(way.condition, scope, paths)):
                return self._all(way.inside, scope, paths)
        return ""

    def _each(self, each: Each, scope: Mapping[str, Any], paths: Mapping[str, str]) -> str:
        found = self._value(each.source, scope, paths)
        rows = found if isinstance(found, list) else [] if found is None else [found]
        self._count("rows", len(rows), MOST_ROWS)
        inner = {**paths, each.name: f"{asked.of_list(each.source, paths)}{ROW}"}
        return "".join(self._all(each.inside, {**scope, each.name: row}, inner) for row in rows)

    def _passage(self, name: str, scope: Mapping[str, Any], paths: Mapping[str, str]) -> str:
        found = self.letters.get(f"{name}.{self.language.code}") or self.letters.get(name)
        if found is None or not found.is_passage:
            raise errors.CannotGoOn(f"There is no passage ‘{name}’.")
        if len(self._open) >= DEEPEST:
            raise errors.CannotGoOn(f"The passage ‘{name}’ stands in too many others, or in itself.")
        self._open.append(name)
        try:
            return self._all(found.body, scope, paths).strip("\n")
        finally:
            self._open.pop()

    def _value(self, source: str, scope: Mapping[str, Any], paths: Mapping[str, str]) -> Any:
        for name in asked.of_source(source):
            self._note(name, scope, paths)
        return evaluating.evaluate(source, scope, functions=FUNCTIONS)

    def _note(self, name: str, scope: Mapping[str, Any], paths: Mapping[str, str]) -> None:
        path, value = asked.whole(name, paths), find(scope, name)
        if path.partition(".")[0].removesuffix(ROW) not in self.own and not isinstance(value, Mapping):
            self.used[path] = value

    def _mark(self, value: str) -> str:
        self._count("text", len(value), MOST_TEXT)
        self.values.append(value)
        return f"{OPENS}{len(self.values) - 1}{CLOSES}"

    def _count(self, what: str, number: int, most: int) -> None:
        self._spent[what] = self._spent.get(what, 0) + number
        if self._spent[what] > most:
            raise errors.CannotGoOn(f"A letter becomes too long: it has more than {most:,} {what}.")
