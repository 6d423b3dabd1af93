"""A worker that dies where it is told. Run as a program by ``app.cli.killing``.

Reads one order a line (``Nursery.work`` says what is in it). For each, it starts fresh worker processes (forked, so that nothing has to be imported again; connections are made after the fork),
waits for them and answers ``{"ended": whether all came to their end}``. The product knows nothing of the points:
they are wrapped around its functions here.
"""

import builtins
import json
import multiprocessing
import os
import signal
import sys
from datetime import date, datetime
from threading import BrokenBarrierError

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app import worker
from app.cases import leasing
from app.config import Settings
from app.engine.run import Run
from app.factory import create_app
from app.law.calendars import Calendars
from app.notify import channels, letters
from app.store import cases, timers
from app.store.db import db
from app.store.rows.cases import WAITING, Case, Snapshot, Timer

MEETING = 5  # seconds that racing workers wait for one another


def die():
    os.kill(os.getpid(), signal.SIGKILL)


class Death:
    """Counts passages of the point; kills this process, or raises an error, at the one that was ordered."""

    def __init__(self, point, occurrence, error):
        self.point, self.left, self.error = point, occurrence, error

    def pass_by(self, point):
        if point and point == self.point:
            self.left -= 1
            if self.left == 0 and self.error:
                raise getattr(builtins, self.error)("raised for a proof")
            if self.left == 0:
                die()


def wrap(owner, name, death, *, before="", after="", only=bool):
    """Put a point before or after a function; after it only where what it gives is anything."""
    inner = getattr(owner, name)

    def outer(*given, **named):
        death.pass_by(before)
        result = inner(*given, **named)
        if result is None or only(result):
            death.pass_by(after)
        return result

    setattr(owner, name, staticmethod(outer) if isinstance(owner, type) and name == "wake" else outer)


def lay_points(death):
    """Every point between reading and committing a timer, and around a letter."""
    wrap(timers, "due", death, after="after reading what is due")
    wrap(leasing, "take", death, after="after the lease")
    wrap(cases, "lock_with_run", death, after="after locking the case")
    wrap(Run, "wake", death, after="after waking", only=lambda run: True)
    wrap(Run, "settle", death, after="after settling")
    wrap(cases, "keep", death, before="before the snapshot is written", after="after the snapshot is written")
    wrap(letters, "write", death, after="before a letter is written down")
    watch_commits(death)


def watch_commits(death):
    """The commit that follows the writing of a snapshot."""
    kept, keep = [], cases.keep

    def noted(*given, **named):
        keep(*given, **named)
        kept.append(True)

    def before(connection):
        if kept:
            death.pass_by("before the commit")

    def after(session):
        if kept:
            kept.clear()
            death.pass_by("after the commit")

    cases.keep = noted
    event.listen(db.engine, "commit", before)
    event.listen(Session, "after_commit", after)


def post(path, death):
    """A channel that notes what left, for good, in a file: the world outside."""

    def leave(letter):
        death.pass_by("before a letter leaves")
        with open(path, "a") as outside:
            outside.write(f"{letter.reference}\n")
            outside.flush()
            os.fsync(outside.fileno())
        death.pass_by("after a letter has left")

    return lambda settings: leave


def tear():
    """Control: the snapshot is committed before what belongs to it."""
    keep = cases.keep

    def torn(*given, **named):
        keep(*given, **named)
        db.session.commit()

    cases.keep = torn


def loosen(meeting):
    """Control: no lease, no lock, no look at the revision; and workers wait for one another after reading a case."""

    def read(case_id):
        query = select(Case, Snapshot.content).join(Snapshot, Snapshot.case_id == Case.id).where(Case.id == case_id)
        row = db.session.execute(query.execution_options(populate_existing=True)).one()
        try:
            meeting.wait(MEETING)
        except BrokenBarrierError:
            pass  # the other is done
        return row[0], row[1]

    def keep(case, snapshot):
        db.session.get_one(Snapshot, case.id).content = snapshot

    def take(clock):
        timer = db.session.scalar(select(Timer).where(Timer.state == WAITING, Timer.due_at <= clock()).limit(1))
        return timer and leasing.Lease(timer, clock())

    timers.is_due = lambda *_given: True  # no second look under a lock either: it may see the other's commit
    leasing.take, cases.lock_with_run, cases.keep = take, read, keep


def work(order, meeting):
    """What one worker does: everything that is due."""
    settings = Settings(database_url=order["url"])
    at = datetime.fromisoformat(order["at"])
    with create_app(settings).app_context():
        death = Death(order["point"], order["occurrence"], order["error"])
        if order["is_torn"]:
            tear()
        if order["workers"] > 1:
            loosen(meeting)
        lay_points(death)
        channels.channel = post(order["sent"], death)
        worker.drain(settings, lambda: at)


def start(order, meeting):
    """The process id of a new worker."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            work(order, meeting)
            status = 0
        finally:
            os._exit(status)
    return pid


def obey(order):
    """Start the workers, kill them after the time that was ordered, and wait for them."""
    meeting = multiprocessing.get_context("fork").Barrier(order["workers"])
    pids = [start(order, meeting) for _ in range(order["workers"])]
    if order["after"] is not None and signal.sigtimedwait({signal.SIGCHLD}, order["after"]) is None:
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
    statuses = [os.waitpid(pid, 0)[1] for pid in pids]
    while signal.sigtimedwait({signal.SIGCHLD}, 0):
        pass  # told already
    unexpected = [s for s in statuses if s and not (os.WIFSIGNALED(s) and os.WTERMSIG(s) == signal.SIGKILL)]
    return {"ended": not any(statuses), "unexpected": unexpected}


def main():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    Calendars().own.why_closed(
        date(2026, 1, 1)
    )  # its tables take a third of a second to import: once, not in each worker
    for line in sys.stdin:
        sys.stdout.write(json.dumps(obey(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
