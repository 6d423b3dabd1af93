"""What a check says of a drawing: findings, each on its element, each with how it is read and what would mend it.

A finding is a value. ``check`` gives a list of them for any file; the editor shows them on their elements.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NOTE, WARNING, ERROR = "note", "warning", "error"  # good to know; would go wrong; cannot be executed
Edit = Mapping[str, Any]  # one change of the XML, see ``edits``


@dataclass(frozen=True)
class Fix:
    """What would write the reading into the drawing: in words for its button, and as changes of the XML."""

    says: str
    edits: tuple[Edit, ...]
    before: tuple[Edit, ...] = ()  # of earlier findings, on which these rest: made first, each once
    begins: str = ""  # a file that it begins beside the drawing, in place of changes


@dataclass(frozen=True)
class Finding:
    """One thing that a drawing leaves open, does wrong, or says that people should know.

    ``reading`` is how it is executed meanwhile; "" where the drawing is executed as it stands, or not at all.
    """

    element: str  # its id, or "" where the file as a whole is meant
    label: str  # what people call it: its words, else its kind and where it stands
    kind: str  # which of the findings it is: "way_without_condition", "gets_stuck", …
    severity: str
    says: str  # what is there or missing, in a sentence or two of plain words
    reading: str = ""
    fix: Fix | None = None
