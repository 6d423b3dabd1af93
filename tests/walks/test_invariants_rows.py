"""The same walks through the database: what the law reads of rows is what it reads of the steps in memory."""

from dataclasses import replace

import pytest

from app import errors
from app.cases import advancing, owing, partnership, procedures
from app.cases.advancing import Opening, Step
from app.engine.run import Run
from app.store import cases, history
from tests.walks.wandering import MONDAY, PROCESS, Wanderer

IDS = ("task", "timer", "limits")  # what differs between two runs of the same steps
WALKS, MOST = 6, 60


class InRows(Wanderer):
    """A walk of which each step is also done by the heart. ``case_id`` is the case in the tables."""

    def __init__(self, followed, seed, clock):
        self.clock, self.partnership = clock, partnership.facts()
        super().__init__(followed, seed)

    def _begun(self, facts):
        self.clock.set(self.at)
        opening = Opening(PROCESS, facts["victim"]["name"], facts, by="the applicant")
        self.case_id = advancing.open_case(opening, clock=self.clock).id
        return super()._begun(facts)

    def _keep(self, act, event):
        named = "task" if event.kind == "task_completed" else "timer"
        own = {named: self._place(event, self.run, named)} if named in event.says else {}
        super()._keep(act, event)
        self.clock.set(self.at)
        kept = self.kept()
        ids = {kind: self._found(kept, kind, place) for kind, place in own.items()}
        says = {**event.says, **{kind: one.hex for kind, one in ids.items()}}
        step = Step(self._act(event, ids), replace(event, says=says))
        try:
            advancing.advance(self.case_id, step, clock=self.clock)
        except errors.StillOwed:
            self.refused_in_rows = len(self.refused) + 1

    def _act(self, event, ids):
        if event.kind == "task_completed":
            return lambda run: run.complete(ids["task"], event.says["answers"])
        if "timer" in ids:
            return lambda run: run.fire(ids["timer"], event.subject, at=self.at)
        return lambda run: run.receive(event.subject, event.says["answers"])

    def _place(self, event, run, kind):
        """What is alike among what is open or waits, and which of those it is."""
        named = [(self._name(one), one.id.hex) for one in self._several(run, kind)]
        name = next(name for name, id_ in named if id_ == event.says[kind] and name[0] == event.subject)
        return name, [id_ for other, id_ in named if other == name].index(event.says[kind])

    def _found(self, run, kind, place):
        name, number = place
        return [one.id for one in self._several(run, kind) if self._name(one) == name][number]

    def _several(self, run, kind):
        return run.open_tasks() if kind == "task" else run.waiting_timers()

    def _name(self, one):
        return one.key, repr(one.item), getattr(one, "due_at", None)

    def kept(self):
        case, kept = cases.with_runs([self.case_id])[0]
        return Run.wake(kept, self.followed, at=self.at, opened_at=MONDAY)

    def in_rows(self):
        run, case = self.kept(), cases.load(self.case_id)
        keys = {task.key for task in run.open_tasks()}
        return owing.record(history.of_case(self.case_id), run.facts, keys, is_closed=case.status == "closed")


def said(record):
    """What a record says, without what differs between two runs."""
    lines = [replace(one, says={k: v for k, v in one.says.items() if k not in IDS}) for one in record.lines]
    facts = {key: value for key, value in record.facts.items() if key != "case"}
    return lines, facts, record.open, record.is_closed, [record.agency(place) for place in range(len(record.lines))]


@pytest.mark.parametrize("seed", range(WALKS))
def test_the_record_of_the_rows_is_that_of_the_steps_in_memory(partnership, clock, seed):
    walk = InRows(procedures.live()[1], seed, clock)
    walk.wander(MOST)
    assert said(walk.in_rows()) == said(walk.record())
    assert getattr(walk, "refused_in_rows", 0) == len(walk.refused)
