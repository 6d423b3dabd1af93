"""SpiffWorkflow's script engine, answering in FEEL: no Python from a drawing is ever run.

The library asks its *environment* directly in two places (message correlation, ad-hoc completion), so that door is
closed as well. One of these is made for each run; it also carries the present instant, because the engine is told
the time and never asks for it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment
from SpiffWorkflow.task import Task

from app import errors
from app.drawing.decisions import DecisionTable
from app.drawing.expressions import assignments
from app.engine import decisions, facts
from app.feel import evaluating
from app.law.calendars import Calendars

TIMESCALES = "timescales"  # the decision table that holds the agreed time limits


class ClosedEnvironment(BasePythonScriptEngineEnvironment):
    """The environment the library would run Python in. Nothing is."""

    def evaluate(self, expression: str, context: Mapping[str, Any], external_context: Any = None) -> Any:
        """FEEL over the given context alone."""
        return evaluating.evaluate(expression, context)

    def execute(self, script: str, context: Mapping[str, Any], external_context: Any = None) -> Any:
        """Refused: scripts are carried out by the engine, which knows the task."""
        raise errors.CannotGoOn("A script was started where none may be.")

    def call_service(self, context: Mapping[str, Any], **kwargs: Any) -> Any:
        """Refused: a service task records an effect and calls nothing."""
        raise errors.CannotGoOn("A service was called where none may be.")


class FeelEngine(PythonScriptEngine):
    """Evaluates the expressions of one run at one instant."""

    def __init__(
        self,
        *,
        at: datetime,
        opened_at: datetime,
        tables: Mapping[str, DecisionTable],
        calendars: Calendars | None = None,
    ) -> None:
        super().__init__(environment=ClosedEnvironment())
        self.at = at
        self.opened_at = opened_at
        self.tables = tables
        self.calendars = calendars or Calendars()  # none given: nothing is counted
        self.decided: list[tuple[str, dict[str, Any]]] = []  # the tables that were asked, each with what it said

    def validate(self, expression: str) -> None:
        """Accept: every expression was compiled by our own evaluator before the drawing was accepted."""

    def evaluate(self, task: Task, expression: str, external_context: Any = None) -> Any:
        """The value of a FEEL expression with the facts that ``task`` sees."""
        seen = facts.seen_from(task)
        try:
            return evaluating.evaluate(expression, seen, functions=self._functions(seen), at=self.at)
        except errors.NotUnderstood as problem:
            element = task.task_spec.bpmn_id or ""
            raise errors.CannotGoOn(f"‘{expression}’ could not be worked out. {problem}", element=element) from problem

    def execute(self, task: Task, script: str, external_context: Any = None) -> bool:
        """Carry out a script: lines of ``fact = expression``, each seeing what the ones before it set."""
        for path, expression in assignments(script):
            facts.lay(task, facts.nested(path, self.evaluate(task, expression)))
        return True

    def decide(self, task: Task, decision: str) -> None:
        """Ask a decision table and keep what it says."""
        said = self.said(decision, facts.seen_from(task), element=task.task_spec.bpmn_id)
        self.decided.append((decision, said))
        facts.lay(task, said)

    def said(self, decision: str, seen: Mapping[str, Any], *, element: str) -> dict[str, Any]:
        """What a decision table says about these facts. ``CannotGoOn`` names the element that asks."""
        table = self.tables.get(decision)
        if table is None:
            raise errors.CannotGoOn(f"There is no decision table ‘{decision}’.", element=element)
        try:
            return decisions.decide(table, seen, functions=self._functions(seen), at=self.at, beside=self.tables)
        except errors.NotUnderstood as problem:
            says = f"The table ‘{table.name}’ could not be worked out. {problem}"
            raise errors.CannotGoOn(says, element=element) from problem

    @contextmanager
    def asking(self, tables: Mapping[str, DecisionTable]) -> Iterator[None]:
        """Ask these tables for a while."""
        own, self.tables = self.tables, tables
        try:
            yield
        finally:
            self.tables = own

    def _functions(self, seen: Mapping[str, Any]) -> dict[str, Callable[..., Any]]:
        return {"timescale": lambda milestone: self.timescale(milestone, seen), **decisions.OURS}

    def timescale(self, milestone: str, seen: Mapping[str, Any]) -> str:
        """The agreed time limit of a milestone in words, from the table of timescales."""
        said = self.agreed(milestone, seen)
        if not said.get("limit"):
            raise errors.CannotGoOn(f"The table of timescales has no limit for ‘{milestone}’.", element=TIMESCALES)
        return str(said["limit"])

    def agreed(self, milestone: str, seen: Mapping[str, Any]) -> dict[str, Any]:
        """The row of the table of timescales for a milestone; {} where no row fits."""
        table = self.tables.get(TIMESCALES)
        if table is None:
            raise errors.CannotGoOn("There is no table of timescales.", element=TIMESCALES)
        return decisions.decide(table, {**seen, "milestone": milestone}, at=self.at, beside=self.tables)
