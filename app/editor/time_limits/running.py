"""How many open cases have a time limit running now."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.drawing.shaping import retiming
from app.editor.time_limits.listing import TimeLimit
from app.engine.nearing import NEAR
from app.store import timers


@dataclass(frozen=True)
class Cases:
    """Open cases by the limits that run in them: of a milestone by its words, of a drawing by its clock."""

    agreed: Counter[tuple[str, str]]  # (milestone, words)
    own: Counter[tuple[str, str]]  # (process, id of the clock)

    def of(self, limit: TimeLimit) -> int:
        """How many have a limit running as it reads in these files."""
        if limit.is_agreed:
            return self.agreed[limit.milestone, limit.words or ""]
        [place] = limit.places
        return self.own[place.process, place.event]

    def beside(self, milestone: str, rows: Iterable[TimeLimit]) -> int:
        """How many have a limit of a milestone running that reads as none of these rows."""
        known = {row.words for row in rows}
        return sum(n for (own, words), n in self.agreed.items() if own == milestone and words not in known)


def cases() -> Cases:
    """The open cases, without those for training."""
    found = Cases(Counter(), Counter())
    for process, key, milestone, rule, number in timers.running(without=NEAR):
        if process:
            found.own[process, key] += number
        elif milestone:
            found.agreed[milestone, rule.removeprefix(retiming.EVERY)] += number
    return found
