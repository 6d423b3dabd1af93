"""When somebody was last reached: letters that arrived, and talks that took place, in all open cases at once."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.store.db import db
from app.store.rows.cases import CLOSED, Case
from app.store.rows.history import FAILED, KEPT, SENT, Event, Message

IS_OPEN = (Case.status != CLOSED, Case.virtual_at.is_(None))


def open_cases() -> list[Case]:
    """Every case that is not closed; no training cases."""
    return list(db.session.scalars(select(Case).where(*IS_OPEN).order_by(Case.reference)))


def last_letters(recipients: Iterable[str]) -> dict[UUID, datetime]:
    """{case: when the last letter to one of these left that reached all of them it was for}."""
    whom, other = list(recipients), aliased(Message)
    lost = select(other.id).where(
        other.effect_id == Message.effect_id, other.recipient.in_(whom), other.state == FAILED
    )
    query = (
        select(Message.case_id, func.max(Message.made_at))
        .join(Case, Case.id == Message.case_id)
        .where(*IS_OPEN, Message.recipient.in_(whom), Message.state.in_((SENT, KEPT)), ~lost.exists())
        .group_by(Message.case_id)
    )
    return {case_id: at for case_id, at in db.session.execute(query)}


def lost_letters(recipients: Iterable[str]) -> dict[UUID, datetime]:
    """{case: when the last letter to one of these was written that did not arrive}."""
    query = (
        select(Message.case_id, func.max(Message.made_at))
        .join(Case, Case.id == Message.case_id)
        .where(*IS_OPEN, Message.recipient.in_(list(recipients)), Message.state == FAILED)
        .group_by(Message.case_id)
    )
    return {case_id: at for case_id, at in db.session.execute(query)}


def finished(tasks: Iterable[str]) -> list[Event]:
    """The events with which tasks of these keys were finished, in open cases, oldest first."""
    query = (
        select(Event)
        .join(Case, Case.id == Event.case_id)
        .where(*IS_OPEN, Event.kind == "task_completed", Event.subject.in_(list(tasks)))
    )
    return list(db.session.scalars(query.order_by(Event.at, Event.id)))
