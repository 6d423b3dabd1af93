"""What a look at moving open cases says to people, and what became of them."""

from datetime import datetime

from app.editor import moving_words
from app.editor.moving_releases import CANNOT, CHOICE, CLEAN, Became, Foreseen, Look

OUTCOMES = {CLEAN: "Moves cleanly", CHOICE: "Needs a choice", CANNOT: "Cannot move"}


def summary(look: Look) -> str:
    """The whole of it in one sentence: ``37 open cases: 31 move cleanly, 4 need a choice, 2 time limits change.``"""
    counts = {outcome: look.count(outcome) for outcome in OUTCOMES}
    limits = sum(len(one.limits.moves) for one in look.cases if one.limits)
    begins, ends = (sum(len(getattr(one, name)) for one in look.cases) for name in ("begins", "ends"))
    said = [
        f"{look.there:,} {_verb(look.there, 'follows', 'follow')} this release already" if look.there else "",
        f"{counts[CLEAN]:,} {_verb(counts[CLEAN], 'moves', 'move')} cleanly" if counts[CLEAN] else "",
        f"{counts[CHOICE]:,} {_verb(counts[CHOICE], 'needs', 'need')} a choice" if counts[CHOICE] else "",
        f"{counts[CANNOT]:,} cannot move" if counts[CANNOT] else "",
        f"{_limits(limits)} {_verb(limits, 'changes', 'change')}" if limits else "",
        f"{_limits(begins)} {_verb(begins, 'begins', 'begin')} to run" if begins else "",
        f"{_limits(ends)} {_verb(ends, 'stops', 'stop')}" if ends else "",
    ]
    return f"{_cases(look.open)}: {', '.join(filter(None, said))}." if look.open else "No case is open."


def lines(one: Foreseen, at: datetime) -> list[str]:
    """What would become of one case, line by line; "No time limit changes" where nothing of note would."""
    if one.problem:
        return [one.problem]
    if one.outcome == CHOICE:
        return [f"‘{lost.name}’ is open, and this release does not have it" for lost in one.lost]
    said = moving_words.moves(one.limits, at) if one.limits else []
    said += [f"begins to run: {name}" for name in one.begins] + [f"runs no more: {name}" for name in one.ends]
    return said or ["No time limit changes"]


def is_late(one: Foreseen, at: datetime) -> bool:
    """Whether the case would be late at once, or cannot move."""
    return one.outcome == CANNOT or bool(one.limits and one.limits.becomes_late(at))


def outcome(became: Became) -> str:
    """What became of the open cases."""
    said = [f"{_cases(became.moved)} moved." if became.moved else "No case was moved."]
    if became.left:
        said.append(f"{became.left:,} more can be moved: press ‘Go on with the rest’.")
    if became.failed:
        said.append("These stayed as they were. " + " ".join(f"{key}: {why}" for key, why in became.failed.items()))
    return " ".join(said)


def _cases(number: int) -> str:
    return f"{number:,} open case{'' if number == 1 else 's'}"


def _limits(number: int) -> str:
    return f"{number:,} time limit{'' if number == 1 else 's'}"


def _verb(number: int, one: str, several: str) -> str:
    return one if number == 1 else several
