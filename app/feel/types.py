"""Whether a value is of a type: what ``instance of`` asks (DMN 1.5, 10.3.2.9.3).

A type may be one that a DMN file defines: those are looked up in a book of types by name.
"""

from collections.abc import Callable, Mapping
from typing import Any

from app.feel import nodes
from app.feel.bounds import spend, too_deep
from app.feel.nodes import Type
from app.feel.values import Range, kind

ANY = Type("Any")
Book = Mapping[str, Type]
Allows = Callable[[nodes.Tests, Any], bool]
NO_BOOK: Book = {}
_OTHER_NAMES = {
    "dateTime": "date and time",
    "date time": "date and time",
    "datetime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "null": "Null",
    "any": "Any",
}
_STANDARD = frozenset(
    (
        *("Any", "Null", "boolean", "number", "string", "date", "time", "date and time", "duration", "list", "context"),
        *("days and time duration", "years and months duration", "range", "function"),
    )
)
_MAX_REFERENCES = 20  # names of types that stand for each other


def resolved(wanted: Type, book: Book) -> Type:
    """The type that a name stands for in the book, with the allowed values nearest to the name."""
    tests = wanted.tests
    for _ in range(_MAX_REFERENCES):
        known = book.get(wanted.name) or book.get(wanted.name.rpartition(":")[2])
        if known is None or wanted.of:
            name = wanted.name.rpartition(":")[2]
            return Type(_OTHER_NAMES.get(name, name), wanted.of, wanted.keys, wanted.result, tests)
        wanted, tests = known, tests or known.tests
    raise too_deep()


def is_known(wanted: Type, book: Book) -> bool:
    """Whether a type is one of the standard or of the book; some files name types that they do not define."""
    return resolved(wanted, book).name in _STANDARD


def conforms(value: Any, wanted: Type, book: Book = NO_BOOK, allows: Allows | None = None) -> bool:
    """Whether the value is of the type; null is of the type Null only.

    ``allows`` judges the allowed values of defined types; without it they do not matter, as in ``instance of``.
    """
    wanted = resolved(wanted, book)
    if value is None:
        return wanted.name == "Null"
    if not _is_kind(kind(value), wanted.name):
        return False
    if (wanted.of or wanted.result is not None) and not _inside(value, wanted, book, allows):
        return False
    return wanted.tests is None or allows is None or allows(wanted.tests, value)


def _is_kind(found: str, name: str) -> bool:
    return name in ("Any", found) or (name == "duration" and found.endswith(" duration"))


def _inside(value: Any, wanted: Type, book: Book, allows: Allows | None) -> bool:
    if isinstance(value, list):
        spend(len(value))
        return all(one is None or conforms(one, wanted.of[0], book, allows) for one in value)
    if isinstance(value, dict):
        return all(_has(value, key, one, book, allows) for key, one in zip(wanted.keys, wanted.of, strict=True))
    if isinstance(value, Range):
        return all(end is None or conforms(end, wanted.of[0], book) for end in (value.low, value.high))
    signature = getattr(value, "signature", None)
    return signature is None or _takes_place_of(signature, wanted, book)


def _has(value: dict[str, Any], key: str, wanted: Type, book: Book, allows: Allows | None) -> bool:
    return key in value and (value[key] is None or conforms(value[key], wanted, book, allows))


def _takes_place_of(given: Type, wanted: Type, book: Book) -> bool:
    """Whether a value of one type can stand wherever the other is wanted; what is not known is no hindrance.

    Source: DMN 1.5, 10.3.2.9.2, table 52: functions take more and give less.
    """
    given, wanted = resolved(given, book), resolved(wanted, book)
    if "Any" in (given.name, wanted.name):
        return True
    if given.name != wanted.name:
        return False
    if given.name == "function":
        return _functions_fit(given, wanted, book)
    if given.name == "context":
        entries = dict(zip(given.keys, given.of, strict=True))
        pairs = zip(wanted.keys, wanted.of, strict=True)
        return not given.keys or all(key in entries and _takes_place_of(entries[key], one, book) for key, one in pairs)
    return all(_takes_place_of(one, other, book) for one, other in zip(given.of, wanted.of, strict=False))


def _functions_fit(given: Type, wanted: Type, book: Book) -> bool:
    if wanted.result is None and not wanted.of:
        return True
    if len(given.of) != len(wanted.of):
        return False
    if not all(_takes_place_of(one, other, book) for one, other in zip(wanted.of, given.of, strict=True)):
        return False
    return _takes_place_of(given.result or ANY, wanted.result or ANY, book)


def inferred(node: nodes.Node, names: Mapping[str, Type]) -> Type:
    """The type a tree's value is bound to have, as far as it can be told without evaluating; else Any."""
    if isinstance(node, nodes.Literal):
        return ANY if node.value is None else Type(kind(node.value))
    if isinstance(node, nodes.Name):
        return names.get(node.text, ANY)
    if isinstance(node, nodes.ContextLiteral):
        return Type("context", tuple(inferred(one, names) for one in node.values), node.keys)
    if isinstance(node, nodes.ListLiteral):
        return _list_of([inferred(one, names) for one in node.items])
    if isinstance(node, nodes.FunctionLiteral):
        return signature(node)
    return Type("boolean") if isinstance(node, nodes.Comparison | nodes.InstanceOf) else ANY


def _list_of(items: list[Type]) -> Type:
    return Type("list", (items[0],)) if items and all(one == items[0] for one in items) else Type("list", (ANY,))


def signature(function: nodes.FunctionLiteral) -> Type:
    """The type of a function as written: its parameters' types, and its result's as far as that can be told."""
    types = tuple(one or ANY for one in function.types)
    names = dict(zip(function.parameters, types, strict=True))
    return Type("function", types, (), inferred(function.body, names))
