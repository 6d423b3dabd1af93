"""An application that is sent becomes a case.

The same draft sent twice gives one case: the hash of its link is the key of the request.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app import errors
from app.cases import advancing, procedures
from app.cases.advancing import Opening
from app.clock import Clock
from app.forms import answers as checking
from app.forms import files
from app.forms.parts import Form
from app.forms.paths import get
from app.intake import drafting, linking, tokens
from app.law import calendar
from app.notify import recipients
from app.store import cases, drafts
from app.store.rows.cases import Case
from app.store.rows.drafts import ApplicationDraft

PROCESS = "asb_case_review"
FORM = "application_received"
APPLICANT = "the applicant"
SHOWN = timedelta(hours=1)  # how long the link to follow the review is shown, unless it is used before
LINK = "track"


@dataclass(frozen=True)
class Sent:
    """What somebody gets who has sent an application."""

    case_id: UUID
    reference: str
    link: str  # the secret of the one-time link; "" once it is used or an hour has passed, and where none was made
    sent_at: datetime


def form() -> Form:
    """The application form of the live release."""
    release_key, _ = procedures.live()
    found = procedures.form(release_key, FORM)
    if found is None:
        raise errors.NotFound("There is no application form yet.")
    return found


def send(token: str, *, clock: Clock) -> Case:
    """Open the case of an application, or give the one it has become.

    Raises ``Refused`` with everything that is missing, ``NotFound`` for a secret that is none.
    """
    draft = drafting.find(token, clock)
    if draft.case_id is not None:
        return cases.load(draft.case_id)
    today = calendar.day_of(clock())
    asked = form()
    missing = checking.check_all(asked, draft.answers, {}, today=today)
    if missing:
        raise errors.Refused({name: says for page in missing.values() for name, says in page.items()})
    facts = received(checking.applicable(asked, draft.answers, {}, today=today), today)
    opening = Opening(
        PROCESS,
        title(facts),
        facts,
        by=APPLICANT,
        also=lambda case: _settle(token, facts, case, clock),
        request_key=draft.link_hash,
    )
    return advancing.open_case(opening, clock=clock)


def sent(token: str, *, clock: Clock) -> Sent | None:
    """What is told to somebody whose application has been sent; None while it has not."""
    draft = drafting.find(token, clock)
    if draft.case_id is None:
        return None
    link = tokens.derived(token, LINK)
    row = drafts.link(tokens.hashed(link))
    is_fresh = row is not None and row.used_at is None and clock() < draft.saved_at + SHOWN
    return Sent(draft.case_id, cases.load(draft.case_id).reference, link if is_fresh else "", draft.saved_at)


def title(facts: Mapping[str, Any]) -> str:
    """Whom a case is about: the group or business, else the person. Nothing else, because titles stand in lists."""
    return str(get(facts, "victim.organisation") or get(facts, "victim.name") or "")


def received(answers: dict[str, Any], today: date) -> dict[str, Any]:
    """The answers of an application, and that it has come in today."""
    how = {"received_on": today.isoformat(), "channel": "web"}
    return {**answers, "application": {**answers.get("application", {}), **how}}


def _settle(token: str, facts: Mapping[str, Any], case: Case, clock: Clock) -> None:
    """In the transaction that opens the case: its files, the link to follow it, and the end of the draft."""
    drafts.claim_documents(list(files.ids(facts)), case.id)
    if recipients.has_agreed(facts):  # else the victim alone may follow it
        drafts.add(linking.made(tokens.derived(token, LINK), case.id, clock))
    row = drafts.lock_application(tokens.hashed(token))
    if row is not None:
        _end(row, case, clock)


def _end(row: ApplicationDraft, case: Case, clock: Clock) -> None:
    row.case_id, row.answers, row.saved_at = case.id, {}, clock()  # the answers are in the case now
