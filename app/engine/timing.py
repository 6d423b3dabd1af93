"""Timer events that never read a clock.

SpiffWorkflow 3.2 reads ``datetime.now`` in six places, takes the server's offset at import, counts a month from
31 January to 3 March and bursts after an outage. These definitions replace all of it: on arrival a timer reads its
rule and notes when it started and when it is due; it has fired when the run was told so, and not before.
Kept with the task, by timer: ``{"timers": {key: note}, "fired": [key]}``; see ``notes`` for the note, None instead of
it for a timer whose last round is over.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.timer import CycleTimerEventDefinition, TimerEventDefinition
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app import errors
from app.drawing.decisions import DecisionTable
from app.engine import facts, notes
from app.law import changes, limit_words, limits
from app.law.limits import Cycle, Due, Limit

TIMERS, FIRED = "timers", "fired"
CYCLE = re.compile(r"every |R\d*/", re.IGNORECASE)
MISSED = "missed"  # the property of a cycle that says what becomes of rounds that were missed
COLLAPSE, SKIP, ALL = "collapse", "skip", "all"


class LimitTimer(TimerEventDefinition):
    """A timer with one time limit: in words, in FEEL (``=timescale("interview")``) or in ISO 8601."""

    def has_fired(self, my_task: Task) -> bool:
        """Whether the run was told that this timer fired. Arms the timer on arrival."""
        if self.name in my_task.internal_data.get(FIRED, []):
            return True
        if self.name not in my_task.internal_data.setdefault(TIMERS, {}):
            my_task.internal_data[TIMERS][self.name] = self.armed(my_task)
        return False

    def fire(self, my_task: Task, at: datetime) -> None:
        """Note that the timer fired."""
        my_task.internal_data.setdefault(FIRED, []).append(self.name)

    def update_task(self, my_task: Task) -> None:
        """Nothing: time passes outside."""

    def reset(self, my_task: Task) -> None:
        """Forget the timer once its event has been dealt with."""
        my_task.internal_data.pop(FIRED, None)
        my_task.internal_data.pop(TIMERS, None)

    def armed(self, my_task: Task) -> dict[str, Any]:
        """The note of a timer that begins to run now."""
        engine = my_task.workflow.script_engine
        noted = notes.new(self.rule(my_task), engine.at)
        ends = notes.ends(self.counted(my_task, noted), engine.calendars)
        has_begun = {"begun_at": noted["start_at"]} if ends["start_at"] != noted["start_at"] else {}
        return noted | has_begun | ends

    def recounted(self, my_task: Task, noted: Mapping[str, Any]) -> dict[str, Any]:
        """The note with its end counted anew: as armed, unless a fact, the calendar or a change moved it."""
        engine = my_task.workflow.script_engine
        with _named(self.drawn(my_task)):
            if not notes.is_stale(noted, engine.calendars) and not self._hangs_on_facts(noted["rule"]):
                return dict(noted)
        return notes.moved(noted, notes.ends(self.counted(my_task, noted), engine.calendars))

    def read_anew(self, my_task: Task, noted: Mapping[str, Any], before: Mapping[str, DecisionTable]) -> dict[str, Any]:
        """The note with the rule as the tables say it now, to be counted anew.

        Where the tables ``before`` would say the same of the case as it is now, the words it was armed with stay.
        """
        with my_task.workflow.script_engine.asking(before):
            then = self.rule(my_task)
        now = self.rule(my_task)
        return dict(noted) if now == then else dict(noted) | {"rule": now, "stale": True}

    def drawn(self, my_task: Task) -> Any:
        """The event as it was parsed from the drawing."""
        return my_task.task_spec

    def counted(self, my_task: Task, noted: Mapping[str, Any]) -> Due:
        """When a noted timer ends, with the days it was counted by. Raises ``CannotGoOn``, naming the element."""
        calendars = my_task.workflow.script_engine.calendars
        with _named(self.drawn(my_task)):
            limit = self.limit(noted["rule"])
            due = self._base(my_task, limit, noted)
            return changes.changed(limit, due, notes.changes_of(noted), calendars=calendars)

    def limit(self, rule: str) -> Limit:
        """The limit in the words of a rule."""
        return limit_words.read(rule)

    def rule(self, my_task: Task) -> str:
        """The rule in words, as its text or the expression in it says now."""
        return rule_of(my_task, self.expression)

    def _base(self, my_task: Task, limit: Limit, noted: Mapping[str, Any]) -> Due:
        engine = my_task.workflow.script_engine
        seen = facts.seen_from(my_task)
        return limits.due(
            limit,
            start_at=notes.begun_at(noted),
            opened_at=engine.opened_at,
            fact=lambda path: facts.find(seen, path),
            calendars=engine.calendars,
        )

    def _hangs_on_facts(self, rule: str) -> bool:
        return self.limit(rule).anchor not in (limits.START, limits.APPLICATION)


class CycleTimer(LimitTimer, CycleTimerEventDefinition):
    """A timer that comes round again, each time starting what follows it once.

    Its rule is asked for anew whenever the run moves, so that a table may say another time for a higher risk.
    """

    def fire(self, my_task: Task, at: datetime) -> None:
        """Start what follows, and arm the next round; its property says what becomes of rounds that were missed."""
        armed = my_task.internal_data[TIMERS][self.name]
        cycle, rounds = limit_words.read_cycle(armed["rule"]), armed.get("rounds", 0) + 1
        calendars = my_task.workflow.script_engine.calendars
        policy = property_of(self.drawn(my_task), MISSED) or COLLAPSE
        coming = limits.next_round(notes.plain(cycle), notes.due_of(armed), calendars=calendars)
        is_skipped = policy == SKIP and coming.at <= at
        if policy != ALL:
            coming = limits.following(notes.plain(cycle), coming, now_at=at, calendars=calendars)
        goes_on = cycle.times is None or rounds < cycle.times
        noted = notes.next_round(armed, coming, rounds, calendars) if goes_on else None
        if noted and cycle.each.anchor != limits.START:
            noted["rests"] = True  # the fact it counts from gives one round; another day there gives the next
        my_task.internal_data[TIMERS][self.name] = noted
        if not is_skipped:
            self._begin(my_task)

    def cycle_complete(self, my_task: Task) -> bool:
        """Never of itself: rounds begin when the run is told."""
        return False

    def recounted(self, my_task: Task, noted: Mapping[str, Any]) -> dict[str, Any]:
        """As for any timer, the rule first."""
        rule = self.rule(my_task)
        is_new = {"rule": rule, "stale": True} if rule != noted["rule"] else {}
        anew = super().recounted(my_task, dict(noted) | is_new)
        last = notes.last_of(anew)
        if anew.get("rests") and last and notes.due_of(anew).at > last.at:
            del anew["rests"]
        return anew

    def rule(self, my_task: Task) -> str:
        """How often, in words: a table says only how long, since a table does not know that it comes round again."""
        said = super().rule(my_task)
        return f"every {said}" if self.expression.strip().startswith("=") and not CYCLE.match(said) else said

    def limit(self, rule: str) -> Limit:
        """The limit of each round."""
        return limit_words.read_cycle(rule).each

    def _begin(self, my_task: Task) -> None:
        for output in my_task.task_spec.outputs:
            _start(my_task, output)

    def _base(self, my_task: Task, limit: Limit, noted: Mapping[str, Any]) -> Due:
        """The round that comes: from the fact it counts from, else from the end of the round before."""
        last = notes.last_of(noted)
        if last is None or limit.anchor != limits.START:
            return super()._base(my_task, limit, noted)
        return limits.next_round(Cycle(limit, None), last, calendars=my_task.workflow.script_engine.calendars)


@contextmanager
def _named(spec: Any) -> Iterator[None]:
    """What cannot be counted stops the case, naming the element."""
    try:
        yield
    except (errors.NotUnderstood, errors.CannotGoOn) as problem:
        raise errors.CannotGoOn(str(problem), element=spec.bpmn_id or "") from problem


def rule_of(task: Task, expression: str) -> str:
    """The rule of a timer in words: as written, or what its FEEL expression gives."""
    text = (expression or "").strip()
    if not text.startswith("="):
        return text
    said = task.workflow.script_engine.evaluate(task, text)
    if not isinstance(said, str) or not said:
        raise errors.CannotGoOn(f"The time limit ‘{text}’ gave no limit.", element=task.task_spec.bpmn_id)
    return said


def property_of(spec: Any, name: str) -> str:
    """A property of an element; "" where it has none of that name."""
    properties = (getattr(spec, "extensions", None) or {}).get("properties") or {}
    return str(properties.get(name, ""))


def _start(task: Task, output: Any) -> None:
    child = task._add_child(output, TaskState.FUTURE)
    child.task_spec._predict(child, mask=TaskState.NOT_FINISHED_MASK)
    child.task_spec._update(child)
