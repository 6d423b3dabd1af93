"""The course of a play: act after act, up to the last one or to the one that cannot be done.

Each stand is remembered by the files and the acts that led to it, so one act more costs one act.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from app import errors
from app.editor.trying import doing
from app.editor.trying.acts import Apply, Finish, Play, Tell
from app.editor.trying.ground import Ground
from app.editor.trying.shelf import Shelf
from app.editor.trying.stand import Stand

STANDS: Shelf[str, Stand] = Shelf(600)  # each of some tens of kilobytes
GONE, NOT_OPEN, REFUSED, OWED, STUCK = "gone", "not_open", "refused", "owed", "stuck"  # why an act cannot be done
WHY: tuple[tuple[type[errors.CaseworkError], str], ...] = (
    (errors.StillOwed, OWED),
    (errors.Refused, REFUSED),
    (errors.CaseMovedOn, NOT_OPEN),
    (errors.NotFound, GONE),
)


@dataclass(frozen=True)
class Failure:
    """An act that cannot be done: its number from 0, why, and the element that it is about."""

    number: int
    kind: str
    says: str
    element: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)  # with the answers, by field


@dataclass(frozen=True)
class Course:
    """How a play goes. ``stand`` is None where it cannot even begin."""

    play: Play
    stand: Stand | None
    failure: Failure | None = None

    @property
    def is_stuck(self) -> bool:
        """Whether the drawing could not be followed."""
        return self.failure is not None and self.failure.kind == STUCK


def follow(ground: Ground, play: Play) -> Course:
    """How a play goes on this ground. Raises ``NotFound`` and ``DrawingBroken`` as ``Ground.procedure``."""
    ground.procedure(play.process)
    keys = _keys(ground, play)
    begins = 1 if play.acts and isinstance(play.acts[0], Apply) else 0  # the acts that it needs to have begun
    number, stand = _known(keys, begins)
    while stand is None or number < len(play.acts):
        try:
            stand = doing.begun(ground, play) if stand is None else doing.done(ground, play, stand, play.acts[number])
        except errors.CaseworkError as problem:
            return Course(play, stand, _failure(ground, play, max(number, 0), problem))
        number = begins if number < 0 else number + 1
        STANDS.keep(keys[number], stand)
    return Course(play, stand)


def _failure(ground: Ground, play: Play, number: int, problem: errors.CaseworkError) -> Failure:
    act = play.acts[number] if number < len(play.acts) else None
    about = act.task if isinstance(act, Finish) else act.message if isinstance(act, Tell) else ""
    if isinstance(problem, errors.CannotGoOn):
        return Failure(number, STUCK, str(problem), problem.element or about)
    kind = next((word for one, word in WHY if isinstance(problem, one)), STUCK)
    says = {REFUSED: "These answers will not do. {}", OWED: "The case cannot close yet. {}"}.get(kind, "{}")
    return Failure(number, kind, says.format(problem), about, getattr(problem, "problems", {}))


def _keys(ground: Ground, play: Play) -> list[str]:
    """The key of the stand after each number of acts, 0 included."""
    said = hashlib.sha256(ground.key.encode())
    said.update(_bytes([play.process, play.starts_at, play.known]))
    keys = [said.hexdigest()]
    for act in play.acts:
        said.update(_bytes([type(act).__name__, vars(act)]))
        keys.append(said.hexdigest())
    return keys


def _bytes(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _known(keys: list[str], begins: int) -> tuple[int, Stand | None]:
    """The longest beginning whose stand is remembered: the number of its acts, -1 where none is."""
    for number in range(len(keys) - 1, begins - 1, -1):
        stand = STANDS.find(keys[number])
        if stand is not None:
            return number, stand
    return -1, None
