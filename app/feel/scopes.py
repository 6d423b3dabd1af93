"""Where names get their values: the scopes of one evaluation, from the innermost to the case data.

Invariant: case data is read only, and turned into FEEL values only as far as an expression uses it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from inspect import signature
from typing import Any

from app.feel.bounds import Budget, spend
from app.feel.built_ins import BUILT_INS
from app.feel.types import NO_BOOK, Book
from app.feel.values import Function
from app.feel.writing import given, lifted

_HOST_COST = 50  # steps for one call of a host function


@dataclass(frozen=True, slots=True, eq=False)
class HostFunction(Function):
    """A function of ours that expressions may call by its name."""

    function: Callable[..., Any]

    def call(self, arguments: Sequence[Any]) -> Any:
        """The result for arguments in order; null for a number of arguments it does not take."""
        return self._called([given(value) for value in arguments], {})

    def call_named(self, arguments: Mapping[str, Any]) -> Any:
        """The result for arguments by name, spaces written as underscores; null for names it does not know."""
        return self._called([], {name.replace(" ", "_"): given(value) for name, value in arguments.items()})

    def _called(self, positional: list[Any], named: dict[str, Any]) -> Any:
        spend(_HOST_COST)
        try:
            bound = signature(self.function).bind(*positional, **named)
        except TypeError:
            return None
        return lifted(self.function(*bound.args, **bound.kwargs))


class Evaluation:
    """What one evaluation works with: the case data, the functions, the time, and what may still be spent."""

    __slots__ = ("at", "book", "budget", "context", "functions", "known")

    def __init__(
        self,
        context: Mapping[str, Any],
        functions: Mapping[str, Any],
        at: datetime | None,
        budget: Budget,
        book: Book = NO_BOOK,
    ) -> None:
        self.context = context
        self.book = book  # the types that a DMN file defines
        self.functions = functions
        self.at = at
        self.budget = budget
        self.known: dict[str, Any] = {}  # case data that is turned into FEEL values already

    def value(self, name: str) -> Any:
        """The value of a name in the case data, else the function of that name, else null."""
        if name in self.known:
            return self.known[name]
        if name in self.context:
            self.known[name] = found = lifted(self.context[name])
            return found
        return self.function(name)

    def function(self, name: str) -> Function | None:
        """The function of that name: one of ours, or one of the standard."""
        if name in self.functions:
            return HostFunction(self.functions[name])
        return BUILT_INS.get(name) or self._of_time(name)

    def _of_time(self, name: str) -> Function | None:
        if name == "now":
            return HostFunction(lambda: self.at)
        return HostFunction(lambda: None if self.at is None else self.at.date()) if name == "today" else None

    def at_path(self, path: tuple[str, ...]) -> tuple[Any, int]:
        """The case data furthest down a path of names, and how many names led there (0: none)."""
        found: Any = self.context
        for count, name in enumerate(path):
            if type(found) is not dict and count:
                return lifted(found), count
            if name not in found:
                return None, len(path) if count else 0
            found = found[name]
        return lifted(found), len(path)


class Scope:
    """Names brought in by an expression, over those of the scope around it."""

    __slots__ = ("evaluation", "names", "outer")

    def __init__(self, names: dict[str, Any], outer: "Scope | None", evaluation: Evaluation) -> None:
        self.names = names
        self.outer = outer
        self.evaluation = evaluation

    def inner(self, names: dict[str, Any]) -> "Scope":
        """A scope within this one."""
        return Scope(names, self, self.evaluation)

    def holder(self, name: str) -> "Scope | None":
        """The scope that brought the name in; None when the expression did not."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope
            scope = scope.outer
        return None

    def value(self, name: str) -> Any:
        """The value of the name, from the innermost scope that has it; null when none has."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.outer
        return self.evaluation.value(name)

    def function(self, name: str) -> Any:
        """What a call by that name means: data of the same name does not hide a function."""
        found = self.value(name)
        return found if isinstance(found, Function) else self.evaluation.function(name)
