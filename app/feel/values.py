"""The values FEEL computes with, and the name of each kind (DMN 1.5, 10.3.2.3).

null ``None`` · boolean ``bool`` · number ``Decimal`` · string ``str`` · date ``date`` · time ``time`` ·
date and time ``datetime`` · days and time duration ``timedelta`` · years and months duration ``Months`` ·
list ``list`` · context ``dict`` · range ``Range`` · function ``Function``.
What Python's calendar cannot hold is a ``FarDate``, ``FineTime`` or ``FarInstant``.
Invariant: a value has exactly one of these Python types, never a subclass, so ``type(value)`` tells its kind.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from app.feel.far import FarDate, FarInstant, FineTime


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A years and months duration; ``count`` is months and may be negative."""

    count: int


@dataclass(frozen=True, slots=True)
class Range:
    """All values between ``low`` and ``high``; an end that is None is open without limit."""

    low: Any
    high: Any
    low_included: bool
    high_included: bool


class Function(ABC):
    """Something that can be called with FEEL values and gives a FEEL value."""

    @abstractmethod
    def call(self, arguments: Sequence[Any]) -> Any:
        """The result for arguments in order; null where they do not fit."""

    @abstractmethod
    def call_named(self, arguments: Mapping[str, Any]) -> Any:
        """The result for arguments by parameter name; null where they do not fit."""


_KINDS: dict[type, str] = {
    FarDate: "date",
    FineTime: "time",
    FarInstant: "date and time",
    type(None): "Null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    date: "date",
    time: "time",
    datetime: "date and time",
    timedelta: "days and time duration",
    Months: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
}


def kind(value: Any) -> str:
    """The FEEL name of the value's kind: "number", "days and time duration", ..., "function"."""
    return _KINDS.get(type(value), "function")
