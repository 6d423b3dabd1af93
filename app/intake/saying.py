"""What the person who asked tells us while their case goes on: something new, an appeal, an answer to what we ask."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app import errors
from app.cases import advancing, procedures, speaking, writing
from app.cases.advancing import Step
from app.clock import Clock
from app.engine.run import Run
from app.forms import answers as checking
from app.forms import files
from app.forms.parts import Form
from app.intake import drafting, following
from app.intake.applying import APPLICANT
from app.law import calendar
from app.store import cases, drafts, history
from app.store.history import Happened
from app.store.rows.cases import CLOSED, Case, Task

LETTER = "victim_said"  # to the contact
UNHEARD = "The person who asked told us something, and the case could not take it in."
LONGEST = 2_000  # characters
ABOUT = {
    "new_incident": "It has happened again",
    "late_appeal": "An appeal that is late",
    "information_received": "Something else",
    "withdrawn": "They want to stop their review",
    "taking_part": "How they want to take part in the panel",
    "in_danger": "Somebody is in danger now",
}
READERS = "coordinator"
READERS_OF = {  # who reads it besides
    "taking_part": ", victim_support",
    "withdrawn": ", victim_support",
    "in_danger": ", senior_officer, lane:Community safety officer",
}
NOT_SAID: Mapping[str, Any] = dict.fromkeys(  # of the fact ``said``; what is told later does not keep what came before
    ("text", "happened_on", "reported", "reported_to", "reported_on", "reference", "in_danger", "own_wish")
)


@dataclass(frozen=True)
class Heard:
    """Something that was told: a key of ``ABOUT``, in words for the history, and as facts for the drawing."""

    about: str
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)  # where the drawing waits for them
    lays: Mapping[str, Any] = field(default_factory=dict)  # in any case
    is_urgent: bool = False  # somebody is in danger
    request_key: str = ""  # the same post is written down once
    also: Callable[[Case], None] = lambda _: None  # rows to keep in the same transaction


def say(case_id: UUID, about: str, text: str, *, clock: Clock, request_key: str = "") -> None:
    """Write down what somebody says, and hand it to the run where the drawing waits for it.

    ``about`` is a key of ``ABOUT``. ``request_key`` is of the page: the same words from it are written down once.
    Raises ``Refused`` naming ``about`` or ``text``.
    """
    speaking.check("about", about, ABOUT, text, LONGEST)
    key = hashlib.sha256(f"{request_key}:{about}:{text}".encode()).hexdigest() if request_key else ""
    hear(case_id, Heard(about, text, {"said": {"text": text}}, request_key=key), clock=clock)


def hear(case_id: UUID, heard: Heard, *, clock: Clock) -> None:
    """Write down what was told, and tell whoever reads it; hand it to the run where the drawing waits for it.

    A case that is closed, or cannot take it in, keeps the words all the same.
    """
    at = clock()
    says = {"text": heard.text, "about": ABOUT[heard.about]}
    event = Happened("victim_said", heard.about, at, by=APPLICANT, says=says)
    given = {**heard.facts, "said": {**NOT_SAID, **heard.facts.get("said", {}), "at": at.isoformat()}}

    def told(case: Case) -> None:
        tell_readers(case, heard, at)
        heard.also(case)

    def handed(run: Run) -> None:
        run.lay(heard.lays)
        if run.expects(heard.about):
            run.receive(heard.about, given)

    def noted(says: str) -> None:
        advancing.note(case_id, event, told, says=says, clock=clock, request_key=heard.request_key)

    if cases.load(case_id).status == CLOSED:
        noted("")
        return
    try:
        advancing.advance(case_id, Step(handed, event, told, request_key=heard.request_key), clock=clock)
    except (errors.CaseMovedOn, errors.CannotGoOn):  # closed meanwhile, or stopped
        noted(UNHEARD)


def tell_readers(case: Case, heard: Heard, at: datetime) -> None:
    """A note that there is something to read; the words themselves stay in the case."""
    also = READERS_OF["in_danger"] if heard.is_urgent else READERS_OF.get(heard.about, "")
    item = {"about": ABOUT[heard.about], "is_urgent": heard.is_urgent}
    writing.ask_for(case, LETTER, READERS + also, item, at)


def appeal_form(case: Case) -> Form:
    """The form for an appeal, as it stood when the case was opened."""
    return _form(case, following.APPEAL)


def appeal_key(case_id: UUID) -> str:
    """The key under which an appeal is kept until it is sent."""
    return drafting.key_in_case("appeal", case_id)


def appeal(case_id: UUID, answers: Mapping[str, Any], *, clock: Clock) -> None:
    """Lodge an appeal. Raises ``Refused`` with what is missing, ``CaseMovedOn`` when none can be asked for now."""
    case = cases.load(case_id)
    run = following.running(case, clock)
    if not following.may_appeal(case_id, run):
        raise errors.CaseMovedOn("There is no appeal to ask for at this moment.")
    given = _applicable(appeal_form(case), answers, following.appeal_facts(case_id, run), clock)
    event = Happened("message_received", following.APPEAL, clock(), by=APPLICANT, says={"answers": given})
    key = appeal_key(case_id)
    step = Step(lambda run: run.receive(following.APPEAL, given), event, also=lambda _: _settle(key, case_id, given))
    advancing.advance(case_id, step, clock=clock)


def _settle(key: str, case_id: UUID, given: Mapping[str, Any]) -> None:
    """In the transaction of the step: the end of the draft, and its files for the case."""
    drafts.drop_application(key)
    drafts.claim_documents(list(files.ids(given)), case_id)


def task_form(case: Case, task: Task) -> Form:
    """The form of a task of theirs."""
    return _form(case, task.form)


def task_key(task: Task) -> str:
    """The key under which the answers to a task are kept until they are sent."""
    return drafting.key_in_case(f"task:{task.id.hex}", task.case_id)


def answer(case_id: UUID, task_id: UUID, answers: Mapping[str, Any], *, clock: Clock) -> None:
    """Finish a task of theirs. Raises ``Refused``, ``NotFound`` or ``CaseMovedOn``."""
    case, task = cases.load(case_id), following.own_task(case_id, task_id)
    given = _applicable(task_form(case, task), answers, following.running(case, clock).facts, clock)
    key = task_key(task)
    says = {"name": task.name, "answers": given, "task": task_id.hex}
    event = Happened("task_completed", task.key, clock(), by=APPLICANT, says=says)
    step = Step(lambda run: run.complete(task_id, given), event, also=lambda _: _settle(key, case_id, given))
    advancing.advance(case_id, step, clock=clock)


def has_answered(case_id: UUID, task_id: UUID) -> bool:
    """Whether the person who asked has finished this task."""
    done = (e.says for e in history.of_case(case_id) if e.kind == "task_completed" and e.by == APPLICANT)
    return any(says.get("task") == task_id.hex for says in done)


def _form(case: Case, key: str) -> Form:
    found = procedures.form(case.release_key, key)
    if found is None:
        raise errors.NotFound("There is no form for this.")
    return found


def _applicable(form: Form, answers: Mapping[str, Any], facts: Mapping[str, Any], clock: Clock) -> dict[str, Any]:
    today = calendar.day_of(clock())
    missing = checking.check_all(form, answers, facts, today=today)
    if missing:
        raise errors.Refused({name: says for page in missing.values() for name, says in page.items()})
    return checking.applicable(form, answers, facts, today=today)
