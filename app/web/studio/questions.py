"""A form of a draft, changed with ordinary forms: a list of what it asks, and a page for each part."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.editor import drafts, files, inspecting, naming, wishing
from app.editor.surroundings import Surroundings
from app.forms import rephrasing, rewriting
from app.forms.rephrasing import Wanted
from app.forms.rewriting import Listed
from app.store import releases, releasing
from app.store.rows.releasing import ReleaseDraft
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to
from app.web.studio.drafts import frame, roles
from app.web.studio.overview import OWNERS

bp = Blueprint("studio_questions", __name__, url_prefix="/studio/drafts/<uuid:draft_id>/files/<name>/questions")
Answer = str | Response | tuple[str, int]
Problems = Mapping[str, str]
MOVES = {"up": -1, "down": 1}
LINES = ("hint", "choices", "reading")  # boxes of several lines


@dataclass(frozen=True)
class At:
    """A form of a draft with what stands around it."""

    draft: ReleaseDraft
    name: str
    content: bytes
    parts: tuple[Listed, ...]

    @property
    def base(self) -> str:
        """The address of its list of parts."""
        return url_for("studio_questions.shown", draft_id=self.draft.id, name=self.name)

    def part(self, id_: str) -> Listed:
        """One of its parts, or ``NotFound``."""
        found = next((one for one in self.parts if one.id == id_), None)
        if found is None:
            raise errors.NotFound("This part is no longer in the form.")
        return found


@bp.get("")
@open_to(STAFF, *OWNERS)
def shown(draft_id: UUID, name: str) -> str:
    """What the form asks, in order, with what may be done to each part."""
    return _list(_at(draft_id, name))


@bp.post("")
@open_to(STAFF, *OWNERS)
def rearranged(draft_id: UUID, name: str) -> Answer:
    """A part moved or taken away, or another title."""
    at, act, part = _at(draft_id, name), at_hand.posted("action"), at_hand.posted("part")
    again: Callable[[Problems], str] = lambda problems: _list(at, problems)  # noqa: E731
    if act == "title":
        title = at_hand.posted("title")
        return _saved(at, lambda: rewriting.entitle(at.content, name, title), "The title is changed", again)
    called = f"‘{_called(at.part(part))}’"
    if act == "remove":
        return _saved(at, lambda: rewriting.remove(at.content, name, part), f"{called} is taken away", again)
    if act not in MOVES:
        raise errors.NotFound("That cannot be done to a form.")
    moved = lambda: rewriting.move(at.content, name, part, MOVES[act])  # noqa: E731
    return _saved(at, moved, f"{called} is moved {act}", again, part)


@bp.post("/undo")
@open_to(STAFF, *OWNERS)
def undone(draft_id: UUID, name: str) -> Answer:
    """The form as it was before its last change."""
    wishing.undo(draft_id, name, at_hand.number("save", -1), asking(), clock=at_hand.clock())
    flash("The last change is undone.", "success")
    return redirect(url_for("studio_questions.shown", draft_id=draft_id, name=name), code=303)


@bp.get("/add")
@open_to(STAFF, *OWNERS)
def adding(draft_id: UUID, name: str) -> str:
    """A new part: first its kind, then what it says."""
    kind = request.args.get("kind", "")
    at = _at(draft_id, name)
    return _part(at, None, Wanted(kind, required=kind != "group")) if kind in rephrasing.KINDS else _kinds(at)


@bp.post("/add")
@open_to(STAFF, *OWNERS)
def added(draft_id: UUID, name: str) -> Answer:
    """A new part, kept."""
    at = _at(draft_id, name)
    said = _said(at_hand.posted("kind"))
    if said.kind not in rephrasing.KINDS:
        raise errors.NotFound("That cannot be added to a form.")
    made: list[str] = []

    def add() -> bytes:
        content, part = rewriting.add(
            at.content, name, said, after=at_hand.posted("after"), inside=at_hand.posted("inside")
        )
        made.append(part)
        return content

    says = f"‘{(said.says or said.reading)[:60]}’ is added"
    return _saved(at, add, says, lambda problems: _part(at, None, said, problems), made)


@bp.get("/parts/<part>")
@open_to(STAFF, *OWNERS)
def part_shown(draft_id: UUID, name: str, part: str) -> str:
    """One part: a box for each thing it says."""
    at = _at(draft_id, name)
    own = at.part(part)
    return _part(at, own, own.wanted)


@bp.post("/parts/<part>")
@open_to(STAFF, *OWNERS)
def part_changed(draft_id: UUID, name: str, part: str) -> Answer:
    """A part that says something else."""
    at = _at(draft_id, name)
    own = at.part(part)
    said = _said(own.kind)
    change = lambda: rewriting.change(at.content, name, part, said)  # noqa: E731
    return _saved(at, change, f"‘{_called(own)}’ is changed", lambda problems: _part(at, own, said, problems), part)


def _at(draft_id: UUID, name: str) -> At:
    draft = releasing.draft(draft_id)
    content = drafts.file(draft, name)
    if files.kind(name) != "form":
        raise errors.NotFound("Only a form has questions.")
    return At(draft, name, content, rewriting.parts(content, name))


def _said(kind: str) -> Wanted:
    """What stands in the boxes of the page."""
    boxes = {one: at_hand.posted(one, lines=one in LINES) for one in Wanted.__dataclass_fields__ if one != "required"}
    return Wanted(**boxes | {"kind": kind}, required=at_hand.posted("required") == "yes")


def _called(part: Listed) -> str:
    return (part.wanted.says or part.wanted.reading.strip("# ").partition("\n")[0] or part.id)[:60]


def _saved(
    at: At, change: Callable[[], bytes], says: str, again: Callable[[Problems], str], part: str | list[str] = ""
) -> Answer:
    """Keep the form changed, where nobody else saved it since the page was made, and lead back to the part."""
    seen = {at.name: at_hand.posted("hash")}
    try:
        drafts.save(at.draft.id, {at.name: change()}, asking(), seen=seen, clock=at_hand.clock(), note=f"{says}.")
    except errors.Refused as refused:
        return again(refused.problems), 422
    except errors.SavedMeanwhile as told:
        return again({"hash": f"{told} Look at the form as it is now, then do it again."}), 409
    flash(f"{says}.", "success")
    return redirect(f"{at.base}#{part if isinstance(part, str) else part[0]}", code=303)


def _list(at: At, problems: Problems | None = None) -> str:
    around = Surroundings(drafts.content(at.draft))
    back = {"href": url_for("studio_files.shown", draft_id=at.draft.id, name=at.name), "text": "Back to the file"}
    return _render(
        "list",
        at,
        problems,
        parts=at.parts,
        called={one.id: _called(one) for one in at.parts},
        findings=inspecting.look(at.name, at.content, around, roles()),
        last=wishing.last(at.draft, at.name),
        back=back,
    )


def _kinds(at: At) -> str:
    return _render("kinds", at, None, place=_place())


def _part(at: At, own: Listed | None, said: Wanted, problems: Problems | None = None) -> str:
    asked = own.fields if own else rephrasing.FIELDS[said.kind]
    known = [one for one in at.parts if one.wanted.fact and one is not own]
    return _render("part", at, problems, part=own, said=said, asked=asked, known=known, place=_place())


def _place() -> dict[str, str]:
    return {key: request.values.get(key, "") for key in ("after", "inside")}


def _render(template: str, at: At, problems: Problems | None, **more: Any) -> str:
    stale = "hash" in (problems or {})
    seen = releases.digest(at.content) if stale else at_hand.posted("hash") or releases.digest(at.content)
    shown = frame(at.draft, "") | {"back": {"href": at.base, "text": "Back to the questions"}} | more
    return render_template(
        f"studio/questions/{template}.html",
        name=at.name,
        title=naming.title(at.name, at.content),
        own=at.base,
        hash=seen,
        kinds=rephrasing.KINDS,
        errors=problems,
        **shown,
    )
