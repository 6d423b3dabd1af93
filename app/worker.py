"""The worker: fires what is due, writes and sends letters, tells cases of letters that did not arrive, moves the work
of whoever is away, forgets, and brings the numbers of managers up to what happened.

It tells other programs what happened, and managers each Monday how things stand.

Once a day it looks for a reporting period that is over and for cases that were kept long enough.

It may be killed at any instant: what it does is in the tables or has not happened. Several may run at once. Now and
then it gives a sign of life.
"""

import logging
import os
import signal
from collections.abc import Callable
from select import select

from app.cases import procedures
from app.clock import Clock
from app.config import Settings
from app.intake import forgetting
from app.notify import channels, sending
from app.notify.sending import Postroom
from app.notify.webhooks import sending as webhooks
from app.notify.webhooks import telling
from app.records import serving
from app.records.daily import Rounds
from app.status import digest, tallying
from app.status.beating import Pulse
from app.store import sessions
from app.tasks import handing_over, undelivered
from app.timers import firing

log = logging.getLogger(__name__)
LONGEST_PAUSE = 60.0  # seconds, after the database has been away for a while


def once(settings: Settings, clock: Clock, rounds: Rounds | None = None) -> int:
    """Everything there is to do now. Gives how many things were done. ``rounds`` remembers what is done once a day."""
    postroom = Postroom(settings, channels.channel(settings), procedures.of, procedures.letters_of)
    rooms: tuple[Callable[[], int], ...] = (
        lambda: firing.sweep(clock),
        lambda: sending.sweep(postroom, clock),
        lambda: undelivered.report(clock),
        lambda: handing_over.sweep(clock),
        lambda: forgetting.sweep(clock),
        lambda: serving.sweep(clock),
        tallying.sweep,
        lambda: (rounds or Rounds()).sweep(settings, clock),
        lambda: telling.sweep(settings, clock),
        lambda: webhooks.sweep(settings, clock),
        lambda: digest.sweep(settings, clock),
    )
    return sum(room() for room in rooms)


def drain(settings: Settings, clock: Clock) -> int:
    """Go on until nothing is left to do now."""
    total, rounds = 0, Rounds()
    while done := once(settings, clock, rounds):
        total += done
    return total


def drain_and_end(settings: Settings, clock: Clock) -> int:
    """``drain`` by a process that ends afterwards: with a sign of life, where a scheduler starts the worker."""
    Pulse(clock()).beat(clock)
    return drain(settings, clock)


def run(settings: Settings, clock: Clock) -> None:
    """Work until told to stop (SIGTERM, SIGINT). A database that is away is waited for, longer each time."""
    told, tell = os.pipe()  # a signal may come at any instruction: a byte in a pipe is safe there, a lock is not
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: os.write(tell, b"."))
    pause, pulse, rounds = 0.0, Pulse(clock()), Rounds()
    while not select([told], [], [], pause)[0]:
        pause = _round(settings, clock, pulse, rounds, pause)


def _round(settings: Settings, clock: Clock, pulse: Pulse, rounds: Rounds, pause: float) -> float:
    """Do what there is to do. Gives the pause before the next look, in seconds."""
    try:
        pulse.beat(clock)
        return 0.0 if once(settings, clock, rounds) else firing.pause(clock, settings.worker_pause)
    except sessions.Unreachable:
        log.exception("database away", extra={"action": "database_away"})
        return min(max(pause, settings.worker_pause) * 2, LONGEST_PAUSE)
    finally:
        sessions.end()
