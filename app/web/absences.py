"""When somebody is away: noting it, with who does their work meanwhile; and taking it back afterwards."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases import away
from app.forms import days
from app.law import wording
from app.status import handover
from app.store import absences as rows
from app.store.rows.people import Person
from app.tasks import absences, handing_over, passing
from app.tasks.absences import Noted, Rule
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("absences", __name__)
BOXES = ("day", "month", "year")
SAME, TEAM = "same", "0"
LEVELS = (away.TO, away.HIGH)


@bp.get("/away")
@open_to(STAFF)
def mine() -> Response:
    """One’s own page."""
    return redirect(url_for("absences.page", person_id=asking().id))


@bp.get("/status/people/<int:person_id>/away")
@open_to(STAFF)
def page(person_id: int) -> str:
    """When somebody is away, who stands in, and what can be taken back."""
    return _page(_person(person_id), {})


@bp.post("/status/people/<int:person_id>/away")
@open_to(STAFF)
def noted(person_id: int) -> Response | tuple[str, int]:
    """Note an absence; where it has begun already, the work is moved at once."""
    one, clock = _person(person_id), at_hand.clock()
    try:
        absence_id = absences.note(_noted(one), asking(), clock=clock)
    except errors.Refused as refused:
        return _page(one, refused.problems), 422
    handing_over.begin(absence_id, clock=clock)
    found = rows.load(absence_id)
    when = f"from {wording.day(found.first_on)}" if found.first_on > passing.today(clock) else "from now on"
    flash(f"{'You are' if asking().id == person_id else f'{one.name} is'} noted as away {when}.", "success")
    return _back_to(person_id)


@bp.post("/status/people/<int:person_id>/away/<int:absence_id>/end")
@open_to(STAFF)
def ended(person_id: int, absence_id: int) -> Response:
    """They are back, or it was called off."""
    found = rows.load(absence_id)
    if found.person_id != _person(person_id).id:
        raise errors.NotFound("We could not find that absence.")
    absences.end(absence_id, asking(), clock=at_hand.clock())
    flash("The absence is ended.", "success")
    return _back_to(person_id)


@bp.post("/status/people/<int:person_id>/away/take-back")
@open_to(STAFF)
def taken_back(person_id: int) -> Response:
    """Everything that is offered comes back, or stays where it is."""
    if at_hand.posted("leave"):
        handing_over.leave(_person(person_id).id, asking(), clock=at_hand.clock())
        flash("The tasks stay where they are.", "success")
        return _back_to(person_id)
    number = handing_over.take_back(_person(person_id).id, asking(), clock=at_hand.clock())
    flash(f"{wording.counted(number, 'task')} came back." if number else "Nothing came back.", "success")
    return _back_to(person_id)


def _person(person_id: int) -> Person:
    passing.check_may(asking(), person_id)
    return absences.person(person_id)


def _back_to(person_id: int) -> Response:
    return redirect(url_for("absences.page", person_id=person_id), code=303)


def _page(one: Person, problems: dict[str, str]) -> str:
    clock, is_me = at_hand.clock(), asking().id == one.id
    today = passing.today(clock)
    noted_already = [found for found in rows.of_person(one.id) if _stands(found, today)]
    back = url_for("tasks.listed") if is_me else url_for("people.person", person_id=one.id)
    return render_template(
        "staff/people/away.html",
        one=one,
        is_me=is_me,
        standing=[(found, away.says(found), _moved(one.id, found.id)) for found in noted_already],
        today=today,
        over=handing_over.over(one.id, clock=clock),
        stands_in=handover.stood_in_for(asking(), clock=clock) if is_me else [],
        boxes={name: _boxes(name) for name in ("first", "last")},
        rules=_choices(one),
        note=at_hand.posted("note", lines=True),
        errors=_named(one, problems),
        back={"href": back, "text": "Back to tasks" if is_me else f"Back to {one.name}"},
    )


def _stands(found: Any, today: date) -> bool:
    return found.ended_at is None and (found.last_on is None or found.last_on >= today)


def _moved(person_id: int, absence_id: int) -> list[handing_over.Moved]:
    return handing_over.moved(person_id, [absence_id])


def _named(one: Person, problems: dict[str, str]) -> dict[str, str]:
    """Problems by the names of the fields, where a role stands as its number."""
    fields = {f"{level}-{role}": f"{level}-{at}" for at, role in enumerate(absences.roles(one)) for level in LEVELS}
    return {fields.get(name, name): says for name, says in problems.items()}


def _choices(one: Person) -> list[dict[str, Any]]:
    """For each role, who could do its work: two selects."""
    absent = passing.away_until(passing.today(at_hand.clock()))
    found = []
    for at, role in enumerate(absences.roles(one)):
        several = [(str(other.id), other.name + _until(absent, other)) for other in absences.colleagues(one, role)]
        people = [(TEAM, "The team: anybody can take it"), *several]
        fields = {
            f"{away.TO}-{at}": people,
            f"{away.HIGH}-{at}": [(SAME, "The same"), *people],
        }
        found.append({"role": role, "fields": [_select(name, items) for name, items in fields.items()]})
    return found


def _until(absent: dict[int, str], other: Person) -> str:
    return f" ({absent[other.id]})" if other.id in absent else ""


def _select(name: str, items: list[tuple[str, str]]) -> dict[str, Any]:
    typed = at_hand.posted(name)
    return {"name": name, "items": [{"value": v, "text": t, "selected": v == typed} for v, t in items]}


def _boxes(name: str) -> list[dict[str, str]]:
    return [{"name": box, "label": box.capitalize(), "value": at_hand.posted(f"{name}-{box}")} for box in BOXES]


def _noted(one: Person) -> Noted:
    first = _day("first")
    if first is None:
        raise errors.Refused({"first": "Enter the first day, such as 24 12 2027"})
    rules = {role: _rule(at) for at, role in enumerate(absences.roles(one))}
    return Noted(one.id, first, _day("last"), rules, at_hand.posted("note", lines=True))


def _rule(at: int) -> Rule:
    typed = {level: at_hand.posted(f"{level}-{at}") for level in LEVELS}
    return {
        level: at_hand.number(f"{level}-{at}") or None
        for level in LEVELS
        if level == away.TO or typed[level] not in ("", SAME)
    }


def _day(name: str) -> date | None:
    """The day that was posted; None for none. Raises ``Refused`` for what is no day."""
    typed = days.spread({box: at_hand.posted(f"{name}-{box}") for box in BOXES})
    if not any(typed[box] for box in BOXES):
        return None
    try:
        return days.read_day(typed["day"], typed["month"], typed["year"])
    except ValueError:
        raise errors.Refused({name: "Enter a day, such as 24 12 2027"}) from None


def notice() -> str:
    """What the one who asks should know about their own absence, "" for nothing."""
    who = asking()
    return handing_over.notice(who.id, clock=at_hand.clock()) if who.id is not None else ""
