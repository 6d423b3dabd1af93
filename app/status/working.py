"""How a time limit of a case was counted: the answer, the sentences, the days, where the rule is from, what moved it.

A limit that does not run any more is counted anew from its rule and what it counted from then.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from app import errors
from app.law import reading_out, steps, wording, working
from app.law.limits import Due
from app.law.steps import Working
from app.law.wording import Time
from app.status import agreed, moves
from app.status.agreed import Agreed
from app.status.case_file import CaseFile
from app.status.moves import Move
from app.store.rows.cases import FIRED, MOVED, STOOD_DOWN, WAITING, Timer

PREFERRED = (WAITING, FIRED, STOOD_DOWN, MOVED)  # of several rows of one limit, the one that counts
DIFFERS = (
    "Counted today, the rule alone would end on {}: the calendar, or a day that it counts from, has changed since. "
    "What was promised is {}."
)


@dataclass(frozen=True)
class Count:
    """The working of one limit, as its page shows it."""

    file: CaseFile
    timer: Timer
    working: Working

    @property
    def name(self) -> str:
        """The step that it is about."""
        return self.file.step_of(self.timer)

    @property
    def end(self) -> str:
        """Its end in words, as it was promised last."""
        timer = self.timer
        return wording.day(timer.due_on, year=True) if timer.due_on else wording.moment(timer.due_at, year=True)

    @property
    def answer(self) -> str:
        """What somebody wants to know first."""
        if self.timer.state == WAITING and self.timer.held_at:
            return f"The clock of ‘{self.name}’ stands still"
        if self.timer.state == WAITING:
            return f"‘{self.name}’ must be done by {self.end}" if self.timer.task_key else f"‘{self.name}’: {self.end}"
        became = {FIRED: "passed", STOOD_DOWN: "was kept"}.get(self.timer.state, "moved")
        return f"The time limit for ‘{self.name}’ {became}: {self.end}"

    @property
    def time(self) -> Time:
        """How it stands now."""
        timer = self.timer
        if timer.state == WAITING and timer.held_at:
            return Time("The clock stands still", f"since {wording.moment(timer.held_at)}", "none")
        if timer.state == WAITING:
            calendar, start_at = self.working.calendar, timer.start_at
            return wording.due(timer.due_at, timer.due_on, now=self.file.now, start_at=start_at, calendar=calendar)
        ended = wording.moment(timer.ended_at) if timer.ended_at else ""
        words, state = {FIRED: ("It passed", "late"), MOVED: ("It moved", "none")}.get(
            timer.state, ("It was kept", "none")
        )
        return Time(words, ended, state if timer.task_key else "none")

    @cached_property
    def moves(self) -> list[Move]:
        """Every move, the first first."""
        return moves.of(self.file, self.timer)

    @cached_property
    def agreed(self) -> Agreed:
        """Where its rule is from."""
        return agreed.of(self.file, self.timer)

    @property
    def is_as_promised(self) -> bool:
        """Whether the count comes to what was promised last. Else something that it counts by has changed since."""
        return self.working.due.at == self.timer.due_at

    @property
    def sentences(self) -> list[str]:
        """How it was counted, to be read out."""
        said, counted = reading_out.sentences(self.working), self.working.due
        if self.is_as_promised:
            return said
        would = wording.day(counted.on, year=True) if counted.on else wording.moment(counted.at, year=True)
        return [*said, DIFFERS.format(would, self.end)]

    @cached_property
    def record(self) -> dict[str, Any]:
        """All of it, for programs."""
        timer, said = self.timer, working.record(self.working, self.timer.rule)
        if not self.is_as_promised:
            said |= working.ends(Due(timer.due_at, timer.due_on, timer.start_at))
        return {
            "case": self.file.case.reference,
            "name": self.name,
            "state": self.timer.state,
            **said,
            "sentences": [sentence.replace(wording.NBSP, " ") for sentence in self.sentences],
            "agreed": self.agreed.record,
            "moves": [
                {"at": m.at.isoformat(), "what": m.title, "old": m.old, "new": m.new, "why": m.why, "by": m.by}
                for m in self.moves
            ],
        }


def of(file: CaseFile, timer_id: UUID, key: str) -> Count:
    """The working of a limit. Raises ``NotFound`` where the case has had none like it."""
    found = [timer for timer in file.timers if (timer.id, timer.key) == (timer_id, key)]
    if not found:
        raise errors.NotFound("We could not find that time limit.")
    timer = min(reversed(found), key=lambda one: PREFERRED.index(one.state))
    limit, calendars = steps.read(timer.rule), file.procedure.calendars
    base = steps.anew(limit, timer.start_at, calendars=calendars)
    return Count(file, timer, steps.worked(limit, base, moves.changes_of(file, timer), calendars=calendars))
