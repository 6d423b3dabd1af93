"""What is to happen, by its instant: one agenda for all cases, so that everything happens in the order of life."""

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

Act = Callable[[], None]


class Agenda:
    """Acts by their instants. Of two at one instant, the one that was put down first comes first."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Act]] = []
        self._numbers = count()

    def put(self, at: datetime, act: Act) -> None:
        """Let something happen at an instant."""
        heappush(self._heap, (at, next(self._numbers), act))

    def next_at(self) -> datetime | None:
        """When the next one happens; None when there is none."""
        return self._heap[0][0] if self._heap else None

    def take(self) -> Act:
        """The next one, which is on the agenda no more."""
        return heappop(self._heap)[2]
