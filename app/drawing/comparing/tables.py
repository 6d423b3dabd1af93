"""What differs between two files of decision tables, table by table and row by row in words."""

from collections import Counter
from collections.abc import Iterator, Sequence

from app.drawing.comparing.values import Change
from app.drawing.decisions import DecisionTable, Rule
from app.drawing.outlining.english import lowered, plain
from app.drawing.outlining.names import quoted


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
    asks_anew = [one.expression for one in old.inputs] != [one.expression for one in new.inputs]
    before, after = _by_tests(old, by_id=asks_anew), _by_tests(new, by_id=asks_anew)
    for key, rule in after.items():
        if key not in before:
            yield Change("added", f"New row in {quoted(new.name)}: {_row(new, rule)}.", (rule.id,))
        elif before[key].results != rule.results:
            for says in _cells(old, before[key], new, rule):
                yield Change(
                    "row", f"In {quoted(new.name)}, {_case(new, rule)}: {says}.", (rule.id,), (before[key].id,)
                )
    for key, rule in before.items():
        if key not in after:
            yield Change("removed", f"Taken out of {quoted(old.name)}: the row {_row(old, rule)}.", (), (rule.id,))
    shared = [key for key in before if key in after]
    if shared != [key for key in after if key in before]:
        yield Change("order", f"The rows of {quoted(new.name)} stand in another order.", (new.id,), (old.id,))


def _by_tests(table: DecisionTable, *, by_id: bool) -> dict[tuple[object, int], Rule]:
    found: dict[tuple[object, int], Rule] = {}
    seen: Counter[object] = Counter()
    for rule in table.rules:
        key = rule.id if by_id and rule.id else tuple(_cell(test) for test in rule.tests)
        found[key, seen[key]] = rule
        seen[key] += 1
    return found


def _case(table: DecisionTable, rule: Rule) -> str:
    pairs = zip(table.inputs, rule.tests, strict=False)
    said = [f"{_label(one.label or one.expression)} {quoted(_cell(test))}" for one, test in pairs if _cell(test)]
    return ", ".join(said) or "in any other case"


def _row(table: DecisionTable, rule: Rule) -> str:
    pairs = zip(table.outputs, rule.results, strict=False)
    says = ", ".join(f"{_label(one.label or one.name)} {_cell(cell)}" for one, cell in pairs if _cell(cell))
    return f"{_case(table, rule)}: {says}" if says else _case(table, rule)


def _cells(old: DecisionTable, before: Rule, new: DecisionTable, after: Rule) -> Iterator[str]:
    known = {one.name: cell for one, cell in zip(old.outputs, before.results, strict=False)}
    for output, cell in zip(new.outputs, after.results, strict=False):
        was = known.get(output.name, "")
        if was != cell:
            label = _label(output.label or output.name)
            yield f"{label} {_cell(was) or 'nothing'} → {_cell(cell) or 'nothing'}"


def _label(text: str) -> str:
    return lowered(plain(text).rstrip("?"))


def _cell(text: str) -> str:
    """A cell without its quotation marks, with *yes* and *no*; "" for what every answer passes."""
    said = plain(text).strip('"')
    return {"-": "", "true": "yes", "false": "no", "null": ""}.get(said, said)
