"""The answers of one page, settled: which questions apply depends on answers, and answers on which apply.

All entries are read, then the conditions are worked out with the new answers, then what they hide is let go,
and so again until nothing changes. Only then are faults counted. Invariant: an answer that is hidden is null.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.forms import wording
from app.forms.checking import check
from app.forms.conditions import answer, is_asked, is_hidden
from app.forms.entries import WAS, Entries, is_blank, row_before
from app.forms.parts import KEYED, Component, flat
from app.forms.paths import get, merge, put

ROUNDS = 6  # a chain of conditions longer than this is settled on the next page


@dataclass(frozen=True)
class Settled:
    """Values as a nested dictionary, faults as {field name: message}, and the keys that do not apply."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


def settle(
    components: Iterable[Component], entries: Entries, facts: Mapping[str, Any], today: date, prefix: str = ""
) -> Settled:
    """The settled answers of these entries. ``prefix`` stands before each field name (``reports.0.``)."""
    scope = _Scope(components, entries, facts, today, prefix)
    settled = Settled()
    for _ in range(ROUNDS):
        latest = scope.settled_once(settled.values)
        if latest == settled:
            break
        settled = latest
    return settled


def within(facts: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """What an expression sees inside a row: the row's own answers over the facts, ``this`` and ``parent``."""
    return {**facts, **row, "this": dict(row), "parent": dict(facts)}


class _Scope:
    """The questions of a page, or of one row, with what stands in them."""

    def __init__(
        self, components: Iterable[Component], entries: Entries, facts: Mapping[str, Any], today: date, prefix: str
    ) -> None:
        self.parts = [(part, hides) for part, hides in flat(components) if part.type in KEYED]
        self.entries = entries
        self.facts = facts
        self.today = today
        self.prefix = prefix

    def settled_once(self, values: Mapping[str, Any]) -> Settled:
        """What comes out when conditions and options are worked out with these values."""
        around = within(self.facts, values) if self.prefix else merge(self.facts, values)
        hidden = frozenset(part.key for part, hides in self.parts if is_hidden(hides, around))
        latest = Settled(hidden=hidden)
        for part, _ in self.parts:
            if part.key in hidden:
                put(latest.values, part.key, None)
            elif part.type == "expression":
                put(latest.values, part.key, answer(str(part.more.get("expression", "")), around))
            elif part.type == "dynamiclist":
                self._rows(part, around, latest)
            elif is_asked(part, around):
                self._question(part, around, latest)
        return latest

    def _question(self, part: Component, around: Mapping[str, Any], latest: Settled) -> None:
        value, fault = check(part, self.entries.get(part.key, ""), around, self.today)
        put(latest.values, part.key, value)
        if fault:
            latest.problems[f"{self.prefix}{part.key}{fault.at}"] = fault.says

    def _rows(self, part: Component, around: Mapping[str, Any], latest: Settled) -> None:
        """The rows of a list. What a kept row holds that this form does not ask stays with the row."""
        name = self.prefix + part.key
        rows: list[Entries] = self.entries.get(part.key) or []
        values = []
        problems: dict[str, str] = {}
        for number, row in enumerate(rows):
            before = row_before(get(self.facts, part.key), row.get(WAS, ()))
            settled = settle(part.components, row, {**around, **before}, self.today, f"{name}.{number}.")
            values.append(merge(before, settled.values))
            for field_name, says in settled.problems.items():
                problems[field_name] = wording.in_row(part, number, says) if len(rows) > 1 else says
        if part.required and not problems and all(is_blank(row) for row in rows):
            problems[name] = wording.missing(part)
        put(latest.values, part.key, values)
        latest.problems.update(problems)
