"""Any two versions side by side: releases, and saves of drafts; in words, and a drawing in both its pictures."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from app import errors
from app.editor import comparing, drafts
from app.store import releases, releasing
from app.web.signing_in import STAFF, open_to
from app.web.studio.overview import READERS

bp = Blueprint("studio_versions", __name__, url_prefix="/studio/compared")
MOST_SAVES = 30  # of a draft that are offered, the last ones
_SIDE = re.compile(r"release\.([0-9a-f]{16,64})|draft\.([0-9a-f-]{36})\.(\d{1,6})")


class Side(NamedTuple):
    """A version that can be compared: how the address names it, and how people do."""

    key: str
    words: str


def release(key: str) -> str:
    """How the address names a release."""
    return f"release.{key}"


def save(draft_id: UUID, number: int) -> str:
    """How the address names a draft as one save left it; 0 is the release that it began from."""
    return f"draft.{draft_id}.{number}"


@bp.get("")
@open_to(STAFF, *READERS)
def shown() -> str:
    """What differs between ``before`` and ``after``; with ``file``, only that one, a drawing with its pictures."""
    sides = _sides()
    if len(sides) < 2:
        raise errors.NotFound("There is only one version so far.")
    before = request.args.get("before") or sides[1].key
    after = request.args.get("after") or sides[0].key
    comparison = comparing.compared(_files(before), _files(after))
    name = request.args.get("file", "")
    if name:
        comparison = comparing.only(comparison, name)
    everything = url_for("studio_versions.shown", before=before, after=after)
    back = {"href": everything, "text": "Back to all that is different"}
    home = {"href": url_for("studio.shown"), "text": "Back to the drawing office"}
    return render_template(
        "studio/compared.html",
        sides=_chosen_too(sides, before, after),
        before=before,
        after=after,
        comparison=comparison,
        file=name,
        pictures=comparing.pictures(comparison, name) if name else (),
        link=f"{everything}&file=",
        back=back if name else home,
    )


def _sides() -> list[Side]:
    """What is offered: the drafts with their saves, then the releases, the last ones first."""
    found = []
    for draft in releasing.drafts():
        made = [one for one, _ in releasing.saves(draft.id)][:MOST_SAVES]
        found += [Side(save(draft.id, one.number), f"{draft.title}, save {one.number}: {one.note}") for one in made]
    every = releases.every()
    for place, one in enumerate(every):
        found.append(Side(release(one.key), f"Release {len(every) - place}: {one.note}".rstrip(": ")))
    return found


def _chosen_too(sides: list[Side], *chosen: str) -> list[Side]:
    """The same, and those that are looked at though they are not offered."""
    offered = {one.key for one in sides}
    return sides + [Side(key, "Another version") for key in dict.fromkeys(chosen) if key not in offered]


def _files(side: str) -> Mapping[str, bytes]:
    """The files of a version. Raises ``NotFound``."""
    found = _SIDE.fullmatch(side)
    if found is None:
        raise errors.NotFound("We could not find that version.")
    key, draft_id, number = found.groups()
    if key:
        return releases.files(releases.release(key).key)
    draft, wanted = _draft(draft_id), int(number)
    if wanted > draft.number:
        raise errors.NotFound("This draft has no such save.")
    return drafts.content(draft, wanted)


def _draft(text: str) -> Any:
    try:
        return releasing.draft(UUID(text))
    except ValueError:
        raise errors.NotFound("We could not find that draft.") from None
