"""Stepping in by hand in one case: what it would do, asking a second person, and doing it once they approve.

What was asked and decided stands in the history of the case and nowhere else. The law's invariants hold as ever: a case
that still owes something does not close by stepping in. Whoever asked does not decide.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from app import errors
from app.cases import access, advancing, clocks, noting, owing, procedures
from app.cases.access import EVERY_CASE, PROCESS_OWNER, Who
from app.cases.advancing import Step
from app.clock import Clock
from app.editor import moving_cases, moving_releases
from app.engine import crossing, facts
from app.engine.run import OpenTask, Run
from app.store import cases, history
from app.store.history import Happened
from app.store.rows.cases import CLOSED, Case

ROLES = ("Senior officer", PROCESS_OWNER)  # who may ask for it, and approve what another asked for
MOVE, SKIP, CANCEL, CORRECT = "move", "skip", "cancel", "correct"
ACTS = {
    MOVE: "Move it to another step, or back to an earlier one",
    SKIP: "Skip it, with no answers",
    CANCEL: "Cancel this branch",
}
ASKED, REFUSED, DONE = "step_in_asked", "step_in_refused", "stepped_in"
OURS = ("case", "told")  # facts that the system keeps itself


@dataclass(frozen=True)
class Wish:
    """What somebody wants done: with an open step, or with a fact."""

    what: str
    task: str = ""  # the id of the open task, as hex
    step: str = ""  # its name
    to: str = ""  # the element to which its token moves
    path: str = ""  # the fact that is corrected, such as ``risk.band``
    value: Any = None  # what it is to be

    @property
    def words(self) -> str:
        """What is wanted, in words without any fact's value."""
        if self.what == CORRECT:
            return f"Correct the fact ‘{self.path}’"
        return f"{ACTS[self.what]}: ‘{self.step}’" if self.what in ACTS else self.step


@dataclass(frozen=True)
class Asked:
    """A wish that waits for a second person."""

    id: str
    wish: Wish
    reason: str
    by: str
    person_id: int | None
    at: datetime

    def may_decide(self, who: Who) -> bool:
        """Whether somebody took no part in it, and may see what it is about."""
        may_see = self.wish.what != CORRECT or bool(who.roles & EVERY_CASE)
        return who.id is not None and who.id != self.person_id and may_see and bool(who.roles & set(ROLES))


@dataclass(frozen=True)
class Tried:
    """A case before and after what is wanted, in memory."""

    before: Run
    after: Run


def steps(run: Run) -> list[tuple[OpenTask, tuple[tuple[str, str], ...]]]:
    """The open steps that may be stepped in at, each with where its token may go: those of no single agency."""
    found = [task for task in run.open_tasks() if task.item is None]
    return [(task, tuple(moving_releases.places(run.procedure, task.process))) for task in found]


def correctable(run: Run) -> list[tuple[str, Any]]:
    """The facts that may be corrected, by path: words, numbers, yes and no; none that the system keeps itself."""
    return sorted((path, value) for path, value in _flat(run.facts) if path.split(".")[0] not in OURS)


def woken(case: Case, clock: Clock) -> Run:
    """The run of a case, to look at."""
    at = clocks.of(case, clock)()
    return Run.wake(cases.snapshot(case.id), procedures.of(case), at=at, opened_at=case.opened_at)


def tried(case: Case, wish: Wish, *, clock: Clock) -> Tried:
    """What a wish would do. Nothing is kept. Raises ``Refused`` where it cannot be done, ``CaseMovedOn``."""
    if case.status == CLOSED:
        raise errors.CaseMovedOn("This case is closed.")
    before = woken(case, clock)
    return Tried(before, _changed(case, before, wish, clocks.of(case, clock)()))


def typed(run: Run, path: str, text: str) -> Any:
    """What somebody typed for a fact, as the kind of value it has. Raises ``Refused`` naming ``path`` or ``value``."""
    known = dict(correctable(run))
    if path not in known:
        raise errors.Refused({"path": "Select the fact that is wrong"})
    before = known[path]
    try:
        value = _read(before, text)
    except ValueError:
        wanted = "yes or no" if isinstance(before, bool) else "a number"
        raise errors.Refused({"value": f"Enter {wanted}"}) from None
    if value in ("", before):
        raise errors.Refused({"value": "Enter what it should be"})
    return value


def ask(case_id: UUID, wish: Wish, reason: str, who: Who, *, clock: Clock) -> None:
    """Put a wish before a second person. Raises ``Refused`` without a reason, or where it could not be done."""
    access.check_has_role(who, *ROLES)
    moving_cases.check_reason(reason)
    tried(cases.load(case_id), wish, clock=clock)
    says = {"id": uuid4().hex, "name": wish.words, "wish": vars(wish), "reason": reason.strip()}
    event = Happened(ASKED, wish.task or wish.path, clock(), who.name, who.id, says)
    noting.write_down(case_id, lambda _: None, [event])


