"""What the published procedure promises to the public: its days, its time limits and its steps in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app import errors
from app.cases import procedures
from app.clock import Clock
from app.drawing import picture
from app.drawing.model import Drawing
from app.drawing.outlining.known import known
from app.drawing.outlining.text import nested
from app.drawing.outlining.writing import outline
from app.engine import promises, snapshot
from app.engine.library import Procedure
from app.intake.applying import PROCESS
from app.law import calendar, limit_words, limits, wording
from app.store import cases

PROMISES: Mapping[str, tuple[str, str]] = {  # {milestone: (what is promised, what it counts from)}, in order
    "acknowledge": ("We tell you that we have your application", ""),
    "interview": ("We talk to you", ""),
    "confirm_reports": ("Agencies say which reports they got", ""),
    "threshold": ("We decide if there will be a review", ""),
    "return_information": ("Agencies say what they know and what they did", ""),
    "panel": ("We all meet", ""),
    "plan_view": ("You say what you think of the plan", "from the day you get it"),
    "outcome": ("We write to you with the result and the plan", ""),
    "appeal_window": ("You can ask for an appeal", "from the day we told you what we decided"),
    "appeal": ("We answer your appeal", "from the day we get it"),
    "update": ("We tell you how it goes on", "from the last time"),
    "review": ("We check that the plan works", "from the day it begins"),
    "referral_acceptance": ("Where there is no review, others agree to help you", "from the day we ask them"),
}
_FROM_APPLICATION = "from the day you ask"


@dataclass(frozen=True)
class Agreed:
    """A published time limit: what is promised, and the limit in words."""

    what: str
    limit: str


@dataclass(frozen=True)
class Published:
    """The live procedure for everybody to read."""

    name: str
    says: str
    svg: str
    parts: tuple[dict[str, Any], ...]  # each page in words, the main one first; see ``outlining.text.nested``
    limits: tuple[Agreed, ...]


def working_days(*, clock: Clock) -> dict[str, int]:
    """{milestone: number of working days} that somebody is promised who asks now. Empty while nothing is published."""
    try:
        _, procedure = procedures.live()
    except errors.NotFound:
        return {}
    at = clock()
    today, days = calendar.day_of(at), procedure.calendars.own
    found = promises.promised(procedure, {}, opened_at=at)
    return {name: calendar.working_days_between(today, due.on, days) for name, due in found.items() if due.on}


def days_of(case_id: UUID, *, clock: Clock) -> dict[str, date]:
    """{milestone: day} that was promised to one case."""
    case = cases.load(case_id)
    facts = snapshot.read(cases.snapshot(case_id))["facts"]
    found = promises.promised(procedures.of(case), facts, opened_at=case.opened_at)
    return {name: due.on for name, due in found.items() if due.on}


def published() -> Published:
    """The live procedure as a picture, as steps in words, and with its limits. Raises ``NotFound`` while none is."""
    _, procedure = procedures.live()
    drawing = procedure.drawings[PROCESS]
    process = next(process for process in drawing.processes if process.id == PROCESS)
    says = f"The steps of the procedure {process.name}, by who does them. The same stands on this page in words."
    return Published(
        name=process.name,
        says=process.documentation,
        svg=picture.svg(drawing, {}, title=process.name, description=says),
        parts=tuple(_parts(drawing, procedure)),
        limits=tuple(_limits(procedure)),
    )


def _parts(main: Drawing, procedure: Procedure) -> Iterator[dict[str, Any]]:
    """Every drawing in words: the main one, then those it calls, in the order in which it comes to them."""
    told = known(procedure.drawings.values(), procedure.tables.values())
    waiting, seen = [main], {main.file}
    while waiting:
        drawing = waiting.pop(0)
        yield from nested(outline(drawing, told))
        for element in drawing.elements:
            called = procedure.drawings.get(element.called)
            if called is not None and called.file not in seen:
                seen.add(called.file)
                waiting.append(called)


def _timescale(milestone: str, procedure: Procedure) -> str:
    return promises.timescale(procedure, milestone, {}) if milestone else ""


def _limits(procedure: Procedure) -> Iterator[Agreed]:
    known: Sequence[str] = promises.milestones(procedure)
    for milestone, (what, start) in PROMISES.items():
        words = _timescale(milestone, procedure) if milestone in known else ""
        if words:
            yield Agreed(what, said(words, start))


def said(words: str, start: str = "") -> str:
    """A limit as the public reads it: ``working day 3`` is *3 working days from the day you ask*.

    ``start`` says what any other limit counts from.
    """
    try:
        limit = limit_words.read(words)
    except errors.NotUnderstood:
        return words
    if limit.anchor not in (limits.START, limits.APPLICATION) or limit.fixed:
        return words
    counts_from = _FROM_APPLICATION if limit.anchor == limits.APPLICATION else start
    return f"{wording.counted(limit.amount, limit.unit)} {counts_from}".rstrip()
