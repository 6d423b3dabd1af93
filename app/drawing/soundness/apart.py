"""Tasks that must not be done by whoever did another, where that other is nowhere: nobody would be kept from them."""

from collections.abc import Collection

from app.drawing.apart import before
from app.drawing.findings import WARNING, Finding
from app.drawing.model import Drawing


def findings(drawing: Drawing, tasks: Collection[str]) -> list[Finding]:
    """One finding for each name in ``notBy`` that is none of ``tasks``."""
    return [
        Finding(
            element.id,
            element.name or element.id,
            "not_by_unknown",
            WARNING,
            f"‘{element.name or element.id}’ must not be done by whoever did ‘{one.key}’, and there is no such task.",
        )
        for element in drawing.elements
        for one in before(element)
        if one.key not in tasks
    ]
