"""An application that is sent becomes a case.

The same draft sent twice gives one case: the hash of its link is the key of the request.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app import errors
from app.cases import advancing, kinds, procedures
from app.cases.advancing import Opening
from app.cases.coming_in import CHANNELS, WEB
from app.cases.kinds import Kind
from app.clock import Clock
from app.drawing.model import ANYONE
from app.forms import answers as checking
from app.forms import files
from app.forms.parts import Form
from app.forms.paths import get
from app.intake import drafting, linking
from app.law import calendar
from app.notify import recipients
from app.store import cases, drafts, tokens
from app.store.rows.cases import Case
from app.store.rows.drafts import ApplicationDraft

PROCESS = kinds.REVIEWS
APPLICANT = "the applicant"
SHOWN = timedelta(hours=1)  # how long the link to follow the review is shown, unless it is used before
LINK = "track"
# no questions of the form, so nobody can type them:
TAKEN_BY, CHANNEL, PROCEDURE = "application.taken_by", "application.channel", "application.procedure"


@dataclass(frozen=True)
class Sent:
    """What somebody gets who has sent an application."""

    case_id: UUID
    reference: str
    link: str  # the secret of the one-time link; "" once it is used or an hour has passed, and where none was made
    sent_at: datetime
    kind: Kind


def kind(process_id: str = PROCESS) -> Kind:
    """A procedure of the live release that may be asked for, or ``NotFound``."""
    found = kinds.kind(procedures.live()[1], process_id)
    if not found.begins:
        raise errors.NotFound("Nobody can ask for this here.")
    return found


def others(*, is_staff: bool) -> list[Kind]:
    """What may be asked for beside a review, by name."""
    every = kinds.every(procedures.live()[1])
    return [one for one in every if one.may_begin(is_staff=is_staff) and one.process_id != PROCESS]


def form(process_id: str = PROCESS) -> Form:
    """The form with which a procedure of the live release begins."""
    release_key, _ = procedures.live()
    found = procedures.form(release_key, kind(process_id).form)
    if found is None:
        raise errors.NotFound("There is no application form yet.")
    return found


def procedure_of(draft: ApplicationDraft) -> str:
    """The procedure that an application is for."""
    return str(get(draft.answers, PROCEDURE) or PROCESS)


def send(token: str, *, clock: Clock) -> Case:
    """Open the case of an application, or give the one it has become.

    Raises ``Refused`` with everything that is missing, ``NotFound`` for a secret that is none.
    """
    draft = drafting.find(token, clock)
    if draft.case_id is not None:
        return cases.load(draft.case_id)
    today = calendar.day_of(clock())
    process_id = procedure_of(draft)
    asked = form(process_id)
    missing = checking.check_all(asked, draft.answers, {}, today=today)
    if missing:
        raise errors.Refused({name: says for page in missing.values() for name, says in page.items()})
    taken_by = str(get(draft.answers, TAKEN_BY) or "")
    given = checking.applicable(asked, draft.answers, {}, today=today)
    facts = received(given, today, str(get(draft.answers, CHANNEL) or WEB), taken_by)
    opening = Opening(
        process_id,
        title(facts) or kind(process_id).name,
        facts,
        by=taken_by or APPLICANT,
        also=lambda case: _settle(token, facts, case, clock),
        request_key=draft.link_hash,
    )
    return advancing.open_case(opening, clock=clock)


def sent(token: str, *, clock: Clock) -> Sent | None:
    """What is told to somebody whose application has been sent; None while it has not."""
    draft = drafting.find(token, clock)
    if draft.case_id is None:
        return None
    case = cases.load(draft.case_id)
    link = tokens.derived(token, LINK)
    row = drafts.link(tokens.hashed(link))
    is_fresh = row is not None and row.used_at is None and clock() < draft.saved_at + SHOWN
    about = kinds.kind(procedures.of(case), case.process_id)
    return Sent(case.id, case.reference, link if is_fresh else "", draft.saved_at, about)


def title(facts: Mapping[str, Any]) -> str:
    """Whom a case is about: the group or business, else the person. Nothing else, because titles stand in lists."""
    names = (get(facts, path) for path in ("victim.organisation", "victim.name", "applicant.name"))
    return next((str(name) for name in names if name), "")


def begin(clock: Clock, channel: str = "", taken_by: str = "", process_id: str = PROCESS) -> str:
    """Begin an application; gives its secret. ``taken_by`` writes it down for somebody who asks by ``channel``.

    Raises ``Refused`` for a channel that is none, ``NotAllowed`` for what only our staff may begin.
    """
    about = kind(process_id)
    if not about.may_begin(is_staff=bool(taken_by)):
        raise errors.NotAllowed
    known = {} if process_id == PROCESS else {"procedure": process_id}
    if taken_by:
        known["taken_by"] = taken_by
        if about.begins == ANYONE:
            if channel not in CHANNELS:
                raise errors.Refused({"channel": "Select how they asked"})
            known["channel"] = channel
    return drafting.begin(clock, {"application": known} if known else {})


def received(answers: dict[str, Any], today: date, channel: str = WEB, taken_by: str = "") -> dict[str, Any]:
    """The answers of an application, that it has come in today, and how."""
    how = {"received_on": today.isoformat(), "channel": channel} | ({"taken_by": taken_by} if taken_by else {})
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
