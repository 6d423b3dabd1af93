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
from app.forms.entries import Entries, is_blank
from app.forms.parts import KEYED, Component, flat
from app.forms.paths import merge, put

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
    scope = [(component, hides) for component, hides in flat(components) if component.type in KEYED]
    settled = Settled()
    for _ in range(ROUNDS):
        around = within(facts, settled.values) if prefix else merge(facts, settled.values)
        hidden = frozenset(component.key for component, hides in scope if is_hidden(hides, around))
        latest = _round(scope, entries, around, today, prefix, hidden)
        if latest == settled:
            break
        settled = latest
    return settled


def within(facts: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """What an expression sees inside a row: the row's own answers over the facts, ``this`` and ``parent``."""
    return {**facts, **row, "this": dict(row), "parent": dict(facts)}


def _round(
    scope: list[tuple[Component, tuple[str, ...]]],
    entries: Entries,
    around: Mapping[str, Any],
    today: date,
    prefix: str,
    hidden: frozenset[str],
) -> Settled:
    latest = Settled(hidden=hidden)
    for component, _ in scope:
        if component.key in hidden:
            put(latest.values, component.key, None)
        elif component.type == "expression":
            put(latest.values, component.key, answer(str(component.more.get("expression", "")), around))
        elif component.type == "dynamiclist":
            _rows(component, entries.get(component.key) or [], around, today, prefix, latest)
        elif is_asked(component, around):
            value, fault = check(component, entries.get(component.key, ""), around, today)
            put(latest.values, component.key, value)
            if fault:
                latest.problems[f"{prefix}{component.key}{fault.at}"] = fault.says
    return latest


def _rows(
    component: Component,
    rows: list[Entries],
    around: Mapping[str, Any],
    today: date,
    prefix: str,
    latest: Settled,
) -> None:
    name = prefix + component.key
    settled = [settle(component.components, row, around, today, f"{name}.{number}.") for number, row in enumerate(rows)]
    put(latest.values, component.key, [row.values for row in settled])
    problems = {
        field: wording.in_row(component, number, says) if len(rows) > 1 else says
        for number, row in enumerate(settled)
        for field, says in row.problems.items()
    }
    if component.required and not problems and all(is_blank(row) for row in rows):
        problems[name] = wording.missing(component)
    latest.problems.update(problems)
