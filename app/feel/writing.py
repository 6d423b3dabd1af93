"""FEEL values as text and as JSON, and JSON as FEEL values.

Invariant: every container read or written is paid for, so a value that shares its parts many times stops in time.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, Overflow
from typing import Any

from app.feel.bounds import NUMBERS, fitting, spend, too_large
from app.feel.far import FAR
from app.feel.temporal import write
from app.feel.values import Function, Months, Range

_TEMPORAL = (date, time, timedelta, Months, *FAR)
_LARGEST_WHOLE = Decimal(10) ** 34


def lifted(value: Any) -> Any:
    """The FEEL value of a JSON value (or of a temporal value or number made by Python); null for all else."""
    if value is None or type(value) in (bool, str):
        return value
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _number(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, list | tuple):
        spend(len(value))
        return [lifted(one) for one in value]
    if isinstance(value, Mapping):
        spend(len(value))
        return {str(key): lifted(one) for key, one in value.items()}
    return value if isinstance(value, (*_TEMPORAL, Range, Function)) else None


def _number(value: int | float | Decimal) -> Decimal | None:
    try:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return NUMBERS.plus(number) if number.is_finite() else None
    except Overflow:
        raise too_large() from None


def lowered(value: Any) -> Any:
    """The JSON-ready value: whole numbers ``int``, others ``float``; temporal values and ranges as text."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        whole = abs(value) < _LARGEST_WHOLE and value == value.to_integral_value()
        return int(value) if whole else float(value)
    if isinstance(value, list):
        spend(len(value))
        return [lowered(one) for one in value]
    if isinstance(value, dict):
        spend(len(value))
        return {key: lowered(one) for key, one in value.items()}
    if isinstance(value, _TEMPORAL):
        return write(value, region=False)
    return written(value) if isinstance(value, Range) else None


def given(value: Any) -> Any:
    """The value as a host function gets it: as ``lowered``, but temporal values stay what they are."""
    if isinstance(value, (*_TEMPORAL, datetime)):
        return value
    if isinstance(value, list):
        spend(len(value))
        return [given(one) for one in value]
    if isinstance(value, dict):
        spend(len(value))
        return {key: given(one) for key, one in value.items()}
    return lowered(value)


def number_text(value: Decimal) -> str:
    """The number in digits, without an exponent and without zeros that say nothing."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-0") else text


def written(value: Any, *, quoted: bool = False) -> str:
    """The text of any value, as ``string()`` gives it. Source: DMN 1.5, 10.3.4.1."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if quoted else value
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, _TEMPORAL):
        return f'@"{write(value)}"' if quoted else write(value)
    if isinstance(value, list):
        spend(len(value))
        return fitting("[" + ", ".join(written(one, quoted=True) for one in value) + "]")
    if isinstance(value, dict):
        spend(len(value))
        entries = (f"{_key(key)}: {written(one, quoted=True)}" for key, one in value.items())
        return fitting("{" + ", ".join(entries) + "}")
    if isinstance(value, Range):
        return _written_range(value)
    return {None: "null", True: "true", False: "false"}.get(value, "function")


def _key(key: str) -> str:
    return key if all(word.isidentifier() for word in key.split(" ")) else written(key, quoted=True)


def _written_range(span: Range) -> str:
    low = "" if span.low is None else written(span.low, quoted=True)
    high = "" if span.high is None else written(span.high, quoted=True)
    if not low or not high:
        sign = ("<" if high else ">") + ("=" if span.low_included or span.high_included else "")
        return f"({sign} {low or high})"
    return f"{'[' if span.low_included else '('}{low}..{high}{']' if span.high_included else ')'}"
