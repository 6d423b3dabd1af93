"""Trying a draft: one play at a time, act by act, on the files as they are now."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.editor import drafts, files, naming
from app.editor.trying import acts, plays, post, scenarios
from app.editor.trying import ground as grounds
from app.editor.trying.acts import Wait
from app.editor.trying.ground import Ground
from app.editor.trying.plays import Opened
from app.forms import days
from app.law import calendar
from app.store import releasing
from app.store.rows.releasing import ReleaseDraft
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to
from app.web.studio import play_words, stage
from app.web.studio.drafts import frame
from app.web.studio.overview import READERS
from app.web.studio.stage import Stage

bp = Blueprint("studio_try", __name__, url_prefix="/studio/drafts/<uuid:draft_id>/try")
Answer = str | Response | tuple[str, int]
BOXES = ("day", "month", "year")
STEPS: dict[str, Callable[[Opened], Opened]] = {
    "next": lambda opened: opened.next(),
    "back": lambda opened: opened.back(),
    "skip": lambda opened: opened.without_next(),
    "drop": lambda opened: opened.without_rest(),
    "again": lambda opened: replace(opened, place=0),
}


@bp.get("")
@open_to(STAFF, *READERS)
def shown(draft_id: UUID) -> Answer:
    """The play that is open, or how to begin one."""
    found = stage.load(draft_id)
    return _page(found) if found else redirect(url_for("studio_try.choose", draft_id=draft_id), code=303)


@bp.get("/begin")
@open_to(STAFF, *READERS)
def choose(draft_id: UUID) -> str:
    """Which process, and from which day; or which scenario."""
    return _choose(draft_id)


@bp.post("/begin")
@open_to(STAFF, *READERS)
def begun(draft_id: UUID) -> Answer:
    """Begin another play. The one that was open is put away."""
    try:
        opened = _scenario(draft_id) if at_hand.posted("scenario") else _new(draft_id)
    except errors.Refused as refused:
        return _choose(draft_id, refused.problems), 422
    except errors.DrawingBroken as broken:
        return _choose(draft_id, {"scenario": " ".join(one.says for one in broken.problems)}), 422
    plays.keep(draft_id, asking(), opened, clock=at_hand.clock())
    return _back(draft_id)


@bp.post("/wait")
@open_to(STAFF, *READERS)
def waited(draft_id: UUID) -> Answer:
    """Let time pass: by some days, to a day, or to the next time limit."""
    found = stage.needed(draft_id)
    return _done(found, lambda: stage.act(found, _wait(found)))


@bp.post("/do")
@open_to(STAFF, *READERS)
def done(draft_id: UUID) -> Answer:
    """Finish an open task with made-up answers."""
    found = stage.needed(draft_id)
    task = stage.task(found, at_hand.posted("task"), at_hand.number("number"))
    return _done(found, lambda: stage.act(found, replace(stage.meant(found.stand, task), made_up=True)))


@bp.post("/step")
@open_to(STAFF, *READERS)
def stepped(draft_id: UUID) -> Answer:
    """The next act of a scenario, the last act undone, an act left out, or from the beginning again."""
    found = stage.needed(draft_id)
    change = STEPS.get(at_hand.posted("step"))
    if change is None:
        raise errors.NotFound("There is no such step.")
    return _done(found, lambda: stage.move(found, change))


@bp.get("/letters/<int:number>")
@open_to(STAFF, *READERS)
def letter(draft_id: UUID, number: int) -> str:
    """A letter of the play as each of its recipients would get it."""
    found = stage.needed(draft_id)
    if number >= len(found.stand.letters):
        raise errors.NotFound("The play has no such letter.")
    asked = found.stand.letters[number]
    back = {"href": url_for("studio_try.shown", draft_id=draft_id), "text": "Back to the play"}
    try:
        written = post.written(found.ground, found.opened.done, asked, at_hand.settings())
        problem = ""
    except errors.CaseworkError as cannot:
        written, problem = (), str(cannot)
    chosen = request.args.get("to", "0")
    which = int(chosen) if chosen.isdecimal() and len(chosen) < 4 else 0
    return render_template(
        "studio/try_letter.html",
        letters=written,
        one=written[which] if which < len(written) else None,
        problem=problem,
        asked=asked,
        **frame(found.draft, "try") | {"back": back},
    )


def _done(found: Stage, change: Callable[[], None]) -> Answer:
    try:
        change()
    except errors.Refused as refused:
        return _page(found, {"act": ". ".join(dict.fromkeys(refused.problems.values()))}), 422
    except errors.DrawingBroken as broken:
        return _page(found, {"act": " ".join(one.says for one in broken.problems)}), 422
    return _back(found.draft.id)


def _back(draft_id: UUID) -> Response:
    return redirect(url_for("studio_try.shown", draft_id=draft_id), code=303)


def _page(found: Stage, problems: dict[str, str] | None = None) -> str:
    """The page of a play."""
    stands = found.course is not None and found.course.stand is not None and not found.asks_first
    shown_: dict[str, Any] = {"stand": None}
    if stands:
        shown_ = {
            "stand": found.stand,
            "tasks": play_words.tasks(found),
            "waiting": play_words.waiting(found),
            "line": play_words.line(found),
            "pictures": play_words.pictures(found),
            "facts": play_words.facts(found),
            "messages": {name: found.ground.messages(found.process)[name] for name in found.stand.expects},
        }
    return render_template(
        "studio/try.html",
        play=found,
        to_come=play_words.to_come(found),
        day=at_hand.posted,
        errors=problems,
        **shown_,
        **frame(found.draft, "try"),
    )


def _choose(draft_id: UUID, problems: dict[str, str] | None = None) -> str:
    draft = releasing.draft(draft_id)
    content = drafts.content(draft)
    today = calendar.day_of(at_hand.clock()())
    typed = dict(zip(BOXES, (today.day, today.month, today.year), strict=True))
    return render_template(
        "studio/try_begin.html",
        processes=_processes(grounds.ground(content), draft),
        scenarios={name: naming.title(name, content[name]) for name in content if files.kind(name) == "scenario"},
        boxes=[{"name": box, "value": request.form.get(f"day-{box}", str(typed[box]))} for box in BOXES],
        typed=request.form,
        asked=request.args.get("scenario", ""),
        has_play=plays.kept(draft_id, asking()) is not None,
        errors=problems,
        **frame(draft, "try"),
    )


def _processes(ground: Ground, draft: ReleaseDraft) -> list[dict[str, str]]:
    """The processes that can begin by themselves, those first that nothing calls."""
    titles = {process: _named(ground, process) for process in ground.file_of}
    ordered = sorted(titles, key=lambda process: (process in ground.called, titles[process].lower()))
    return [{"value": one, "text": titles[one]} for one in ordered]


def _named(ground: Ground, process: str) -> str:
    own = ground.links[ground.file_of[process]]
    name = naming.title(ground.file_of[process], ground.around.files[ground.file_of[process]])
    return name if len(own.processes) == 1 else f"{name}: {process}"


def _new(draft_id: UUID) -> Opened:
    ground = grounds.ground(drafts.content(releasing.draft(draft_id)))
    process = at_hand.posted("process")
    if process not in ground.file_of:
        raise errors.Refused({"process": "Choose what to try"})
    return plays.begin(process, acts.instant(_day("day-day")))


def _scenario(draft_id: UUID) -> Opened:
    name = at_hand.posted("scenario")
    content = drafts.content(releasing.draft(draft_id))
    if name not in content or files.kind(name) != "scenario":
        raise errors.Refused({"scenario": "Choose a scenario of this draft"})
    return Opened(scenarios.read(content[name], name), 0, name)


def _wait(found: Stage) -> Wait:
    how = at_hand.posted("how")
    if how == "limit":
        timers = found.stand.waiting
        if not timers:
            raise errors.Refused({"act": "No time limit is running"})
        return plays.until(timers[0].due_at)
    if how == "day":
        return Wait(until=acts.instant(_day("until-day")))
    number = at_hand.posted("days")
    if not number.isdecimal() or len(number) > 4 or not 0 < int(number) <= acts.FARTHEST.days:
        raise errors.Refused({"act": f"Enter a number of days from 1 to {acts.FARTHEST.days:,}"})
    return Wait(days=int(number))


def _day(field: str) -> date:
    """The day in the three boxes. Raises ``Refused`` naming the first of them."""
    base = field.removesuffix("-day")
    boxes = days.spread({box: at_hand.posted(f"{base}-{box}") for box in BOXES})
    try:
        found = days.read_day(boxes["day"], boxes["month"], boxes["year"])
    except ValueError:
        raise errors.Refused({field: "Enter a day, such as 24 12 2026"}) from None
    if found.year not in scenarios.YEARS:
        raise errors.Refused({field: "Enter a day in this century"})
    return found
