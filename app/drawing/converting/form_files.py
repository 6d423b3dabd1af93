"""Form files of Camunda: the same forms, without what only its engine needs."""

import json
from itertools import accumulate
from typing import Any

from app.drawing.converting import formdata
from app.drawing.converting.conversion import WHOLE, key_of
from app.drawing.converting.foreign import CLOUD, EIGHT, SEVEN
from app.drawing.converting.notes import DROPPED, LEFT, TAKEN, Converted, Note

PLATFORM = ("executionPlatform", "executionPlatformVersion", "versionTag")
NESTING = 60  # levels of JSON
WRITER = "Camunda"  # how the names of its programs begin
NOT_RENAMED = "Steps that use it are converted with the same name; look at those that you drew yourself."


def convert(content: bytes) -> Converted:
    """A form of Camunda as one of ours; any other, and what is no JSON, as it is."""
    form = _read(content)
    if form is None or not _is_foreign(form):
        return Converted(content)
    product = EIGHT if form.get("executionPlatform") == CLOUD else SEVEN
    title = str(form.get("title") or "")
    key, own = str(form.get("id") or ""), cleaned(form)
    notes = [Note("", title or WHOLE, TAKEN, "Its questions are kept.")]
    if own["id"] != key:
        says = f"The form ‘{key}’ is called ‘{own['id']}’ here. {NOT_RENAMED}"
        notes.append(Note("", title or WHOLE, LEFT, says))
    notes.append(Note("", title or WHOLE, DROPPED, "What says for which engine it was written is left out."))
    return Converted(formdata.written(own), tuple(notes), {}, product)


def cleaned(form: dict[str, Any]) -> dict[str, Any]:
    """A form without the keys of the platform, its id such as ours are."""
    own = {key: value for key, value in form.items() if key not in (*PLATFORM, "exporter", "schemaVersion")}
    return own | {"id": key_of(str(form.get("id") or "")), "type": form.get("type", "default")}


def embedded(text: str) -> dict[str, Any] | None:
    """A form that stands in a drawing as text; None where it is none."""
    form = _read(text.encode())
    return None if form is None or not isinstance(form.get("components"), list) else form


def _read(content: bytes) -> dict[str, Any] | None:
    if _nested(content) > NESTING:
        return None
    try:
        form = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return form if isinstance(form, dict) else None


def _nested(content: bytes) -> int:
    """How many brackets stand inside each other at most, those in texts counted as well."""
    steps = ((sign in b"[{") - (sign in b"]}") for sign in content)
    return max(accumulate(steps), default=0)


def _is_foreign(form: dict[str, Any]) -> bool:
    exporter = form.get("exporter")
    writer = str(exporter.get("name", "")) if isinstance(exporter, dict) else ""
    return any(key in form for key in PLATFORM) or writer.startswith(WRITER)
