"""A file of Camunda, converted: drawings, decision tables and forms. Any other comes back as it is."""

from collections.abc import Callable

from app.drawing import xml
from app.drawing.completing.completed import written
from app.drawing.converting import (
    calling,
    conditions,
    foreign,
    form_files,
    forms,
    machines,
    messages,
    people,
    repeating,
    rest,
    tables,
    timers,
)
from app.drawing.converting.conversion import Conversion
from app.drawing.converting.notes import Converted
from app.drawing.element_reading import BPMN

STAGES: tuple[Callable[[Conversion], None], ...] = (  # who does a step comes first: what it may say hangs on that
    machines.done,
    people.named,
    forms.given,
    calling.tables,
    calling.pages,
    repeating.several,
    conditions.arrows,
    conditions.others,
    timers.times,
    messages.waited_for,
    rest.told,
    rest.swept,
)


def convert(name: str, content: bytes) -> Converted:
    """What a file says, as it is read here, and a note of all that became of it. Twice is the same as once.

    Raises ``DrawingBroken`` for a drawing or table that cannot be read.
    """
    ending = name.rpartition(".")[2]
    if ending == "bpmn":
        return _drawing(content, name)
    if ending == "dmn":
        return tables.convert(content, name)
    return form_files.convert(content) if ending == "form" else Converted(content)


def _drawing(content: bytes, file: str) -> Converted:
    root = xml.tree(content, file)
    product = foreign.product(root)
    if not product or root.tag != f"{BPMN}definitions":
        return Converted(content)
    conversion = Conversion(root, file)
    for stage in STAGES:
        stage(conversion)
    foreign.forget(root)
    return Converted(written(root), conversion.in_order(), conversion.forms, product)
