"""One file of a draft: reading it, saving it, checking what is not saved yet, its findings and fixes, its comments."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.drawing.completing import completed
from app.editor import (
    beginning,
    catalogue,
    checking,
    commenting,
    converting,
    drafts,
    files,
    inspecting,
    naming,
    viewing,
)
from app.editor.surroundings import Surroundings
from app.store import releases, releasing
from app.store.rows.releasing import ReleaseDraft
from app.web import at_hand, security
from app.web.signing_in import STAFF, asking, open_to
from app.web.studio.drafts import frame, page, roles
from app.web.studio.overview import OWNERS, READERS, download

bp = Blueprint("studio_files", __name__, url_prefix="/studio/drafts/<uuid:draft_id>/files")
Answer = str | Response | tuple[str | Response, int]


@bp.get("/<name>")
@open_to(STAFF, *READERS)
def shown(draft_id: UUID, name: str) -> str:
    """The file to read, what a check finds in it, and what people say of it."""
    return _page(draft_id, name)


@bp.get("/<name>/content")
@open_to(STAFF, *READERS)
def content(draft_id: UUID, name: str) -> Response:
    """The file itself, with its hash, for an editor; never shown as a page."""
    found = drafts.file(releasing.draft(draft_id), name)
    response = download(found, name)
    response.headers["X-Content-Hash"] = releases.digest(found)
    return response


@bp.post("/<name>")
@open_to(STAFF, *OWNERS)
def saved(draft_id: UUID, name: str) -> Answer:
    """Save what an editor sent as JSON: ``{content, hash, note}``. 409 says who saved meanwhile."""
    sent = request.get_json()
    text, seen, note = (str(sent.get(key) or "") for key in ("content", "hash", "note"))
    try:
        kept = drafts.save(
            draft_id, {name: text.encode()}, asking(), seen={name: seen}, clock=at_hand.clock(), note=note
        )
    except errors.SavedMeanwhile as told:
        standing = drafts.hashes(releasing.draft(draft_id)).get(name, drafts.NEW)
        return jsonify(by=told.by, at=told.at.isoformat() if told.at else None, hash=standing, says=str(told)), 409
    except errors.DrawingBroken as broken:
        return jsonify(says=" ".join(one.says for one in broken.problems)), 422
    return jsonify(hash=kept.hashes[name], number=kept.number, at=kept.at.isoformat())


@bp.post("/<name>/check")
@open_to(STAFF, *READERS)
def checked(draft_id: UUID, name: str) -> Answer:
    """What a check finds in content that is not saved yet, as JSON."""
    text = str(request.get_json().get("content") or "").encode()
    try:
        files.check(name, text)
    except errors.DrawingBroken as broken:
        return jsonify(findings=[checking.record(one) for one in checking.refusals(broken)])
    around = Surroundings({**drafts.content(releasing.draft(draft_id)), name: text})
    return jsonify(findings=[checking.record(one) for one in inspecting.look(name, text, around, roles())])


@bp.post("/<name>/mend")
@open_to(STAFF, *OWNERS)
def mended(draft_id: UUID, name: str) -> Answer:
    """Content that is not saved yet with the fix of one finding made, as JSON: ``{content, element, kind}`` in."""
    sent = request.get_json()
    text, element, kind = (str(sent.get(key) or "") for key in ("content", "element", "kind"))
    around = Surroundings({**drafts.content(releasing.draft(draft_id)), name: text.encode()})
    found = inspecting.look(name, text.encode(), around, roles())
    wanted = [one for one in found if one.fix and (one.element, one.kind) == (element, kind)]
    return jsonify(content=completed.fixed(text.encode(), name, wanted).decode() if wanted else text)


@bp.get("/<name>/draw")
@open_to(STAFF, *OWNERS)
def draw(draft_id: UUID, name: str) -> Response:
    """The editor for a drawing."""
    draft = releasing.draft(draft_id)
    text = drafts.file(draft, name)
    if files.kind(name) != "bpmn":
        raise errors.NotFound("Only a drawing can be edited as a drawing.")
    page = render_template(
        "studio/draw.html", name=name, title=naming.title(name, text), hash=releases.digest(text), **framed(draft)
    )
    return security.for_editors(page)


@bp.get("/<name>/catalogue")
@open_to(STAFF, *READERS)
def listed(draft_id: UUID, name: str) -> Response:
    """What may be chosen in the editor of a drawing, as JSON."""
    around = Surroundings(drafts.content(releasing.draft(draft_id)))
    return jsonify(catalogue.catalogue(around, roles()))


@bp.post("/<name>/open")
@open_to(STAFF, *OWNERS)
def opened(draft_id: UUID, name: str) -> Response:
    """Say that one has the file open, and hear who else has."""
    beside = drafts.edits(draft_id, name, asking(), clock=at_hand.clock())
    hashes = drafts.hashes(releasing.draft(draft_id))
    return jsonify(others=[one.by for one in beside], hash=hashes.get(name, ""))


@bp.post("/<name>/fix")
@open_to(STAFF, *OWNERS)
def fixed(draft_id: UUID, name: str) -> Answer:
    """Make the fix of one finding, and save."""
    draft = releasing.draft(draft_id)
    text = drafts.file(draft, name)
    found = inspecting.look(name, text, Surroundings(drafts.content(draft)), roles())
    wanted = [one for one in found if one.fix and [one.element, one.kind] == request.form.getlist("finding")]
    if not wanted or releases.digest(text) != at_hand.posted("hash"):
        raise errors.CaseMovedOn("This drawing has changed since you opened the page. Look at it again.")
    if begun := wanted[0].fix.begins if wanted[0].fix else "":
        return _begun(draft_id, begun)
    better = completed.fixed(text, name, wanted)
    note = f"Fixed: {wanted[0].fix.says if wanted[0].fix else ''}"
    return _save(draft_id, name, better, at_hand.posted("hash"), note)


@bp.post("/<name>/text")
@open_to(STAFF, *OWNERS)
def typed(draft_id: UUID, name: str) -> Answer:
    """Save what was typed into the box."""
    text = request.form.get("content", "").replace("\r\n", "\n")
    return _save(draft_id, name, text.encode(), at_hand.posted("hash"), at_hand.posted("note"))


@bp.post("/<name>/remove")
@open_to(STAFF, *OWNERS)
def removed(draft_id: UUID, name: str) -> Answer:
    """Take the file out of the draft. Its saves stay."""
    seen = {name: at_hand.posted("hash")}
    drafts.save(draft_id, {name: None}, asking(), seen=seen, clock=at_hand.clock(), note=f"Taken out: {name}")
    flash(f"{name} is taken out of the draft.", "success")
    return redirect(url_for("studio_drafts.shown", draft_id=draft_id), code=303)


@bp.post("")
@open_to(STAFF, *OWNERS)
def uploaded(draft_id: UUID) -> Answer:
    """Take a file from one's computer into the draft. One of the same name is replaced, and kept in the saves."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return page(draft_id, {"file": "Choose a file first"}), 422
    name = sent.filename.replace("\\", "/").rpartition("/")[2]
    seen = {name: drafts.hashes(releasing.draft(draft_id)).get(name, drafts.NEW)}
    written: dict[str, bytes | None] = {name: sent.read(files.LARGEST + 1)}
    try:
        note = f"From a file: {name}"
        found = converting.take(draft_id, written, asking(), seen=seen, clock=at_hand.clock(), note=note)
    except errors.DrawingBroken as broken:
        return page(draft_id, {"file": " ".join(one.says for one in broken.problems)}), 422
    to = "studio_converting.shown" if found else "studio_files.shown"
    return redirect(url_for(to, draft_id=draft_id, name=name), code=303)


