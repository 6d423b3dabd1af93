"""Who may read what an agency told: each item by the marking that the agency gave it, as the partners' table says.

A return has entries with a marking of their own, what is known about the person who causes harm, which is for the chair
unless marked otherwise, and the rest. The table ``who_may_see`` decides; where a procedure has none, only the chair
reads. What is marked not to be recorded never gets as far as the case.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.cases.deciding import decided
from app.engine.library import Procedure

TABLE = "who_may_see"
CHAIR, NOT_RECORDED = "chair", "do_not_record"
CHAIRS = "Panel chair"
READERS = {  # who may read, for those who may not
    "panel_and_victim": "the panel and the victim",
    "panel": "the panel",
    CHAIR: "the chair of the panel",
    NOT_RECORDED: "nobody",
}
ENTRIES = "events"
OPEN = frozenset({"involved", "declined_reason", "person", "attending", "marking", "vulnerabilities_marking"})
OWN_MARKING = {"vulnerabilities": "vulnerabilities_marking"}
MaySee = Callable[[str], bool]


@dataclass(frozen=True)
class Readable:
    """A return as somebody may read it. ``hidden`` has the marking of each field that was left out."""

    information: dict[str, Any]
    hidden: Mapping[str, str]
    entries_hidden: tuple[str, ...] = ()  # the marking of each entry that was left out


def reader(procedure: Procedure, roles: Iterable[str], at: datetime, *, own: bool = False) -> MaySee:
    """Whether somebody with these roles may read an item of a marking. ``own``: their agency told it."""
    held = tuple(roles)

    def may_see(marking: str) -> bool:
        if TABLE not in procedure.tables:
            return own or CHAIRS in held
        item = {"own": own, "marking": marking}
        facts = [{"item": item, "reader": {"role": role}} for role in held]
        return any(decided(procedure, TABLE, one, at=at).get("see") == "show" for one in facts)

    return may_see


def readable(information: Mapping[str, Any], may_see: MaySee) -> Readable:
    """What of a return somebody may read, and what was left out."""
    kept, hidden = {}, {}
    for key, value in information.items():
        marking = marking_of(information, key)
        if key == ENTRIES or key in OPEN or may_see(marking):
            kept[key] = value
        else:
            hidden[key] = marking
    rows = information.get(ENTRIES)
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    seen = [row for row in rows if may_see(_of_entry(information, row))]
    if ENTRIES in kept:
        kept[ENTRIES] = seen
    return Readable(kept, hidden, tuple(_of_entry(information, row) for row in rows if row not in seen))


def marking_of(information: Mapping[str, Any], key: str) -> str:
    """The marking of one field of a return: its own, else that of the whole; for the chair where there is none."""
    own = OWN_MARKING.get(key)
    return str((information.get(own) if own else information.get("marking")) or CHAIR)


def _of_entry(information: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    return str(row.get("marking") or information.get("marking") or CHAIR)


def recorded(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as they may be kept: of an item marked not to be recorded, only that there was one, and of which day."""
    information = answers.get("information")
    if not isinstance(information, dict):
        return dict(answers)
    kept = {
        key: value
        for key, value in information.items()
        if key in OPEN or key == ENTRIES or marking_of(information, key) != NOT_RECORDED
    }
    rows = kept.get(ENTRIES)
    if isinstance(rows, list):
        kept[ENTRIES] = [_recorded(information, row) if isinstance(row, dict) else row for row in rows]
    return {**answers, "information": kept}


def _recorded(information: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    if _of_entry(information, row) != NOT_RECORDED:
        return dict(row)
    return {"happened_on": row.get("happened_on"), "marking": NOT_RECORDED}


def who_may(markings: Iterable[str]) -> str:
    """Who may read what was left out, in words: ``the panel and the victim; the chair of the panel``."""
    return "; ".join(dict.fromkeys(READERS.get(marking, READERS[CHAIR]) for marking in markings))
