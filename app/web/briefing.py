"""What stands around a task's form: its limit, what to know before starting, the case so far, who has it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import url_for

from app import errors
from app.cases import access
from app.cases.access import Who
from app.forms import prose
from app.forms.conditions import says
from app.forms.paths import get
from app.law import calendar, wording
from app.law.wording import Time
from app.status import about, aftermath
from app.status.about import Fact
from app.store import people
from app.tasks.asked import Asked
from app.web.pages import time_left

PLACEHOLDER = re.compile(r"\(\(\s*([\w.]{1,200})\s*\)\)")


def of(now: Asked, who: Who, at: datetime) -> dict[str, Any]:
    """The values that the templates of a task share."""
    task = now.task
    for_agency = aftermath.is_for_agency(who)
    return {
        "task": task,
        "case": now.case,
        "draft": now.draft,
        "limit": _limit(now, at),
        "instructions": instructions(task.instructions, now.facts),
        "introduction": prose.html(now.form.introduction) if now.form.introduction else "",
        "facts": [*_asked_of(now), *about.facts_of(now.facts, now.case, for_agency=for_agency)],
        "taken_by": _name(task.person_id),
        "is_mine": task.person_id == who.id and who.id is not None,
        "saved_by": _name(now.draft.saved_by) if now.draft else "",
        "saved_at": wording.moment(now.draft.saved_at) if now.draft else "",
        "case_url": _case_url(now, who),
        "back": {"href": url_for("tasks.listed"), "text": "Back to tasks"} if who.task_id is None else None,
    }


def instructions(text: str, facts: Mapping[str, Any]) -> str:
    """Safe HTML of a drawing's instructions: each ``((fact.path))`` is replaced by that fact, as plain text."""
    filled = PLACEHOLDER.sub(lambda found: prose.literal(says(get(facts, found[1]))), text)
    return prose.html(filled) if text.strip() else ""


def _limit(now: Asked, at: datetime) -> Time | None:
    """The limit with its promise: first the day, then what is left, then what was agreed and from when it counts."""
    limit, task = time_left(now.task, at), now.task
    if limit is None or not task.rule:
        return limit
    promise = f"The limit: {wording.limit(task.rule)}"
    if task.start_at:
        promise += f", counted from {wording.day(calendar.day_of(task.start_at))}"
    if limit.state == "late" or task.due_on is None:
        return replace(limit, detail=f"{limit.detail}. {promise}".strip(". "))
    left = limit.words if limit.words != "Due today" else "today"
    return replace(limit, words=f"By {wording.day(task.due_on)} ({left})", detail=promise)


def _name(person_id: int | None) -> str:
    return people.names([person_id]).get(person_id, "") if person_id else ""


def _case_url(now: Asked, who: Who) -> str:
    """The address of the whole case, "" for those who may not see it."""
    try:
        access.check_may_see_case(who, [now.task])
    except errors.NotFound:
        return ""
    return url_for("cases.overview", reference=now.case.reference)


def _asked_of(now: Asked) -> list[Fact]:
    """What this one of several tasks is for: the agency, and what it was asked to do."""
    found = []
    if now.task.agency_key:
        names = {agency.key: agency.name for agency in people.agencies()}
        found.append(Fact("Asked of", [names.get(now.task.agency_key, now.task.agency_key)]))
    item = now.task.item
    if isinstance(item, dict):
        texts = {key: said for key, value in item.items() if key != "agency" and (said := says(value))}
        found += [Fact(key.replace("_", " ").capitalize(), [text]) for key, text in texts.items()]
    return found
