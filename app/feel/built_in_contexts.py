"""Built-in functions on contexts (DMN 1.5, 10.3.4.10)."""

from typing import Any

from app.feel.bounds import spend
from app.feel.signatures import BuiltIn, built_in

CONTEXTS: dict[str, BuiltIn] = {}


@built_in(CONTEXTS, "get value(m: context, key: string)")
def _get_value(context: dict[str, Any], key: str) -> Any:
    return context.get(key)


@built_in(CONTEXTS, "get value(m: context, key: list)")
def _get_value_at(context: dict[str, Any], keys: list[Any]) -> Any:
    found: Any = context
    for key in keys:
        found = found.get(key) if isinstance(found, dict) and isinstance(key, str) else None
    return found if keys else None


@built_in(CONTEXTS, "get entries(m: context)")
def _get_entries(context: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": value} for key, value in context.items()]


@built_in(CONTEXTS, "context(...entries: context)")
def _context(entries: list[dict[str, Any]]) -> dict[str, Any] | None:
    made: dict[str, Any] = {}
    for entry in entries:
        key = entry.get("key")
        if not isinstance(key, str) or "value" not in entry or key in made:
            return None
        made[key] = entry["value"]
    return made


@built_in(CONTEXTS, "context put(context: context, key: string, value: any)")
def _context_put(context: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    return {**context, key: value}


@built_in(CONTEXTS, "context put(context: context, keys: list, value: any)")
def _context_put_at(context: dict[str, Any], keys: list[Any], value: Any) -> dict[str, Any] | None:
    if not keys or not isinstance(keys[0], str):
        return None
    spend(1 + len(context))
    if len(keys) == 1:
        return {**context, keys[0]: value}
    inner = context.get(keys[0])
    put = _context_put_at(inner, keys[1:], value) if isinstance(inner, dict) else None
    return None if put is None else {**context, keys[0]: put}


@built_in(CONTEXTS, "context merge(...contexts: context)")
def _context_merge(contexts: list[dict[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for context in contexts:
        spend(len(context))
        merged |= context
    return merged
