"""Working out what a DMN file decides: each decision from what it requires (DMN 1.5, 10.4).

Bounded: all of one question shares a budget, no decision may require itself, and nothing outside FEEL ever runs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import errors
from app.drawing.boxed import Reader
from app.drawing.decision_models import Decision, Input, Knowledge, Model, Offer, Part
from app.engine.decisions import OURS
from app.engine.scoped_tables import deciding
from app.feel import nodes
from app.feel.bounds import MODEL_CALLS, MODEL_SECONDS, MODEL_STEPS, Budget, current, too_deep
from app.feel.coercing import from_text
from app.feel.nodes import Type
from app.feel.scopes import Evaluation, Scope
from app.feel.types import resolved
from app.feel.values import Function
from app.feel.walking import brought, walk

Values = Mapping[str, Any]


def decided(model: Model, wanted: str, given: Values, *, at: datetime | None) -> Any:
    """The FEEL value of the decision, decision service or business knowledge model with that name or id.

    ``given`` are FEEL values by the names of input data, or of parameters. Raises ``NotFound`` for a name that is not
    in the model, ``NotUnderstood`` for what cannot be read or takes too long, ``CannotGoOn`` for a decision that
    requires itself and for a table whose rows contradict its hit policy.
    """
    part = model.named(wanted)
    if part is None or isinstance(part, Input):
        known = ", ".join(f"‘{one.name}’" for one in model.decisions)
        raise errors.NotFound(f"‘{wanted}’ is not decided in this file. It decides {known or 'nothing'}.")
    budget = Budget(MODEL_STEPS, seconds=MODEL_SECONDS, deepest=MODEL_CALLS)
    token = current.set(budget)
    try:
        return _Graph(model, Evaluation({}, OURS, at, budget, model.book), given).result(part)
    except RecursionError:
        raise too_deep() from None
    finally:
        current.reset(token)


class _Graph:
    """The values found so far, for one set of given ones."""

    def __init__(self, model: Model, evaluation: Evaluation, given: Values, fixed: Values | None = None) -> None:
        self.model = model
        self.evaluation = evaluation
        self.given = given
        self.found: dict[str, Any] = dict(fixed or {})  # by id
        self.under_way: list[str] = []
        self.bare = Scope({}, None, evaluation)

    def result(self, part: Part) -> Any:
        if isinstance(part, Offer):
            by_name = {name: from_text(self.given[name], wanted, self.model.book) for name, wanted in self._asks(part)}
            return OfferFunction(part, self).call_named(by_name)
        if isinstance(part, Knowledge):
            return self.value(part).call_named({name: self.given.get(name) for name in part.parameters})
        return self.value(part)

    def _asks(self, offer: Offer) -> list[tuple[str, Type | None]]:
        taken = [self.model.parts[one] for one in offer.takes]
        return [(one.name, one.type) for one in taken if one.name in self.given]

    def value(self, part: Part) -> Any:
        """The value of a part for whatever requires it."""
        if part.id not in self.found:
            self.found[part.id] = self._worked_out(part)
        return self.found[part.id]

    def _worked_out(self, part: Part) -> Any:
        if isinstance(part, Input):
            read = from_text(self.given.get(part.name), part.type, self.model.book)
            return brought(read, part.type, self.bare)
        if isinstance(part, Offer):
            return OfferFunction(part, self)
        if part.id in self.under_way:
            names = " → ".join(self.model.parts[one].name for one in [*self.under_way, part.id])
            raise errors.CannotGoOn(f"A decision requires itself: {names}.", element=part.id)
        self.under_way.append(part.id)
        try:
            return self._decision(part) if isinstance(part, Decision) else self._knowledge(part)
        except errors.NotUnderstood as problem:
            raise _placed(problem, part) from problem
        finally:
            self.under_way.pop()

    def _decision(self, part: Decision) -> Any:
        if part.logic is None:  # somebody decides it, and says what
            return brought(from_text(self.given.get(part.name), part.type, self.model.book), part.type, self.bare)
        needed = {self.model.parts[one].name: self.value(self.model.parts[one]) for one in part.needs}
        tree = self._reader(part).read(part.logic)
        return brought(walk(tree, self.bare.inner(needed)), part.type, self.bare)

    def _knowledge(self, part: Knowledge) -> Any:
        if part.logic is None:
            raise errors.CannotGoOn(f"‘{part.name}’ has no logic.", element=part.id)
        needed: dict[str, Any] = {}
        scope = self.bare.inner(needed)
        function = walk(self._reader(part).function(part.logic, part.type), scope)
        needed[part.name] = function  # a function may call itself
        needed |= {
            self.model.parts[one].name: self.value(self.model.parts[one]) for one in part.needs if one != part.id
        }
        return function

    def _reader(self, part: Decision | Knowledge) -> Reader:
        names = self.model.names.union([part.name], *(self._spoken(self.model.parts[one]) for one in part.needs))
        return Reader(names, deciding, self.model.book, self.model.file, part.id, part.name)

    def _spoken(self, needed: Part) -> list[str]:
        """The names with which an expression can speak of a part that it needs: its own, and those of parameters."""
        if isinstance(needed, Offer):
            return [needed.name, *(self.model.parts[one].name for one in needed.takes)]
        return [needed.name, *(needed.parameters if isinstance(needed, Knowledge) else ())]


def _placed(problem: errors.NotUnderstood, part: Part) -> errors.NotUnderstood:
    says = str(problem)
    if says.startswith("In ‘"):
        return problem
    return errors.NotUnderstood(f"In ‘{part.name}’: {says}", source=problem.source, at=problem.at)


@dataclass(frozen=True, eq=False)
class OfferFunction(Function):
    """A decision service as a function: input data and input decisions go in, output decisions come out."""

    offer: Offer
    graph: _Graph

    @property
    def signature(self) -> nodes.Type:
        """The type of the function."""
        return nodes.Type("function", tuple(one.type or nodes.Type("Any") for one in self._taken()), (), None)

    def _taken(self) -> list[Part]:
        return [self.graph.model.parts[one] for one in self.offer.takes]

    def call(self, arguments: Sequence[Any]) -> Any:
        """The result for arguments in order; null for a wrong number of them."""
        if len(arguments) != len(self.offer.takes):
            return None
        return self.call_named({one.name: value for one, value in zip(self._taken(), arguments, strict=True)})

    def call_named(self, arguments: Mapping[str, Any]) -> Any:
        """The one output decision's value, or a context of all; null for names it does not take. None given is null."""
        if not arguments.keys() <= {one.name for one in self._taken()}:
            return None
        graph = self.graph
        graph.evaluation.budget.calls += 1
        if graph.evaluation.budget.calls > graph.evaluation.budget.deepest:
            raise too_deep()
        fixed = {one.id: brought(arguments.get(one.name), self._wanted(one), graph.bare) for one in self._taken()}
        inner = _Graph(graph.model, graph.evaluation, {}, fixed)
        outputs = [graph.model.parts[one] for one in self.offer.gives]
        values = {one.name: inner.value(one) for one in outputs}
        graph.evaluation.budget.calls -= 1
        result = values[outputs[0].name] if len(outputs) == 1 else values
        return brought(result, self._result(), graph.bare)

    def _function(self) -> Type | None:
        written = self.offer.type
        function = None if written is None else resolved(written, self.graph.model.book)
        return function if function is not None and function.name == "function" else None

    def _wanted(self, part: Part) -> Type | None:
        function = self._function()
        place = self.offer.takes.index(part.id)
        if part.type is None and function is not None and len(function.of) == len(self.offer.takes):
            return function.of[place]
        return part.type

    def _result(self) -> Type | None:
        function = self._function()
        return self.offer.type if function is None else function.result