@bp.post("/<name>/comments")
@open_to(STAFF, *READERS)
def commented(draft_id: UUID, name: str) -> Answer:
    """Say something of the file, or of one element."""
    element, text = at_hand.posted("element"), at_hand.posted("text", lines=True)
    try:
        commenting.say(draft_id, name, element, text, asking(), clock=at_hand.clock())
    except errors.Refused as refused:
        return _page(draft_id, name, refused.problems), 422
    return redirect(url_for("studio_files.shown", draft_id=draft_id, name=name, _anchor="comments"), code=303)


@bp.post("/<name>/comments/<int:comment_id>")
@open_to(STAFF, *READERS)
def dealt_with(draft_id: UUID, name: str, comment_id: int) -> Answer:
    """A comment is dealt with."""
    commenting.deal_with(draft_id, comment_id, asking(), clock=at_hand.clock())
    return redirect(url_for("studio_files.shown", draft_id=draft_id, name=name, _anchor="comments"), code=303)


def _begun(draft_id: UUID, name: str) -> Answer:
    """Begin the letter that a finding misses, and go on to it."""
    blank = {name: beginning.blank_letter(naming.plain(name).capitalize())}
    drafts.save(draft_id, dict(blank), asking(), seen={name: drafts.NEW}, clock=at_hand.clock(), note="Begun")
    return redirect(url_for("studio_letters.shown", draft_id=draft_id, name=name), code=303)


def _save(draft_id: UUID, name: str, text: bytes, seen: str, note: str) -> Answer:
    try:
        drafts.save(draft_id, {name: text}, asking(), seen={name: seen}, clock=at_hand.clock(), note=note)
    except errors.DrawingBroken as broken:
        return _page(draft_id, name, {"content": " ".join(one.says for one in broken.problems)}), 422
    flash("Saved.", "success")
    return redirect(url_for("studio_files.shown", draft_id=draft_id, name=name), code=303)


def _page(draft_id: UUID, name: str, problems: dict[str, str] | None = None) -> str:
    draft = releasing.draft(draft_id)
    around = Surroundings(drafts.content(draft))
    if name not in around.files:
        raise errors.NotFound("We could not find that file in this draft.")
    found = inspecting.inspect(around.files, roles()).of(name)
    comments = releasing.comments(draft_id, name)
    return render_template(
        "studio/file.html",
        file=viewing.view(name, around),
        hash=releases.digest(around.files[name]),
        findings=found,
        counts=_counts(found),
        comments=comments,
        elements=viewing.named(name, around),
        about=request.values.get("element", ""),
        converted=converting.report(draft, name) is not None,
        errors=problems,
        typed=request.form,
        **framed(draft),
    )


def framed(draft: ReleaseDraft) -> dict[str, Any]:
    """What every page of a file shows around its own: that of a draft, and the way back to it."""
    back = {"href": url_for("studio_drafts.shown", draft_id=draft.id), "text": f"Back to {draft.title}"}
    return frame(draft, "") | {"back": back}


def _counts(found: Any) -> dict[str, int]:
    """How many findings stop a release, how many are open, how many are notes."""
    return {severity: sum(one.severity == severity for one in found) for severity in ("error", "warning", "note")}
