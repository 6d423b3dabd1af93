"""What differs between two files of decision tables, table by table and row by row in words."""

from collections.abc import Iterator, Sequence

from app.drawing.comparing_values import Change
from app.drawing.decisions import DecisionTable, Rule
from app.drawing.outline_names import quoted
from app.drawing.plain_english import plain

_ANYTHING = ("", "-")  # tests that every answer passes


def compare_tables(old: Sequence[DecisionTable], new: Sequence[DecisionTable]) -> list[Change]:
    """What the new tables say otherwise. Never empty: the last resort is *Nothing has changed.*"""
    before, after = {table.id: table for table in old}, {table.id: table for table in new}
    said = [Change("added", f"New table: {quoted(after[id_].name)}.", (id_,)) for id_ in after if id_ not in before]
    said += [
        Change("removed", f"Taken out: the table {quoted(before[id_].name)}.", (), (id_,))
        for id_ in before
        if id_ not in after
    ]
    said += [change for id_ in before if id_ in after for change in _table(before[id_], after[id_])]
    return said or [Change("nothing", "Nothing has changed.")]


def _table(old: DecisionTable, new: DecisionTable) -> Iterator[Change]:
    name = quoted(new.name)
    if old.name != new.name:
        yield Change("renamed", f"The table {quoted(old.name)} is now called {name}.", (new.id,), (old.id,))
    if (old.hit_policy, old.aggregation) != (new.hit_policy, new.aggregation):
        yield Change("table", f"Which row counts in the table {name} has changed.", (new.id,), (old.id,))
    if [one.expression for one in old.inputs] != [one.expression for one in new.inputs]:
        yield Change("table", f"What the table {name} asks has changed.", (new.id,), (old.id,))
    if [one.name for one in old.outputs] != [one.name for one in new.outputs]:
        yield Change("table", f"What the table {name} answers has changed.", (new.id,), (old.id,))
    yield from _rows(old, new)


def _rows(old: DecisionTable, new: DecisionTable) -> Iterator[Change]:
    """Rows by what they are for; of several for the same, by their place among them."""
    before, after = _by_tests(old), _by_tests(new)
    for key, rule in after.items():
        if key not in before:
            yield Change("added", f"New row in {quoted(new.name)}: {_row(new, rule)}.", (rule.id,))
        elif before[key].results != rule.results:
            for says in _cells(old, before[key], new, rule):
                yield Change("row", f"{quoted(new.name)}, {_case(new, rule)}: {says}.", (rule.id,), (before[key].id,))
    for key, rule in before.items():
        if key not in after:
            yield Change("removed", f"Taken out of {quoted(old.name)}: the row {_row(old, rule)}.", (), (rule.id,))
    shared = [key for key in before if key in after]
    if shared != [key for key in after if key in before]:
        yield Change("order", f"The rows of {quoted(new.name)} stand in another order.", (new.id,), (old.id,))


def _by_tests(table: DecisionTable) -> dict[tuple[object, ...], Rule]:
    found: dict[tuple[object, ...], Rule] = {}
    for rule in table.rules:
        key = tuple("" if test in _ANYTHING else test for test in rule.tests)
        found[(key, sum(one[0] == key for one in found))] = rule
    return found


def _case(table: DecisionTable, rule: Rule) -> str:
    pairs = zip(table.inputs, rule.tests, strict=False)
    said = [f"{plain(one.label or one.expression).rstrip('?')} {test}" for one, test in pairs if test not in _ANYTHING]
    return ", ".join(said) or "in any other case"


def _row(table: DecisionTable, rule: Rule) -> str:
    pairs = zip(table.outputs, rule.results, strict=False)
    says = ", ".join(f"{plain(one.label or one.name).rstrip('?')} {cell}" for one, cell in pairs if cell)
    return f"{_case(table, rule)}: {says}" if says else _case(table, rule)


def _cells(old: DecisionTable, before: Rule, new: DecisionTable, after: Rule) -> Iterator[str]:
    known = {one.name: cell for one, cell in zip(old.outputs, before.results, strict=False)}
    for output, cell in zip(new.outputs, after.results, strict=False):
        was = known.get(output.name, "")
        if was != cell:
            yield f"{plain(output.label or output.name).rstrip('?')} {was or 'nothing'} → {cell or 'nothing'}"
