"""A letter of a draft: writing it in an ordinary form, beside the facts that it may use, with a preview."""

from itertools import groupby
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.editor import drafts, files, inspecting, letter_facts, letter_preview, naming
from app.editor.letter_preview import Shown
from app.editor.surroundings import Surroundings
from app.law.calendar import day_of
from app.status import case_file
from app.store import releases, releasing
from app.store.rows.releasing import ReleaseDraft
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to
from app.web.studio.drafts import frame, roles
from app.web.studio.overview import OWNERS

bp = Blueprint("studio_letters", __name__, url_prefix="/studio/drafts/<uuid:draft_id>/files/<name>/letter")
Answer = str | Response | tuple[str, int]
MEANWHILE = "Somebody saved this letter meanwhile. Yours stands here and is not saved. Look at theirs, then save again."


@bp.get("")
@open_to(STAFF, *OWNERS)
def shown(draft_id: UUID, name: str) -> str:
    """The letter to write, with a preview on made-up facts."""
    text = drafts.file(_draft(draft_id, name), name)
    return _page(draft_id, name, text, releases.digest(text))


@bp.post("/preview")
@open_to(STAFF, *OWNERS)
def previewed(draft_id: UUID, name: str) -> Answer:
    """The same page with a preview of what was typed. Nothing is saved."""
    _draft(draft_id, name)
    return _page(draft_id, name, _typed(), at_hand.posted("hash"))


@bp.post("")
@open_to(STAFF, *OWNERS)
def saved(draft_id: UUID, name: str) -> Answer:
    """Save what was typed. Where somebody else saved meanwhile, or it may not be kept, it still stands there."""
    _draft(draft_id, name)
    text, seen = _typed(), at_hand.posted("hash")
    try:
        drafts.save(draft_id, {name: text}, asking(), seen={name: seen}, clock=at_hand.clock())
    except errors.SavedMeanwhile:
        now = drafts.hashes(releasing.draft(draft_id)).get(name, drafts.NEW)
        return _page(draft_id, name, text, now, {"content": MEANWHILE}), 409
    except errors.DrawingBroken as broken:
        return _page(draft_id, name, text, seen, {"content": " ".join(one.says for one in broken.problems)}), 422
    flash("Saved.", "success")
    return redirect(url_for("studio_letters.shown", draft_id=draft_id, name=name), code=303)


def _draft(draft_id: UUID, name: str) -> ReleaseDraft:
    draft = releasing.draft(draft_id)
    if files.kind(name) != "letter" or name not in drafts.hashes(draft):
        raise errors.NotFound("We could not find that letter in this draft.")
    return draft


def _typed() -> bytes:
    return request.form.get("content", "").replace("\r\n", "\n").encode()


def _page(draft_id: UUID, name: str, text: bytes, seen: str, problems: dict[str, str] | None = None) -> str:
    draft, today = releasing.draft(draft_id), day_of(at_hand.clock()())
    around = Surroundings({**drafts.content(draft), name: text})
    reference = at_hand.posted("case")
    letters, says = _preview(name, text, around, reference)
    known = letter_facts.known(around, today)
    return render_template(
        "studio/letter.html",
        name=name,
        text=text.decode(errors="replace"),
        heading=naming.title(name, text),
        hash=seen,
        reference=reference,
        findings=inspecting.look(name, text, around, roles()),
        known=[(source, list(facts)) for source, facts in groupby(known, key=lambda one: one.source)],
        letters=letters,
        says=says,
        errors=problems or ({"case": says} if reference and not letters else None),
        **frame(draft, ""),
    )


def _preview(name: str, text: bytes, around: Surroundings, reference: str) -> tuple[tuple[Shown, ...], str]:
    """The letter as it would be written, or why it cannot be."""
    clock = at_hand.clock()
    try:
        if not reference:
            return letter_preview.with_made_up(name, text, around, day_of(clock())), ""
        case = case_file.opened(reference.upper(), asking(), f"preview of {name}", clock=clock).case
        if case.virtual_at is None:
            return (), "Only a training case can be used here"
        return letter_preview.with_case(name, text, around, case, at_hand.settings(), clock=clock), ""
    except errors.DrawingBroken:
        return (), "Mend what we found first: it stands below."
    except errors.NotFound:
        return (), "We could not find that training case, or it is not yours to see"
    except errors.CaseworkError as problem:
        return (), str(problem)
