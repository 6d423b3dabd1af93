"""Making a history, or going on with one that was stopped: the whole of what ``trigger demo`` does."""

import gc
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app import errors
from app.cases.kinds import REVIEWS
from app.cli import demo
from app.cli.demo_cases import SetBack
from app.cli.simulating import desk, settling, staff
from app.cli.simulating.course import Course, Seen
from app.cli.simulating.desk import Work
from app.cli.simulating.hours import OfficeHours
from app.cli.simulating.staff import Staff
from app.cli.simulating.world import World
from app.clock import Clock
from app.config import ROOT, Settings
from app.editor import loading
from app.law.calendars import Calendars
from app.records.enrolling import enrol
from app.store import cases, history, people, sessions, tasks

A_YEAR = timedelta(days=365.25)
HERE = "file"  # the channel by which nothing leaves the house, whatever the settings say
RESTS = timedelta(days=2)  # a history whose last line is no older is up to date


@dataclass(frozen=True)
class Wish:
    """What is asked for. Everybody made up signs in with ``password``."""

    cases: int
    years: float
    seed: int = 1
    password: str = demo.PASSWORD


@dataclass(frozen=True)
class There:
    """What is in the database: how many reviews, and when the last thing happened."""

    cases: int
    last_at: datetime | None
    is_ours: bool  # a simulation made them


def there() -> There:
    """What is in the database."""
    _, number = cases.listed("", "", 0, 1, process_id=REVIEWS)
    return There(number, history.last_at(), people.by_email(staff.MORE[0].email) is not None)


def check(found: There, wish: Wish, present: datetime) -> bool:
    """Whether there is something to do. Raises ``Refused`` where cases are there that no simulation made."""
    if found.cases and not found.is_ours:
        raise errors.Refused(
            {"database": f"There are {found.cases} cases that were not made by ‘trigger demo’. Expected no cases."}
        )
    is_new = found.last_at is None or not found.cases
    return is_new or (found.cases < wish.cases and present - (found.last_at or present) > RESTS)


def make(settings: Settings, wish: Wish, seen: Seen, *, clock: Clock) -> World:
    """Make a history up to the present, or go on with one that was stopped before it came to the present.

    ``seen`` is called after each thing that happens.
    """
    present, found = clock(), there()
    goes_on = found.last_at if found.cases else None
    first = goes_on or present - wish.years * A_YEAR
    world = _world(settings, wish.seed, first, present)
    with sessions.hurried():
        _prepare(world, wish.password)
        gc.freeze()  # the drawings are there for good: no look at each of their parts again and again
        course = Course(world, seen)
        course.plan(wish.cases - found.cases, first, found.cases)
        for case, open_ones in tasks.by_case():
            desk.opened(world, case, [Work.of_row(task) for task in open_ones])
        course.run()
        settling.settle(world)
    return world


def _world(settings: Settings, seed: int, first: datetime, present: datetime) -> World:
    hours, kept = OfficeHours(first, present, Calendars().own), replace(settings, channel=HERE)
    return World(kept, SetBack(first, lambda: present), seed, hours, Staff(hours))


def _prepare(world: World, password: str) -> None:
    """People and drawings, as they were when the first person applied."""
    demo.settle_people(world.clock, password)
    if people.by_email(staff.MORE[0].email) is None:
        enrol((), staff.MORE, password, clock=world.clock)
    loading.load(ROOT, by="the system", clock=world.clock)
