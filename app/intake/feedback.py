"""What people tell us without their name: how their case went, and who asks us for help.

Answers are tied to nothing but a month and a procedure. A number to call goes to the coordinator, without them.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from app import errors
from app.cases import procedures
from app.clock import Clock
from app.forms.parts import Form
from app.forms.paths import get
from app.law import calendar
from app.store import cases, drafts, feedback, history, tokens
from app.store.rows.drafts import RequestKey
from app.store.rows.feedback import Feedback, FeedbackLink
from app.store.rows.history import Effect
from app.store.transactions import transaction

FORM, ABOUT_YOU = "victim_feedback", "about_you"
LETTER = "feedback_call"
RECORD = "feedback"  # under which the answers of the form stand
OURS = ("call_me", "phone")  # not kept with the answers
ENDED = "This link has been used, or its 30 days are over. You can still call us."


def form(key: str) -> Form:
    """One of the two forms, of the live release."""
    found = procedures.form(procedures.live()[0], key)
    if found is None:
        raise errors.NotFound("There is no form for this.")
    return found


def check(token: str, *, clock: Clock) -> FeedbackLink:
    """The link with this secret. Raises ``NotFound`` for one that is none, was used, or has ended."""
    return _still_good(feedback.link(tokens.hashed(token)), clock)


def give(token: str, given: Mapping[str, Any], *, clock: Clock) -> None:
    """Keep the answers, once for each link. Raises ``Refused`` where nothing is answered, ``NotFound`` as ``check``."""
    answers = dict(get(given, RECORD) or {})
    kept = {name: answer for name, answer in answers.items() if name not in OURS and answer not in (None, [], "")}
    phone = answers.get("phone") if answers.get("call_me") is True else None
    if not kept and not phone:
        raise errors.Refused({"feedback.easy": "Answer at least one question"})
    with transaction():
        link = _still_good(feedback.lock_link(tokens.hashed(token)), clock)
        link.is_used = True
        if kept:
            _keep(FORM, cases.load(link.case_id).process_id, {RECORD: kept}, clock)
        if phone:
            history.add(_call(link.case_id, str(phone), clock))


def tell_about_you(case_id: UUID, once: str, given: Mapping[str, Any], *, clock: Clock) -> None:
    """Keep who asks us for help, away from the case. ``once`` is the key of the application: told again, it is left."""
    kept = {name: answer for name, answer in dict(get(given, ABOUT_YOU) or {}).items() if answer not in (None, [], "")}
    with transaction():
        process_id = cases.lock(case_id).process_id
        if kept and drafts.answered(once) is None:
            drafts.add(RequestKey(key=once, case_id=case_id, made_at=clock()))
            _keep(ABOUT_YOU, process_id, {ABOUT_YOU: kept}, clock)


def _keep(form_key: str, process_id: str, answers: dict[str, Any], clock: Clock) -> None:
    month = f"{calendar.day_of(clock()):%Y-%m}"
    feedback.add(Feedback(id=uuid4(), form=form_key, month=month, process_id=process_id, answers=answers))


def _still_good(link: FeedbackLink | None, clock: Clock) -> FeedbackLink:
    if link is None or link.is_used or link.ends_at <= clock():
        raise errors.NotFound(ENDED)
    return link


def _call(case_id: UUID, phone: str, clock: Clock) -> Effect:
    return Effect(
        id=uuid4(),
        case_id=case_id,
        key=LETTER,
        kind="letter",
        wants={"letter": LETTER, "to": "coordinator"},
        item={"phone": phone},
        facts={},
        made_at=clock(),
        next_try_at=clock(),
    )
