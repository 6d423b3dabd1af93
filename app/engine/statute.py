"""The functions of the Act that expressions in drawings and tables can call."""

from datetime import date
from typing import Any

from app.law import calendar


def period_end(first: Any, months: Any) -> date | None:
    """FEEL ``period_end(date, months)``: the last day of a statutory period; null for anything that is no date."""
    if isinstance(first, str):
        try:
            first = date.fromisoformat(first)
        except ValueError:
            return None
    if not isinstance(first, date) or months is None:
        return None
    return calendar.period_end(first, int(months))
