"""The snapshot held to the library's own serializer: the same random answers through both give the same case."""

import random
import zlib
from datetime import timedelta

import orjson
import pytest

from app import errors
from app.config import ROOT
from app.editor import folders
from app.engine import snapshot
from app.engine.library import procedure
from app.engine.run import Run
from tests.engine import oracle
from tests.engine.bench import DRAWINGS, MONDAY, Case, read
from tests.engine.test_decision_tables import table

DRAWN = sorted(path.stem for path in DRAWINGS.glob("*.bpmn"))
MESSAGES = ("appeal_received", "news", "withdraw", "new_incident", "message_failed")
AGENCIES = [{"name": "police", "officers": ["P1", "P2"]}, {"name": "council", "officers": ["C1"]}]
GIVEN = {
    "people": ["Tansy", "Barnaby", "Odo"],
    "agencies": AGENCIES,
    "bodies": ["police", "council"],
    "visits": 2,
    "answer_visit": 2,
    "limit": "3 working days",
    "panel": {"held_on": "2026-03-13"},
    "wanted": "yes",
    "relevant_bodies": ["police", "council", "nhs"],
    "told": {"victim": MONDAY.isoformat()},
    "reports": [],
}
ACTIONS = [
    {"what": "Mend the door", "kind": "action", "agency": "police", "due_on": "2026-05-01"},
    {"what": "Talk", "kind": "recommendation", "agency": "council", "due_on": "2026-05-02"},
]
CHOICES = {
    "more": ["yes", "no", "no"],
    "agreed": ["yes", "no"],
    "answer": ["yes", "no"],
    "found": ["yes", "no"],
    "wanted": ["yes", "no"],
    "bodies": [["police"], ["council"], ["police", "council"]],
    "threshold": [{"decision": "met"}, {"decision": "not met"}],
    "appeal": [{"outcome": "overturned"}, {"outcome": "upheld"}],
    "agreed_actions": [[], ACTIONS],
    "chosen_agencies": [["police", "council"]],
    "chosen_authorities": [["police"]],
    "authorities": [["police"]],
    "referrals": [["police"]],
    "panel": [{"held_on": "2026-04-10", "held_at": "2026-04-10", "quorate": quorate} for quorate in ("yes", "no")],
    "risk": [{"safe_tonight": "yes"}, {"safe_tonight": "no"}],
    "needs": [{"found": "yes"}, {"found": "no"}],
    "check": [{"done": "yes"}, {"done": "no"}],
    "progress": [{"decision": "enough"}, {"decision": "not enough"}],
    "recommendation": [{"answer": "accepted"}, {"answer": "rejected"}],
    "safety": [{"still_high": "yes"}, {"still_high": "no"}],
    "concern": [{"accepted": "yes"}, {"accepted": "no"}],
}


class Pair:
    """The same run twice: one sleeps in our snapshot between any two steps, one in the library's."""

    def __init__(self, follows, process, chance):
        self.procedure, self.chance, self.at = follows, chance, MONDAY
        self.ours, self.stock = (Run.start(follows, process, GIVEN, at=MONDAY) for _ in range(2))

    def both(self):
        return self.ours, self.stock

    def sleep(self):
        self.at += timedelta(hours=3)
        self.ours = Run.wake(self.ours.put_away(), self.procedure, at=self.at, opened_at=MONDAY)
        self.stock = oracle.again(self.stock, self.procedure, at=self.at, opened_at=MONDAY)

    def act(self):
        """One random thing that may happen now, to both; False when nothing may."""
        acts = [(self.complete, task) for task in tasks(self.ours)]
        acts += [(self.fire, timer) for timer in timers(self.ours)[:1]]
        expected = [message for message in MESSAGES if self.ours.expects(message)]
        assert expected == [message for message in MESSAGES if self.stock.expects(message)]
        acts += [(self.receive, message) for message in expected if self.chance.random() < 0.3]
        if not acts:
            return False
        act, what = self.chance.choice(acts)
        self.sleep()
        act(what)
        return True

    def complete(self, like):
        answers = {name: self.chance.choice(values) for name, values in CHOICES.items()}
        for run in self.both():
            task = next(task for task in tasks(run) if (task.key, task.item) == (like.key, like.item))
            run.complete(task.id, answers if like.item is None else {"answer": answers["answer"]})

    def fire(self, like):
        self.at = max(self.at, like.due_at)
        for run in self.both():
            timer = next(t for t in timers(run) if (t.key, t.due_at, t.item) == (like.key, like.due_at, like.item))
            run.fire(timer.id, timer.key, at=self.at)

    def receive(self, message):
        for run in self.both():
            run.receive(message, {"received": message})

    def settle(self):
        """Both at rest; what stopped them, if anything did."""
        return [stopped(run) for run in self.both()]


def tasks(run):
    return sorted(run.open_tasks(), key=lambda task: (task.key, str(task.item)))


def timers(run):
    return sorted(run.waiting_timers(), key=lambda timer: (timer.due_at, timer.key, str(timer.item)))


def stopped(run):
    try:
        run.settle()
    except errors.CannotGoOn as problem:
        return str(problem), problem.element
    return None


