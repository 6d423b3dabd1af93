"""Scenario files: a recorded play, and what is expected of it. The format stands in docs/scenarios.md.

A scenario is JSON that anybody may have written. A word in it that is not known is told, not passed over.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.editor.trying import acts
from app.editor.trying.acts import Act, Apply, Finish, Play, Tell, Wait
from app.editor.trying.expected import SECTIONS, Expected
from app.editor.trying.shape import Shape
from app.law import calendar

ENDING = ".scenario"
LARGEST = 300_000  # bytes
LONGEST = 200  # characters of a title
ABOUT = 1_000  # characters of what it is about
KEYS = ("title", "about", "process", "starts_on", "known", "acts", "expects")
OF_ACT: Mapping[str, tuple[str, ...]] = {  # what an act may say, by what it does
    "apply": ("answers", "made_up"),
    "finish": ("task", "for", "number", "each", "answers", "made_up"),
    "tell": ("message", "answers", "made_up"),
    "wait": ("until", "days"),
}
YEARS = range(2000, 2100)  # in which a play may begin, or wait for a day
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?")


@dataclass(frozen=True)
class Scenario:
    """A recorded play with what is expected of it."""

    title: str
    play: Play
    expected: Expected = field(default_factory=Expected)
    about: str = ""


def read(content: bytes, name: str) -> Scenario:
    """The scenario in a file. Raises ``DrawingBroken`` with everything that is wrong with it, each with its place."""
    shape = Shape(name)
    record = _record(content, shape)
    shape.only(record, KEYS, "")
    title = shape.text(record, "title", "", longest=LONGEST)
    about = shape.text(record, "about", "", longest=ABOUT, needed=False)
    play = Play(
        process=shape.text(record, "process", ""),
        starts_at=_moment(shape, record, "starts_on", "") or acts.instant(date(2026, 1, 5)),
        acts=tuple(_acts(shape, record)),
        known=shape.record(record, "known", ""),
    )
    expects = shape.record(record, "expects", "")
    shape.only(expects, tuple(SECTIONS), "expects")
    expected = Expected(**{key: shape.checked(SECTIONS[key], expects, key) for key in SECTIONS})
    shape.raise_any()
    return Scenario(title, play, expected, about)


def write(scenario: Scenario) -> bytes:
    """The file of a scenario."""
    play = scenario.play
    record: dict[str, Any] = {"title": scenario.title, "about": scenario.about, "process": play.process}
    record |= {"starts_on": moment(play.starts_at), "known": dict(play.known)}
    record |= {"acts": [act_record(act) for act in play.acts], "expects": scenario.expected.as_record()}
    kept = {key: value for key, value in record.items() if value or key in ("title", "process", "acts", "expects")}
    return (json.dumps(kept, ensure_ascii=False, indent=2) + "\n").encode()


def play_record(play: Play) -> dict[str, Any]:
    """A play as JSON says it."""
    kept: dict[str, Any] = json.loads(write(Scenario("Play", play)))
    return kept


def moment(at: datetime) -> str:
    """A day where work begins on it, else day and time; in London."""
    local = at.astimezone(calendar.LONDON)
    return local.date().isoformat() if acts.instant(local.date()) == at else local.isoformat("T", "minutes")[:16]


def act_record(act: Act) -> dict[str, Any]:
    """An act as JSON says it, without what says nothing."""
    if isinstance(act, Wait):
        return {"do": "wait"} | ({"until": moment(act.until)} if act.until else {"days": act.days})
    said: dict[str, Any] = {"do": {Apply: "apply", Finish: "finish", Tell: "tell"}[type(act)]}
    if isinstance(act, Finish):
        said |= {"task": act.task, "for": act.whom, "number": act.number, "each": act.each}
    if isinstance(act, Tell):
        said |= {"message": act.message}
    said |= {"answers": dict(act.answers), "made_up": act.made_up}
    return {key: value for key, value in said.items() if value}


def _record(content: bytes, shape: Shape) -> dict[str, Any]:
    if len(content) > LARGEST:
        shape.tell("", f"The file is larger than {LARGEST // 1000} kB.")
        shape.raise_any()
    try:
        found = json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        shape.tell("", "This is no scenario: the file holds no JSON object.")
        shape.raise_any()
    return dict(found or {})


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _acts(shape: Shape, record: Mapping[str, Any]) -> list[Act]:
    several = shape.several(record, "acts", "", most=acts.MOST)
    found = [_act(shape, one, f"act {number}") for number, one in enumerate(several, 1)]
    for number, act in enumerate(found[1:], 2):
        if isinstance(act, Apply):
            shape.tell(f"act {number}", "Somebody can apply only in the first act.")
    return [act for act in found if act is not None]


def _act(shape: Shape, said: Any, where: str) -> Act | None:
    what = said.get("do") if isinstance(said, dict) else None
    if not isinstance(what, str) or what not in OF_ACT:
        shape.tell(where, f"It must say what is done: ‘do’ is one of {', '.join(OF_ACT)}.")
        return None
    shape.only(said, ("do", *OF_ACT[what]), where)
    if what == "wait":
        return _wait(shape, said, where)
    answers, made_up = shape.record(said, "answers", where), shape.flag(said, "made_up", where)
    if what == "apply":
        return Apply(answers, made_up)
    if what == "tell":
        return Tell(shape.text(said, "message", where), answers, made_up)
    return Finish(
        shape.text(said, "task", where),
        answers,
        made_up,
        whom=shape.text(said, "for", where, needed=False),
        number=shape.number(said, "number", where, acts.MOST),
        each=shape.flag(said, "each", where),
    )


def _wait(shape: Shape, said: Mapping[str, Any], where: str) -> Wait:
    if ("until" in said) == ("days" in said):
        shape.tell(where, "To wait needs either ‘until’, a day, or ‘days’, a number.")
    if "until" in said:
        return Wait(until=_moment(shape, said, "until", where))
    return Wait(days=shape.number(said, "days", where, acts.FARTHEST.days))


def _moment(shape: Shape, said: Mapping[str, Any], key: str, where: str) -> datetime | None:
    text = shape.text(said, key, where)
    if text and _MOMENT.fullmatch(text):
        try:
            read = datetime.fromisoformat(text)
        except ValueError:
            read = None
        if read is not None and read.year in YEARS:
            return acts.instant(read.date(), read if "T" in text else None)
    shape.tell(where, f"‘{key}’ is a day such as 2026-03-06, or a day and time such as 2026-03-06T15:30.")
    return None
