"""One draft: what it changes, what a check finds in it, its saves, and handing it in for a second person."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases import access
from app.cases.access import PROCESS_OWNER
from app.editor import bundles, comparing, converting, drafts, inspecting, naming, proposing
from app.editor.trying import running
from app.law.calendar import day_of
from app.store import people, releases, releasing
from app.store.rows.releasing import OPEN, PROPOSED, ReleaseDraft
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to
from app.web.studio import changed_limits, live_cases
from app.web.studio.overview import OWNERS, READERS, ZIP, by_kind, download

bp = Blueprint("studio_drafts", __name__, url_prefix="/studio/drafts/<uuid:draft_id>")
Answer = str | Response | tuple[str, int]
SECONDS = 0.5  # that scenarios may run while the page for publishing is asked for


@bp.get("")
@open_to(STAFF, *READERS)
def shown(draft_id: UUID) -> str:
    """What the draft changes, what a check finds, and its files."""
    return page(draft_id)


@bp.post("/title")
@open_to(STAFF, *OWNERS)
def renamed(draft_id: UUID) -> Answer:
    """Another title."""
    return _done(draft_id, lambda: drafts.rename(draft_id, at_hand.posted("title")), "The draft has its new name.")


@bp.post("/drop")
@open_to(STAFF, *OWNERS)
def dropped(draft_id: UUID) -> Answer:
    """Put the draft away."""
    drafts.drop(draft_id)
    flash("The draft is put away. Nothing that is live has changed.", "success")
    return redirect(url_for("studio.shown"), code=303)


@bp.post("/catch-up")
@open_to(STAFF, *OWNERS)
def caught_up(draft_id: UUID) -> Answer:
    """Take in what was published since the draft began."""
    says = "The draft has taken in what was published meanwhile."
    return _done(draft_id, lambda: drafts.catch_up(draft_id, asking(), clock=at_hand.clock()), says)


@bp.get("/saves")
@open_to(STAFF, *READERS)
def saves(draft_id: UUID) -> str:
    """Every save, with who made it and which files it touched."""
    draft = releasing.draft(draft_id)
    return render_template("studio/saves.html", saves=releasing.saves(draft_id), **frame(draft, "saves"))


@bp.get("/saves/<int:number>")
@open_to(STAFF, *READERS)
def save(draft_id: UUID, number: int) -> str:
    """What one save changed."""
    draft = releasing.draft(draft_id)
    found = next((one for one, _ in releasing.saves(draft_id) if one.number == number), None)
    if found is None:
        raise errors.NotFound("This draft has no such save.")
    comparison = comparing.compared(drafts.content(draft, number - 1), drafts.content(draft, number))
    return render_template("studio/save.html", save=found, comparison=comparison, **frame(draft, "saves"))


@bp.post("/saves/<int:number>/restore")
@open_to(STAFF, *OWNERS)
def restored(draft_id: UUID, number: int) -> Answer:
    """Make a new save that is as an earlier one was."""
    says = "The draft is as it was. What was saved in between is still there."
    return _done(draft_id, lambda: drafts.restore(draft_id, number, asking(), clock=at_hand.clock()), says)


@bp.get("/zip")
@open_to(STAFF, *READERS)
def packed(draft_id: UUID) -> Response:
    """All files of the draft."""
    return download(bundles.pack(drafts.content(releasing.draft(draft_id))), "draft.zip", ZIP)


@bp.post("/zip")
@open_to(STAFF, *OWNERS)
def unpacked(draft_id: UUID) -> Answer:
    """Take files from a zip: those in it are written, the others stay."""

    def take() -> None:
        written = bundles.unpack(_sent("zip", bundles.LARGEST))
        seen = drafts.hashes(releasing.draft(draft_id))
        note = "From a zip file"
        found = converting.take(draft_id, dict(written), asking(), seen=seen, clock=at_hand.clock(), note=note)
        if found:
            flash(f"{converting.summary(found.values())}. Open {', '.join(found)} to see what became of them.")

    return _done(draft_id, take, "The files from the zip are in the draft.")


@bp.get("/release")
@open_to(STAFF, *READERS)
def release(draft_id: UUID) -> str:
    """Everything that a second person needs to decide, and the form for either of the two."""
    return _release(releasing.draft(draft_id))


@bp.post("/hand-in")
@open_to(STAFF, *OWNERS)
def handed_in(draft_id: UUID) -> Answer:
    """Put the draft before a second person."""

    def act() -> None:
        proposing.hand_in(draft_id, at_hand.posted("note", lines=True), asking(), clock=at_hand.clock())

    return _decided(draft_id, act, "The draft is handed in. Somebody who took no part in it decides now.")


@bp.post("/take-back")
@open_to(STAFF, *OWNERS)
def taken_back(draft_id: UUID) -> Answer:
    """Open it again before anybody has decided."""
    act = lambda: proposing.take_back(draft_id, asking(), clock=at_hand.clock())  # noqa: E731
    return _decided(draft_id, act, "The draft is open again.")


@bp.post("/decide")
@open_to(STAFF, *READERS)
def decided(draft_id: UUID) -> Answer:
    """Approve the draft, which publishes it, or send it back."""
    reason = at_hand.posted("reason", lines=True)
    if at_hand.posted("decision") == "back":
        act = lambda: proposing.send_back(draft_id, reason, asking(), clock=at_hand.clock())  # noqa: E731
        return _decided(draft_id, act, "The draft is sent back with your reason.")
    act = lambda: _approve(draft_id, reason)  # noqa: E731
    return _decided(draft_id, act, "The release is live. New cases follow it; open cases keep the one they began with.")


def _approve(draft_id: UUID, reason: str) -> None:
    failing = _tried(drafts.content(releasing.draft(draft_id))).failing
    if failing and at_hand.posted("seen") != "yes":
        raise errors.Refused({"seen": "Look at the scenarios that do not end as expected, and tick that you have"})
    proposing.approve(draft_id, reason, asking(), clock=at_hand.clock())


def page(draft_id: UUID, problems: dict[str, str] | None = None) -> str:
    """The page of a draft, with what is wrong with what was sent."""
    draft = releasing.draft(draft_id)
    content = drafts.content(draft)
    inspected = inspecting.inspect(content, roles())
    return render_template(
        "studio/draft.html",
        parts=by_kind(content),
        comparison=comparing.compared(releases.files(draft.follows), content),
        inspected=inspected,
        titles={name: naming.title(name, content[name]) for name in inspected.findings},
        behind=drafts.behind(draft),
        errors=problems,
        **frame(draft, "draft"),
    )


def frame(draft: ReleaseDraft, current: str) -> dict[str, Any]:
    """What every page of a draft shows around its own."""
    base = url_for("studio_drafts.shown", draft_id=draft.id)
    links = {"draft": ("", "What changes"), "timescales": ("/timescales", "Time limits"), "try": ("/try", "Try it")}
    links |= {"scenarios": ("/scenarios", "Scenarios")}
    links |= {"replay": ("/replay", "Closed cases"), "saves": ("/saves", "Saves"), "release": ("/release", "Publish")}
    return {
        "draft": draft,
        "base": base,
        "tabs": [{"href": base + to, "text": text, "current": key == current} for key, (to, text) in links.items()],
        "may_edit": draft.state == OPEN and PROCESS_OWNER in asking().roles,
        "back": {"href": url_for("studio.shown"), "text": "Back to the drawing office"},
    }


def roles() -> list[str]:
    """The roles that somebody in the partnership has."""
    return sorted({grant.role for person in people.everybody() for grant in person.roles})


def _tried(content: dict[str, bytes]) -> running.Results:
    """What came of the scenarios so far; they run for a moment more."""
    return running.run_all(content, seconds=SECONDS)


def _release(draft: ReleaseDraft, problems: dict[str, str] | None = None) -> str:
    content = drafts.content(draft)
    known = [access.who(person) for person in people.everybody()]
    return render_template(
        "studio/publish.html",
        comparison=comparing.compared(releases.files(draft.follows), content),
        inspected=inspecting.inspect(content, roles()),
        results=_tried(content),
        behind=drafts.behind(draft),
        proposals=releasing.proposals(draft.id),
        waiting=proposing.waiting(draft),
        is_proposed=draft.state == PROPOSED,
        may_decide=draft.state == PROPOSED and proposing.may_decide(draft, asking()),
        deciders=[one for one in proposing.deciders(draft, known) if one.roles & set(READERS)],
        authors=sorted(set(proposing.authors(draft).values())),
        errors=problems,
        consequence=live_cases.consequence(content),
        limits=changed_limits.changes(content, day_of(at_hand.clock()())),
        typed=request.form,
        **frame(draft, "release"),
    )


def _done(draft_id: UUID, act: Callable[[], object], says: str) -> Answer:
    try:
        act()
    except errors.Refused as refused:
        return page(draft_id, refused.problems), 422
    except errors.DrawingBroken as broken:
        return page(draft_id, {"file": " ".join(f"{one.file}: {one.says}" for one in broken.problems)}), 422
    flash(says, "success")
    return redirect(url_for("studio_drafts.shown", draft_id=draft_id), code=303)


def _decided(draft_id: UUID, act: Callable[[], object], says: str) -> Answer:
    draft = releasing.draft(draft_id)
    try:
        act()
    except errors.Refused as refused:
        return _release(draft, refused.problems), 422
    except errors.DrawingBroken as broken:
        return _release(draft, {"draft": " ".join(f"{one.file}: {one.says}" for one in broken.problems)}), 422
    flash(says, "success")
    return redirect(url_for("studio_drafts.release", draft_id=draft_id), code=303)


def _sent(field: str, most: int) -> bytes:
    """A file of the post, of which no more is read than what shows that it is too large. Raises ``Refused``."""
    sent = request.files.get(field)
    if sent is None or not sent.filename:
        raise errors.Refused({field: "Choose a file first"})
    content: bytes = sent.read(most + 1)
    if len(content) > most:
        raise errors.Refused({field: f"The file is larger than {most // 1_000_000} MB"})
    return content
