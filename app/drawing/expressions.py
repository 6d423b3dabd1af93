"""Expressions in drawings and tables: what keeps one from being worked out, told before a case meets it."""

import re
from collections.abc import Callable, Collection, Iterator

from app import errors
from app.feel import nodes, parsing
from app.feel.evaluating import BUILT_IN_NAMES

OURS = frozenset({"timescale", "period_end"})  # functions that the engine adds to those of the standard

ASSIGNMENT = re.compile(r"(?P<path>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s*=(?!=)\s*(?P<expression>.+)")


def unreadable(expression: str, known: Collection[str] = ()) -> Iterator[str]:
    """What is wrong with a FEEL expression, in a sentence; nothing when it can be worked out.

    ``known`` are names that it may speak of and call, besides facts and the functions that are always there.
    """
    return _problems(parsing.parse, parsing.expression_in(expression), expression, known)


def unreadable_tests(cell: str, known: Collection[str] = ()) -> Iterator[str]:
    """The same for an input cell of a decision table."""
    return _problems(parsing.parse_tests, cell, cell, known)


def assignments(script: str) -> list[tuple[str, str]]:
    """The lines of a script as (path of a fact, expression). Raises ``NotUnderstood`` for any other line."""
    found = []
    for line in filter(None, (line.strip() for line in (script or "").splitlines())):
        match = ASSIGNMENT.fullmatch(line)
        if match is None:
            raise errors.NotUnderstood(f"‘{line}’ is not of the form ‘fact = expression’.", source=script)
        found.append((match["path"], match["expression"]))
    return found


def unknown(expression: str, known: Collection[str]) -> list[str]:
    """The facts that an expression uses and nothing gives: neither they, nor a part of them, nor what holds them."""
    names = parsing.names(parsing.parse(parsing.expression_in(expression)))
    return sorted(name for name in names if not any(_overlap(name, fact) for fact in known))


def _overlap(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def unreadable_script(script: str) -> Iterator[str]:
    """What is wrong with a script, in sentences."""
    try:
        for _, expression in assignments(script):
            yield from unreadable(expression)
    except errors.NotUnderstood as problem:
        yield str(problem)


def _problems(
    read: Callable[[str, Collection[str]], nodes.Node], source: str, written: str, known: Collection[str]
) -> Iterator[str]:
    try:
        tree = read(source, [name for name in known if not name.isidentifier()])
    except errors.NotUnderstood as problem:
        yield f"‘{written}’ cannot be read. {problem}"
        return
    if not _defines_functions(tree):  # the standard gives null for any other: nobody means that
        for name in sorted(parsing.called(tree) - BUILT_IN_NAMES - OURS - set(known)):
            yield f"‘{written}’ cannot be worked out. There is no function ‘{name}’."


def _defines_functions(tree: nodes.Node) -> bool:
    return isinstance(tree, nodes.FunctionLiteral) or any(_defines_functions(part) for part in nodes.parts(tree))
