"""The course of events: the clock moves from one thing that happens to the next, through years, up to the present."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from app.cases import advancing, procedures
from app.cases.advancing import Opening
from app.cases.kinds import REVIEWS
from app.cli.simulating import answering, asking, desk, outcomes, story
from app.cli.simulating.arriving import arrivals
from app.cli.simulating.world import World
from app.forms import answers as checking
from app.forms import inventing
from app.intake import applying, forgetting
from app.intake.applying import APPLICANT
from app.law import calendar
from app.notify import sending
from app.notify.channels import NotSent, Post
from app.notify.recipients import Recipient
from app.notify.sending import Postroom
from app.records import serving
from app.records.daily import Rounds
from app.store import cases, timers
from app.store.rows.cases import CLOSED
from app.tasks import undelivered
from app.timers import firing

Seen = Callable[[World], None]
BATCH = 20  # things done in a round, from which on the worker looks again at once
STOPS = (3.2, 1.3, 0.2)  # days before the present on which a case is stopped, for somebody to look at
ENOUGH_TO_STOP = 100  # of cases: in fewer, three that are stopped would be many
STOPPED = "A time limit could not be dealt with: the system failed 3 times."
NIGHTLY = timedelta(hours=30)  # the worker looks at least so often


def apply(world: World, number: int) -> None:
    """Somebody applies; what they will tell us later is put down."""
    ahead, today = story.story(world.seed, number), calendar.day_of(world.clock())
    chance = ahead.chance("application")
    form = applying.form()
    known = asking.application(chance, today, ahead.counts)
    made = inventing.invent(form, {}, today=today, given=known, choose=answering.chooser(chance))
    facts = applying.received(checking.applicable(form, made, {}, today=today), today)
    opening = Opening(REVIEWS, applying.title(facts), facts, by=APPLICANT)
    case = advancing.open_case(opening, clock=world.clock)
    world.stories[case.id] = ahead
    world.done["cases"] += 1
    for hours, about in story.messages(ahead):
        at = world.hours.after(world.clock(), hours)
        world.agenda.put(at, partial(outcomes.tell, world, case, about))


def _stop(world: World) -> None:
    """The newest case that is open is stopped by an incident."""
    newest = (cases.load(case_id) for case_id in reversed(world.stories))
    case = next((one for one in newest if one.status != CLOSED and not one.is_stopped), None)
    if case is not None:
        advancing.stop(case.id, "", STOPPED, clock=world.clock)


class Course:
    """The whole course. ``run`` moves the clock of the world to the present."""

    def __init__(self, world: World, seen: Seen) -> None:
        self.world, self.seen = world, seen
        self.rounds = Rounds()
        self.swept_on: date | None = None
        self.post = Postroom(world.settings, _returned, procedures.of, procedures.letters_of, keeps=_is_kept)

    def plan(self, number: int, first: datetime, already: int = 0) -> None:
        """Put down when so many people apply."""
        chance = Random(f"{self.world.seed}/arrivals/{already}")  # noqa: S311  not for secrets
        for place, at in enumerate(arrivals(number, first, self.world.present, chance), already + 1):
            self.world.agenda.put(at, partial(apply, self.world, place))
        for days in STOPS if number >= ENOUGH_TO_STOP else ():
            self.world.agenda.put(self.world.present - timedelta(days=days), partial(_stop, self.world))

    def run(self) -> None:
        """Until the present."""
        world = self.world
        while True:
            act_at = world.agenda.next_at() or world.present
            look_at = min(world.due_at or world.present, world.clock() + NIGHTLY)
            at = max(min(act_at, look_at), world.clock())
            if at >= world.present:
                break
            world.clock.set(at)
            if look_at <= act_at:
                self.look()
            else:
                self.act()
            self.seen(world)
        world.clock.set(world.present)
        self.look()

    def act(self) -> None:
        """The next thing on the agenda happens."""
        world = self.world
        told = dict(world.done)
        world.agenda.take()()
        if world.done["tasks"] == told.get("tasks", 0) and dict(world.done) != told:  # it came from outside
            desk.found(world, world.clock())
            world.look_by(world.clock() + desk.LOOK)
            world.look_by(timers.coming(world.clock()))

    def look(self) -> None:
        """The worker does what is due; whoever is asked then finds their task."""
        world = self.world
        at = world.clock()
        while self._round() >= BATCH:
            pass
        desk.found(world, at)
        world.due_at = timers.coming(at)

    def _round(self) -> int:
        """The rooms of the worker, but for the numbers of managers, which are counted at the end."""
        clock = self.world.clock
        done = firing.sweep(clock) + sending.sweep(self.post, clock) + undelivered.report(clock) + serving.sweep(clock)
        if self.swept_on != calendar.day_of(clock()):
            self.swept_on = calendar.day_of(clock())
            done += forgetting.sweep(clock) + self.rounds.sweep(self.world.settings, clock)
        return done


def _is_kept(who: Recipient) -> bool:
    """Whether a letter to somebody stays here and counts as sent: nothing ever leaves the house."""
    return not who.address.endswith(asking.GONE)


def _returned(_: Post) -> None:
    """The few others come back, as some people have moved."""
    raise NotSent("The letter came back: nobody of this name is known there.", is_final=True)
