"""A time limit of a draft given another length: a cell in the table of agreed times, or a clock in a drawing.

Each change is one save. The words beside the clocks of an agreed time are renewed in the same save, so that the picture
says what is carried out.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from app import errors
from app.cases.access import Who
from app.clock import Clock
from app.drawing import tabling
from app.drawing.shaping import plain, retiming
from app.editor import drafts
from app.editor.time_limits import listing
from app.editor.time_limits.listing import Place, TimeLimit
from app.law import limit_words, limits
from app.store import releases, releasing

APPLICATION = "application"
UNITS: Mapping[str, str] = {  # {unit: what people call it}, in the order of a list
    "working day": "working days, from when the step begins",
    APPLICATION: "working days, from the application",
    "day": "days, weekends too",
    "week": "weeks",
    "month": "months",
    "hour": "hours",
    "working hour": "working hours",
    "minute": "minutes",
}


Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Typed:
    """A length as somebody typed it: a number and a unit of ``UNITS``, or words; and when to warn, in words."""

    amount: str = ""
    unit: str = ""
    words: str = ""
    warn: str = ""


@dataclass(frozen=True)
class Done:
    """What was saved: in words, and the clocks whose own words the change left as they are."""

    says: str
    left: tuple[Place, ...] = ()


def typed(limit: TimeLimit) -> Typed:
    """What a form shows of a limit: a number and a unit where that says all of it, else words."""
    words = limit.words or ""
    inner = words.removeprefix(retiming.EVERY)
    try:
        read = limit_words.read(inner)
    except errors.NotUnderstood:
        return Typed(words=words, warn=limit.warn or "")
    unit = APPLICATION if read.anchor == limits.APPLICATION else read.unit
    if _counted(read.amount, unit) != read.words:
        return Typed(words=words, warn=limit.warn or "")
    return Typed(str(read.amount), unit, warn=limit.warn or "")


def change(draft_id: UUID, key: str, wanted: Typed, who: Who, *, seen: str, clock: Clock) -> Done:
    """Give a limit another length. ``seen`` is the hash of its file as the person saw it.

    Raises ``Refused`` with the fields of ``Typed``, ``NotFound`` where there is no such limit any more,
    ``SavedMeanwhile`` where its file is another by now, ``CaseMovedOn`` for a draft that is not open.
    """
    content = drafts.content(releasing.draft(draft_id))
    limits_there = listing.listed(content).limits
    limit = limits_there.get(key)
    if limit is None:
        raise errors.NotFound("This time limit is no longer in the draft.")
    words, field = _length(limit, wanted)
    warn = " ".join(wanted.warn.split())
    if words == limit.words and (warn == limit.warn or not limit.is_agreed):
        raise errors.Refused({field: "Nothing is different yet. Change something first."})
    left: tuple[Place, ...] = ()
    if limit.is_agreed:
        written = _in_table(content, limit, words, warn, field)
        if words != limit.words:
            others = [one.words for one in limits_there.values() if one.milestone == limit.milestone and one != limit]
            left = _relabel(written, content, limit, words, others)
    else:
        written = _drawn(content, limit, words, field)
    says = _says(limit, words, warn)
    standing = {name: releases.digest(content[name]) for name in written}
    drafts.save(draft_id, written, who, seen=standing | {limit.file: seen}, clock=clock, note=says)
    return Done(says, left)


def _length(limit: TimeLimit, wanted: Typed) -> tuple[str, str]:
    """The length that was typed, in words, and the field that says it: whichever of number and words is new counts."""
    if limit.words is None:
        raise errors.Refused({"words": "This limit is worked out from facts. Change it where it stands."})
    before, words = typed(limit), " ".join(wanted.words.split())
    has_number = bool(wanted.amount) and (wanted.amount, wanted.unit) != (before.amount, before.unit)
    has_words = bool(words) and words != before.words
    if has_number and has_words:
        raise errors.Refused({"words": "Say it once: with a number, or in words. Empty the other box."})
    if has_words or (words and not has_number):
        return words, "words"
    if wanted.unit not in UNITS:
        raise errors.Refused({"unit": "Choose what is counted."})
    most = limit_words.LARGEST["working day" if wanted.unit == APPLICATION else wanted.unit]
    is_number = wanted.amount.isascii() and wanted.amount.isdecimal() and len(wanted.amount) <= len(str(most))
    if not is_number or not 1 <= int(wanted.amount) <= most:
        raise errors.Refused({"amount": f"Enter a whole number from 1 to {most:,}."})
    every = retiming.EVERY if limit.words.startswith(retiming.EVERY) else ""
    return every + _counted(int(wanted.amount), wanted.unit), "amount"


def _counted(amount: int, unit: str) -> str:
    if unit == APPLICATION:
        return f"working day {amount}"
    return f"{amount} {unit}{'' if amount == 1 else 's'}"


def _in_table(content: Files, limit: TimeLimit, words: str, warn: str, field: str) -> dict[str, bytes]:
    """The table with other cells in a row. ``Refused`` names ``field`` or ``warn``."""
    found = listing.table(content)
    if found is None:
        raise errors.NotFound("We could not find the table of agreed times in this draft.")
    file, table = found
    plain.limit(words, field)
    if warn:
        plain.limit(warn, "warn")
    rule = table.rules[limit.row]
    cells = [*rule.tests, *rule.results]
    for output, text, before in ((listing.LIMIT, words, limit.words), (listing.WARN, warn, limit.warn)):
        place = listing.column(table, output)
        if text != before and place >= 0:
            cells[len(rule.tests) + place] = f'"{text}"'
    return {file: tabling.change_row(content[file], file, table.id, limit.row, cells, rule.note)}


def _relabel(
    written: dict[str, bytes], content: Files, limit: TimeLimit, words: str, others: Collection[str | None]
) -> tuple[Place, ...]:
    """Put the new time beside the clocks that say the old one. Gives those that say neither it nor another row."""
    left, before = [], limit.words or ""
    for place in limit.places:
        if retiming.says(place.label, before):
            drawn = written.get(place.file, content[place.file])
            written[place.file] = retiming.relabel(drawn, place.file, place.event, before, words).content
        elif not any(retiming.says(place.label, other) for other in others if other):
            left.append(place)
    return tuple(left)


def _drawn(content: Files, limit: TimeLimit, words: str, field: str) -> dict[str, bytes]:
    """The drawing with another time on its clock. ``Refused`` names ``field``."""
    [place] = limit.places
    try:
        shaped = retiming.retime(content[limit.file], limit.file, place.event, limit.words or "", words)
    except errors.Refused as refused:
        raise errors.Refused({field: " ".join(refused.problems.values())}) from refused
    return {limit.file: shaped.content}


def _says(limit: TimeLimit, words: str, warn: str) -> str:
    said = [f"‘{limit.words}’ becomes ‘{words}’"] if words != limit.words else []
    if limit.is_agreed and warn != limit.warn:
        said.append(f"it warns at ‘{warn}’" if warn else "it warns no more")
    return f"{limit.name}: {', '.join(said)}"
