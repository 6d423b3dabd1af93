"""Built-in functions with their parameters as the standard writes them, and the fitting of arguments to those.

A signature reads ``substring(string: string, start position: number, length: number?)``: kinds as in ``values.kind``,
several with ``|``; ``?`` may be left out or null; ``*name`` takes all that is left; ``...name`` takes one list or
many items. Fitting turns a list of one item into that item, and one item into a list, where the other is wanted
(DMN 1.5, 10.3.2.9.4). Arguments that do not fit give null.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from app.feel.arithmetic import calculated
from app.feel.bounds import CHARACTERS_PER_STEP, spend
from app.feel.values import Function, kind

_UNFIT = object()
_Rule = TypeVar("_Rule", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: ``rest`` is "", "*" (all that is left) or "..." (one list, or many items)."""

    name: str
    kinds: frozenset[str]
    optional: bool
    rest: str

    def fit(self, value: Any) -> Any:
        """The value as a kind this parameter takes, or ``_UNFIT``."""
        found = kind(value)
        if found in self.kinds or "any" in self.kinds:
            return value
        if value is None:
            return None if self.optional else _UNFIT
        if "list" in self.kinds:
            return [value]
        if found == "list" and len(value) == 1 and kind(value[0]) in self.kinds:
            return value[0]
        return _UNFIT


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a built-in function."""

    parameters: tuple[Parameter, ...]
    rule: Callable[..., Any]

    @property
    def names(self) -> list[str]:
        """The names of the parameters, in order."""
        return [parameter.name for parameter in self.parameters]

    def fit(self, arguments: Sequence[Any]) -> list[Any] | None:
        """The arguments as the rule takes them, or None when they do not fit."""
        last = self.parameters[-1] if self.parameters else None
        if last and last.rest:
            before = len(self.parameters) - 1
            rest = list(arguments[before:])
            if last.rest == "..." and len(rest) == 1 and isinstance(rest[0], list):
                rest = rest[0]
            fixed = self._fit(self.parameters[:before], arguments[:before])
            return None if fixed is None or not arguments else self._with_rest(fixed, last, rest)
        return self._fit(self.parameters, arguments)

    def _fit(self, parameters: tuple[Parameter, ...], arguments: Sequence[Any]) -> list[Any] | None:
        if len(arguments) > len(parameters):
            return None
        if any(not parameter.optional for parameter in parameters[len(arguments) :]):
            return None
        fitted = [one.fit(value) for one, value in zip(parameters, arguments, strict=False)]
        return None if any(value is _UNFIT for value in fitted) else fitted

    def _with_rest(self, fixed: list[Any], last: Parameter, rest: list[Any]) -> list[Any] | None:
        spend(len(rest))
        fitted = [last.fit(value) for value in rest]
        return None if any(value is _UNFIT for value in fitted) else [*fixed, fitted]


class BuiltIn(Function):
    """A function of the standard, with one or more signatures: the first that fits is used."""

    def __init__(self) -> None:
        self.signatures: list[Signature] = []

    def call(self, arguments: Sequence[Any]) -> Any:
        """The result for arguments in order; null where none of the signatures takes them."""
        spend(1 + sum(_size(value) for value in arguments))
        for signature in self.signatures:
            fitted = signature.fit(arguments)
            if fitted is not None:
                return calculated(signature.rule, *fitted)
        return None

    def call_named(self, arguments: Mapping[str, Any]) -> Any:
        """The result for arguments by name, in the order of a signature where two have those names, or null."""
        spend(1 + sum(_size(value) for value in arguments.values()))
        known = [one for one in self.signatures if arguments.keys() <= set(one.names)]
        for signature in sorted(known, key=lambda one: one.names[: len(arguments)] != [*arguments]):
            names = signature.names
            used = max(names.index(name) for name in arguments) + 1 if arguments else 0
            fitted = signature.fit([arguments.get(name) for name in names[:used]])
            if fitted is not None:
                return calculated(signature.rule, *fitted)
        return None


def _size(value: Any) -> int:
    if type(value) is str:
        return len(value) // CHARACTERS_PER_STEP
    return len(value) if type(value) in (list, dict) else 0


def built_in(shelf: dict[str, BuiltIn], written: str) -> Callable[[_Rule], _Rule]:
    """A decorator that puts the rule on the shelf under its signature, as the standard writes it."""
    name, _, inside = written.removesuffix(")").partition("(")

    def put(rule: _Rule) -> _Rule:
        parameters = tuple(_parameter(one) for one in inside.split(", ") if one)
        shelf.setdefault(name, BuiltIn()).signatures.append(Signature(parameters, rule))
        return rule

    return put


def _parameter(written: str) -> Parameter:
    name, _, kinds = written.partition(": ")
    rest = "..." if name.startswith("...") else "*" if name.startswith("*") else ""
    return Parameter(name.lstrip(".*"), frozenset(kinds.rstrip("?").split("|")), kinds.endswith("?"), rest)
