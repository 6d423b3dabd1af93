"""FEEL values as one line of JSON, and JSON as FEEL values, for people and programs at the command line.

Numbers keep all their digits. Dates, times, durations and ranges are the texts that ``string()`` writes; a function
is a text that begins with "function". In JSON that is read, ``"@\"2026-05-01\""`` is a date, time or duration.
"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.errors import NotUnderstood
from app.feel.bounds import MODEL_STEPS, Budget, current
from app.feel.temporal import read_temporal
from app.feel.values import Function
from app.feel.writing import lifted, number_text, written

_AT_LITERAL = re.compile(r'@"([^"\\]{1,100})"')
_MAX_DEPTH = 100


def printed(value: Any) -> str:
    """The value as JSON on one line."""
    if value is None or isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, list):
        return f"[{', '.join(map(printed, value))}]"
    if isinstance(value, Mapping):
        entries = (f"{json.dumps(key, ensure_ascii=False)}: {printed(one)}" for key, one in value.items())
        return "{" + ", ".join(entries) + "}"
    token = current.set(Budget())
    try:
        return json.dumps(_text(value), ensure_ascii=False)
    finally:
        current.reset(token)


def _text(value: Any) -> str:
    return _function(value) if isinstance(value, Function) else written(value)


def _function(function: Function) -> str:
    parameters = getattr(getattr(function, "literal", None), "parameters", ())
    return f"function({', '.join(parameters)})"


def read_json(text: str) -> Any:
    """The FEEL value of JSON. ``NotUnderstood`` for what is not JSON, or nests too deeply."""
    token = current.set(Budget(MODEL_STEPS))
    try:
        found = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=_refused)
        return _with_temporals(lifted(found), 0)
    except json.JSONDecodeError as problem:
        raise NotUnderstood(f"This is not JSON: {problem.msg}.", source=text, at=problem.pos) from None
    except RecursionError:
        raise NotUnderstood("This JSON nests too deeply.", source=text[:200]) from None
    finally:
        current.reset(token)


def _refused(constant: str) -> None:
    raise NotUnderstood(f"{constant} is not a number in JSON.")


def _with_temporals(value: Any, depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise RecursionError
    if type(value) is str:
        found = _AT_LITERAL.fullmatch(value)
        return value if found is None else read_temporal(found[1])
    if type(value) is list:
        return [_with_temporals(one, depth + 1) for one in value]
    if type(value) is dict:
        return {key: _with_temporals(one, depth + 1) for key, one in value.items()}
    return value
