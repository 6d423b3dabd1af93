"""The play that somebody has open in a draft: a scenario, and how many of its acts are done.

It is kept on the server for each person and draft, so a closed tab loses nothing. The acts that are not done yet are
those of a scenario that was opened, or those that were undone; they stay until they are done or left out.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from app import errors
from app.cases.access import Who
from app.clock import Clock
from app.editor.trying import acts, scenarios
from app.editor.trying import course as courses
from app.editor.trying.acts import Act, Apply, Finish, Play, Tell, Wait
from app.editor.trying.course import Course
from app.editor.trying.ground import Ground
from app.editor.trying.scenarios import Scenario
from app.store import plays
from app.store.rows.releasing import DraftPlay
from app.store.transactions import transaction


@dataclass(frozen=True)
class Opened:
    """A play as it stands open: ``place`` is the number of its acts that are done, ``name`` the file it came from."""

    scenario: Scenario
    place: int = 0
    name: str = ""

    @property
    def done(self) -> Play:
        """The play up to where it stands."""
        return self.scenario.play.up_to(self.place)

    @property
    def to_come(self) -> tuple[Act, ...]:
        """The acts that are not done yet."""
        return self.scenario.play.acts[self.place :]

    def then(self, act: Act) -> "Opened":
        """With one act more. It takes the place of the next one to come where that is about the same."""
        rest = self.to_come
        rest = rest[1:] if rest and _about(rest[0]) == _about(act) else rest
        return self._with((*self.done.acts, act), rest)

    def next(self) -> "Opened":
        """With the next act that is to come."""
        return replace(self, place=min(self.place + 1, len(self.scenario.play.acts)))

    def back(self) -> "Opened":
        """Without the last act, which is to come again."""
        return replace(self, place=max(self.place - 1, 0))

    def without_next(self) -> "Opened":
        """Without the next act that was to come."""
        return self._with(self.done.acts, self.to_come[1:])

    def without_rest(self) -> "Opened":
        """Without all that was to come."""
        return self._with(self.done.acts, ())

    def _with(self, done: tuple[Act, ...], rest: tuple[Act, ...]) -> "Opened":
        every = (*done, *rest)
        if len(every) > acts.MOST:
            raise errors.Refused({"act": f"A play has at most {acts.MOST} acts"})
        play = replace(self.scenario.play, acts=every)
        return replace(self, scenario=replace(self.scenario, play=play), place=len(done))


def begin(process: str, starts_at: datetime) -> Opened:
    """A new play of a process."""
    return Opened(Scenario("A play", Play(process, starts_at)))


def follow(ground: Ground, opened: Opened) -> tuple[Opened, Course]:
    """How far it goes on these files: up to the first act that cannot be done now. Raises as ``course.follow``."""
    course = courses.follow(ground, opened.done)
    failure = course.failure
    return (replace(opened, place=min(opened.place, failure.number)) if failure else opened), course


def asks_first(ground: Ground, opened: Opened) -> bool:
    """Whether somebody has to send the form first with which the process begins."""
    acts_ = opened.scenario.play.acts
    is_begun = opened.place > 0 or (acts_ and not isinstance(acts_[0], Apply))
    return not is_begun and ground.start_form(opened.scenario.play.process) is not None


def until(at: datetime) -> Wait:
    """Time that passes up to an instant, in whole minutes as a scenario writes them."""
    whole = at.replace(second=0, microsecond=0)
    return Wait(until=whole if whole == at else whole + timedelta(minutes=1))


def kept(draft_id: UUID, who: Who) -> Opened | None:
    """The play that somebody has open in a draft."""
    row = plays.of(draft_id, who.id) if who.id is not None else None
    if row is None:
        return None
    return Opened(scenarios.read(row.scenario.encode(), row.name or "the play"), row.place, row.name)


def keep(draft_id: UUID, who: Who, opened: Opened, *, clock: Clock) -> None:
    """Keep a play as it stands. Raises ``DrawingBroken`` where it has become too large."""
    written = scenarios.write(opened.scenario)
    scenarios.read(written, opened.name or "the play")
    own = {"scenario": written.decode(), "name": opened.name, "place": opened.place, "touched_at": clock()}
    with transaction():
        plays.keep(DraftPlay(draft_id=draft_id, person_id=_person(who), **own))


def forget(draft_id: UUID, who: Who) -> None:
    """Put a play away for good."""
    with transaction():
        plays.drop(draft_id, _person(who))


def _about(act: Act) -> tuple[str, ...]:
    if isinstance(act, Finish):
        return ("finish", act.task, act.whom, str(act.number or ""))
    return ("tell", act.message) if isinstance(act, Tell) else (("wait",) if isinstance(act, Wait) else ("apply",))


def _person(who: Who) -> int:
    if who.id is None:
        raise errors.NotAllowed
    return who.id