def seen(run):
    """All that the rest of the system sees of a run."""
    return {
        "tasks": [(t.key, t.process, t.role, t.form, t.item) for t in tasks(run)],
        "timers": [(t.key, t.rule, t.start_at, t.due_at, t.task_key, t.item) for t in timers(run)],
        "passed": sorted(step.key for step in run.passed),
        "effects": sorted((effect.key, str(effect.item)) for effect in run.effects),
        "facts": run.facts,
        "messages": run.waits_for_messages(),
        "is_over": run.is_over,
    }


def walk(follows, process, seed, steps):
    pair = Pair(follows, process, random.Random(seed))
    for _ in range(steps):
        ours, stock = (seen(run) for run in pair.both())
        assert ours == stock, seed
        if not pair.act():
            break
        ours, stock = pair.settle()
        assert ours == stock, seed
        if ours:
            break
    return pair


def files_of(name):
    tables = {"choose.dmn": table("FIRST")} if name == "decision" else {}
    return read(name, **tables)


@pytest.mark.parametrize("name", DRAWN)
def test_a_small_drawing_goes_the_same_way_as_with_the_librarys_own_serializer(name):
    for seed in range(6):
        walk(files_of(name), name, seed, steps=14)


@pytest.mark.parametrize("seed", range(8))
def test_a_case_review_goes_the_same_way_as_with_the_librarys_own_serializer(seed):
    files = {name: content for name, content in folders.read(ROOT).items() if name.endswith((".bpmn", ".dmn"))}
    walk(procedure(files), "asb_case_review", seed, steps=25)


def test_a_snapshot_that_is_woken_and_put_away_again_is_the_same():
    case = Case.begin("instances_of_calls", agencies=["police", "council"]).do("find", "police")
    kept = case.run.put_away()
    case.wake()
    assert snapshot.read(case.run.put_away()) == snapshot.read(kept)


@pytest.mark.parametrize("drawn, rounds", [("join_in_loop", ["a", "b", "look"]), ("instances", ["ask", "again"])])
def test_a_snapshot_does_not_grow_with_the_age_of_a_case(drawn, rounds):
    case, sizes = Case.begin(drawn, people=["Tansy"]), []
    for _ in range(100):
        for key in rounds:
            case.do(key, more="yes")
            sizes.append(len(zlib.decompress(case.run.put_away())))
    assert max(sizes[6:]) == max(sizes[:6])


def test_a_snapshot_does_not_grow_with_messages_that_were_dealt_with():
    case, sizes = Case.begin("message_frame"), []
    for _ in range(50):
        case.receive("new_incident").do("look")
        sizes.append(len(zlib.decompress(case.run.put_away())))
    assert sizes[-1] == sizes[1]


def test_a_run_that_is_over_stays_over_when_it_is_woken():
    case = Case.begin("call").do("work").do("after")
    case.wake()
    assert case.is_over and case.open() == [] and case.timers() == {}


def kept(record):
    return zlib.compress(orjson.dumps(record))


@pytest.mark.parametrize(
    "damaged",
    [b"", b"{}", b"not compressed", zlib.compress(b""), zlib.compress(b"{"), zlib.compress(b"\xff"), kept([]), kept(1)],
)
def test_a_damaged_snapshot_says_so(damaged):
    with pytest.raises(errors.CannotGoOn, match="What was kept of this case"):
        Run.wake(damaged, read("call"), at=MONDAY, opened_at=MONDAY)


@pytest.mark.parametrize("number", [None, 0, 99, "1", [1]])
def test_a_snapshot_of_an_unknown_format_says_so(number):
    with pytest.raises(errors.CannotGoOn, match="a format that this version does not know"):
        Run.wake(kept({"format": number}), read("call"), at=MONDAY, opened_at=MONDAY)


def test_every_byte_of_a_snapshot_that_is_cut_off_is_missed():
    whole = Case.begin("call").run.put_away()
    for length in range(len(whole)):
        with pytest.raises(errors.CannotGoOn):
            snapshot.read(whole[:length])


def test_a_snapshot_of_another_drawing_says_so():
    other = Case.begin("message_frame").run.put_away()
    with pytest.raises(errors.CannotGoOn, match="does not fit its drawing"):
        Run.wake(other, read("call"), at=MONDAY, opened_at=MONDAY)


@pytest.mark.parametrize("part", ["process", "over", "facts", "tasks", "scopes"])
def test_a_snapshot_with_a_part_missing_says_so(part):
    record = snapshot.read(Case.begin("call").run.put_away())
    del record[part]
    with pytest.raises(errors.CannotGoOn, match="does not fit its drawing"):
        Run.wake(kept(record), read("call"), at=MONDAY, opened_at=MONDAY)


@pytest.mark.parametrize("place, value", [(0, "no id"), (1, "0" * 32), (2, "never_drawn")])
def test_a_snapshot_with_a_task_that_cannot_be_says_so(place, value):
    record = snapshot.read(Case.begin("call").run.put_away())
    record["tasks"][-1][place] = value
    with pytest.raises(errors.CannotGoOn, match="does not fit its drawing"):
        Run.wake(kept(record), read("call"), at=MONDAY, opened_at=MONDAY)
