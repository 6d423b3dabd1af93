"""Files that come with a page of a task's form: stored in quarantine, or refused in words."""

from flask import request

from app.forms.answers import Upload
from app.forms.parts import Page, every
from app.intake import uploading
from app.web import at_hand


def keep(page: Page) -> tuple[dict[str, list[Upload]], dict[str, str]]:
    """What was stored, by field; and {field: what to do about it} for what could not be taken."""
    keys = [part.key for part in every(page.components) if part.type == "filepicker"]
    kept: dict[str, list[Upload]] = {}
    refused: dict[str, str] = {}
    for name in request.files:
        if any(name == key or name.endswith(f".{key}") for key in keys):
            there = len(request.form.getlist(f"{name}-kept"))
            kept[name], says = uploading.keep(name, _sent(name), there, at_hand.clock())
            refused |= says
    return kept, refused


def _sent(name: str) -> list[uploading.Sent]:
    """The files of a field; of each no more is read than what shows that it is too large."""
    files = [file for file in request.files.getlist(name) if file.filename]
    return [uploading.Sent(file.filename or "", file.read(uploading.LARGEST + 1)) for file in files]