def waiting(case_id: UUID) -> list[Asked]:
    """What waits for a second person, oldest first."""
    lines = history.of_case(case_id)
    decided = {line.says["id"] for line in lines if line.kind in (REFUSED, DONE)}
    return [
        Asked(e.says["id"], Wish(**e.says["wish"]), e.says["reason"], e.by, e.person_id, e.at)
        for e in lines
        if e.kind == ASKED and e.says["id"] not in decided
    ]


def approve(case_id: UUID, ask_id: str, reason: str, who: Who, *, revision: int, clock: Clock) -> Case:
    """Do what was asked for, as it was shown at a revision of the case.

    Raises ``NotAllowed`` for whoever asked, ``Refused`` without a reason or where it cannot be done, ``CaseMovedOn``.
    """
    asked = _checked(case_id, ask_id, reason, who)

    def into(case: Case, run: Run) -> Run:
        _waits(case_id, ask_id)  # the case is held now: nobody has decided meanwhile
        return _changed(case, run, asked.wish, clocks.of(case, clock)())

    step = Step(lambda _: None, _decided(DONE, asked, reason, who, clock), revision=revision, into=into)
    return advancing.advance(case_id, step, clock=clock)


def refuse(case_id: UUID, ask_id: str, reason: str, who: Who, *, clock: Clock) -> None:
    """Leave the case as it is, with the reason. Raises as ``approve``."""
    asked = _checked(case_id, ask_id, reason, who)
    event = _decided(REFUSED, asked, reason, who, clock)

    def also(_: Case) -> None:
        _waits(case_id, ask_id)

    noting.write_down(case_id, also, [event])


def _checked(case_id: UUID, ask_id: str, reason: str, who: Who) -> Asked:
    asked = _waits(case_id, ask_id)
    if not asked.may_decide(who):
        raise errors.NotAllowed("You asked for this, or may not decide it. Somebody else has to.")
    moving_cases.check_reason(reason)
    return asked


def _waits(case_id: UUID, ask_id: str) -> Asked:
    asked = next((one for one in waiting(case_id) if one.id == ask_id), None)
    if asked is None:
        raise errors.CaseMovedOn("Somebody has decided this already.")
    return asked


def _decided(kind: str, asked: Asked, reason: str, who: Who, clock: Clock) -> Happened:
    says = {
        "id": asked.id,
        "name": asked.wish.words,
        "asked_by": asked.by,
        "why": asked.reason,
        "reason": reason.strip(),
    }
    return Happened(kind, asked.wish.task or asked.wish.path, clock(), who.name, who.id, says)


def _changed(case: Case, run: Run, wish: Wish, at: datetime) -> Run:
    """The run after a wish; ``run`` is left as it is."""
    awake = partial(Run.wake, run.put_away(), run.procedure, at=at, opened_at=case.opened_at)
    try:
        new = _done(awake(), wish, at, case.opened_at)
    except errors.CannotGoOn as problem:
        raise errors.Refused({"case": moving_releases.why_not(problem, run.procedure)}) from problem
    key = next((task.key for task in run.open_tasks() if task.id.hex == wish.task), "")
    is_closing = wish.what == SKIP and owing.closes(run.procedure, key)
    if (new.is_over or is_closing) and (left := owing.owed(case, new)):
        raise errors.Refused({"case": f"The case would close while something is owed. {owing.said(left)}"})
    return new


def _done(run: Run, wish: Wish, at: datetime, opened_at: datetime) -> Run:
    if wish.what == CORRECT:
        run.lay(facts.nested(wish.path, wish.value))
    elif wish.what == SKIP:
        run.complete(UUID(wish.task), {})
        run.passed.clear()  # it was not done, and no picture says that it was
    elif wish.what in (MOVE, CANCEL):
        to = wish.to if wish.what == MOVE else None
        return crossing.redirected(run, UUID(wish.task), to, at=at, opened_at=opened_at)
    else:
        raise errors.Refused({"what": "Select what should happen with the step"})
    run.settle()
    return run


def _flat(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, (str, bool, int, float)):
            yield f"{before}{name}", value


def _read(before: Any, text: str) -> Any:
    if isinstance(before, bool):
        if text.strip().lower() not in ("yes", "no"):
            raise ValueError(text)
        return text.strip().lower() == "yes"
    if isinstance(before, int):
        return int(text)
    return float(text) if isinstance(before, float) else text.strip()
