"""What a preview says to people, and what became of it afterwards."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from app.editor.moving_cases import Foreseen, Move, Outcome, Preview
from app.law import wording


def summary(preview: Preview) -> str:
    """The whole of it in one sentence: ``14 open cases: 3 would become late, 2 limits would end earlier.``"""
    earlier = sum(move.new_at < move.old_at for move in preview.moves)
    late = sum(case.becomes_late(preview.at) for case in preview.cases)
    in_time = sum(case.stops_being_late(preview.at) for case in preview.cases)
    stuck = sum(bool(case.problem) for case in preview.cases)
    said = [
        f"{_number(late)} would become late" if late else "",
        f"{_number(in_time)} would stop being late" if in_time else "",
        f"{_limits(earlier)} would end earlier" if earlier else "",
        f"{_limits(len(preview.moves) - earlier)} would end later" if len(preview.moves) > earlier else "",
        f"{_number(stuck)} could not be counted and would be stopped" if stuck else "",
    ]
    return f"{_cases(preview.open)}: {', '.join(filter(None, said)) or 'no time limit would move'}."


def lines(preview: Preview) -> Iterator[str]:
    """One line for each limit: ``CT-2026-0003: the panel, from Friday 6 March to Monday 9 March``."""
    for case in preview.cases:
        for said in moves(case, preview.at):
            yield f"{case.reference}: {said}"


def moves(case: Foreseen, at: datetime) -> list[str]:
    """What would become of one case; the same for several agencies is said once."""
    if case.problem:
        return [f"cannot be counted, and would be stopped: {case.problem}"]
    said = [_move(move, at) for move in case.moves]
    return [line if said.count(line) == 1 else f"{line} ({said.count(line)} times)" for line in dict.fromkeys(said)]


def outcome(became: Outcome) -> str:
    """What became of the open cases."""
    said = [f"{_cases(became.moved)} moved." if became.moved else "No case had to be moved."]
    if became.stopped:
        said.append(f"Stopped, for somebody to look at: {', '.join(became.stopped)}.")
    if became.left:
        said.append(f"Others were working on {', '.join(became.left)}: do this again for them.")
    return " ".join(said)


def following(number: int) -> str:
    """How many open cases follow something: ``1 open case follows``, ``3 open cases follow``."""
    return f"{_cases(number)} {'follows' if number == 1 else 'follow'}"


def record(preview: Preview) -> dict[str, Any]:
    """The preview for a program: days and instants in ISO 8601."""
    return {
        "at": preview.at.isoformat(),
        "says": summary(preview),
        "open": preview.open,
        "counted_so_already": preview.kept,
        "would_move": [case.reference for case in preview.cases if case.moves],
        "would_become_late": [c.reference for c in preview.cases if c.becomes_late(preview.at)],
        "would_stop_being_late": [c.reference for c in preview.cases if c.stops_being_late(preview.at)],
        "cannot_be_counted": {case.reference: case.problem for case in preview.cases if case.problem},
        "limits": [{"case": c.reference, **_record(move, preview.at)} for c in preview.cases for move in c.moves],
    }


def _record(move: Move, at: datetime) -> dict[str, Any]:
    return {
        "name": move.name,
        "rule": move.rule,
        "old": (move.old_on or move.old_at).isoformat(),
        "new": (move.new_on or move.new_at).isoformat(),
        "late_at_once": move.new_at <= at < move.old_at,
    }


def _move(move: Move, at: datetime) -> str:
    said = f"{move.name}, from {_end(move.old_at, move.old_on)} to {_end(move.new_at, move.new_on)}"
    return f"{said}: would be late at once" if move.new_at <= at < move.old_at else said


def _end(at: datetime, on: date | None) -> str:
    return wording.day(on) if on else wording.moment(at)


def _cases(number: int) -> str:
    return f"{_number(number)} open case{'' if number == 1 else 's'}"


def _limits(number: int) -> str:
    return f"{_number(number)} limit{'' if number == 1 else 's'}"


def _number(number: int) -> str:
    return f"{number:,}"
