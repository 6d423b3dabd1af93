"""Lanes that nobody belongs to: what people should do there would lie until somebody notices."""

from collections.abc import Collection

from app.drawing.findings import WARNING, Finding
from app.drawing.model import Drawing, Element
from app.drawing.soundness import wording
from app.drawing.soundness.setting import PEOPLE


def findings(drawing: Drawing, roles: Collection[str]) -> list[Finding]:
    """One finding for each lane with steps for people whose name is none of the roles, nor stands for whoever asked."""
    known = {_plain(role) for role in roles} | {_plain(e.lane) for e in drawing.elements if e.begun_by_anyone}
    steps: dict[str, list[Element]] = {}
    for e in drawing.elements:
        if e.kind in PEOPLE and e.lane and not e.properties.get("candidateGroup") and _plain(e.lane) not in known:
            steps.setdefault(e.lane, []).append(e)
    ids = {lane.name: lane.id for lane in reversed(drawing.lanes)}
    return [
        Finding(
            ids.get(lane, ""),
            lane,
            "nobody_in_lane",
            WARNING,
            f"Nobody has the role ‘{lane}’, so nobody would see {wording.listed(drawing, there, 'or')}.",
        )
        for lane, there in steps.items()
    ]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
