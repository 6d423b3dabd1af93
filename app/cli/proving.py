"""Killing workers at every point of their work, and counting what became of the timers and letters.

After each kill the next worker starts, a little later. In the end every timer has fired exactly once, every letter has
left, and what left twice carries one reference.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from flask import Flask
from flask_migrate import upgrade

from app.cases import advancing, procedures
from app.cases.advancing import Opening
from app.cli.killing import Kill, Nursery, named_kills, random_kills
from app.config import Settings
from app.store import cases, history, sessions, tasks, timers
from app.store.rows.cases import CLOSED
from app.store.rows.history import SENT

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = timedelta(minutes=10)  # until the next worker looks: leases and pauses are over by then
ROUND = 20  # kills in one set of cases; two in a row at most, the third attempt is the last
FACTS = {
    "victim": {"name": "Tansy Applegarth"},
    "contact": {"email": "tansy@applegarth.example", "email_safe": "yes"},
    "update": {"text": "Nothing new."},
}


@dataclass
class StandingClock:
    """A clock that is moved by hand."""

    at: datetime = AT

    def __call__(self) -> datetime:
        """The instant it stands at."""
        return self.at


@dataclass
class Tally:
    """What became of everything. All but the first four should be nothing."""

    kills: int = 0
    survived: int = 0  # workers that were done before the kill
    fired: int = 0
    letters: int = 0
    repeated: int = 0  # letters that left more than once, with the same reference
    doubled: int = 0  # timers that fired more than once
    missing: int = 0  # timers that never fired
    unfinished: int = 0  # cases that did not come to their end
    misnumbered: int = 0  # cases whose revision is not the number of their steps
    broken: int = 0  # histories that are not whole
    lost: int = 0  # letters that were never sent, or are not known to have been
    strange: int = 0  # references that left and belong to no letter
    by_point: Counter[str] = field(default_factory=Counter)

    @property
    def faults(self) -> int:
        """How much is wrong."""
        wrong = (self.doubled, self.missing, self.unfinished, self.misnumbered, self.broken, self.lost, self.strange)
        return sum(wrong)

    def line(self) -> str:
        """All counts in one line."""
        return ", ".join(f"{getattr(self, part.name)} {part.name}" for part in fields(self) if part.name != "by_point")


def drawing(stages: int) -> bytes:
    """A drawing of tasks that nobody does: each limit of a day takes one away, sends a letter and opens the next."""
    parts = [_stage(number) for number in range(1, stages + 1)]
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:case-review:proof" '
        'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"><process id="stages" isExecutable="true">'
        f'<startEvent id="letter_0"/>{"".join(parts)}<endEvent id="stage_{stages + 1}"/>'
        f"{_flow(f'letter_{stages}', f'stage_{stages + 1}')}</process></definitions>"
    ).encode()


def _stage(number: int) -> str:
    key, late, letter = f"stage_{number}", f"late_{number}", f"letter_{number}"
    wants = '<spiffworkflow:property name="letter" value="update"/><spiffworkflow:property name="to" value="victim"/>'
    return (
        f'<userTask id="{key}" name="{key}"/><boundaryEvent id="{late}" attachedToRef="{key}">'
        f'<timerEventDefinition id="{late}_timer"><timeDuration>1 day</timeDuration></timerEventDefinition>'
        f'</boundaryEvent><sendTask id="{letter}" name="{letter}"><extensionElements><spiffworkflow:properties>{wants}'
        f"</spiffworkflow:properties></extensionElements></sendTask>"
        + "".join(_flow(*ends) for ends in ((f"letter_{number - 1}", key), (key, letter), (late, letter)))
    )


def _flow(source: str, target: str) -> str:
    return f'<sequenceFlow id="{source}_to_{target}" sourceRef="{source}" targetRef="{target}"/>'


def campaign(
    nursery: Nursery, clock: StandingClock, kills: Sequence[Kill], *, number: int = 3, in_a_row: int = 1
) -> Tally:
    """Open ``number`` cases and kill workers at each of their stages, ``in_a_row`` before one is left alone.

    Call it inside the application's context.
    """
    stages = len(kills) // in_a_row
    opened, tally = _opened(stages, number, clock), Tally()
    for stage in range(stages):
        _on_to_what_is_due(clock)
        for kill in kills[stage * in_a_row : (stage + 1) * in_a_row]:
            _kill(nursery, clock, kill, tally)
        if not nursery.work(clock.at):
            raise RuntimeError("a worker that nobody killed did not come to its end")
    _judge(opened, stages, nursery.sent, tally)
    return tally


def unguarded(nursery: Nursery, clock: StandingClock) -> Tally:
    """Control: two workers at one timer, without lease, lock or look at the revision."""
    opened, tally = _opened(1, 1, clock), Tally()
    _on_to_what_is_due(clock)
    nursery.work(clock.at, workers=2)
    _judge(opened, 1, nursery.sent, tally)
    return tally


def _opened(stages: int, number: int, clock: StandingClock) -> list[UUID]:
    procedures.publish({"stages.bpmn": drawing(stages)}, by="proof", note="", clock=clock)
    opening = Opening("stages", "proof", FACTS, by="proof")
    return [advancing.open_case(opening, clock=clock).id for _ in range(number)]


def _on_to_what_is_due(clock: StandingClock) -> None:
    sessions.end()
    clock.at = max(clock.at, timers.next_due() or clock.at)
    sessions.end()


def _kill(nursery: Nursery, clock: StandingClock, kill: Kill, tally: Tally) -> None:
    has_ended = nursery.work(clock.at, kill)
    tally.kills += not has_ended
    tally.survived += has_ended
    tally.by_point[kill.point or "a random instant"] += not has_ended
    clock.at += LATER


def _judge(opened: Iterable[UUID], stages: int, sent: Path, tally: Tally) -> None:
    """Count what is there against what should be."""
    sessions.end()
    left, known = Counter(sent.read_text().split()), set()
    for case_id in opened:
        events = Counter(event.subject for event in history.of_case(case_id) if event.kind == "timer_fired")
        counts = [events[f"late_{number}"] for number in range(1, stages + 1)]
        tally.fired += sum(counts)
        tally.doubled += sum(count > 1 for count in counts)
        tally.missing += counts.count(0)
        case = cases.load(case_id)
        tally.unfinished += case.status != CLOSED or case.is_stopped or bool(tasks.of_case(case_id))
        tally.misnumbered += case.revision != stages
        tally.broken += not history.is_whole(cases.load(case_id))
        letters = history.messages(case_id)
        tally.letters += len(letters)
        tally.lost += stages - sum(left[str(letter.id)] > 0 and letter.state == SENT for letter in letters)
        tally.repeated += sum(left[str(letter.id)] > 1 for letter in letters)
        known |= {str(letter.id) for letter in letters}
    tally.strange += len(left.keys() - known)


def kills(make: Callable[[Settings], Flask], number: int, postgresql: str) -> Iterator[str]:
    """The lines of the report of ``number`` kills, half of them on each database where there are two."""
    with tempfile.TemporaryDirectory() as folder, Nursery() as nursery:
        urls = {"SQLite": f"sqlite:///{Path(folder) / 'proof.db'}"}
        if postgresql:
            urls["PostgreSQL"] = postgresql
        for name, url in urls.items():
            app = make(Settings(database_url=url))
            with app.app_context():
                upgrade()
                for line in _on(nursery, url, -(-number // len(urls)), Path(folder) / name):
                    yield f"{name}: {line}"


def _on(nursery: Nursery, url: str, number: int, sent: Path) -> Iterator[str]:
    clock, total, turn = StandingClock(), Tally(), 0
    while total.kills < number:
        chosen = random_kills(ROUND, seed=turn) if turn else named_kills()
        nursery.serve(url, sent.with_suffix(f".{turn}"))
        _add(total, campaign(nursery, clock, chosen, in_a_row=1 + turn % 2))
        turn += 1
    yield total.line()
    yield ", ".join(f"{count} {point}" for point, count in sorted(total.by_point.items()))
    nursery.serve(url, sent.with_suffix(".control"))
    torn = campaign(nursery, clock, [Kill("after the snapshot is written", is_torn=True)])
    yield f"control, the snapshot committed before the rest: {torn.line()}"
    sessions.end()


def _add(total: Tally, more: Tally) -> None:
    for part in fields(Tally):
        if part.name != "by_point":
            setattr(total, part.name, getattr(total, part.name) + getattr(more, part.name))
    total.by_point += more.by_point
