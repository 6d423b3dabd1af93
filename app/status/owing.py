"""What a case still owes before it can close, as its page lists it: in words, and where each is put right."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.cases import access, owing
from app.cases.access import Who
from app.drawing.model import Element
from app.status.case_file import CaseFile
from app.store.rows.cases import CLOSED


@dataclass(frozen=True)
class Row:
    """What is owed at one step of the drawing."""

    key: str  # the step's id
    says: str
    step: str  # its name; "" where it has none
    role: str  # whose it is
    task: str  # the id of its open task, where the person who asks may do it; else ""


def rows(file: CaseFile, who: Who) -> list[Row]:
    """Everything that an open case owes, each step once; nothing for a closed one, or where the Act is not about it."""
    if file.case.status == CLOSED:
        return []
    drawn = {key: element for drawing in file.procedure.drawings.values() for key, element in drawing.by_id.items()}
    mine = {task.key: str(task.id) for task in file.tasks if access.may_do(who, task)}
    said = owing.by_element(owing.owed(file.case, file.run))
    return [_row(key, says, drawn, mine.get(key, "")) for key, says in said.items()]


def _row(key: str, says: str, drawn: Mapping[str, Element], task: str) -> Row:
    element = drawn.get(key)
    return Row(key, says, element.name if element else "", element.lane if element else "", task)
