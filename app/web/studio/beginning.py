"""Beginning a drawing, a form, a decision table or a letter from nothing."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.config import ROOT
from app.editor import beginning, catalogue, drafts, folders, naming
from app.editor.surroundings import Surroundings
from app.store import releasing
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to
from app.web.studio import wishes
from app.web.studio.drafts import frame, roles
from app.web.studio.overview import OWNERS

bp = Blueprint("studio_beginning", __name__, url_prefix="/studio/drafts/<uuid:draft_id>/new")
Answer = str | Response | tuple[str, int]
File = tuple[str, bytes]  # its name, and what stands in it


@bp.get("")
@open_to(STAFF, *OWNERS)
def shown(draft_id: UUID) -> str:
    """What can be begun."""
    return _page(draft_id)


@bp.post("/<any(drawing, form, table, letter):kind>")
@open_to(STAFF, *OWNERS)
def begun(draft_id: UUID, kind: str) -> Answer:
    """One of them, and where it is made whole."""
    around = Surroundings(drafts.content(releasing.draft(draft_id)))
    make, leads_to = BEGUN[kind]
    try:
        name, content = make(around, {name.partition(".")[0] for name in around.files})
    except errors.Refused as refused:
        return _page(draft_id, refused.problems), 422
    drafts.save(draft_id, {name: content}, asking(), seen={name: drafts.NEW}, clock=at_hand.clock(), note="Begun")
    return redirect(url_for(leads_to, draft_id=draft_id, name=name), code=303)


@bp.post("/example")
@open_to(STAFF, *OWNERS)
def brought(draft_id: UUID) -> Answer:
    """A procedure that came with the system, as a beginning; nothing that the draft has already is replaced."""
    files = folders.example(ROOT, at_hand.posted("example"))
    there = drafts.hashes(releasing.draft(draft_id)).keys()
    if not files:
        return _page(draft_id, {"example": "Choose an example"}), 422
    if taken := sorted(files.keys() & there):
        return _page(draft_id, {"example": f"This draft has {taken[0]} already. Take it out first"}), 422
    seen = dict.fromkeys(files, drafts.NEW)
    drafts.save(draft_id, dict(files), asking(), seen=seen, clock=at_hand.clock(), note="From an example")
    flash("The example is in the draft. Change it as you like.", "success")
    return redirect(url_for("studio_drafts.shown", draft_id=draft_id), code=303)


def _drawing(around: Surroundings, _: set[str]) -> File:
    words, says = at_hand.posted("name"), at_hand.posted("says", lines=True)
    made = beginning.drawing(words, wishes.team(), says, around)
    return made.file, made.content


def _form(_: Surroundings, taken: set[str]) -> File:
    key, content = beginning.form(at_hand.posted("title"), taken)
    return f"{key}.form", content


def _table(around: Surroundings, taken: set[str]) -> File:
    key, content = beginning.table(at_hand.posted("called"), {*taken, *around.tables})
    return f"{key}.dmn", content


def _letter(_: Surroundings, taken: set[str]) -> File:
    key, content = beginning.letter(at_hand.posted("subject"), taken)
    return f"{key}.letter", content


BEGUN: dict[str, tuple[Callable[[Surroundings, set[str]], File], str]] = {  # and the page on which it goes on
    "drawing": (_drawing, "studio_outline.shown"),
    "form": (_form, "studio_questions.shown"),
    "table": (_table, "studio_files.shown"),
    "letter": (_letter, "studio_letters.shown"),
}


def _page(draft_id: UUID, problems: dict[str, str] | None = None) -> str:
    draft = releasing.draft(draft_id)
    return render_template(
        "studio/new.html",
        lists=catalogue.catalogue(Surroundings(drafts.content(draft)), roles()),
        typed=request.form,
        NEW=wishes.NEW,
        examples={name: naming.plain(name).capitalize() for name in folders.examples(ROOT)},
        errors=problems,
        **frame(draft, ""),
    )
