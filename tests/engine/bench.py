"""A bench for one tiny drawing: a case that is put away and woken between any two steps, as in real life."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from app.engine.library import procedure
from app.engine.run import Run

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)  # Monday 2 March 2026
DRAWINGS = Path(__file__).parent / "drawings"
XML = '<?xml version="1.0" encoding="UTF-8"?>'
BPMN = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" targetNamespace="urn:case-review:tests"'
)


def drawing(body, beside=""):
    """A drawing with one process ``p`` from its inside, and what stands ``beside`` the process."""
    return (
        f'{XML}<definitions {BPMN}><process id="p" isExecutable="true">{body}</process>{beside}</definitions>'.encode()
    )


def read(name, **files):
    """The procedure in one file of ``drawings``, with further files by name."""
    return procedure({f"{name}.bpmn": (DRAWINGS / f"{name}.bpmn").read_bytes()} | files)


@dataclass
class Case:
    """A run that follows a drawing, driven by the ids of its elements."""

    procedure: object
    run: Run
    at: datetime = MONDAY
    passed: list = field(default_factory=list)
    effects: list = field(default_factory=list)

    @classmethod
    def begin(cls, name, files=None, at=MONDAY, **facts):
        """A run of the drawing ``name`` at its first resting point."""
        return cls.follow(read(name, **files or {}), name, at=at, **facts)

    @classmethod
    def follow(cls, procedure, process, at=MONDAY, **facts):
        """A run of a process in a procedure that has been read."""
        case = cls(procedure, Run.start(procedure, process, facts, at=at), at)
        case._rested()
        return case

    def open(self):
        """The ids of the open tasks, sorted; with the item, where a task stands in an instance."""
        tasks = [(t.key, t.item) for t in self.run.open_tasks()]
        return sorted((key if item is None else (key, item) for key, item in tasks), key=str)

    def timers(self):
        """The timers that wait: {id of the event: its due instant}."""
        return {t.key: t.due_at for t in self.run.waiting_timers()}

    def do(self, key, item=None, **answers):
        """Finish an open task with its answers, and let the run come to rest."""
        self.wake()
        task = next(t for t in self.run.open_tasks() if t.key == key and item in (None, t.item))
        self.run.complete(task.id, answers)
        self._settle()
        return self

    def fire(self, key, item=None, at=None):
        """Tell the run that a timer fired, at its due instant or at another."""
        timer = next(t for t in self.run.waiting_timers() if t.key == key and item in (None, t.item))
        self.at = at or max(self.at, timer.due_at)
        self.wake()
        self.run.fire(timer.id, key, at=self.at)
        self._settle()
        return self

    def receive(self, message, **values):
        """Hand the run a message."""
        self.wake()
        self.run.receive(message, values)
        self._settle()
        return self

    def wake(self):
        """Put the run away and wake it."""
        self.run = Run.wake(self.run.put_away(), self.procedure, at=self.at, opened_at=MONDAY)

    def _settle(self):
        self.run.settle()
        self._rested()

    def _rested(self):
        self.passed += [step.key for step in self.run.passed]
        self.effects += self.run.effects

    @property
    def facts(self):
        """The facts of the case."""
        return self.run.facts

    @property
    def is_over(self):
        """Whether no token is left."""
        return self.run.is_over
