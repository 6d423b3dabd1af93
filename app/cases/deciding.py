"""Asking a decision table of a case's procedure outside its run: what the partners have agreed, nothing kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.engine.feel_engine import FeelEngine
from app.engine.library import Procedure


def decided(procedure: Procedure, table: str, facts: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """What the table with this id says about these facts, as a nested record of its outputs; {} when no row fits.

    ``at`` is the present instant, for tables that look at it. Raises ``CannotGoOn`` for a table that is not there or
    cannot be worked out.
    """
    engine = FeelEngine(at=at, opened_at=at, tables=procedure.tables, calendars=procedure.calendars)
    return engine.said(table, facts, element=table)
