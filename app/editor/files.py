"""The files of a release: how they are named, and which content is safe to keep.

What is kept in a draft may be unfinished, but it can always be read without harm: nothing in it is executed or fetched.
"""

import json
import re
from collections.abc import Mapping

from app.drawing import xml
from app.errors import DrawingBroken, Problem

NAME = re.compile(r"[a-z][a-z0-9_]{0,79}(\.[a-z]{2})?\.(bpmn|dmn|form|letter|scenario)")
KINDS: Mapping[str, str] = {
    "bpmn": "Drawings",
    "dmn": "Decision tables",
    "form": "Forms",
    "letter": "Letters",
    "scenario": "Scenarios",
}
LARGEST = 2_000_000  # bytes of one file
MOST = 1_000  # files of a release
NESTING = 60  # levels of JSON


def kind(name: str) -> str:
    """The ending of a file's name: ``bpmn``, ``dmn``, ``form``, ``letter`` or ``scenario``."""
    return name.rpartition(".")[2]


def check(name: str, content: bytes) -> None:
    """Raise ``DrawingBroken`` unless a file may be kept: its name, its size, and that it can be read as its kind."""
    if not NAME.fullmatch(name):
        says = "The name must be small letters, numbers and _, and end in .bpmn, .dmn, .form, .letter or .scenario."
        raise _broken(name[:100], says)
    if len(content) > LARGEST:
        raise _broken(name, f"The file is larger than {LARGEST // 1_000_000} MB.")
    if kind(name) in ("bpmn", "dmn"):
        xml.tree(content, name)
    else:
        _check_text(name, content)


def _check_text(name: str, content: bytes) -> None:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise _broken(name, "The file is not text: it must be written in UTF-8.") from None
    if "\0" in text:
        raise _broken(name, "The file is not text: it holds a NUL character.")
    if kind(name) != "letter":
        _check_json(name, text)


def _check_json(name: str, text: str) -> None:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise _broken(name, "The file is not JSON.") from None
    if not isinstance(read, dict):
        raise _broken(name, "The file holds no JSON object.")
    if _depth(read) > NESTING:
        raise _broken(name, f"The file is nested more than {NESTING} levels deep.")


def _depth(value: object) -> int:
    """How many levels of lists and objects there are, counted without going into any of them by a call."""
    level, deep = [value], 0
    while level:
        deep += 1
        inner = [one for one in level if isinstance(one, dict | list)]
        level = [part for one in inner for part in (one.values() if isinstance(one, dict) else one)]
    return deep


def _broken(name: str, says: str) -> DrawingBroken:
    return DrawingBroken(Problem(name, "", says))
