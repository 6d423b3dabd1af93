"""Values as people say them in a letter, in its language: days, times, lists, yes and no."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.law import wording
from app.law.calendar import LONDON
from app.notify.languages import Language

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")


def said(value: Any, language: Language) -> str:
    """A value in words; "" for nothing, and for a record, which has none."""
    if isinstance(value, bool):
        return language.yes if value else language.no
    if isinstance(value, int | float | Decimal):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if isinstance(value, str):
        return _text(value, language)
    if isinstance(value, list):
        words = [one for one in (said(each, language) for each in value) if one]
        return language.listed(words) if words else ""
    return ""


def holds(value: Any) -> bool:
    """Whether a condition holds: what is unknown, empty, ``no``, false or 0 does not."""
    return value not in (None, "", "no", False, 0, [], {})


def plain(value: Any) -> Any:
    """A value as FEEL takes it: days and instants as ISO 8601 text, records and lists of such."""
    if isinstance(value, date):  # and so is every instant
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def either(*values: Any) -> Any:
    """The first of several values that holds; null where none does."""
    return next((value for value in values if holds(value)), None)


def named(key: Any) -> str:
    """What a key stands for, as a name: ``thistledown_homes`` is ‘Thistledown Homes’."""
    words = key.replace("_", " ") if isinstance(key, str) else ""
    return words.upper() if words == "nhs" else words.title()


def _text(value: str, language: Language) -> str:
    try:
        if _DAY.fullmatch(value):
            return language.day_in_words(date.fromisoformat(value))
        if _MOMENT.fullmatch(value) and (instant := wording.read_instant(value)):
            return _moment(instant, language)
    except ValueError:
        pass  # a day that there is not: it stays as it was written
    return value


def _moment(instant: datetime, language: Language) -> str:
    local = instant.astimezone(LONDON)
    return language.at.format(day=language.day_in_words(local.date()), time=language.time_in_words(local.time()))
