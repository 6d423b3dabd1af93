"""The list with which a working day begins: what is late, what is due today or tomorrow, what comes later.

A person sees the tasks of their lanes, and of an agency's lane only that agency's. The number of queries does not
depend on the number of tasks. Tasks of training cases stand in a list of their own, in one group: each of those cases
has its own day.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.cases import apart, calendars
from app.cases.access import Who
from app.clock import Clock
from app.law import calendar, wording
from app.law.calendar import Calendar
from app.store import drafts, people, tasks
from app.store.rows.cases import Case, Task
from app.store.tasks import Wanted

MINE, TEAM, NOBODYS, TRAINING = "mine", "team", "nobodys", "training"
TABS = {MINE: "Mine", TEAM: "My team’s", NOBODYS: "Nobody’s yet", TRAINING: "Training"}
DUE = {"": "Any time", "late": "Late", "tomorrow": "Today and tomorrow", "week": "In 5 working days"}
A_PAGE = 25


@dataclass(frozen=True)
class Choice:
    """What somebody asks the list for."""

    tab: str = MINE
    due: str = ""
    kind: str = ""  # a task's key
    text: str = ""
    page: int = 1


@dataclass(frozen=True)
class Entry:
    """One task in the list."""

    task: Task
    case: Case
    agency: str  # its name, "" where the task is for none
    taken_by: str  # "" for nobody, "you" for oneself
    begun_on: str  # the day of the draft in words, "" where there is none
    apart: str = ""  # why somebody else must do it


@dataclass(frozen=True)
class Group:
    """Tasks of the same urgency. ``number`` counts those on other pages of the list too."""

    title: str
    number: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Inbox:
    """The list as somebody sees it. ``counts`` has the length of each tab without any filter."""

    choice: Choice
    groups: tuple[Group, ...]
    counts: dict[str, int]
    kinds: list[tuple[str, str, int]]  # key, name, how many
    total: int
    first: Entry | None  # the most urgent one that is theirs to do
    late: int
    soon: int

    @property
    def pages(self) -> int:
        """How many pages the list has, at least one."""
        return max(1, -(-self.total // A_PAGE))


def listed(who: Who, choice: Choice, *, clock: Clock) -> Inbox:
    """The tasks that somebody asks for, page by page."""
    today = _Today(clock(), calendars.in_force().own)
    base = _base(who, choice.tab)
    is_training = choice.tab == TRAINING
    due = "" if is_training else choice.due
    wanted = replace(base, key=choice.kind, text=choice.text, due_before=today.before(due))
    rows, total = tasks.listed(wanted, (max(choice.page, 1) - 1) * A_PAGE, A_PAGE)
    entries = _entries(rows, who)
    late, close = (0 if is_training else _counted(wanted, today.before(due)) for due in ("late", "tomorrow"))
    return Inbox(
        choice,
        _one_group(entries, total) if is_training else _groups(entries, today, (late, close - late, total - close)),
        {tab: tasks.count(_base(who, tab)) for tab in TABS},
        tasks.kinds(base),
        total,
        next((entry for entry in entries if not entry.apart), None),
        late,
        close - late,
    )


def _base(who: Who, tab: str) -> Wanted:
    mine = who.id if tab == MINE else None
    return Wanted(who.places, person_id=mine, nobodys=tab == NOBODYS, training=tab == TRAINING)


def _counted(wanted: Wanted, before: datetime | None) -> int:
    """How many of the wanted tasks are due by then: never more than were asked for."""
    limits = [limit for limit in (wanted.due_before, before) if limit]
    return tasks.count(replace(wanted, due_before=min(limits)))


@dataclass(frozen=True)
class _Today:
    """The present instant, and the calendar that days are counted in."""

    now: datetime
    days: Calendar

    def before(self, due: str) -> datetime | None:
        """The instant before which a task must be due to be shown."""
        if due == "late":
            return self.now
        return self.end_of({"tomorrow": 1, "week": 5}[due]) if due in ("tomorrow", "week") else None

    def end_of(self, count: int) -> datetime:
        """The end of the working day after so many."""
        *_, last = calendar.count_working_days(calendar.day_of(self.now), count, self.days)
        return calendar.end_of(last.day)


def _entries(rows: Sequence[tuple[Task, Case]], who: Who) -> tuple[Entry, ...]:
    names = people.names(task.person_id for task, _ in rows if task.person_id)
    agencies = {agency.key: agency.name for agency in people.agencies()}
    begun = drafts.of_person([task.id for task, _ in rows])
    kept_from = apart.reasons(rows, who)
    return tuple(
        Entry(
            task,
            case,
            agencies.get(task.agency_key or "", ""),
            "you" if task.person_id == who.id else names.get(task.person_id or 0, ""),
            wording.day(calendar.day_of(begun[task.id].saved_at)) if task.id in begun else "",
            kept_from.get(task.id, ""),
        )
        for task, case in rows
    )


def _one_group(entries: Sequence[Entry], number: int) -> tuple[Group, ...]:
    return (Group("To practise on", number, tuple(entries)),) if entries else ()


def _groups(entries: Sequence[Entry], today: _Today, numbers: tuple[int, int, int]) -> tuple[Group, ...]:
    now, close = today.now, today.end_of(1)
    tests: tuple[tuple[str, Callable[[datetime], bool]], ...] = (
        ("Late", lambda due: due <= now),
        ("Today and tomorrow", lambda due: now < due <= close),
        ("Later", lambda due: due > close),
    )
    never = now + timedelta(days=36_500)
    found = (
        Group(title, number, tuple(entry for entry in entries if fits(entry.task.due_at or never)))
        for (title, fits), number in zip(tests, numbers, strict=True)
    )
    return tuple(group for group in found if group.entries)
