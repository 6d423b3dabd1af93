"""What a check says of the rows of a decision table: a gap, rows that fit together, rows that are never reached.

Each finding stands on the table or on the row it speaks of, and gives a case as its example. Nothing is said of facts
that are not known yet: only of answers.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from app.drawing.covering import regions, rows
from app.drawing.covering.rows import Choices, Covered, Met
from app.drawing.decisions import SEVERAL, DecisionTable
from app.drawing.expressions import ASSIGNMENT
from app.drawing.findings import ERROR, NOTE, WARNING, Finding
from app.feel.writing import lowered

MOST_PAIRS = 10  # told of one table
SAID = {True: "yes", False: "no", None: "not known", regions.OTHER: "something else"}


def look(table: DecisionTable, choices: Mapping[str, Choices]) -> tuple[Finding, ...]:
    """What a table leaves open or says twice. ``choices`` are the texts that a fact can have, by its path."""
    if not table.inputs or not table.rules:
        return ()
    covered = rows.cover(table, choices)
    return (
        *_gap(table, covered),
        *_together(table, covered),
        *_unreached(table, covered),
        *_unknown(table, choices),
        *_untold(table, covered),
    )


def _gap(table: DecisionTable, covered: Covered) -> Iterator[Finding]:
    if table.hit_policy in SEVERAL or any(output.default for output in table.outputs) or covered.gap is None:
        return
    says = f"No row says what happens when {case(table, covered.gap)}. The table gives no answer then."
    yield _on(table, None, "no_row", WARNING, says)


def _together(table: DecisionTable, covered: Covered) -> Iterator[Finding]:
    if table.hit_policy not in ("UNIQUE", "ANY"):
        return
    pairs = list(covered.together())
    if table.hit_policy == "ANY":
        pairs = [one for one in pairs if table.rules[one[0]].results != table.rules[one[1]].results]
    rule = "Only one row may fit" if table.hit_policy == "UNIQUE" else "Rows that fit together must answer the same"
    severity = ERROR if table.hit_policy == "UNIQUE" and _is_apart(table) else WARNING
    for first, second, met in pairs[:MOST_PAIRS]:
        says = f"Rows {first + 1} and {second + 1} both fit when {case(table, met)}. {rule}, so a case stops there."
        yield _on(table, second, "rows_together", severity, says)


def _is_apart(table: DecisionTable) -> bool:
    """Whether the questions are facts of their own, so that any answers can come together."""
    asked = [one.expression for one in table.inputs]
    return len(set(asked)) == len(asked) and all(ASSIGNMENT.fullmatch(f"{one}=1") for one in asked)


def _unreached(table: DecisionTable, covered: Covered) -> Iterator[Finding]:
    never = rows.rows(covered.never)
    hidden = covered.hidden(len(table.rules)) if table.hit_policy == "FIRST" else []
    for row in sorted({*never, *hidden}):
        why = "nothing can pass its tests" if row in never else "the rows above it take every case that it would fit"
        yield _on(table, row, "row_unreached", WARNING, f"Row {row + 1} is never used: {why}.")


def _unknown(table: DecisionTable, choices: Mapping[str, Choices]) -> Iterator[Finding]:
    for row, rule in enumerate(table.rules):
        for asked, cell in zip(table.inputs, rule.tests, strict=True):
            known = choices.get(asked.expression)
            for text in (one for one in regions.texts(cell) if known is not None and one not in known):
                says = f"Row {row + 1} asks whether {_label(table, asked)} is ‘{text}’. The answers that can come are "
                yield _on(table, row, "value_unknown", WARNING, f"{says}{_listed(known or ())}.")


def _untold(table: DecisionTable, covered: Covered) -> Iterator[Finding]:
    if table.hit_policy in SEVERAL:
        return
    unsure = [n for n, rule in enumerate(table.rules, 1) if not all(map(regions.is_exact, rule.tests))]
    if unsure:
        which = f"row {unsure[0]}" if len(unsure) == 1 else f"rows {', '.join(map(str, unsure))}"
        says = f"We cannot tell every case in which {which} would fit: a test in it is worked out from other facts."
        yield _on(table, None, "rows_untold", NOTE, says)
    elif not covered.whole:
        says = "We cannot tell whether every case has a row: the table has too many kinds of case to look at them all."
        yield _on(table, None, "rows_untold", NOTE, says)


def case(table: DecisionTable, met: Met) -> str:
    """A case in words: ``risk is high and victim agrees is no``. Questions that make no difference are left out."""
    said = [
        f"{_label(table, asked)} is {_said(value)}"
        for number, (asked, value) in enumerate(zip(table.inputs, met.answers, strict=True))
        if any(rule.tests[number] not in regions.ANYTHING for rule in table.rules)
    ]
    return " and ".join(said) or "anything at all is the case"


def _label(table: DecisionTable, asked: Any) -> str:
    return f"‘{asked.label or asked.expression}’"


def _said(value: Any) -> str:
    if isinstance(value, bool | None) or value == regions.OTHER:
        return SAID[value]
    return f"{lowered(value)}"


def _listed(known: Any) -> str:
    return ", ".join(f"‘{one}’" for one in sorted(known))


def _on(table: DecisionTable, row: int | None, kind: str, severity: str, says: str) -> Finding:
    if row is None:
        return Finding(table.id, table.name, kind, severity, says)
    return Finding(table.rules[row].id or table.id, f"{table.name}, row {row + 1}", kind, severity, says)
