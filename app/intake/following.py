"""What somebody who follows their own case may see of it.

Never: what an agency said, a risk score, the name of staff other than the contact, what a task tells staff to do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app import errors
from app.cases import access, kinds, procedures
from app.clock import Clock
from app.engine import promises
from app.engine.facts import find
from app.engine.run import Run
from app.intake import agreed, attending, heard, linking, progress, reaching, stops
from app.intake.agreed import Agreed
from app.intake.attending import Attending
from app.intake.heard import Told
from app.intake.progress import Known, Progress
from app.law import calendar, wording
from app.notify.recipients import REPRESENTATIVE, VICTIM
from app.store import cases, history, people, tasks, timers
from app.store.rows.cases import FIRED, WAITING, Case, Task, Timer
from app.store.rows.history import Message

APPEAL = "appeal_received"
WINDOW = "no_appeal"  # the timer that ends the time for an appeal
DECISIONS = (stops.MET, stops.REFUSED, "send_outcome")  # what an appeal is against: the letters that tell it
SPEAKS = "speak_for_victim"  # the task in which Victim Support speaks for somebody
HEARD = ("new_incident", "withdrawn")  # what has a page of its own; a review takes both at any time
ENOUGH = 3  # reports that the law asks for (ASBCPA 2014 s.104(4) and the published threshold)


@dataclass(frozen=True)
class Contact:
    """Whom to call. Source: ASBCPA 2014 s.104(3)(a), the point of contact."""

    name: str
    phone: str
    deputy: str = ""


@dataclass(frozen=True)
class Asked:
    """Something we ask of the person: a task in their lane, by the title of its form."""

    id: UUID
    title: str
    due_on: date | None


@dataclass(frozen=True)
class Review:
    """One case on the page of the person who asked."""

    case: Case
    progress: Progress
    attending: Attending | None  # the panel that lies ahead
    told: tuple[Told, ...]  # what they told us, the latest first
    contact: Contact
    ways: tuple[str, ...]  # how we reach them, a sentence each
    letters: tuple[Message, ...]
    asked: tuple[Asked, ...]
    agreed: tuple[Agreed, ...]
    late_reason: str
    new_day_on: str
    may_appeal: bool
    appeal_until: date | None
    is_appeal_late: bool  # the days for an appeal are over, and none came
    name: str  # of the procedure; "" for a review
    hears: frozenset[str]  # what the drawing waits to be told by them


def review(case_id: UUID, *, phone: str, clock: Clock) -> Review:
    """The case as its applicant sees it. ``phone`` is called where the contact has none."""
    case = cases.load(case_id)
    run = running(case, clock)
    facts, windows = run.facts, [timer for timer in timers.of_case(case_id) if timer.key == WINDOW]
    known = _known(case, facts, clock)
    found = progress.progress(known)
    until = next((timer.due_on for timer in windows if timer.state == WAITING), None)
    return Review(
        case=case,
        progress=found,
        attending=attending.of(facts, known.events, found),
        told=heard.told(known.events, known.tasks),
        contact=_contact(facts, phone),
        ways=tuple(reaching.ways(facts)),
        letters=tuple(letters(case_id)),
        asked=tuple(_asked(task, case) for task in own_tasks(case_id)),
        agreed=agreed.of(case_id, facts, tasks.of_case(case_id), calendar.day_of(clock())),
        late_reason=str(find(facts, "late.reason") or ""),
        new_day_on=str(find(facts, "late.new_day_on") or ""),
        may_appeal=may_appeal(case_id, run),
        appeal_until=until,
        is_appeal_late=_is_late(windows) and not has_appealed(case_id),
        name="" if case.process_id == kinds.REVIEWS else kinds.kind(run.procedure, case.process_id).name,
        hears=frozenset(about for about in HEARD if case.process_id == kinds.REVIEWS or run.expects(about)),
    )


def standing(case_id: UUID, *, clock: Clock) -> Progress:
    """Where a case stands, as whoever asked sees it."""
    case = cases.load(case_id)
    return progress.progress(_known(case, running(case, clock).facts, clock))


def may_appeal(case_id: UUID, run: Run) -> bool:
    """Whether an appeal would be taken now. Source: ASBCPA 2014 Sch. 4 para. 3; one appeal against each decision.

    In time or late: the drawing waits for one until the case closes. An appeal that was answered is not asked again.
    """
    return run.expects(APPEAL) and not has_appealed(case_id)


def has_appealed(case_id: UUID) -> bool:
    """Whether an appeal against the last decision has been lodged."""
    events = history.of_case(case_id)
    decided = [e.number for e in events if e.kind == "effect_asked" and e.subject in DECISIONS]
    since = decided[-1] if decided else 0
    return any(e.kind == "message_received" and e.subject == APPEAL and e.number > since for e in events)


def appeal_facts(case_id: UUID, run: Run) -> dict[str, Any]:
    """The facts that the form of an appeal is shown with: those of the case, and whether its days are over."""
    windows = [timer for timer in timers.of_case(case_id) if timer.key == WINDOW]
    return {**run.facts, "appeal_window": {"is_over": _is_late(windows)}}


def _is_late(windows: Sequence[Timer]) -> bool:
    """Whether the last window for an appeal is over: a new decision opens a new one."""
    return bool(windows) and max(windows, key=lambda timer: timer.start_at).state == FIRED


def running(case: Case, clock: Clock) -> Run:
    """The run of a case, to look at and to let go again."""
    procedure = procedures.of(case)
    return Run.wake(cases.snapshot(case.id), procedure, at=clock(), opened_at=case.opened_at)


def own_tasks(case_id: UUID) -> tuple[Task, ...]:
    """The open tasks that stand in the lane of the person who asked."""
    return tuple(task for task in tasks.of_case(case_id) if task.role == access.APPLICANT)


def _asked(task: Task, case: Case) -> Asked:
    form = procedures.form(case.release_key, task.form)
    return Asked(task.id, (form.title if form else "") or task.name, task.due_on)


def own_task(case_id: UUID, task_id: UUID) -> Task:
    """One of them. Raises ``NotFound`` for any other task, and when it is not open any more."""
    found = next((task for task in own_tasks(case_id) if task.id == task_id), None)
    if found is None:
        raise errors.NotFound("We do not need this from you any more.")
    return found


def letters(case_id: UUID) -> list[Message]:
    """What we wrote to the person or whoever acts for them, newest first, without the links we sent."""
    for who in (VICTIM, REPRESENTATIVE):  # where all goes to the representative, they read theirs
        found = [message for message in history.messages(case_id, who) if message.letter != linking.LETTER]
        if found:
            return found
    return []


def letter(case_id: UUID, message_id: UUID) -> Message:
    """One of these letters. Raises ``NotFound`` for any other."""
    found = next((message for message in letters(case_id) if message.id == message_id), None)
    if found is None:
        raise errors.NotFound("We could not find that letter.")
    return found


def _known(case: Case, facts: Mapping[str, Any], clock: Clock) -> Known:
    procedure = procedures.of(case)
    promised = promises.promised(procedure, facts, opened_at=case.opened_at)
    standing = tasks.of_case(case.id)
    return Known(
        case=case,
        events=history.of_case(case.id),
        tasks=standing,
        timers=timers.of_case(case.id),
        promised={name: due.on for name, due in promised.items() if due.on},
        today=calendar.day_of(clock()),
        texts=_texts(facts, standing),
        procedure=procedure,
    )


def _texts(facts: Mapping[str, Any], open_tasks: Sequence[Task]) -> dict[str, str]:
    """A line more for some stops: what the law asks for, and when the meeting is."""
    said = {}
    counted = find(facts, "threshold.qualifying")
    if isinstance(counted, int) and counted >= ENOUGH:
        said["decided"] = f"You made {counted} reports that count. The law asks for {ENOUGH}."
    held_at = wording.read_instant(find(facts, "panel.held_at"))
    if held_at is not None:
        said["meeting"] = f"{wording.moment(held_at)}."
    if any(task.key == SPEAKS for task in open_tasks):
        said["plan"] = "Victim Support tells the panel what you want."
    return said


def _contact(facts: Mapping[str, Any], phone: str) -> Contact:
    named = find(facts, "contact_officer.name")
    if named:
        deputy = str(find(facts, "contact_officer.deputy") or "")
        return Contact(str(named), str(find(facts, "contact_officer.phone") or phone), deputy)
    coordinator = next(iter(people.with_role("Coordinator")), None)
    if coordinator is None:
        return Contact("The case review team", phone)
    return Contact(coordinator.name, coordinator.phone or phone)
