"""What differs between two versions of a decision table, row by row in words."""

from collections.abc import Iterator

from app.drawing.decisions import DecisionTable, Rule

ANYTHING = ("", "-")  # tests that every answer passes
WORDS = {"true": "yes", "false": "no", "": "nothing", "null": "nothing"}


def differences(old: DecisionTable, new: DecisionTable) -> list[str]:
    """What the new table says otherwise: ``Panel: time limit ‘working day 10’ becomes ‘working day 12’``."""
    before, after = _rows(old), _rows(new)
    said = [line for key, rule in after.items() if key in before for line in _changed(old, before[key], new, rule)]
    said += [f"{_name(new, rule)}: new, {_cell(rule.results[0])}" for key, rule in after.items() if key not in before]
    said += [f"{_name(old, rule)}: taken out" for key, rule in before.items() if key not in after]
    if [key for key in before if key in after] != [key for key in after if key in before]:
        said.append("The rows stand in another order, and the first that fits counts")
    if [one.expression for one in old.inputs] != [one.expression for one in new.inputs]:
        said.append("What the table asks is asked in another way")
    return said or ["Only remarks differ"]


def _rows(table: DecisionTable) -> dict[tuple[str, ...], Rule]:
    """The rows by what they are for; of two for the same, the first counts."""
    found: dict[tuple[str, ...], Rule] = {}
    for rule in table.rules:
        found.setdefault(tuple("" if test in ANYTHING else test for test in rule.tests), rule)
    return found


def _changed(old: DecisionTable, before: Rule, new: DecisionTable, after: Rule) -> Iterator[str]:
    known = {output.name: cell for output, cell in zip(old.outputs, before.results, strict=True)}
    for output, cell in zip(new.outputs, after.results, strict=True):
        was = _cell(known.get(output.name, ""))
        if was != _cell(cell):
            label = (output.label or output.name).rstrip("?").lower()
            yield f"{_name(new, after)}: {label} ‘{was}’ becomes ‘{_cell(cell)}’"


def _name(table: DecisionTable, rule: Rule) -> str:
    """What a row is for: ``Interview (risk: high)``."""
    name, more = head(table, rule), when(table, rule)
    return f"{name} ({', '.join(more)})" if more else name


def head(table: DecisionTable, rule: Rule) -> str:
    """What the first question of a row is answered with: ``Interview``."""
    found = (_cell(test) for test in rule.tests[:1] if test not in ANYTHING)
    return next(found, "Anything else").replace("_", " ").capitalize()


def when(table: DecisionTable, rule: Rule) -> list[str]:
    """What else must hold for a row: ``risk: high``."""
    said = zip(table.inputs[1:], rule.tests[1:], strict=True)
    return [f"{asked.label.rstrip('?').lower()}: {_cell(test)}" for asked, test in said if test not in ANYTHING]


def _cell(text: str) -> str:
    plain = text.strip().strip('"')
    return WORDS.get(plain, plain)
