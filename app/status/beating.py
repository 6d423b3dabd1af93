"""The worker's sign of life: written now and then, so that silence can be told from having nothing to do."""

import os
import socket
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.clock import Clock
from app.store import beats
from app.store.transactions import transaction

EVERY = timedelta(seconds=10)  # between two signs of one worker
KEPT = timedelta(days=1)  # after its last sign a worker is forgotten


def _own_name() -> str:
    return f"{socket.gethostname()} {os.getpid()}"


@dataclass
class Pulse:
    """The signs of life of this process."""

    started_at: datetime
    worker: str = field(default_factory=_own_name)
    last_at: datetime | None = None

    def beat(self, clock: Clock) -> None:
        """Give a sign, unless one was given a moment ago. A clock that was set back does not silence it."""
        at = clock()
        if self.last_at is not None and abs(at - self.last_at) < EVERY:
            return
        with transaction():
            beats.beat(self.worker, self.started_at, at)
            beats.forget(at - KEPT)
        self.last_at = at
