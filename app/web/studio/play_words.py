"""A play as its page shows it: what is open, what comes next, and the line of time with what was late."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from app.editor.trying.acts import Act, Apply, Tell, Wait
from app.engine.library import Procedure
from app.law import wording
from app.status import drawn, timeline
from app.store.history import Happened
from app.web.pages import time_left
from app.web.studio.stage import Stage

DEEP = 12  # levels of facts that are shown


@dataclass(frozen=True)
class Painted:
    """A play as its drawing is painted."""

    case: Any
    events: Sequence[Happened]
    tasks: Sequence[Any]
    procedure: Procedure
    now: datetime


def tasks(stage: Stage) -> list[dict[str, Any]]:
    """The open tasks: whose, by when, and where the form is."""
    stand, numbers = stage.stand, dict[str, int]()
    found = []
    for task in stand.open:
        numbers[task.key] = numbers.get(task.key, 0) + 1
        limit = time_left(stand.limit_of(task), stand.at)
        number = numbers[task.key]
        whom = stand.whom(task)
        found.append({"task": task, "number": number, "whom": _whom(whom), "limit": limit})
    return found


def waiting(stage: Stage) -> list[dict[str, str]]:
    """What happens if nobody acts, the next first."""
    found = []
    for timer in stage.stand.waiting:
        step = stage.ground.name(stage.process, timer.task_key) if timer.task_key else ""
        end = _end(timer.due_on, timer.due_at)
        found.append({"name": step or timer.name or timer.key, "end": end, "rule": wording.limit(timer.rule)})
    return found


def line(stage: Stage) -> list[dict[str, Any]]:
    """The line of time, in order: letters to open, limits that were set and that passed, what was done."""
    lines = stage.stand.lines
    letters = 0
    found = []
    for place, event in enumerate(lines):
        task = str(event.says.get("task") or "")
        told = timeline.line(event, stage.ground.name(stage.process, task) if task and "rule" in event.says else "")  # type: ignore[arg-type]
        entry = {"title": told.title, "text": told.text, "iso": told.iso, "by": "", "href": "", "link": ""}
        entry["at"] = wording.moment(event.at, year=True)
        if event.kind == "effect_asked" and event.says.get("letter"):
            entry |= {"href": f"letters/{letters}", "link": "Read this letter", "text": ""}
            letters += 1
        elif event.kind == "task_opened":
            entry["text"] = " ".join((told.text, *_set(stage, event))).strip()
        elif event.kind == "timer_fired":
            entry["text"] = " ".join((told.text, *_late(stage, lines[place:], event))).strip()
        found.append(entry)
    return found


def to_come(stage: Stage) -> list[str]:
    """The acts that are not done yet, in words."""
    return [act(stage, one) for one in stage.opened.to_come]


def act(stage: Stage, one: Act) -> str:
    """An act in words."""
    if isinstance(one, Apply):
        return "Somebody applies"
    if isinstance(one, Wait):
        to = wording.moment(one.until, year=True) if one.until else ""
        return f"Time passes to {to}" if to else f"Time passes: {_days(one.days)}"
    if isinstance(one, Tell):
        named = stage.ground.messages(stage.process) if stage.course else {}
        return f"News comes in: {named.get(one.message, one.message)}"
    name = stage.ground.name(stage.process, one.task) if stage.course else one.task
    whom = f", for {_whom(one.whom)}" if one.whom else ", for each" if one.each else ""
    return f"{name}{whom}"


def pictures(stage: Stage) -> list[drawn.Picture]:
    """Its drawings with the way that it came and where it stands; those on which it stands come first."""
    stand = stage.stand
    open_ = [SimpleNamespace(key=t.key, process=t.process, due_at=stand.limit_of(t).due_at) for t in stand.open]
    case = SimpleNamespace(process_id=stage.process)
    going = Painted(case, stand.lines, open_, stage.ground.procedure(stage.process), stand.at)
    return drawn.pictures(going)


def facts(stage: Stage) -> list[dict[str, Any]]:
    """What the case knows: each fact by its path."""
    return [{"term": path, "text": text} for path, text in _flat(stage.stand.facts, "", DEEP)]


def _flat(value: Any, path: str, levels: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value and levels:
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key), levels - 1)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value) and levels:
        for number, inner in enumerate(value, 1):
            yield from _flat(inner, f"{path} {number}", levels - 1)
    elif value is not None:
        yield path, ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _set(stage: Stage, opened: Happened) -> Iterator[str]:
    """By when a task that opened is to be done."""
    mine = (one for one in stage.stand.limits.values() if one.task_key == opened.subject)
    last = max(mine, key=lambda one: one.due_at, default=None)
    if last:
        yield f"The limit is {_end(last.due_on, last.due_at)}."


def _late(stage: Stage, lines: Sequence[Happened], fired: Happened) -> Iterator[str]:
    """How late what a limit watches was when it was done, or is now."""
    task, agency = fired.says.get("task"), fired.says.get("agency")
    if not task:
        return
    due_on = fired.says.get("due_on")
    due_at = datetime.fromisoformat(fired.says["due_at"])
    limit = SimpleNamespace(due_at=due_at, due_on=date.fromisoformat(due_on) if due_on else None, start_at=None)
    done = (e for e in lines if e.kind == "task_completed" and e.subject == task and e.says.get("agency") == agency)
    end = next(done, None)
    is_open = any(one.key == task for one in stage.stand.open)
    if not (end or is_open):
        return
    time = time_left(limit, end.at if end else stage.stand.at)
    if time and time.state == "late":
        yield f"{'It was done late' if end else 'Nobody has done it yet'}: {time.words.lower()}."


def _end(on: date | None, at: datetime) -> str:
    return wording.day(on, year=True) if on else wording.moment(at, year=True)


def _whom(key: str) -> str:
    return key.replace("_", " ")


def _days(number: int) -> str:
    return wording.counted(number, "day")
