"""Where agencies held back, from the history alone: nobody types it in, and training cases do not count.

What is counted is what the partnership agreed to look at (the agreed account, S18): an answer that did not come, came
late or was declined, a panel that was not attended, a recommendation that was not answered in time or rejected without
a reason, an action that was not done by its day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from app.engine.facts import find
from app.law import calendar, wording
from app.store import history, people
from app.store.rows.cases import Case
from app.store.rows.history import Event

RETURN, NO_RETURN = "return_information", "record_no_return"
RECOMMENDED, PANEL = "answer_recommendation", "record_panel"
RETURN_LATE, RECOMMENDATION_LATE, ACTION_LATE = f"{RETURN}_late", f"{RECOMMENDED}_late", "do_action_late"
SUBJECTS = (RETURN, NO_RETURN, RECOMMENDED, PANEL, RETURN_LATE, RECOMMENDATION_LATE, ACTION_LATE)
KINDS = {  # what is counted, and its words on screen
    "no_return": "No return",
    "late_return": "Late return",
    "declined": "Declined to answer",
    "not_at_panel": "Not at the panel",
    "late_answer": "Recommendation not answered in time",
    "no_reason": "Rejected without a reason",
    "overdue": "Action overdue",
}
TIMED = {RECOMMENDATION_LATE: "late_answer", ACTION_LATE: "overdue"}
ABSENT = ("apologies", "no_reply")
QUARTER = 3  # months


@dataclass(frozen=True)
class Instance:
    """One time that an agency held back."""

    kind: str
    agency: str
    case: Case
    at: datetime


@dataclass(frozen=True)
class Row:
    """One agency: how often of each kind, in all, and in which cases (reference of the case, how often)."""

    agency: str
    counts: dict[str, int]
    total: int
    cases: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Period:
    """A quarter of a year. ``until`` is the first day after it."""

    begins: date
    until: date

    @property
    def key(self) -> str:
        """``2026-Q1``."""
        return f"{self.begins.year}-Q{(self.begins.month + 2) // QUARTER}"

    @property
    def words(self) -> str:
        """``January to March 2026``."""
        last = self.until - timedelta(days=1)
        return f"{wording.MONTHS[self.begins.month - 1]} to {wording.MONTHS[last.month - 1]} {last.year}"


def period(key: str, today: date) -> Period:
    """The quarter with this key; the present one where there is none."""
    year, _, quarter = key.partition("-Q")
    if year.isascii() and year.isdigit() and len(year) == len("2026") and int(year) and quarter in ("1", "2", "3", "4"):
        return _quarter(int(year), int(quarter))
    return _quarter(today.year, (today.month + 2) // QUARTER)


def latest(today: date, number: int = 8) -> list[Period]:
    """The present quarter and those before it."""
    found = [period("", today)]
    while len(found) < number:
        found.append(period("", found[-1].begins - timedelta(days=1)))
    return found


def _quarter(year: int, number: int) -> Period:
    begins = date(year, QUARTER * (number - 1) + 1, 1)
    return Period(begins, calendar.months_after(begins, QUARTER))


def rows(wanted: Period) -> list[Row]:
    """Every agency of the partnership, the most reluctant first, then by name."""
    begins, until = (calendar.end_of(day - timedelta(days=1)) for day in (wanted.begins, wanted.until))
    found: dict[str, list[Instance]] = defaultdict(list)
    for one in instances(until):
        if one.at >= begins:
            found[one.agency].append(one)
    listed = [_row(agency.name, found[agency.key]) for agency in people.agencies()]
    return sorted(listed, key=lambda row: (-row.total, row.agency))


def _row(name: str, found: Sequence[Instance]) -> Row:
    counts = {kind: sum(one.kind == kind for one in found) for kind in KINDS}
    references = [one.case.reference for one in found]
    return Row(name, counts, len(found), tuple((ref, references.count(ref)) for ref in sorted(set(references))))


def instances(until: datetime) -> list[Instance]:
    """Every time before ``until`` that an agency held back, over all real cases."""
    by_case: dict[UUID, list[tuple[Event, Case]]] = defaultdict(list)
    for event, case in history.about(SUBJECTS, until):
        by_case[case.id].append((event, case))
    return [
        Instance(kind, agency, lines[0][1], at)
        for lines in by_case.values()
        for kind, agency, at in of_case([event for event, _ in lines])
    ]


def of_case(events: Iterable[Event]) -> Iterator[tuple[str, str, datetime]]:
    """(kind, agency, when) for each time in the history of one case, which is given in order."""
    history_of = _History()
    for event in events:
        yield from ((kind, agency, event.at) for kind, agency in history_of.told(event) if agency)


class _History:
    """What has been read so far of a case: whose each task is, and whose return is late and has not come."""

    def __init__(self) -> None:
        self.whose: dict[str, str] = {}
        self.late: set[str] = set()

    def told(self, event: Event) -> Iterator[tuple[str, str]]:
        """(kind, agency) for each that one more line tells."""
        task = str(event.says.get("task"))
        agency = str(event.says.get("agency") or self.whose.get(task, ""))
        if event.kind == "task_opened":
            self.whose[task] = agency
            if event.subject == NO_RETURN:
                self.late.discard(agency)
                yield "no_return", agency
        elif event.kind == "timer_fired":
            if event.subject == RETURN_LATE:
                self.late.add(agency)
            elif event.subject in TIMED:
                yield TIMED[event.subject], agency
        elif event.kind == "task_completed":
            yield from _completed(event, agency, agency in self.late)
            if event.subject == RETURN:
                self.late.discard(agency)


def _completed(event: Event, agency: str, is_late: bool) -> Iterator[tuple[str, str]]:
    """What a finished task says of an agency, or of several."""
    answers = event.says.get("answers") or {}
    if event.subject == RETURN:
        if is_late:
            yield "late_return", agency
        if find(answers, "information.involved") == "declined":
            yield "declined", agency
    elif event.subject == RECOMMENDED:
        if find(answers, "recommendation.answer") == "rejected" and not find(answers, "recommendation.reasons"):
            yield "no_reason", agency
    elif event.subject == PANEL:
        there = [row for row in find(answers, "panel.attendance") or [] if isinstance(row, dict)]
        present = {row.get("agency") for row in there if row.get("present") not in ABSENT}
        away = {str(row["agency"]) for row in there if row.get("present") in ABSENT and row.get("agency")}
        yield from (("not_at_panel", key) for key in sorted(away - present))
