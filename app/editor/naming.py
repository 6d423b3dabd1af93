"""What people call a file: the name of its drawing, table, form or letter."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache

from app.drawing import xml
from app.drawing.xml import local
from app.editor import files
from app.errors import DrawingBroken

SINGLE: Mapping[str, str] = {
    "bpmn": "drawing",
    "dmn": "set of tables",
    "form": "form",
    "letter": "letter",
    "scenario": "scenario",
}
KEPT = 4_096  # titles in memory
SUBJECT = re.compile(r"^(?:title|subject):\s*(.+)$", re.MULTILINE)


def plain(name: str) -> str:
    """A name without its ending and signs: ``hold_panel.bpmn`` is ‘hold panel’."""
    return name.partition(".")[0].replace("_", " ")


@lru_cache(KEPT)
def title(name: str, content: bytes) -> str:
    """What a file calls itself, else its name in plain words."""
    kind = files.kind(name)
    found = ""
    if kind in ("bpmn", "dmn"):
        found = _drawn(name, content)
    elif kind in ("form", "scenario"):
        found = _titled(content)
    else:
        said = SUBJECT.search(content.decode(errors="replace"))
        found = said[1] if said else ""
    return " ".join(found.split())[:120] or plain(name).capitalize()


def _drawn(name: str, content: bytes) -> str:
    """The name of the first process or of the definitions."""
    try:
        root = xml.tree(content, name)
    except DrawingBroken:
        return ""
    named = [node.get("name", "") for node in root.iter() if local(node) in ("process", "definitions", "participant")]
    return next(filter(None, (one for one in named[1:] if one)), named[0] if named else "")


def _titled(content: bytes) -> str:
    try:
        found = json.loads(content).get("title", "")
    except (ValueError, AttributeError, RecursionError):
        return ""
    return found if isinstance(found, str) else ""
