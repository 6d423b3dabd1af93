"""Rows of facts shown to read: what a form's table says."""

from collections.abc import Mapping
from typing import Any

from app.forms.building import objects
from app.forms.conditions import answer, fill
from app.forms.nodes import Question
from app.forms.parts import Component
from app.forms.paths import get
from app.forms.words import cell

MOST_ROWS = 200


def table(part: Component, facts: Mapping[str, Any]) -> Question:
    """The table with its column heads and the rows of facts it names; without rows where there are none."""
    source = str(part.more.get("dataSource") or "")
    found = answer(source, facts) if source.startswith("=") else get(facts, source)
    rows = [row for row in found if isinstance(row, dict)][:MOST_ROWS] if isinstance(found, list) else []
    columns = _columns(part, facts, rows)
    return Question(
        "table",
        label=fill(part.label, facts),
        heads=tuple(label for _, label in columns),
        cells=tuple(tuple(cell(get(row, key)) for key, _ in columns) for row in rows),
    )


def _columns(part: Component, facts: Mapping[str, Any], rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Key and head of each column: as the form says, else every key of the first row."""
    computed = answer(str(part.more["columnsExpression"]), facts) if part.more.get("columnsExpression") else None
    written = objects(computed if computed is not None else part.more.get("columns"))
    columns = [
        (str(column.get("key") or ""), str(column.get("label") or column.get("key") or "")) for column in written
    ]
    return [column for column in columns if column[0]] or [(key, key) for key in (rows[0] if rows else {})]
