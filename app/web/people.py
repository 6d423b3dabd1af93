"""People as managers see them: who has how much work, and giving it to somebody else. Each person sees their own."""

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases.access import EVERY_CASE, Who
from app.law import calendar, wording
from app.status import handover
from app.status import people as status_people
from app.store import people, workload
from app.store.rows.people import Person
from app.store.workload import Held
from app.tasks import absences, bulk, passing
from app.web import at_hand, listing
from app.web.signing_in import STAFF, asking, open_to
from app.web.status_pages import READERS

bp = Blueprint("people", __name__, url_prefix="/status/people")
A_PAGE = 50
MOST_FINISHED = 500
DUE = {"": "Any time", "late": "Late", "close": "Today and tomorrow"}


@bp.get("")
@open_to(STAFF, *READERS)
def everybody() -> str:
    """Every team with its people and their work."""
    found = status_people.everybody(clock=at_hand.clock())
    return render_template("staff/people/everybody.html", found=found)


@bp.get("/nobody")
@open_to(STAFF, *READERS)
def nobodys() -> str:
    """The tasks of one team that nobody has taken."""
    role, agency = request.args.get("role", ""), request.args.get("agency", "")
    names = {one.key: one.name for one in people.agencies()}
    held = Held(None, role=role, agency_key=agency, **_due())
    return _listed("staff/people/nobody.html", held, role=role, agency=names.get(agency, agency), back=_to_people())


@bp.get("/<int:person_id>")
@open_to(STAFF)
def person(person_id: int) -> str:
    """The open tasks of one person, and the form that gives them to somebody else."""
    return _person(_seen(person_id), {})


@bp.get("/<int:person_id>/finished")
@open_to(STAFF)
def finished(person_id: int) -> str:
    """What one person finished in the last 30 days."""
    one = _seen(person_id)
    since = status_people.since(calendar.day_of(at_hand.clock()()))
    rows = workload.finished(one.id, since, MOST_FINISHED)
    back = {"href": url_for("people.person", person_id=one.id), "text": f"Back to {one.name}"}
    return render_template("staff/people/finished.html", one=one, rows=rows, most=MOST_FINISHED, back=back)


@bp.get("/<int:person_id>/handover")
@open_to(STAFF)
def handed_over(person_id: int) -> str:
    """What whoever takes over should know, to be printed."""
    who = asking()
    found = handover.of(person_id, who, sees_all=_sees(who, person_id), clock=at_hand.clock())
    mine = {"href": url_for("tasks.listed"), "text": "Back to tasks"}
    back = _to_person(person_id, found.person.name) if _sees(who, person_id) else mine
    return render_template("staff/people/handover.html", found=found, back=back, sees_cases=_sees_cases(who))


@bp.post("/<int:person_id>/give")
@open_to(STAFF)
def give(person_id: int) -> str | Response | tuple[str, int]:
    """What would go to whom; once somebody is sure, it goes."""
    one, who, clock = _seen(person_id), asking(), at_hand.clock()
    to, ids, key = at_hand.number("to", -1), _ids(person_id), at_hand.posted("request_key")[:64]
    try:
        if not at_hand.posted("sure"):
            found = bulk.preview(person_id, ids, to, who, clock=clock)
            return _preview(found, person_id)
        went = bulk.give(person_id, ids, to, who, key, clock=clock)
    except errors.Refused as refused:
        return _person(one, refused.problems), 422
    flash(_went(went, to), "success")
    return redirect(url_for("people.person", person_id=person_id), code=303)


def _went(went: int, to: int) -> str:
    name = people.names([to]).get(to, "the team")
    return f"{wording.counted(went, 'task')} went to {name}." if went else "Nothing was moved."


def _preview(found: bulk.Preview, person_id: int) -> str:
    return render_template(
        "staff/people/give.html",
        found=found,
        request_key=uuid4().hex,
        back=_to_person(person_id, found.giver.name),
        sees_cases=_sees_cases(asking()),
    )


