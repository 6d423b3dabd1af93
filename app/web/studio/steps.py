"""One step of a drawing in words: what it says, its time limits, its answers, what comes next, where it stands."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, request

from app import errors
from app.drawing.shaping import answering, limiting, moving, removing
from app.drawing.shaping.listing import ListedStep
from app.drawing.shaping.values import Place
from app.editor import wishing
from app.web import at_hand
from app.web.signing_in import STAFF, open_to
from app.web.studio import in_words, wishes
from app.web.studio.in_words import Answer, At, Problems
from app.web.studio.overview import OWNERS

bp = Blueprint("studio_steps", __name__, url_prefix=f"{in_words.PREFIX}/steps/<element>")


@bp.get("")
@open_to(STAFF, *OWNERS)
def step(draft_id: UUID, name: str, element: str) -> str:
    """One step: what it says, its time limits, what comes next, moving it, taking it away."""
    at = in_words.opened(draft_id, name)
    return _step(at, at.step(element))


@bp.post("")
@open_to(STAFF, *OWNERS)
def changed(draft_id: UUID, name: str, element: str) -> Answer:
    """What a step says, changed."""
    at = in_words.opened(draft_id, name)
    own = at.step(element)
    return in_words.asked(at, lambda: wishes.changes(own, name, at.around), lambda problems: _step(at, own, problems))


@bp.post("/move")
@open_to(STAFF, *OWNERS)
def moved(draft_id: UUID, name: str, element: str) -> Answer:
    """A step at another place."""
    at, after = in_words.opened(draft_id, name), at_hand.posted("place")
    wish = lambda content: moving.move(content, name, element, Place(after=after))  # noqa: E731
    return in_words.granted(at, wish, lambda problems: _step(at, at.step(element), problems))


@bp.post("/remove")
@open_to(STAFF, *OWNERS)
def removed(draft_id: UUID, name: str, element: str) -> Answer:
    """A step taken away."""
    at = in_words.opened(draft_id, name)
    wish = lambda content: removing.remove(content, name, element, keep=at_hand.posted("keep"))  # noqa: E731
    return in_words.granted(at, wish, lambda problems: _step(at, at.step(element), problems))


@bp.post("/lead")
@open_to(STAFF, *OWNERS)
def led(draft_id: UUID, name: str, element: str) -> Answer:
    """What comes after a step, changed."""
    at, way, to = in_words.opened(draft_id, name), at_hand.posted("way"), at_hand.posted("leads_to")
    wish = lambda content: answering.lead(content, name, way, to)  # noqa: E731
    return in_words.granted(at, wish, lambda problems: _step(at, at.step(element), problems))


@bp.get("/answers")
@open_to(STAFF, *OWNERS)
def question(draft_id: UUID, name: str, element: str) -> str:
    """A question with its answers."""
    at = in_words.opened(draft_id, name)
    return _question(at, at.step(element), {})


@bp.post("/answers")
@open_to(STAFF, *OWNERS)
def answered(draft_id: UUID, name: str, element: str) -> Answer:
    """A question with other answers."""
    at = in_words.opened(draft_id, name)
    own = at.step(element)
    if at_hand.posted("action") == "more":
        return _question(at, own, {}, wishes.number_of_answers() + 1)
    wish = lambda content: answering.ask(content, name, element, at_hand.posted("name"), wishes.answers())  # noqa: E731
    return in_words.granted(at, wish, lambda problems: _question(at, own, problems))


@bp.get("/limit")
@open_to(STAFF, *OWNERS)
def limit(draft_id: UUID, name: str, element: str) -> str:
    """A time limit of a step: a new one, or the one that ``event`` names."""
    at = in_words.opened(draft_id, name)
    return _limit(at, at.step(element), request.args.get("event", ""))


@bp.post("/limit")
@open_to(STAFF, *OWNERS)
def limited(draft_id: UUID, name: str, element: str) -> Answer:
    """A time limit set, changed or taken away."""
    at, event = in_words.opened(draft_id, name), at_hand.posted("event")
    own = at.step(element)
    if at_hand.posted("action") == "remove":
        wish: wishing.Wish = lambda content: limiting.remove_limit(content, name, event)  # noqa: E731
    elif event:
        wish = lambda content: limiting.change_limit(content, name, event, wishes.limit_wished())  # noqa: E731
    else:
        wish = lambda content: limiting.set_limit(content, name, element, wishes.limit_wished())  # noqa: E731
    return in_words.granted(at, wish, lambda problems: _limit(at, own, event, problems))


def _step(at: At, own: ListedStep, problems: Problems | None = None) -> str:
    posted = request.form
    typed = posted if problems and "name" in posted else {}
    return in_words.render("step", at, problems, step=own, typed=typed, others=in_words.others(at, own))


def _question(at: At, own: ListedStep, problems: Problems, rows: int = 0) -> str:
    typed: Mapping[str, Any] = request.form if request.method == "POST" else _typed_answers(own)
    count = max(rows, wishes.number_of_answers(), 0 if request.method == "POST" else len(own.ways))
    return in_words.render("answers", at, problems, step=own, typed=typed, rows=count, others=in_words.others(at, own))


def _typed_answers(own: ListedStep) -> dict[str, str]:
    found = {"name": own.name}
    for number, way in enumerate(own.ways):
        when = "" if own.asks else way.condition  # of what a person answers, the words alone
        row = {"label": way.label, "condition": when, "leads_to": way.leads_to, "way": way.way}
        found |= {f"answers.{number}.{key}": value for key, value in row.items()}
        if way.otherwise:
            found["otherwise"] = str(number)
    return found


def _limit(at: At, own: ListedStep, event: str, problems: Problems | None = None) -> str:
    there = next((one for one in own.limits if one.event == event), None)
    if event and there is None:
        raise errors.NotFound("This time limit is no longer in the drawing.")
    typed: Mapping[str, Any] = request.form if problems else wishes.typed_limit(there) if there else {"missed": "told"}
    return in_words.render("limit", at, problems, step=own, limit=there, typed=typed, others=in_words.others(at, own))
