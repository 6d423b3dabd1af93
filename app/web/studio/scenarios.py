"""The scenarios of a draft: what comes of each with the files as they are now, and what they have tried between them.

They run while the page is asked for, for a moment only; the page asks again for the rest. What has run is remembered
by the files, so nothing is waited for twice.
"""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for

from app import errors
from app.drawing import picture
from app.editor import drafts
from app.editor.trying import covering, running
from app.editor.trying import ground as grounds
from app.editor.trying.covering import Coverage, Covered
from app.editor.trying.ground import Ground
from app.editor.trying.running import Results
from app.store import releasing
from app.store.rows.releasing import ReleaseDraft
from app.web.signing_in import STAFF, open_to
from app.web.studio.drafts import frame
from app.web.studio.overview import READERS

bp = Blueprint("studio_scenarios", __name__, url_prefix="/studio/drafts/<uuid:draft_id>/scenarios")
SECONDS = 2.0  # that they may run in one request


@bp.get("")
@open_to(STAFF, *READERS)
def shown(draft_id: UUID) -> str:
    """Each scenario with what came of it, and how much they have tried of each drawing."""
    draft = releasing.draft(draft_id)
    results, coverage, _ = _run(draft)
    return render_template(
        "studio/scenarios.html",
        results=results,
        drawings=[_counted(one) for one in coverage.drawings],
        coverage=coverage,
        kinds=[(text, *coverage.count(kind)) for kind, text in covering.KINDS.items()],
        **frame(draft, "scenarios"),
    )


@bp.get("/covered/<name>")
@open_to(STAFF, *READERS)
def covered(draft_id: UUID, name: str) -> str:
    """One drawing, painted with what scenarios went through, and in words what none has tried."""
    draft = releasing.draft(draft_id)
    results, coverage, ground = _run(draft)
    found = coverage.of(name)
    if found is None:
        raise errors.NotFound("This draft has no drawing of this name that can be played.")
    back = {"href": url_for("studio_scenarios.shown", draft_id=draft_id), "text": "Back to the scenarios"}
    left = [(text, [one for one in found.of(kind) if not one.is_tried]) for kind, text in covering.KINDS.items()]
    return render_template(
        "studio/covered.html",
        covered=found,
        counted=_counted(found),
        results=results,
        pictures=_pictures(ground, found),
        untried=[(text, parts) for text, parts in left if parts],
        tried=[one for one in found.parts if one.is_tried],
        titles={one.name: one.title for one in results.done},
        **frame(draft, "scenarios") | {"back": back},
    )


def _run(draft: ReleaseDraft) -> tuple[Results, Coverage, Ground]:
    content = drafts.content(draft)
    results, ground = running.run_all(content, seconds=SECONDS), grounds.ground(content)
    return results, covering.coverage(ground, running.courses_of(results)), ground


def _counted(one: Covered) -> dict[str, Any]:
    return {"file": one.file, "title": one.title, "tried": one.tried, "total": len(one.parts)}


def _pictures(ground: Ground, found: Covered) -> list[dict[str, str]]:
    """Each page of a drawing that has something to try on it, painted."""
    drawing = next(one for one in covering.drawings(ground) if one.file == found.file)
    shown_ = []
    for plane in drawing.planes:
        here = {shape.element for shape in drawing.shapes if shape.plane == plane}
        parts = [one for one in found.parts if one.id in here]
        if parts:
            inner = drawing.by_id.get(plane)
            title = (inner.name if inner else "") or found.title
            tried = sum(one.is_tried for one in parts)
            says = f"{tried} of {len(parts)} were tried. What was not is listed beside the picture."
            svg = picture.svg(drawing, found.states, title=title, description=says, plane=plane)
            shown_.append({"title": title, "svg": svg})
    return shown_
