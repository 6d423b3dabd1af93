"""Real worker processes that share one clock with the test, and what must be true when they are done."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from sqlalchemy import select

from app.config import ROOT
from app.store import beats, cases, history, sessions
from app.store.db import db
from app.store.rows.cases import FIRED, Case, Timer
from app.store.rows.history import Event as Line

PATIENCE = 60  # seconds until something that should happen must have happened
ROUND = timedelta(seconds=11)  # after which a worker that is alive gives its next sign
LEASE_OVER = timedelta(seconds=31)


def read_clock(path):
    """The instant that the clock in this file shows."""
    said = json.loads(path.read_text())
    return datetime.fromisoformat(said["at"]) + timedelta(seconds=(time.time() - said["since"]) * said["speed"])


class SharedClock:
    """A clock in a file. It stands still, or goes ``speed`` times as fast as real time."""

    def __init__(self, path, at):
        self.path = path
        self.set(at)

    def __call__(self):
        return read_clock(self.path)

    def set(self, at, speed=0):
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps({"at": at.isoformat(), "since": time.time(), "speed": speed}))
        new.rename(self.path)  # nobody reads half of it

    def pass_(self, **span):
        self.set(self() + timedelta(**span))


class Crew:
    """Workers on one database. All that are left end with the block."""

    def __init__(self, url, clock, folder):
        self.url, self.clock, self.log = url, clock, folder / "workers.log"
        self.workers = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for worker in self.workers:
            worker.kill()
            worker.wait(PATIENCE)

    def start(self, number=1, *, say=(), **environment):
        """Start workers, and wait until each has given a sign of life; gives the last."""
        order = {"url": self.url, "pause": 0.02, "clock": str(self.clock.path), "say": list(say)}
        command = [sys.executable, "-m", "tests.walks.worker_target", json.dumps(order)]
        for _ in range(number):
            with self.log.open("a") as log:
                told = os.environ | {"PYTHONPATH": str(ROOT)} | environment
                self.workers.append(subprocess.Popen(command, env=told, cwd=ROOT, stderr=log))
        started = {str(worker.pid) for worker in self.workers[-number:]}
        until(lambda: started <= {beat.worker.split()[-1] for beat in beats.newest(100)})
        return self.workers[-1]

    def look(self):
        """Let every worker look at what is due by the clock as it stands; only for a crew of one."""
        for _ in range(2):  # the sign stands at the beginning of a round: at the second the first is over
            self.clock.set(self.clock() + ROUND)
            until(lambda: beats.newest(1)[0].beat_at == self.clock())


def until(is_so):
    """Look again and again, for a while. While the database is away it is not so."""
    pause, give_up = Event(), time.monotonic() + PATIENCE
    while not _now(is_so):
        assert time.monotonic() < give_up, "it did not happen"
        pause.wait(0.01)


def _now(is_so):
    try:
        db.session.rollback()
        return is_so()
    except sessions.Unreachable:
        sessions.end()
        return False


def fired():
    """Every line of a timer that fired, in the order in which they were written."""
    db.session.rollback()
    return db.session.scalars(select(Line).where(Line.kind == "timer_fired").order_by(Line.id)).all()


def have_fired(number):
    return lambda: len(fired()) >= number


def due_of(line):
    return datetime.fromisoformat(line.says["due_at"])


def judge(number):
    """``number`` timers have fired, each once, none before its instant; each line says both; nothing is left over."""
    lines = fired()
    assert len(lines) == number
    told = Counter((line.case_id, line.subject, due_of(line)) for line in lines)
    assert set(told.values()) <= {1}
    assert all(due_of(line) <= line.at for line in lines)
    fresh = {"populate_existing": True}
    rows = db.session.scalars(select(Timer).where(Timer.state == FIRED), execution_options=fresh).all()
    kept = {(timer.case_id, timer.key, timer.due_at): timer.ended_at for timer in rows}
    assert kept == {(line.case_id, line.subject, due_of(line)): line.at for line in lines}
    assert cases.incidents() == []
    for case in db.session.scalars(select(Case), execution_options=fresh).all():
        assert (case.attempts, case.leased_until) == (0, None)
        assert history.is_whole(case)


def database_file(url):
    return Path(url.removeprefix("sqlite:///"))
