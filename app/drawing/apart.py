"""Who must not do a task, as its property ``notBy`` says: whoever finished one of the tasks that it names.

Keys stand side by side; a condition in brackets, in FEEL, is asked of what was answered there:
``decide_threshold note_application[oversight.involved = "yes"]``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.drawing import expressions
from app.drawing.model import Element

NOT_BY = "notBy"
_ONE = re.compile(r"\s*(?P<key>[^\s\[\]]+)(?:\[(?P<condition>[^\[\]]*)\])?")


@dataclass(frozen=True)
class Before:
    """A task that sets apart whoever finished it; only where ``condition`` is true of its answers, if there is one."""

    key: str
    condition: str = ""


def before(element: Element) -> tuple[Before, ...]:
    """The tasks that an element names in ``notBy``. What cannot be read is left out: it is refused before."""
    found = _ONE.finditer(element.properties.get(NOT_BY, ""))
    return tuple(Before(one["key"], one["condition"] or "") for one in found)


def unreadable(element: Element) -> Iterator[str]:
    """What is wrong with ``notBy``, in sentences."""
    text = element.properties.get(NOT_BY, "").strip()
    if _ONE.sub("", text).strip():
        yield f"‘{text}’ cannot be read as tasks that set people apart. Write their keys with spaces between them."
    for one in before(element):
        if one.condition:
            yield from expressions.unreadable(one.condition)
