"""Which procedures a case can follow from its beginning, as the drawings say; and the four that the law knows.

A process that no other one calls is a procedure of its own. Properties say what no line of a drawing does: of its start
event ``begins`` (who may begin it on a page) and ``formRef`` (the form with which it begins); of the process
``reference`` (how its references begin).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app import errors
from app.drawing.model import ANYONE, BEGINS, REFERENCE, STAFF, Drawing, Element
from app.engine.library import Procedure
from app.store.cases import REVIEW

REVIEWS = "asb_case_review"
NOTICE, PUBLICATION, RETENTION = "second_report_notice", "annual_publication", "retention"
FORM = "formRef"
BEGUN_BY = {  # who may begin it, in words; "" for nobody on a page: the system does
    ANYONE: "Anybody, on the public pages",
    STAFF: "Our staff",
}
PLAIN_PREFIX = "CASE"
_PREFIX = re.compile("[A-Z]{2,6}")
_TAKEN = frozenset({REVIEW, "TRAINING"})  # beginnings of references that mean something else


@dataclass(frozen=True)
class Kind:
    """A procedure. ``asker`` is the lane of its start: the person who asked, where anybody may."""

    process_id: str
    name: str
    says: str
    prefix: str
    begins: str
    start: str
    start_name: str
    form: str
    asker: str

    def may_begin(self, *, is_staff: bool) -> bool:
        """Whether somebody may begin it on a page."""
        return self.begins == ANYONE or (is_staff and self.begins == STAFF)


def kind(procedure: Procedure, process_id: str) -> Kind:
    """What a process says of itself, or ``NotFound``."""
    drawing = procedure.drawings.get(process_id)
    if drawing is None:
        raise errors.NotFound("There is no such procedure.")
    return _kind(drawing, process_id)


def every(procedure: Procedure) -> list[Kind]:
    """Every procedure of its own, by name."""
    called = {element.called for one in procedure.drawings.values() for element in one.elements}
    found = [kind(procedure, id_) for id_ in procedure.drawings if id_ not in called]
    return sorted(found, key=lambda one: one.name)


def prefix_problem(text: str) -> str:
    """What is wrong with how references shall begin; "" where nothing is."""
    if not _PREFIX.fullmatch(text):
        return "Use two to six capital letters, such as ‘DM’"
    return f"References that begin with ‘{text}’ mean something else. Choose other letters" if text in _TAKEN else ""


def _kind(drawing: Drawing, process_id: str) -> Kind:
    process = next(one for one in drawing.processes if one.id == process_id)
    start = _start(drawing, process_id)
    says: Mapping[str, str] = start.properties if start else {}
    return Kind(
        process_id=process_id,
        name=process.name or process_id,
        says=process.documentation,
        prefix=REVIEW if process_id == REVIEWS else _prefix(process.properties.get(REFERENCE, "")),
        begins=says.get(BEGINS, ""),
        start=start.id if start else "",
        start_name=" ".join(start.name.split()) if start else "",
        form=says.get(FORM, "") or (start.id if start else ""),
        asker=start.lane if start and start.begun_by_anyone else "",
    )


def _prefix(said: str) -> str:
    return said if said and not prefix_problem(said) else PLAIN_PREFIX


def _start(drawing: Drawing, process_id: str) -> Element | None:
    """The plain start event of a process itself, not of anything within it."""
    starts = (e for e in drawing.elements if e.kind == "startEvent" and e.scope == process_id)
    return min(starts, key=lambda one: bool(one.event), default=None)
