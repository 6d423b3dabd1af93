"""A case: what must happen now, how far it has come, what was promised, who looked and what they wrote."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from app.cases import access, kinds, procedures
from app.cases.access import EVERY_CASE
from app.drawing.picture import State
from app.intake import applying, for_victim
from app.law import wording
from app.records import holding
from app.status import about, answers, case_file, drawn, limits, moment, owing, progress, timeline
from app.status.case_file import CaseFile
from app.status.papers import MEMBERS
from app.store import cases
from app.store.rows.cases import CLOSED, OPEN, Task, Timer
from app.store.rows.history import Event
from app.tasks import pretending
from app.timers import changing
from app.web import at_hand, listing
from app.web.incidents import ROLES as STARTERS
from app.web.signing_in import STAFF, asking, open_to
from app.web.status_pages import READERS
from app.web.studio.live_cases import MOVERS

bp = Blueprint("cases", __name__)
A_PAGE = 25
LATEST = 5  # lines of the timeline on the overview
TABS = (
    ("overview", "Overview"),
    ("events", "Timeline"),
    ("answered", "Answers"),
    ("letters", "Letters"),
    ("drawing", "Drawing"),
)
TRAINING = "training"
ANY = "any"
STATUS = {OPEN: "Open", CLOSED: "Closed", "": "Open and closed", TRAINING: "Training"}


@bp.get("/cases")
@open_to(STAFF, *sorted(EVERY_CASE))
def listed() -> str:
    """Cases by reference or name, newest first."""
    text, page = request.args.get("q", "").strip()[:100], listing.page_asked()
    status = request.args.get("status", OPEN)
    status = status if status in STATUS else OPEN
    is_training = status == TRAINING
    which = request.args.get("procedure", "")
    others = {one.process_id: one.name for one in kinds.every(procedures.live()[1]) if one.process_id != kinds.REVIEWS}
    which = which if which in {*others, ANY} else kinds.REVIEWS
    found, total = cases.listed(
        text,
        "" if is_training else status,
        (page - 1) * A_PAGE,
        A_PAGE,
        training=is_training,
        process_id="" if which == ANY else which,
    )
    named = {kinds.REVIEWS: "Reviews", **others, ANY: "Every procedure"}
    return render_template(
        "staff/cases.html",
        cases=found,
        may_ask=bool(applying.others(is_staff=True)),
        may_start=bool(asking().roles & set(STARTERS)),
        is_filtered=bool(text) or which != kinds.REVIEWS or status != OPEN,
        is_training=is_training,
        headline=_headline(total, status, bool(text)),
        links=listing.links(page, max(1, -(-total // A_PAGE))),
        fields=[
            {"name": "q", "label": "Reference or name", "kind": "text", "value": text},
            {"name": "status", "label": "Which cases", "kind": "select", "value": status, "options": _options(STATUS)},
            {"name": "procedure", "label": "Procedure", "kind": "select", "value": which, "options": _options(named)},
        ],
    )


def _options(named: dict[str, str]) -> list[dict[str, str]]:
    return [{"value": value, "text": words} for value, words in named.items()]


@bp.get("/cases/<reference>")
@open_to(STAFF)
def overview(reference: str) -> str:
    """What must happen now, the steps, the limits, and the latest of the timeline."""
    file = _opened(reference, "overview")
    return _render(
        "staff/case.html",
        file,
        "overview",
        todo=_todo(file),
        others=pretending.others(file.case, list(file.tasks), asking()),
        owed=owing.rows(file, asking()),
        stops=progress.stops(file),
        limits=limits.rows(file),
        may_read_papers=bool(asking().roles & MEMBERS),
        may_change=bool(asking().roles & set(changing.ROLES)),
        may_hold=file.case.virtual_at is None and bool(asking().roles & set(holding.ROLES)),
        lines=timeline.lines(_news(file), file.agencies, file.steps)[:LATEST],
        facts=about.facts_of(file.facts, file.case),
        picture=drawn.main_picture(file),
        may_move=file.case.virtual_at is None and bool(asking().roles & set(MOVERS)),
        may_foresee=_may_foresee(file),
        may_speak=for_victim.ROLE in asking().roles,
    )


@bp.get("/cases/<reference>/timeline")
@open_to(STAFF)
def events(reference: str) -> str:
    """Everything that happened, newest first."""
    file = _opened(reference, "timeline")
    return _render(
        "staff/case_timeline.html", file, "events", lines=timeline.lines(file.events, file.agencies, file.steps)
    )


@bp.get("/cases/<reference>/answers")
@open_to(STAFF)
def answered(reference: str) -> str:
    """The forms that were finished."""
    file = _opened(reference, "answers")
    return _render("staff/case_answers.html", file, "answered", forms=answers.finished(file, asking()))


@bp.get("/cases/<reference>/letters")
@open_to(STAFF)
def letters(reference: str) -> str:
    """The letters of the case, newest first."""
    return _render("staff/case_letters.html", _opened(reference, "letters"), "letters")


@bp.get("/cases/<reference>/drawing")
@open_to(STAFF)
def drawing(reference: str) -> str:
    """Where the case is on its drawings, or was at any moment before: as pictures, in words and in a table."""
    file = _opened(reference, "drawing")
    then = moment.of(file, _step())
    return _render(
        "staff/case_drawing.html", file, "drawing", then=then, pictures=drawn.pictures(then, then.late), step=_step()
    )


@bp.get("/cases/<reference>/drawing/<process>/state")
@open_to(STAFF)
def drawing_state(reference: str, process: str) -> Response:
    """The state of each element of a process, as JSON for the viewer; at a moment, where one is asked for."""
    then = moment.of(_opened(reference, f"drawing of {process}"), _step())
    states = drawn.states(then, process, then.late)
    return jsonify(elements={id_: _state(state) for id_, state in states.items()})


@bp.get("/cases/<reference>/drawing/<process>/file")
@open_to(STAFF)
def drawing_file(reference: str, process: str) -> Response:
    """The drawing of a process as a .bpmn file."""
    name, content = drawn.source(_opened(reference, f"file of {process}"), process)
    answer = Response(content, mimetype="application/xml")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _may_foresee(file: CaseFile) -> bool:
    """Whether somebody is shown the way to how likely the limits of a case are missed: it is open, and real."""
    return file.case.status == OPEN and file.case.virtual_at is None and bool(asking().roles & set(READERS))


def _step() -> int | None:
    """The step of the history that is asked for; None for now."""
    return request.args.get("step", type=int)


def _opened(reference: str, page: str) -> CaseFile:
    return case_file.opened(reference, asking(), page, clock=at_hand.clock())


def _render(template: str, file: CaseFile, tab: str, **more: Any) -> str:
    reference = file.case.reference
    tabs = [
        {"href": url_for(f"cases.{view}", reference=reference), "text": text, "current": view == tab}
        for view, text in TABS
    ]
    back = {"href": url_for("cases.listed") if asking().roles & EVERY_CASE else url_for("tasks.listed"), "text": "Back"}
    may_train = bool(asking().roles & EVERY_CASE)
    return render_template(template, file=file, case=file.case, tabs=tabs, back=back, may_train=may_train, **more)


def _news(file: CaseFile) -> list[Event]:
    """History without the tasks that opened: the steps show those that still are."""
    return [event for event in file.events if event.kind != "task_opened"]


def _headline(total: int, status: str, is_search: bool) -> str:
    kind = {OPEN: "open ", CLOSED: "closed ", TRAINING: "training "}.get(status, "")
    number = f"{total or 'No'} {kind}{'case' if total == 1 else 'cases'}"
    return f"{number} {'fits' if total == 1 else 'fit'} your search" if is_search else number


def _state(state: State) -> dict[str, str]:
    return {"state": state.state, "badge": state.badge}


def _todo(file: CaseFile) -> dict[str, Any]:
    """The card at the top: what must happen now, and the way there."""
    if file.incidents:
        may_start = asking().roles & set(STARTERS)
        asked = "Look at it before it can go on." if may_start else "A coordinator must look before it can go on."
        text = f"This case has stopped: {file.incidents[0].says} {asked}"
        href = url_for("incidents.incident", incident_id=file.incidents[0].id) if may_start else ""
        return {"state": "late", "text": text, "href": href, "link": "Look at what is wrong"}
    if file.case.status == CLOSED and file.case.closed_at:
        return {"state": "done", "text": f"Nothing. This case was closed on {wording.moment(file.case.closed_at)}."}
    if not file.tasks:
        return {"state": "now", "text": _waiting(file.timers)}
    task = file.tasks[0]
    time = progress.time_of(file, task)
    more = len(file.tasks) - 1
    others = f" {more} other {'task is' if more == 1 else 'tasks are'} open." if more else ""
    href = url_for("task_forms.task", task_id=task.id) if access.may_do(asking(), task) else ""
    return {
        "state": time.state if time and time.state != "none" else "now",
        "name": task.name,
        "time": time,
        "text": f"{_whose(file, task)}{others}",
        "href": href,
        "link": "Open this task",
    }


def _whose(file: CaseFile, task: Task) -> str:
    if task.person_id:
        return f"{file.names.get(task.person_id, 'A colleague')} has this."
    if task.role == access.APPLICANT:
        return "We are waiting for the person who asked, or for whoever speaks for them."
    agency = file.agencies.get(task.agency_key or "")
    return f"It is for {agency}." if agency else f"It is for the {task.role}. Nobody has taken it yet."


def _waiting(timers: list[Timer]) -> str:
    due = [timer for timer in timers if timer.state == "waiting"]
    if not due:
        return "Nobody has to do anything now. We are waiting for news from outside."
    by = wording.day(due[0].due_on) if due[0].due_on else wording.moment(due[0].due_at)
    return f"Nobody has to do anything now. We are waiting until {by}: {due[0].name}."
