"""Tasks: the list with which a day begins, and who takes what."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases import access, apart
from app.store import cases
from app.store.rows.cases import Task
from app.tasks import claiming, inbox, passing
from app.tasks.inbox import Choice, Inbox
from app.web import absences, at_hand, listing
from app.web.signing_in import STAFF, TASK, asking, open_to
from app.web.status_pages import BOARD

bp = Blueprint("tasks", __name__)
LONGEST_SEARCH = 100
NONE = {
    inbox.MINE: "You have no tasks",
    inbox.TEAM: "Your team has no tasks",
    inbox.NOBODYS: "Every task has been taken",
    inbox.TRAINING: "No training case has a task for you",
}
SOME = {
    inbox.MINE: "You have {0}",
    inbox.TEAM: "Your team has {0}",
    inbox.NOBODYS: "{0} {1} nobody yet",
    inbox.TRAINING: "Training cases have {0} for you",
}


@bp.get("/tasks")
@open_to(STAFF)
def listed() -> str | Response:
    """The tasks of the person who asks, late first; those nobody has taken, where they have none of their own."""
    if not request.args and asking().roles <= access.WITHOUT_TASKS:
        return redirect(BOARD if access.MANAGER in asking().roles else url_for("cases.listed"))
    found = inbox.listed(asking(), _choice(), clock=at_hand.clock())
    if not request.args and not found.counts[inbox.MINE] and found.counts[inbox.NOBODYS]:
        return redirect(url_for("tasks.listed", tab=inbox.NOBODYS))  # a day begins with what there is to do
    return render_template(
        "staff/tasks.html",
        inbox=found,
        headline=_headline(found),
        tabs=_tabs(found),
        fields=_fields(found),
        links=listing.links(found.choice.page, found.pages),
        absence=absences.notice(),
    )


@bp.post("/tasks/<uuid:task_id>/take")
@open_to(TASK)
def take(task_id: UUID) -> Response:
    """Take a task, also from a colleague. Who comes by a link can take it from one, for everybody who has the link."""
    task = claiming.take(task_id, asking(), clock=at_hand.clock())
    flash(f"You have taken ‘{task.name}’.", "success")
    return redirect(url_for("task_forms.task", task_id=task_id), code=303)


@bp.post("/tasks/<uuid:task_id>/give-back")
@open_to(STAFF)
def give_back(task_id: UUID) -> Response:
    """Put a task back for the team."""
    task = claiming.give_back(task_id, asking(), clock=at_hand.clock())
    flash(f"You have given back ‘{task.name}’. Anybody in the team can take it.", "success")
    return redirect(url_for("tasks.listed"), code=303)


@bp.get("/tasks/<uuid:task_id>/give")
@open_to(STAFF)
def choose_colleague(task_id: UUID) -> str:
    """Who could do this task instead?"""
    return _colleagues(claiming.seen(task_id, asking()))


@bp.post("/tasks/<uuid:task_id>/give")
@open_to(STAFF)
def give(task_id: UUID) -> Response | tuple[str, int]:
    """Give a task to a colleague."""
    try:
        task = claiming.give(task_id, asking(), at_hand.number("person"), clock=at_hand.clock())
    except errors.Refused as refused:
        return _colleagues(claiming.seen(task_id, asking()), refused.problems), 422
    flash(f"You have passed on ‘{task.name}’.", "success")
    return redirect(url_for("tasks.listed"), code=303)


def _colleagues(task: Task, problems: dict[str, str] | None = None) -> str:
    others = [person for person in claiming.colleagues(task) if person.id != asking().id]
    case = cases.load(task.case_id)
    kept = claiming.set_apart(task)
    nobody = apart.NOBODY.format(role=task.role) if kept else ""
    return render_template(
        "staff/give.html",
        task=task,
        case=case,
        people=others,
        away=passing.away_until(passing.today(at_hand.clock())),
        errors=problems,
        kept=kept,
        nobody=nobody,
    )


def _choice() -> Choice:
    asked = request.args
    tab, due = asked.get("tab", inbox.MINE), asked.get("due", "")
    return Choice(
        tab if tab in inbox.TABS else inbox.MINE,
        due if due in inbox.DUE else "",
        asked.get("kind", "")[:LONGEST_SEARCH],
        asked.get("q", "").strip()[:LONGEST_SEARCH],
        listing.page_asked(),
    )


def _headline(found: Inbox) -> str:
    """The answer to the question with which people come here: what must I do now?"""
    if not found.total:
        return NONE[found.choice.tab]
    number = f"{found.total} {'task' if found.total == 1 else 'tasks'}"
    begins = SOME[found.choice.tab].format(number, "has" if found.total == 1 else "have")
    if found.choice.tab == inbox.TRAINING:
        return begins
    if found.late:
        return f"{begins}. Start with the late one{'s' if found.late > 1 else ''}."
    return f"{begins}. Nothing is late."


def _tabs(found: Inbox) -> list[dict[str, Any]]:
    return [
        {
            "href": url_for("tasks.listed", tab=tab),
            "text": title,
            "count": found.counts[tab],
            "current": tab == found.choice.tab,
        }
        for tab, title in inbox.TABS.items()
        if tab != inbox.TRAINING or found.counts[tab] or tab == found.choice.tab  # most people never train
    ]


def _fields(found: Inbox) -> list[dict[str, Any]]:
    due = [{"value": value, "text": text} for value, text in inbox.DUE.items()]
    kinds = [{"value": key, "text": f"{name} ({number})"} for key, name, number in found.kinds]
    every = [{"value": "", "text": f"Every kind ({sum(number for *_, number in found.kinds)})"}]
    asked: list[dict[str, Any]] = [
        {"name": "due", "label": "Due", "kind": "select", "value": found.choice.due, "options": due},
        {
            "name": "kind",
            "label": "Kind of task",
            "kind": "select",
            "value": found.choice.kind,
            "options": every + kinds,
        },
        {"name": "q", "label": "Case or name", "kind": "text", "value": found.choice.text},
    ]
    return asked[1:] if found.choice.tab == inbox.TRAINING else asked  # when it is differs from case to case
