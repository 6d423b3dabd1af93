"""A drawing in words that can be changed: for whoever does not use a mouse, does not see the picture, or prefers words.

Everything here is an ordinary form. What the diagram editor can do to steps, teams, forms, limits and questions can be
done here as well, and the picture is drawn along.
"""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for

from app import errors
from app.cases import kinds
from app.drawing.shaping import changing
from app.drawing.shaping.values import Shaped
from app.editor import wishing
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to
from app.web.studio import in_words, wishes
from app.web.studio.in_words import Answer, At, Problems
from app.web.studio.overview import OWNERS, READERS

bp = Blueprint("studio_outline", __name__, url_prefix=in_words.PREFIX)
FEWEST = 2  # answers of a question


@bp.get("")
@open_to(STAFF, *READERS)
def shown(draft_id: UUID, name: str) -> Answer:
    """Every step with what may be done to it."""
    try:
        at = in_words.opened(draft_id, name)
    except errors.DrawingBroken:
        return redirect(url_for("studio_files.shown", draft_id=draft_id, name=name, _anchor="findings"), code=303)
    return _outline(at)


@bp.post("/undo")
@open_to(STAFF, *OWNERS)
def undone(draft_id: UUID, name: str) -> Answer:
    """Take back the last save."""
    wishing.undo(draft_id, name, at_hand.number("save", -1), asking(), clock=at_hand.clock())
    flash("Undone. The drawing is as it was before.", "success")
    return redirect(url_for("studio_outline.shown", draft_id=draft_id, name=name), code=303)


@bp.post("/page")
@open_to(STAFF, *OWNERS)
def page_renamed(draft_id: UUID, name: str) -> Answer:
    """Other words for the whole page."""
    at, process = in_words.opened(draft_id, name), at_hand.posted("process")
    letters = at_hand.posted("reference")
    if letters and (says := kinds.prefix_problem(letters)):
        return _outline(at, {"reference": says}), 422

    def wish(content: bytes) -> Shaped:
        words, about = at_hand.posted("title"), at_hand.posted("says", lines=True)
        shaped = changing.rename_page(content, name, process, words, about)
        lettered = changing.set_reference(shaped.content, name, process, letters)
        return Shaped(lettered.content, process, shaped.says)

    return in_words.granted(at, wish, lambda problems: _outline(at, {_PAGE.get(k, k): v for k, v in problems.items()}))


@bp.post("/team")
@open_to(STAFF, *OWNERS)
def team_renamed(draft_id: UUID, name: str) -> Answer:
    """Another name for a team, or a team that has no step taken away."""
    at, before = in_words.opened(draft_id, name), at_hand.posted("before")
    if at_hand.posted("action") == "drop":
        return in_words.granted(
            at, lambda content: changing.drop_team(content, name, before), lambda p: _outline(at, p)
        )
    wish = lambda content: changing.rename_team(content, name, before, at_hand.posted("team"))  # noqa: E731
    return in_words.granted(at, wish, lambda problems: _outline(at, problems))


@bp.get("/add")
@open_to(STAFF, *OWNERS)
def adding(draft_id: UUID, name: str) -> str:
    """What comes next: first its kind, then what it says."""
    return _add(in_words.opened(draft_id, name), {})


@bp.post("/add")
@open_to(STAFF, *OWNERS)
def added(draft_id: UUID, name: str) -> Answer:
    """A new step."""
    at, kind = in_words.opened(draft_id, name), at_hand.posted("kind")
    if at_hand.posted("action") == "more":
        return _add(at, {}, wishes.number_of_answers() + 1)
    taken = wishing.taken(name, at.around)
    return in_words.asked(at, lambda: wishes.added(kind, name, at.around, taken), lambda problems: _add(at, problems))


_PAGE = {"name": "title"}  # fields of the page that have another name in the wish


def _outline(at: At, problems: Problems | None = None) -> str:
    draft = at.draft
    teams: dict[str, int] = {}
    for one in at.steps:
        if one.team:
            teams[one.team] = teams.get(one.team, 0) + 1
    return in_words.render(
        "outline",
        at,
        problems,
        steps=at.steps,
        teams=teams,
        last=wishing.last(draft, at.name),
        processes=wishing.processes(at.name, at.around),
        back={"href": url_for("studio_files.shown", draft_id=draft.id, name=at.name), "text": "Back to the drawing"},
    )


def _add(at: At, problems: Problems, rows: int = FEWEST) -> str:
    kind = request.values.get("kind", "")
    kind = kind if kind in wishes.KINDS else ""
    return in_words.render(
        "add",
        at,
        problems,
        kind=kind,
        kinds=wishes.KINDS,
        place=wishes.place(),
        where=_where(at),
        rows=max(rows, wishes.number_of_answers()),
        typed=request.form,
        others=in_words.others(at, None),
    )


def _where(at: At) -> str:
    """Where a new step goes, in words."""
    place = wishes.place()
    if place.way:
        for one in at.steps:
            for way in one.ways:
                if way.way == place.way:
                    return f"after ‘{one.name}’" + (f", for the answer ‘{way.label}’" if way.label else "")
        raise errors.NotFound("This arrow is no longer in the drawing.")
    if not (place.after or place.before):
        raise errors.NotFound("Choose a step of the drawing first.")
    own = at.step(place.after or place.before)
    return f"{'after' if place.after else 'before'} ‘{own.name or own.says}’"
