"""The promised days of a case, from the table of agreed timescales.

Only milestones that count from the application can be dated from the start; the others depend on what happens.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app import errors
from app.engine.feel_engine import TIMESCALES, FeelEngine
from app.engine.library import Procedure
from app.feel import evaluating
from app.law import limit_words, limits
from app.law.limits import Due


def milestones(procedure: Procedure) -> list[str]:
    """Every milestone the table of timescales knows, in its order."""
    table = procedure.tables.get(TIMESCALES)
    if table is None:
        return []
    column = next((n for n, question in enumerate(table.inputs) if question.expression == "milestone"), None)
    named = [evaluating.evaluate(rule.tests[column], {}) for rule in table.rules] if column is not None else []
    return list(dict.fromkeys(name for name in named if isinstance(name, str)))


def timescale(procedure: Procedure, milestone: str, facts: Mapping[str, Any]) -> str:
    """The agreed limit of a milestone in words; "" where there is none."""
    try:
        at = datetime.min.replace(tzinfo=UTC)  # no limit is counted here
        return FeelEngine(at=at, opened_at=at, tables=procedure.tables).timescale(milestone, facts)
    except errors.CannotGoOn:
        return ""


def row(procedure: Procedure, milestone: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """All that the table of timescales says of a milestone: ``limit``, ``warn``, ``told``, ``extendable``, ``hold``.

    {} where it says nothing, or cannot be asked with these facts.
    """
    at = datetime.min.replace(tzinfo=UTC)  # no limit is counted here
    try:
        return FeelEngine(at=at, opened_at=at, tables=procedure.tables).agreed(milestone, facts)
    except errors.CannotGoOn:
        return {}


def promised(
    procedure: Procedure, facts: Mapping[str, Any], *, opened_at: datetime, start_at: datetime | None = None
) -> dict[str, Due]:
    """The day promised for each milestone that counts from the application.

    With ``start_at``, also the days that limits counting from their own start would end on if they started then:
    what a letter that goes out at that moment may say.
    """
    engine = FeelEngine(at=opened_at, opened_at=opened_at, tables=procedure.tables, calendars=procedure.calendars)
    anchors = {limits.APPLICATION: opened_at} | ({limits.START: start_at} if start_at else {})
    found = {}
    for milestone in milestones(procedure):
        words = timescale(procedure, milestone, facts)
        limit = limit_words.read(words) if words else None
        if limit is not None and not limit.fixed and limit.anchor in anchors:
            found[milestone] = limits.due(
                limit,
                start_at=anchors[limit.anchor],
                opened_at=opened_at,
                fact=lambda _: None,
                calendars=engine.calendars,
            )
    return found
