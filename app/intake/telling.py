"""What the person who asked tells us by a form, at any time: it happened again, they want to stop, how they take part.

The form is that of the case's release, else of the live one: it belongs to the page, not to the drawing.
"""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app import errors
from app.cases import noting, procedures
from app.clock import Clock
from app.forms import answers as checking
from app.forms import paths, summary
from app.forms.parts import Form
from app.forms.paths import get
from app.intake import attending, drafting, saying
from app.intake.applying import APPLICANT
from app.intake.saying import ABOUT, Heard
from app.law import calendar
from app.store import cases, drafts, history
from app.store.history import Happened
from app.store.rows.cases import CLOSED, Case

NEW_INCIDENT, WITHDRAWN, TAKING_PART = "new_incident", "withdrawn", "taking_part"
FORMS = (NEW_INCIDENT, WITHDRAWN, TAKING_PART)
DANGER = "said.in_danger"
CHOICE = "interview.taking_part"
IN_DANGER = "They said that somebody is in danger now. The page told them to call 999. They may not have finished it."


def form(case: Case, about: str) -> Form:
    """The form for telling us ``about`` something. Raises ``NotFound`` where there is none, or it is not the time."""
    if about not in FORMS or not _is_time(case, about):
        raise errors.NotFound("You cannot tell us this at this moment. Call your contact if you think you should.")
    found = procedures.form(case.release_key, about) or procedures.form(procedures.live()[0], about)
    if found is None:
        raise errors.NotFound("There is no form for this.")
    return found


def _is_time(case: Case, about: str) -> bool:
    if about == TAKING_PART:
        return attending.may_choose(case.id)
    return about == NEW_INCIDENT or case.status != CLOSED


def key(case_id: UUID, about: str) -> str:
    """The key under which it is kept until it is sent."""
    return drafting.key_in_case(f"telling:{about}", case_id)


def was_told(case_id: UUID, about: str) -> bool:
    """Whether they have told us something of this kind, and nothing since that is not sent."""
    told = any(event.kind == "victim_said" and event.subject == about for event in history.of_case(case_id))
    return told and drafts.application(key(case_id, about)) is None


def warn(case_id: UUID, *, clock: Clock) -> None:
    """Somebody is in danger now: tell those who can act at once, whether or not the form is ever finished."""
    heard = Heard("in_danger", IN_DANGER, is_urgent=True)
    says = {"text": heard.text, "about": ABOUT[heard.about]}
    event = Happened("victim_said", heard.about, clock(), by=APPLICANT, says=says)
    noting.write_down(case_id, lambda case: saying.tell_readers(case, heard, clock()), [event])


def tell(case_id: UUID, about: str, *, facts: Mapping[str, Any], clock: Clock) -> None:
    """Send what has been kept. Raises ``Refused`` with what is missing, ``NotFound`` when it is not the time."""
    case, kept_by = cases.load(case_id), key(case_id, about)
    asked, today = form(case, about), calendar.day_of(clock())
    draft = drafts.application(kept_by)
    answers = dict(draft.answers) if draft else {}
    missing = checking.check_all(asked, answers, facts, today=today)
    if missing:
        raise errors.Refused({name: says for page in missing.values() for name, says in page.items()})
    given = checking.applicable(asked, answers, facts, today=today)
    before = history.count_of(case_id, "victim_said")  # two posts at once count the same
    words = _in_words(asked, given, facts)
    heard = Heard(
        about,
        words,
        _facts(about, given, words),
        attending.chosen(case_id, get(given, CHOICE)) if about == TAKING_PART else {},
        is_urgent=get(given, DANGER) == "yes",
        request_key=hashlib.sha256(f"{kept_by}:{before}".encode()).hexdigest(),
        also=lambda _: drafts.drop_application(kept_by),
    )
    saying.hear(case_id, heard, clock=clock)


def _facts(about: str, given: Mapping[str, Any], words: str) -> dict[str, Any]:
    """What the drawing is handed. Who wants to stop need not say why, so all that they answered is their text."""
    if about == TAKING_PART:
        return {}
    return paths.merge(given, {"said": {"text": words}}) if about == WITHDRAWN else dict(given)


def _in_words(asked: Form, given: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """Question and answer, one after the other, of what was answered."""
    rows = [row for section in summary.sections(asked, given, facts) for row in section.rows]
    return " ".join(f"{row.label} {row.value}." for row in rows if row.value != summary.NOTHING)
