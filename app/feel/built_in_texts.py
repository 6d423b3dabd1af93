"""Built-in functions on texts and truth values (DMN 1.5, 10.3.4.2 and 10.3.4.3), and a few that Camunda adds.

Lengths and positions count characters (code points) from 1.
"""

from decimal import Decimal
from typing import Any

from app.feel import patterns
from app.feel.bounds import MAX_TEXT, fitting, too_large
from app.feel.signatures import BuiltIn, built_in

TEXTS: dict[str, BuiltIn] = {}


def slice_from(length: int, start: Decimal, count: Decimal | None) -> slice | None:
    """The part of a sequence from a position (negative: from the end) on; None for position 0."""
    first = int(start)
    if first == 0 or (count is not None and count < 0):
        return None
    begin = first - 1 if first > 0 else max(length + first, 0)
    return slice(begin, None if count is None else begin + int(count))


@built_in(TEXTS, "not(negand: any)")
def _not(negand: Any) -> bool | None:
    return not negand if isinstance(negand, bool) else None


@built_in(TEXTS, "substring(string: string, start position: number, length: number?)")
def _substring(string: str, start: Decimal, length: Decimal | None = None) -> str | None:
    part = slice_from(len(string), start, length)
    return None if part is None else string[part]


@built_in(TEXTS, "string length(string: string)")
def _string_length(string: str) -> Decimal:
    return Decimal(len(string))


@built_in(TEXTS, "upper case(string: string)")
def _upper_case(string: str) -> str:
    return fitting(string.upper())


@built_in(TEXTS, "lower case(string: string)")
def _lower_case(string: str) -> str:
    return fitting(string.lower())


@built_in(TEXTS, "substring before(string: string, match: string)")
def _substring_before(string: str, match: str) -> str:
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


@built_in(TEXTS, "substring after(string: string, match: string)")
def _substring_after(string: str, match: str) -> str:
    return string.partition(match)[2] if match else string


@built_in(TEXTS, "contains(string: string, match: string)")
def _contains(string: str, match: str) -> bool:
    return match in string


@built_in(TEXTS, "starts with(string: string, match: string)")
def _starts_with(string: str, match: str) -> bool:
    return string.startswith(match)


@built_in(TEXTS, "ends with(string: string, match: string)")
def _ends_with(string: str, match: str) -> bool:
    return string.endswith(match)


@built_in(TEXTS, "matches(input: string, pattern: string, flags: string?)")
def _matches(text: str, pattern: str, flags: str | None = None) -> bool | None:
    return patterns.found(text, pattern, flags or "")


@built_in(TEXTS, "replace(input: string, pattern: string, replacement: string, flags: string?)")
def _replace(text: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    return patterns.replaced(text, pattern, replacement, flags or "")


@built_in(TEXTS, "split(string: string, delimiter: string)")
def _split(string: str, delimiter: str) -> list[str] | None:
    return patterns.divided(string, delimiter)


@built_in(TEXTS, "extract(input: string, pattern: string, flags: string?)")
def _extract(text: str, pattern: str, flags: str | None = None) -> list[str] | None:
    return patterns.extracted(text, pattern, flags or "")


@built_in(TEXTS, "string join(list: list, delimiter: string?)")
def _string_join(items: list[Any], delimiter: str | None = None) -> str | None:
    texts = [item for item in items if item is not None]
    if not all(isinstance(text, str) for text in texts):
        return None
    if sum(map(len, texts)) + len(delimiter or "") * len(texts) > MAX_TEXT * 2:
        raise too_large()
    return fitting((delimiter or "").join(texts))


@built_in(TEXTS, "trim(string: string)")
def _trim(string: str) -> str:
    return string.strip()


@built_in(TEXTS, "is blank(string: string)")
def _is_blank(string: str) -> bool:
    return not string.strip()


@built_in(TEXTS, "is defined(value: any)")
def _is_defined(value: Any) -> bool:
    return value is not None


@built_in(TEXTS, "get or else(value: any, default: any)")
def _get_or_else(value: Any, default: Any) -> Any:
    return default if value is None else value
