"""The weekly digest: each Monday morning, once for each person and week, to managers and whoever else wants it.

It is promised first, one row for each person and week whatever number of workers there are, and sent afterwards outside
any transaction, as letters are. A worker that was away on Monday makes up for it on Tuesday.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from app import errors
from app.cases import calendars
from app.cases.access import EVERY_CASE, MANAGER, Who
from app.cases.kinds import REVIEWS
from app.clock import Clock
from app.config import Settings
from app.engine.nearing import NEAR
from app.law import calendar, wording
from app.notify import channels, digests
from app.notify.channels import NotSent, Post
from app.status import silence
from app.store import digests as kept
from app.store import picking
from app.store.picking import Span
from app.store.rows.out import FAILED, SENT, WAITING, Digest
from app.store.transactions import transaction

log = logging.getLogger(__name__)
MORNING = time(7)  # on Monday, in London
LATEST = timedelta(days=2)  # after that Monday has begun
A_WEEK, A_DAY = timedelta(days=7), timedelta(days=1)
SOON = 2  # working days
PAUSE, ATTEMPTS, BATCH = timedelta(minutes=5), 48, 20  # as letters: four hours
PROMISES = {
    "acknowledge": "Acknowledge an application",
    "interview": "Interview the applicant",
    "threshold": "Decide on the threshold",
    "panel": "Hold the panel",
    "outcome": "Send the outcome",
    "appeal": "Decide an appeal",
}


@dataclass(frozen=True)
class Week:
    """What a digest says: how it stands on a Monday morning, and the week before."""

    monday: date
    counts: kept.Counts
    not_heard: int
    promises: tuple[tuple[str, int, int], ...]  # what, kept, missed


def sweep(settings: Settings, clock: Clock) -> int:
    """Promise what is due this week, and send it. Gives how many were promised and tried."""
    at = clock()
    monday = monday_of(at)
    begins = datetime.combine(monday, MORNING, tzinfo=calendar.LONDON)
    if not begins <= at < begins + LATEST:
        return 0
    return _promise(monday, begins, settings, clock) + _send_all(settings, clock)


def monday_of(at: datetime) -> date:
    """The Monday of the week in which an instant lies, in London."""
    today = calendar.day_of(at)
    return today - timedelta(days=today.weekday())


def _promise(monday: date, begins: datetime, settings: Settings, clock: Clock) -> int:
    people = kept.to_tell(monday, MANAGER, EVERY_CASE, begins)
    if not people:
        return 0
    week = read(monday, clock)
    rows = [_row(person, week, settings, clock()) for person in people]
    with transaction():
        kept.promise(rows)
    return len(rows)


def _row(person: tuple[int, str, str], week: Week, settings: Settings, at: datetime) -> dict[str, Any]:
    key, name, address = person
    return {
        "id": uuid4(),
        "person_id": key,
        "week_on": week.monday,
        "address": address,
        "subject": title(week),
        "html": digests.write(_values(name, week, settings)),
        "made_at": at,
        "next_try_at": at,
    }


def read(monday: date, clock: Clock) -> Week:
    """The numbers as they stand now, and those of the week before a Monday. Training cases never count."""
    at, own = clock(), calendars.in_force().own
    since, before = calendar.end_of(monday - A_WEEK - A_DAY), calendar.end_of(monday - A_DAY)
    *_, last = calendar.count_working_days(calendar.day_of(at), SOON, own)
    span = Span(REVIEWS, since, before)
    in_time = picking.kept(span, PROMISES, but=NEAR)
    late = Counter(one.milestone for one in picking.missed(span, PROMISES, but=NEAR))
    ended = {key: (in_time.get(key, 0), late[key]) for key in PROMISES}
    promises = tuple((words, *ended[key]) for key, words in PROMISES.items() if any(ended[key]))
    not_heard = sum(one.is_late for one in silence.silent(clock=clock))
    return Week(monday, kept.counts(at, calendar.end_of(last.day), since, before), not_heard, promises)


def title(week: Week) -> str:
    """The subject."""
    late = f"{wording.counted(week.counts.late, 'case')} late" if week.counts.late else "no case is late"
    return f"Case reviews, {wording.day(week.monday)}: {late}".replace(wording.NBSP, " ")


def _values(name: str, week: Week, settings: Settings) -> dict[str, Any]:
    late = week.counts.late
    lead = "No case is late today."
    if late:
        lead = (
            "1 case is late today. Look at it first."
            if late == 1
            else f"{late} cases are late today. Look at them first."
        )
    return {
        "name": name,
        "title": title(week),
        "lead": lead,
        "rows": list(rows(week)),
        "promises": week.promises,
        "url": settings.public_url,
        "partnership": settings.partnership_name,
    }


def rows(week: Week) -> Iterator[tuple[str, int, str]]:
    """The numbers with their words, each with the page behind it."""
    counts = week.counts
    yield "Open cases", counts.open, ""
    yield "Late: a time limit has passed", counts.late, ""
    yield "Close: a time limit passes in the next 2 working days", counts.close, ""
    yield "Not heard from us for longer than we promised", week.not_heard, "/admin/silence"
    yield "Stopped until somebody has looked", counts.stopped, "/incidents"
    yield "Opened last week", counts.opened, ""
    yield "Closed last week", counts.closed, ""


def is_wanted(who: Who) -> bool | None:
    """Whether somebody gets it; None for those who may not."""
    if who.id is None or not who.roles & EVERY_CASE:
        return None
    chosen = kept.choice(who.id)
    return MANAGER in who.roles if chosen is None else chosen


def choose(who: Who, wanted: bool) -> None:
    """Turn it on or off for somebody. Raises ``NotAllowed`` for those who may not have it."""
    if is_wanted(who) is None or who.id is None:
        raise errors.NotAllowed
    with transaction():
        kept.choose(who.id, wanted)


def _send_all(settings: Settings, clock: Clock) -> int:
    sent = 0
    while sent < BATCH and (taken := _take(clock)):
        _send(*taken, settings, clock)
        sent += 1
    return sent


def _take(clock: Clock) -> tuple[UUID, Post] | None:
    """The next digest, put off so that nobody else sends it meanwhile."""
    if kept.next_due(clock()) is None:
        return None
    with transaction():
        found = kept.next_due(clock())
        if found is None:
            return None
        found.attempts += 1
        found.next_try_at = clock() + PAUSE
        return found.id, Post(found.id, found.address, "", found.subject, found.html)


def _send(digest_id: UUID, post: Post, settings: Settings, clock: Clock) -> None:
    try:
        channels.channel(settings)(post)
        state, says = SENT, ""
    except NotSent as problem:
        state, says = (FAILED if problem.is_final else WAITING), str(problem)
    except Exception as problem:  # one that nobody foresaw does not hold up the others
        log.exception("digest not sent", extra={"action": "digest_not_sent", "digest": str(digest_id)})
        state, says = WAITING, f"It could not be sent: {type(problem).__name__}."
    with transaction():
        row = kept.load(digest_id)
        if row is not None:
            _end(row, state, says, clock())


def _end(row: Digest, state: str, says: str, at: datetime) -> None:
    row.problem = says
    row.state = FAILED if state == WAITING and row.attempts >= ATTEMPTS else state
    row.ended_at = None if row.state == WAITING else at
