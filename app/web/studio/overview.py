"""What is live, which drafts there are, and every release."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases.access import MANAGER, PROCESS_OWNER
from app.editor import bundles, comparing, drafts, files, naming
from app.store import releases, releasing
from app.store.rows.releases import Release
from app.store.rows.releasing import OPEN, PROPOSED, ReleaseDraft
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("studio", __name__, url_prefix="/studio")
READERS = (PROCESS_OWNER, MANAGER, "Senior officer")
OWNERS = (PROCESS_OWNER,)
ZIP = "application/zip"


@bp.get("")
@open_to(STAFF, *READERS)
def shown() -> str:
    """The live release, the drafts and who edits them, and the earlier releases."""
    return _page()


@bp.post("/drafts")
@open_to(STAFF, *OWNERS)
def begun() -> Response | tuple[str, int]:
    """Begin a draft of what is live, or of an earlier release."""
    try:
        draft = drafts.begin(at_hand.posted("title"), asking(), clock=at_hand.clock())
    except errors.Refused as refused:
        return _page(refused.problems), 422
    if earlier := at_hand.posted("release"):
        drafts.take_over(draft.id, earlier, asking(), clock=at_hand.clock())
    return redirect(url_for("studio_drafts.shown", draft_id=draft.id), code=303)


@bp.get("/releases/<key>")
@open_to(STAFF, *READERS)
def release(key: str) -> str:
    """One release: what it changed, and its files."""
    found, every = releases.release(key), releases.every()
    place = next(n for n, one in enumerate(every) if one.key == found.key)
    before = every[place + 1] if place + 1 < len(every) else None
    content = releases.files(key)
    return render_template(
        "studio/release.html",
        release=found,
        number=len(every) - place,
        before=before,
        is_live=place == 0,
        comparison=comparing.compared(releases.files(before.key), content) if before else None,
        parts=by_kind(content),
        back={"href": url_for("studio.shown"), "text": "Back to the drawing office"},
    )


@bp.get("/releases/<key>/zip")
@open_to(STAFF, *READERS)
def packed(key: str) -> Response:
    """All files of a release."""
    return download(bundles.pack(releases.files(key)), f"release-{key[:8]}.zip", ZIP)


def download(content: bytes, name: str, kind: str = "application/octet-stream") -> Response:
    """A file to keep, which no browser opens as a page."""
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def by_kind(content: dict[str, bytes]) -> list[dict[str, Any]]:
    """The files of a release by their kind: [{kind, title, files: [{name, title}]}]."""
    found: dict[str, list[dict[str, str]]] = {kind: [] for kind in files.KINDS}
    for name, text in content.items():
        found[files.kind(name)].append({"name": name, "title": naming.title(name, text)})
    ordered = {kind: sorted(ones, key=lambda one: one["title"].lower()) for kind, ones in found.items() if ones}
    return [{"kind": kind, "title": files.KINDS[kind], "files": ones} for kind, ones in ordered.items()]


def _page(problems: dict[str, str] | None = None) -> str:
    every = releases.every()
    return render_template(
        "studio/overview.html",
        live=every[0] if every else None,
        number=len(every),
        earlier=_numbered(every)[1:],
        drafts=[_words(one) for one in releasing.drafts()],
        may_edit=PROCESS_OWNER in asking().roles,
        errors=problems,
        title_typed=at_hand.posted("title"),
    )


def _numbered(every: list[Release]) -> list[dict[str, Any]]:
    return [{"release": one, "number": len(every) - place} for place, one in enumerate(every)]


def _words(draft: ReleaseDraft) -> dict[str, Any]:
    """A draft as the list shows it."""
    editing = releasing.editing([draft.id], at_hand.clock()() - drafts.STAYS)
    return {
        "draft": draft,
        "changed": len(drafts.changed(draft)),
        "editing": sorted({one.by for one in editing}),
        "is_waiting": draft.state == PROPOSED,
        "is_open": draft.state == OPEN,
    }
