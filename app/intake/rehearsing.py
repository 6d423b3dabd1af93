"""A training case that nobody asked for: an application with invented answers, sent as if somebody had."""

from datetime import date
from typing import Any

from app.cases import advancing, training
from app.cases.access import Who
from app.cases.advancing import Opening
from app.clock import Clock
from app.forms import answers as checking
from app.forms import inventing
from app.intake import applying
from app.law import calendar
from app.store.rows.cases import Case

SAID = {  # enough that the case can be about somebody; the rest is invented as the form asks for it
    "victim": {"name": "Clover Wetherby", "address": "1 Invented Street, Larkmere"},
    "contact": {"prefer": "email", "email": "clover@training.example", "email_safe": "yes"},
    "application": {"in_danger": "no", "where": "On the stairs and in the yard"},
}


def begin(who: Who, *, clock: Clock) -> Case:
    """A new training case at the beginning of the live procedure, its clock at the present instant."""
    today = calendar.day_of(clock())
    facts = applying.received(_answers(today), today)
    title = training.TITLE.format(applying.title(facts))
    opening = Opening(applying.PROCESS, title, facts, by=who.name, person_id=who.id, is_training=True)
    return advancing.open_case(opening, clock=clock)


def _answers(today: date) -> dict[str, Any]:
    """What the invented person sends. What the form does not ask any more is left out, and its own words count."""
    form = applying.form()
    made = inventing.invent(form, {}, today=today, given=SAID)
    return checking.applicable(form, made, {}, today=today)