def _ids(person_id: int) -> list[UUID]:
    """The tasks that were ticked; every one of the list, where that was."""
    if at_hand.posted("all"):
        due, key, case = (at_hand.posted(name)[:100] for name in ("due", "step", "case"))
        held = Held(person_id, key=key, reference=case, **_due(due))
        return [task.id for task, _ in workload.listed(held, 0, bulk.PORTION)]
    return [UUID(text) for text in request.form.getlist("task")[: bulk.PORTION] if _is_id(text)]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _person(one: Person, problems: dict[str, str]) -> str:
    asked = {name: request.values.get(name, "")[:100] for name in ("due", "step", "case")}
    held = Held(one.id, key=asked["step"], reference=asked["case"].strip().upper(), **_due(asked["due"]))
    may_give = asking().id == one.id or bool(asking().roles & set(passing.FOR_EVERYBODY))
    away = passing.away_until(passing.today(at_hand.clock()))
    return _listed(
        "staff/people/person.html",
        held,
        one=one,
        is_me=asking().id == one.id,
        away=away.get(one.id, ""),
        fields=_fields(one.id, asked),
        asked=asked,
        colleagues=_colleagues(one, away) if may_give else [],
        may_give=may_give,
        errors=problems,
        chosen=set(request.form.getlist("task")),
        most=bulk.PORTION,
        back=_to_people() if asking().roles & set(READERS) else {"href": url_for("tasks.listed"), "text": "Back"},
    )


def _listed(template: str, held: Held, **more: Any) -> str:
    total = workload.count(held)
    pages = max(1, -(-total // A_PAGE))
    page = min(listing.page_asked(), pages)
    rows = workload.listed(held, (page - 1) * A_PAGE, A_PAGE)
    links = listing.links(page, pages) if request.method == "GET" else None
    return render_template(template, rows=rows, total=total, links=links, sees_cases=_sees_cases(asking()), **more)


def _colleagues(one: Person, away: dict[int, str]) -> list[dict[str, str]]:
    team = {"value": str(bulk.TEAM), "text": "Back to the team"}
    named = ((other, f" ({away[other.id]})" if other.id in away else "") for other in bulk.colleagues(one))
    return [team, *({"value": str(other.id), "text": other.name + until} for other, until in named)]


def _fields(person_id: int, asked: dict[str, str]) -> list[dict[str, Any]]:
    due = [{"value": value, "text": text} for value, text in DUE.items()]
    steps = [{"value": key, "text": f"{name} ({number})"} for key, name, number in workload.steps(person_id)]
    every = [{"value": "", "text": "Every step"}]
    return [
        {"name": "due", "label": "Due", "kind": "select", "value": asked["due"], "options": due},
        {"name": "step", "label": "Step", "kind": "select", "value": asked["step"], "options": every + steps},
        {"name": "case", "label": "Case", "kind": "text", "value": asked["case"]},
    ]


def _due(due: str | None = None) -> dict[str, Any]:
    now, asked = at_hand.clock()(), request.args.get("due", "") if due is None else due
    if asked == "late":
        return {"due_by": now}
    return {"due_after": now, "due_by": status_people.close_by(now)} if asked == "close" else {}


def _seen(person_id: int) -> Person:
    """A person whose work the one who asks may see. Raises ``NotFound``."""
    if not _sees(asking(), person_id):
        raise errors.NotFound("We could not find that person.")
    return absences.person(person_id)


def _sees(who: Who, person_id: int) -> bool:
    return who.id == person_id or bool(who.roles & set(READERS))


def _sees_cases(who: Who) -> bool:
    return bool(who.roles & EVERY_CASE)


def _to_people() -> dict[str, str]:
    return {"href": url_for("people.everybody"), "text": "Back to people"}


def _to_person(person_id: int, name: str) -> dict[str, str]:
    return {"href": url_for("people.person", person_id=person_id), "text": f"Back to {name}"}
