"""What a decision table said before, for tables whose answer hangs on nothing but a few plain facts.

The table of agreed times is asked some hundred times in a day of a case, mostly about the same. A table is remembered
where its cells name facts by their paths and call only what FEEL has built in, but for the present instant.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any

from app.drawing.decisions import DecisionTable
from app.feel import evaluating, parsing

KEPT, MOST = 64, 2_000  # tables, and answers of each
PLAIN = (str, int, float, bool, type(None))
INNER = re.compile(r"[\[{]|\b(for|some|every|function)\b")  # what brings names of its own into an expression
TELLS_TIME = frozenset({"now", "today"})
Said = dict[str, Any]


class _Answers:
    """What one table said, by the values of the facts that it asks for."""

    def __init__(self, table: DecisionTable) -> None:
        self.table = table  # held, so that no other one can have its identity meanwhile
        self.paths = _paths(table)
        self.said: dict[tuple[Hashable, ...], Said] = {}


_known: dict[int, _Answers] = {}


def remembered(table: DecisionTable, facts: Mapping[str, Any], decide: Callable[[], Said]) -> Said:
    """What a table says about these facts: as it said before, else as ``decide`` says. A record of one's own."""
    answers = _answers(table)
    key = _key(answers.paths, facts) if answers.paths is not None else None
    if key is None:
        return decide()
    if key not in answers.said:
        if len(answers.said) >= MOST:
            answers.said.clear()
        answers.said[key] = decide()
    return deepcopy(answers.said[key])


def _answers(table: DecisionTable) -> _Answers:
    found = _known.get(id(table))
    if found is None or found.table is not table:
        if len(_known) >= KEPT:
            _known.clear()
        found = _known[id(table)] = _Answers(table)
    return found


def _key(paths: tuple[tuple[str, ...], ...], facts: Mapping[str, Any]) -> tuple[Hashable, ...] | None:
    """The values that the answer hangs on; None where one is not plain, or where names are no single words."""
    found: list[Hashable] = []
    for path in paths:
        value: Any = facts
        for part in path:
            if value is not None and not isinstance(value, Mapping):
                return None
            value = value.get(part) if value is not None else None
        if not isinstance(value, PLAIN):
            return None
        found.append((type(value), value))
    return None if evaluating.has_long_names(facts) else tuple(found)


def _paths(table: DecisionTable) -> tuple[tuple[str, ...], ...] | None:
    """The facts that a table asks for; None for a table that must be asked each time."""
    written = [cell for cell in _cells(table) if cell.strip()]
    if table.needs or table.parameters or any(INNER.search(cell) for cell in written):
        return None
    return _asked(tuple(written), tuple(test for rule in table.rules for test in rule.tests))


def _cells(table: DecisionTable) -> Iterable[str]:
    yield from (question.expression for question in table.inputs)
    for rule in table.rules:
        yield from (*rule.tests, *rule.results)


@lru_cache(KEPT)
def _asked(written: tuple[str, ...], tests: tuple[str, ...]) -> tuple[tuple[str, ...], ...] | None:
    trees = [parsing.parse_tests(one.strip()) if one in tests else parsing.parse(one) for one in written]
    if any(parsing.called(tree) - (evaluating.BUILT_IN_NAMES - TELLS_TIME) for tree in trees):
        return None
    names = {name for tree in trees for name in parsing.names(tree, item=True)}
    return tuple(sorted(tuple(name.split(".")) for name in names))
