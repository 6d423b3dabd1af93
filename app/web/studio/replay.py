"""Last year's closed cases replayed through a draft. It shows references and steps, and nothing that anybody told."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template

from app import errors
from app.editor import drafts, replaying
from app.editor.before_after import counted
from app.editor.replaying import Replayed
from app.store import releasing
from app.web import at_hand
from app.web.signing_in import STAFF, open_to
from app.web.studio.drafts import frame
from app.web.studio.overview import READERS

bp = Blueprint("studio_replay", __name__, url_prefix="/studio/drafts/<uuid:draft_id>/replay")
ROWS = 200  # of the table


@bp.get("")
@open_to(STAFF, *READERS)
def shown(draft_id: UUID) -> str:
    """Numbers in words, and case by case where it would have gone elsewhere; asked again it goes on."""
    draft = releasing.draft(draft_id)
    found, problem = None, ""
    try:
        found = replaying.replay(drafts.content(draft), clock=at_hand.clock())
    except errors.DrawingBroken as broken:
        problem = " ".join(f"{one.file}: {one.says}" for one in broken.problems)
    differing = [one for one in found.done if one.difference or one.more or one.fewer] if found else []
    return render_template(
        "studio/replay.html",
        found=found,
        problem=problem,
        rows=[_row(one) for one in differing[:ROWS]],
        more=max(0, len(differing) - ROWS),
        **frame(draft, "replay"),
    )


def _row(one: Replayed) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "difference": one.difference or "It would go the same way",
        "then": _listed(one.missed_then),
        "now": _listed(one.missed_now),
    }


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(counted(names)) or "none"
