"""What somebody typed into a form that came too late, said with the form's own questions, so that nothing is lost."""

import re
from collections.abc import Iterable, Mapping

from app.forms import words
from app.forms.parts import CHOICES, SEVERAL, Component

OURS = ("csrf_token", "request_key", "case", "action")
LONGEST_NAME = 200  # characters; no field of ours has more, and reading a name takes the square of its length
UNSAID = ("-rows", "-was", "-kept", "-remove")
BOX = re.compile(r"(.+)-(day|month|year|time)")
ROW = re.compile(r"([\w.]+?)\.(\d+)\.([\w.]+)")


def said(parts: Mapping[str, Component], posted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each field that holds something, as (question, text). ``parts`` are the form's questions by key."""
    kept = [(name, text.strip()) for name, text in posted if name not in OURS and not name.endswith(UNSAID)]
    return [_said(parts, name, text) for name, text in kept if text and len(name) <= LONGEST_NAME]


def _said(parts: Mapping[str, Component], name: str, text: str) -> tuple[str, str]:
    if row := ROW.fullmatch(name):
        return _in_row(parts, row, text)
    if box := BOX.fullmatch(name):
        return f"{_label(parts, box[1])} ({box[2]})", text
    part = parts.get(name)
    is_chosen = part is not None and part.type in CHOICES | SEVERAL
    return _label(parts, name), words.in_words(part, text, {}) if part is not None and is_chosen else text


def _in_row(parts: Mapping[str, Component], row: re.Match[str], text: str) -> tuple[str, str]:
    """A field of one of several rows: ``Reports 2: What happened?``."""
    around = parts.get(row[1])
    inner = {part.key: part for part in around.components} if around else {}
    question, answer = _said(inner, row[3], text)
    return f"{_label(parts, row[1])} {int(row[2]) + 1}: {question}", answer


def _label(parts: Mapping[str, Component], key: str) -> str:
    part = parts.get(key)
    return part.label if part and part.label else key.replace(".", " ").replace("_", " ").capitalize()
