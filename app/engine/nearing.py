"""The moment at which a limit comes near: a timer beside the limit itself, from the table of agreed times."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.task import Task

from app.drawing.decisions import DecisionTable
from app.engine import events, facts, notes
from app.engine.timing import TIMERS, LimitTimer, property_of

NEAR = ":near"  # behind the key of a limit: the timer of the moment at which it comes near
ESCALATION = events.Escalation("limit_near", code="limit_near")


class NearTimer(LimitTimer):
    """The moment at which a limit comes near: what the table of agreed times says in its column ``warn``.

    It throws the escalation ``limit_near`` from where the limit hangs; a frame that catches it says what follows. Where
    no frame does, and where there is no such moment, there is no such timer.
    """

    def __init__(self, of: LimitTimer) -> None:
        super().__init__(of.name + NEAR, of.expression)
        self.of = of

    def armed_beside(self, my_task: Task, noted: Mapping[str, Any]) -> dict[str, Any] | None:
        """The note beside that of the limit itself; None where nothing comes before its end."""
        engine = my_task.workflow.script_engine
        if not property_of(self.drawn(my_task), "milestone") or not events.is_caught(my_task, ESCALATION):
            return None
        warn = self.rule(my_task)
        if not warn:
            return None
        beside = {"rule": warn, "start_at": noted.get("begun_at") or noted["start_at"]}
        beside |= notes.ends(self.counted(my_task, beside), engine.calendars)
        return beside if engine.at < notes.due_of(beside).at < notes.due_of(noted).at else None

    def rule(self, my_task: Task) -> str:
        """When the table warns, in words; "" where it does not."""
        milestone = property_of(self.drawn(my_task), "milestone")
        agreed = my_task.workflow.script_engine.agreed(milestone, facts.seen_from(my_task))
        return str(agreed.get("warn") or "")

    def read_anew(self, my_task: Task, noted: Mapping[str, Any], before: Mapping[str, DecisionTable]) -> dict[str, Any]:
        """As for any limit; where the new table warns no more, the moment that was agreed stays."""
        anew = super().read_anew(my_task, noted, before)
        return anew if anew["rule"] else dict(noted)

    def fire(self, my_task: Task, at: datetime) -> None:
        """Throw the escalation, once."""
        my_task.internal_data[TIMERS][self.name] = None
        ESCALATION.throw(my_task)
