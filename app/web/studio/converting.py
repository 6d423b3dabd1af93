"""What became of a file of Camunda when it came into a draft: what is left to do, what was taken over."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, render_template

from app import errors
from app.editor import converting, drafts, files, naming, wishing
from app.editor.surroundings import Surroundings
from app.store import releasing
from app.web.signing_in import STAFF, open_to
from app.web.studio.files import framed
from app.web.studio.overview import READERS

bp = Blueprint("studio_converting", __name__, url_prefix="/studio/drafts/<uuid:draft_id>/files/<name>/converted")


@bp.get("")
@open_to(STAFF, *READERS)
def shown(draft_id: UUID, name: str) -> str:
    """The report of a conversion."""
    draft = releasing.draft(draft_id)
    found = converting.report(draft, name)
    if found is None:
        raise errors.NotFound("This file was not converted in this draft.")
    around = Surroundings(drafts.content(draft))
    return render_template(
        "studio/converted.html",
        report=found,
        name=name,
        title=naming.title(name, around.files.get(name, found.converted.content)),
        places=_places(name, around),
        forms=[form for form in sorted(found.converted.forms) if form in around.files],
        **framed(draft),
    )


def _places(name: str, around: Surroundings) -> Mapping[str, str]:
    """Where each element is told now: {its id: the ending of an address}. What hangs on a step is told with it."""
    if name not in around.files:
        return {}
    if files.kind(name) == "dmn":
        return {table: f"#{table}" for table, (file, _) in around.tables.items() if file == name}
    try:
        steps = wishing.steps(name, around)
    except errors.DrawingBroken:
        return {}
    told = {way.way: one.element for one in steps for way in one.ways}
    told |= {part: one.element for one in steps for limit in one.limits for part in (limit.event, limit.way)}
    told |= {one.element: one.element for one in steps}
    return {element: f"/outline#{step}" for element, step in told.items()}
