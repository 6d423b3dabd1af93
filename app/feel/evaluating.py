"""FEEL expressions and decision table cells with their value: the door of this package.

Case data comes in as JSON and answers go out as JSON: dates, times and durations as ISO 8601 text. A text is a text;
only ``date("...")`` and ``@"..."`` make temporal values. Our one extension to the standard: a text compares with a
temporal value when it reads as the same kind, because case data keeps days and instants as text.
What goes wrong while evaluating gives null, as the standard says. ``NotUnderstood`` is raised only for a source that
cannot be read and for a bound that is reached (``bounds``). Nothing here reads a clock.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from app.errors import NotUnderstood
from app.feel.bounds import Budget, current, too_deep
from app.feel.built_ins import BUILT_INS
from app.feel.nodes import Node
from app.feel.parsing import expression_in, parse, parse_tests
from app.feel.scopes import Evaluation, Scope
from app.feel.walking import passes, walk
from app.feel.writing import lifted, lowered

_NONE: dict[str, Any] = {}
_NAMES_LOOKED_AT = 3  # levels of case data in which names with signs in them are looked for
_ONE_TOKEN = re.compile(r'-|"[^"\\]*"|[A-Za-z_]+')  # most cells: too short for such a name, so none is looked for

# Every function an expression can call by itself; a call of any other name gives null unless it is one of ours.
BUILT_IN_NAMES = frozenset({*BUILT_INS, "now", "today"})

Functions = Mapping[str, Callable[..., Any]]


def evaluate(
    source: str, context: Mapping[str, Any], *, functions: Functions | None = None, at: datetime | None = None
) -> Any:
    """The expression's value, ready for JSON. A leading ``=`` is allowed.

    ``functions`` adds functions by name; they get and return JSON values or temporal values. ``now()`` is ``at``, and
    ``today()`` its day in its own zone; both are null without it. Raises ``NotUnderstood``.
    """
    written = expression_in(source)
    tree = parse(written, _names(written, context, functions))
    return _bounded(written, context, functions, at, lambda scope: lowered(walk(tree, scope)))


def is_true(
    source: str, context: Mapping[str, Any], *, functions: Functions | None = None, at: datetime | None = None
) -> bool:
    """Whether the expression is true; null and everything else is not. Arguments and errors as in ``evaluate``."""
    written = expression_in(source)
    tree = parse(written, _names(written, context, functions))
    return _bounded(written, context, functions, at, lambda scope: walk(tree, scope)) is True


def matches(
    cell: str,
    value: Any,
    context: Mapping[str, Any],
    *,
    functions: Functions | None = None,
    at: datetime | None = None,
) -> bool:
    """Whether a JSON value passes a decision table's input cell.

    A cell is ``-``, ``"a", "b"``, ``< 5``, ``[1..3]``, ``not(...)`` and the like; in it ``?`` is the value.
    A cell that cannot be known to hold does not match. Errors as in ``evaluate``.
    """
    written = cell.strip()
    tree = parse_tests(written, _names(written, context, functions))
    return _bounded(written, context, functions, at, lambda scope: passes(tree, lifted(value), scope)) is True


def value_of(source: str, values: Mapping[str, Any], *, at: datetime | None = None) -> Any:
    """The expression's FEEL value, where the names have FEEL values. Raises ``NotUnderstood``."""
    written = expression_in(source)
    tree = parse(written, _names(written, values, None))
    return _bounded(written, {}, None, at, lambda scope: walk(tree, scope.inner(dict(values))))


def verdict(cell: str, value: Any, values: Mapping[str, Any], *, at: datetime | None = None) -> bool | None:
    """Whether a FEEL value passes unary tests, or null where that cannot be known. Raises ``NotUnderstood``."""
    written = cell.strip()
    tree = parse_tests(written, _names(written, values, None))
    found: bool | None = _bounded(written, {}, None, at, lambda scope: passes(tree, value, scope.inner(dict(values))))
    return found


def constant(tree: Node) -> Any:
    """The FEEL value of a tree that names nothing, such as one end of a range. Raises ``NotUnderstood``."""
    return _bounded("", {}, None, None, lambda scope: walk(tree, scope))


def _bounded(
    source: str,
    context: Mapping[str, Any],
    functions: Functions | None,
    at: datetime | None,
    work: Callable[[Scope], Any],
) -> Any:
    budget = current.get(None) or Budget()  # one within another, through a function of ours, shares what is left
    token = current.set(budget)
    try:
        return work(Scope(_NONE, None, Evaluation(context, functions or _NONE, at, budget)))
    except NotUnderstood as problem:
        if problem.source:
            raise
        raise NotUnderstood(str(problem), source=source) from None
    except RecursionError:
        raise NotUnderstood(str(too_deep()), source=source) from None
    finally:
        current.reset(token)


def _names(source: str, context: Mapping[str, Any], functions: Functions | None) -> list[str]:
    """The known names that the source could spell and that are not read as names anyway."""
    if _ONE_TOKEN.fullmatch(source):
        return []
    found = [name for name in functions or () if not name.isidentifier()]
    _collect_special(context, _NAMES_LOOKED_AT, found)
    return found


def has_long_names(context: Mapping[str, Any]) -> bool:
    """Whether the context has names with signs in them, which change how a source is read."""
    found: list[str] = []
    _collect_special(context, _NAMES_LOOKED_AT, found)
    return bool(found)


def _collect_special(context: Mapping[str, Any], levels: int, found: list[str]) -> None:
    if not "".join(context).isidentifier():  # one look for all of them: no name begins with what only goes on in one
        found += [name for name in context if not name.isidentifier()]
    if levels > 1:
        for value in context.values():
            if type(value) is dict and value:
                _collect_special(value, levels - 1, found)
