"""Workers that are killed where they are told.

They are real processes (``tests/walks/kill_target.py``, so a source tree is needed) on the same database; the points
at which they die are wrapped around the product's functions from outside.
"""

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from app.config import ROOT

TARGET = ROOT / "tests" / "walks" / "kill_target.py"
POINTS = (
    "after reading what is due",
    "after the lease",
    "after locking the case",
    "after waking",
    "after settling",
    "before the snapshot is written",
    "after the snapshot is written",
    "before the commit",
    "after the commit",
    "before a letter is written down",
    "before a letter leaves",
    "after a letter has left",
)
LONGEST = 0.25  # seconds until a kill at a random instant


@dataclass(frozen=True)
class Kill:
    """Where a worker dies: the n-th time that it comes by a point, or after some seconds wherever it is."""

    point: str = ""
    occurrence: int = 1
    after: float | None = None  # seconds
    error: str = ""  # the built-in exception that is raised there, in place of a kill
    is_torn: bool = False  # control: the snapshot is committed before the rest


class Nursery:
    """A process that starts workers when told, so that each starts at once; ends when the block is left."""

    def __init__(self) -> None:
        self.url, self.sent = "", Path()
        command = [sys.executable, str(TARGET)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment)  # noqa: S603

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()

    def serve(self, url: str, sent: Path) -> "Nursery":
        """Work on this database from now on; ``sent`` gets a line for the reference of each letter that leaves."""
        self.url, self.sent = url, sent
        sent.touch()
        return self

    def work(self, at: datetime, kill: Kill | None = None, *, workers: int = 1) -> bool:
        """Let workers do everything that is due at ``at``. Whether all came to their end by themselves."""
        chosen = kill or Kill()
        order = {
            "url": self.url,
            "sent": str(self.sent),
            "at": at.isoformat(),
            "point": chosen.point,
            "occurrence": chosen.occurrence,
            "after": chosen.after,
            "error": chosen.error,
            "is_torn": chosen.is_torn,
            "workers": workers,
        }
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the nursery has no pipes")
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if answer["unexpected"]:
            raise RuntimeError(f"a worker ended with {answer['unexpected']}")
        return bool(answer["ended"])


def named_kills() -> list[Kill]:
    """One kill at each point."""
    return [Kill(point) for point in POINTS]


def random_kills(number: int, seed: int) -> list[Kill]:
    """Kills at random points and passages, every third at a random instant."""
    chance = random.Random(seed)  # noqa: S311  not for secrets
    return [
        Kill(after=chance.uniform(0.01, LONGEST))
        if turn % 3 == 0
        else Kill(chance.choice(POINTS), chance.randint(1, 3))
        for turn in range(number)
    ]
