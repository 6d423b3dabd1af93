"""Answers as they stand in the boxes of a page, before anybody checks them.

An entry is the text of a box; a list of tokens for a checklist; a dictionary of boxes for a date; a list of
file records for files; a list of rows, each a dictionary of entries by key, for a dynamic list. Entries come
from what was posted, or from answers kept earlier, and go back into the page as they were typed. A row also has
``WAS``, the marks of the kept row it was made from: what that row holds beyond this form stays with it.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from app.forms import days
from app.forms.conditions import Option
from app.forms.parts import ANSWERED, SEVERAL, Component, flat
from app.forms.paths import get
from app.law.wording import time_of_day

LONGEST = 50_000  # characters we keep of one box, so that a person can shorten what they typed
MOST_CHOSEN = 500
MOST_ROWS = 50
WAS = "-was"
_MOST_MARKS = 4

Entry = Any
Entries = dict[str, Entry]

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Upload:
    """A file that the caller has stored: its id there, its name as people see it, its size in bytes."""

    id: str
    name: str
    size: int


@dataclass(frozen=True)
class Posted:
    """What came with one post: texts and stored files by field name, and the files known to be this form's."""

    fields: Mapping[str, Sequence[str]]
    uploads: Mapping[str, Sequence[Upload]]
    facts: Mapping[str, Any]

    def text(self, name: str, *, lines: bool = False) -> str:
        """The first text of that name, without control characters and outer space, bounded."""
        values = self.fields.get(name) or ("",)
        return tidy(values[0], lines=lines)

    def texts(self, name: str) -> list[str]:
        """Every text of that name, each once."""
        return list(dict.fromkeys(tidy(text) for text in (self.fields.get(name) or ())[:MOST_CHOSEN] if text))


def tidy(text: str, *, lines: bool = False) -> str:
    """Text without control characters (NUL, text direction, halves of letters); one line unless ``lines``."""
    text = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", text)
    return text.strip() if lines else " ".join(text.split())


def typed_in(components: Iterable[Component], post: Posted) -> Entries:
    """The entries of one page as they were sent. Only names that the page has are looked at."""
    return _scope(components, post, "", ())


def _scope(components: Iterable[Component], post: Posted, prefix: str, lists: tuple[str, ...]) -> Entries:
    entries: Entries = {}
    for component, _ in flat(components):
        name = prefix + component.key
        if component.type == "dynamiclist":
            entries[component.key] = [
                _scope(component.components, post, f"{name}.{row}.", (*lists, component.key))
                | {WAS: post.texts(f"{name}.{row}{WAS}")[:_MOST_MARKS]}
                for row in range(_rows(post, name))
            ]
        elif component.type in ANSWERED:
            entries[component.key] = _entry(component, post, name, lists)
    return entries


def _rows(post: Posted, name: str) -> int:
    written = post.text(f"{name}-rows")
    return min(int(written), MOST_ROWS) if re.fullmatch(r"[0-9]{1,4}", written) else 0


def _entry(component: Component, post: Posted, name: str, lists: tuple[str, ...]) -> Entry:
    if component.type in SEVERAL:
        return post.texts(name)
    if component.type == "filepicker":
        return _files(component, post, name, lists)
    if component.type == "checkbox":
        return "true" if post.text(name).lower() in ("true", "on") else ""
    if component.day_parts:
        return days.spread({part: post.text(f"{name}-{part}") for part in component.day_parts})
    return post.text(name, lines=component.type == "textarea")


def _files(component: Component, post: Posted, name: str, lists: tuple[str, ...]) -> list[dict[str, Any]]:
    known = {file["id"]: file for file in _known(component, post.facts, lists)}
    gone = set(post.texts(f"{name}-remove"))
    kept = [known[id_] for id_ in post.texts(f"{name}-kept") if id_ in known and id_ not in gone]
    fresh = [asdict(upload) for upload in post.uploads.get(name, ())]
    return [*kept, *({**file, "name": tidy(file["name"])} for file in fresh)]


def _known(component: Component, facts: Mapping[str, Any], lists: tuple[str, ...]) -> list[dict[str, Any]]:
    """The files kept for this very question, in any row of its list: nobody can post the id of another's file."""
    rows = get(facts, lists[0]) if lists else [facts]
    rows = rows if isinstance(rows, list) else []
    return [file for row in rows if isinstance(row, Mapping) for file in records(get(row, component.key))]


def records(value: Any) -> list[dict[str, Any]]:
    """The file records in a kept answer: dictionaries of ``id``, ``name`` and ``size``; anything else is left out."""
    files = [file for file in value if isinstance(file, dict)] if isinstance(value, list) else []
    return [
        {
            "id": file["id"],
            "name": file["name"],
            "size": file["size"] if isinstance(file.get("size"), int) else 0,
        }
        for file in files
        if isinstance(file.get("id"), str) and isinstance(file.get("name"), str)
    ]


def kept(components: Iterable[Component], answers: Mapping[str, Any]) -> Entries:
    """The entries that would give these answers, so that what was kept is checked and shown like what is typed."""
    entries: Entries = {}
    for component, _ in flat(components):
        if component.type in ANSWERED | {"dynamiclist"}:
            entries[component.key] = entry_of(component, get(answers, component.key))
    return entries


def entry_of(component: Component, value: Any) -> Entry:
    """The entry that a kept value stands for."""
    if component.type == "dynamiclist":
        rows = value if isinstance(value, list) else []
        rows = [row for row in rows if isinstance(row, dict)]
        return [kept(component.components, row) | {WAS: [mark(row)]} for row in rows[:MOST_ROWS]]
    if component.type == "filepicker":
        return records(value)
    if component.type in SEVERAL:
        return [Option(item, "").token for item in value if _plain(item)] if isinstance(value, list) else []
    if component.day_parts:
        return _day_boxes(component.day_parts, value)
    if not _plain(value) or (component.type == "checkbox" and value is False):
        return ""
    return tidy(Option(value, "").token, lines=component.type == "textarea")


def _plain(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)


def _day_boxes(parts: tuple[str, ...], value: Any) -> dict[str, str]:
    if isinstance(value, dict):
        return {part: tidy(str(value.get(part) or "")) for part in parts}
    boxes = dict.fromkeys(parts, "")
    try:
        moment = days.local(str(value or ""))
    except (ValueError, OverflowError):
        return boxes
    boxes |= {"day": str(moment.day), "month": str(moment.month), "year": str(moment.year)}
    if "time" in parts:
        boxes["time"] = time_of_day(moment.time())
    return boxes


def is_blank(entry: Entry) -> bool:
    """True when nothing was typed, chosen or sent."""
    if isinstance(entry, dict):
        return all(is_blank(part) for name, part in entry.items() if name != WAS)
    if isinstance(entry, list):
        return all(is_blank(item) for item in entry)
    return not entry


def mark(row: Mapping[str, Any]) -> str:
    """A short mark by which a kept row is found again, wherever it stands by then."""
    return sha256(json.dumps(row, sort_keys=True, default=str).encode("utf-8", "replace")).hexdigest()[:16]


def row_before(rows: Any, marks: Iterable[str]) -> dict[str, Any]:
    """The kept row that has one of these marks, or an empty one."""
    kept_rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) and marks else []
    found = {mark(row): row for row in reversed(kept_rows)}
    return next((found[one] for one in marks if one in found), {})
