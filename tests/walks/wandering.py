"""Random ways through the real drawings, on the engine alone: what people answer, which timers fire, what comes in.

It does what the heart does, in memory: the same steps, the same lines of history, the same refusal to close.
"""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache

from app.cases import apart, coming_in, keeping, owing, telling
from app.cases.telling import Turned
from app.config import ROOT
from app.editor import folders
from app.engine import library
from app.engine.run import Run
from app.forms import answers as checking
from app.forms import inventing, paths
from app.forms import library as forms
from app.law import calendar
from app.law.invariants import owed as invariants
from app.store.history import Happened
from app.store.tasks import Removed
from tests.walks import stories

PROCESS, APPLICATION, APPEAL = "asb_case_review", "application_received", "appeal_received"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TWICE = 2  # as often as each message comes in, at most
MOST = 400  # steps of one walk: one that takes more goes round
APPLICANT_LANE, AGENCIES = "Applicant or representative", "Agencies"
BODIES = ("police", "council", "nhs", "thistledown_homes")
EVERYWHERE = (1, 2)  # people who have every role: what they did before decides what they may do
OWN = ("Coordinator", "Community safety officer", "Victim Support officer", "Mental health professional")
OWN += ("Panel chair", "Senior officer", AGENCIES)  # roles of which one more person has no other
ELSEWHERE = 11  # somebody of another borough
PARTNERSHIP = {"agencies": [{"value": key, "label": key.title()} for key in BODIES], "relevant_bodies": list(BODIES)}
CLOSED_TO_THE_VICTIM = "Words that are closed to the victim, number"
# a walk that is withdrawn is short
SHY = {"timer": 0.15, "silent timer": 3.0, "message": 0.06, "withdrawn": 0.015, "agency": 0.05}
SAID = {"text": "News.", "at": MONDAY.isoformat()}


@cache
def files():
    """The drawings, tables and forms of the procedure."""
    return folders.read(ROOT)


@cache
def read_forms():
    read = (forms.read(content, name) for name, content in files().items() if name.endswith(".form"))
    return {form.key: form for form in read}


def procedure(changed=None):
    """The procedure, with some files changed."""
    drawn = {name: content for name, content in files().items() if not name.endswith(".form")}
    return library.procedure(drawn | (changed or {}))


class Wanderer:
    """One walk. ``lines`` is the history, ``record()`` the case as the law sees it."""

    partnership = PARTNERSHIP

    def __init__(self, followed, seed):
        self.followed, self.chance = followed, random.Random(seed)
        self.at, self.lines = MONDAY, []
        self.refused = []  # what was owed each time that somebody closed the case too early
        self.tried, self.answered = Counter(), Counter()
        self.has_three = self.chance.random() < 0.4  # reports that count
        self.is_calm = self.chance.random() < 0.5  # the risk
        self.is_silent = self.chance.random() < 0.15  # nobody does much
        self.is_talkative = self.chance.random() < 0.5  # news comes in
        self.are_agencies_silent = self.chance.random() < 0.4
        self.run = self._begun(self._applied())

    def record(self):
        keys = {task.key for task in self.run.open_tasks()}
        return owing.record(self.lines, self.run.facts, keys, is_closed=self.run.is_over)

    def wander(self, most=MOST, points=None):
        """Go on until the run is over, for ``most`` steps; gives what was broken at a resting point, if anything was.

        Now and then the point at which it stands is added to ``points``.
        """
        for _ in range(most):
            if self.run.is_over:
                return invariants.owed(self.record())
            self.step()
            if points is not None and self.chance.random() * EVERY < 1:
                points.append(self.point())
            if wrong := invariants.broken(self.record()):
                return wrong
        assert most < MOST or self.run.is_over, self.tried.most_common(5)
        return invariants.owed(self.record()) if self.run.is_over else []

    def point(self):
        """Where this walk stands, so that others can go on from here."""
        return self.run.put_away(), self.at, tuple(self.lines), Counter(self.tried), Counter(self.answered)

    def branch(self, point, seed):
        """Another walk that has come the same way to a point, and goes on by itself."""
        other = object.__new__(Wanderer)
        other.__dict__.update(self.__dict__)
        kept, other.at, lines, tried, answered = point
        other.run = Run.wake(kept, self.followed, at=other.at, opened_at=MONDAY)
        other.lines, other.tried, other.answered = list(lines), Counter(tried), Counter(answered)
        other.chance, other.refused = random.Random(seed), []
        other.is_talkative, other.is_silent = other.chance.random() < 0.5, other.chance.random() < 0.3
        return other

    def step(self):
        """One thing happens, of those that can."""
        slow = SHY["agency"] if self.are_agencies_silent else 1.0
        choices = [("task", task, slow if task.role == AGENCIES else 1.0) for task in self.run.open_tasks()]
        waiting = sorted(self.run.waiting_timers(), key=lambda timer: (timer.due_at, timer.key))[:1]
        silence = "silent timer" if self.is_silent else "timer"
        choices += [("timer", timer, SHY[silence] if choices else 1.0) for timer in waiting]
        choices += [("message", name, SHY.get(name, SHY["message"])) for name in self.messages()] if choices else []
        weights = [weight / (1 + self.tried[_key(what, one)]) ** 2 for what, one, weight in choices]
        what, chosen, _ = self.chance.choices(choices, weights)[0]
        self.tried[_key(what, chosen)] += 1
        getattr(self, f"_{what}")(chosen)

    def messages(self):
        """What could come in from outside now."""
        several = [name for name in MESSAGES if self.tried["message", name] < TWICE]
        return [name for name in several if self.is_talkative or name == APPEAL if self.run.expects(name)]

    def _task(self, task):
        who = self._somebody(task)
        made = self._answers(task.form, task.key, self.run.seen_by(task.id))
        says = {"name": task.name, "answers": made, "task": task.id.hex}
        by = "the applicant" if who is None else f"person {who}"
        event = Happened("task_completed", task.key, self.at, by, who, says)
        closing = owing.closes(self.followed, task.key)
        before, kept = len(self.lines), self.run.put_away() if closing else b""
        self._keep(lambda run: run.complete(task.id, made), event)
        if closing and (left := invariants.owed(self.record())):  # as the heart does: nothing of the step is kept
            self.refused.append(left)
            del self.lines[before:]
            self.run = Run.wake(kept, self.followed, at=self.at, opened_at=MONDAY)

    def _timer(self, timer):
        self.at = max(self.at, timer.due_at)
        self._keep(lambda run: run.fire(timer.id, timer.key, at=self.at), telling.fired(timer, self.at))

    def _message(self, name):
        self.at += timedelta(hours=1)
        given = MESSAGES[name](self)
        kind = "message_failed" if name == "message_failed" else "message_received"
        event = Happened(kind, name, self.at, "the applicant", says={"answers": given})
        self._keep(lambda run: run.receive(name, given), event)

    def _applied(self):
        facts = self._answers(APPLICATION, APPLICATION, {})
        facts["application"] |= {"received_on": calendar.day_of(self.at).isoformat(), "channel": "web"}
        return facts

    def _begun(self, facts):
        today = calendar.day_of(self.at)
        known = {"case": {"reference": "CT-2026-0001", "opened_on": today.isoformat()}}
        known |= {"told": {"victim": self.at.isoformat()}}
        run = Run.start(self.followed, PROCESS, {**facts, **self.partnership, **known}, at=self.at)
        telling.remember_told(run, self.at)
        event = Happened("case_opened", PROCESS, self.at, "the applicant", says=coming_in.told(facts))
        self.lines += telling.lines(run, PROCESS, _turned(run, {}), [event], self.at)
        return run

    def _keep(self, act, event):
        run = self.run
        for told in (run.effects, run.passed, run.moved):
            told.clear()
        run.now(self.at)
        before = {task.id: task for task in run.open_tasks()}
        act(run)
        run.settle()
        telling.remember_told(run, self.at)
        self.lines += telling.lines(run, PROCESS, _turned(run, before), [event], self.at)
        assert run.is_over or run.open_tasks() or run.waiting_timers() or run.waits_for_messages()

    def _somebody(self, task):
        """Somebody with the role whom nothing keeps from the task; there is always one more in another borough."""
        if task.role == APPLICANT_LANE:
            return None
        bars = apart.barred(apart.named(self.followed, task.process, task.key), self.lines)
        able = [person for person in (*EVERYWHERE, 3 + OWN.index(task.role)) if person not in bars]
        return self.chance.choice(able or [ELSEWHERE])

    def _answers(self, form_key, key, facts):
        form = read_forms().get(form_key)
        if form is None:
            return {}
        today = calendar.day_of(self.at)
        given = GIVEN.get(key, lambda _: {})(self)
        made = inventing.invent(
            form, facts, today=today, given=given, choose=lambda several: self._fairly(key, several)
        )
        return checking.applicable(form, made, facts, today=today)

    def _fairly(self, key, several):
        """One of those that were answered least often here, so that a loop is left at last."""
        least = min(self.answered[key, repr(one)] for one in several)
        chosen = self.chance.choice([one for one in several if self.answered[key, repr(one)] == least])
        self.answered[key, repr(chosen)] += 1
        return chosen

    def closed(self):
        """Words that nobody else has said, for what the victim may not read."""
        self.answered["closed"] += 1
        return f"{CLOSED_TO_THE_VICTIM} {self.answered['closed']}."

    def plan(self):
        """One to three actions and recommendations."""
        several = self.chance.choices([stories.ACTION, stories.RECOMMENDATION], k=self.chance.randint(1, 3))
        by = (calendar.day_of(self.at) + timedelta(days=30)).isoformat()
        return [one | {"agency": self.chance.choice(BODIES), "due_on": by} for one in several]


def _key(what, one):
    return (what, one if isinstance(one, str) else one.key)


def _appeal(walk):
    form, today = read_forms()[APPEAL], calendar.day_of(walk.at)
    seen = paths.merge(walk.run.facts, {"appeal_window": {"is_over": walk.chance.random() < 0.5}})
    made = inventing.invent(form, seen, today=today, choose=lambda several: walk._fairly(APPEAL, several))
    return checking.applicable(form, made, seen, today=today)


def _interview(walk):
    reports = stories.THREE if walk.has_three else stories.ONE
    return {"reports": reports, "chosen_agencies": walk.chance.sample(BODIES, walk.chance.randint(1, 3))}


def _return(walk):
    event = {"happened_on": "2026-02-01", "event": walk.closed(), "marking": "panel"}
    return {"information": {"events": [event], "tools_used": walk.closed(), "gaps": walk.closed()}}


MESSAGES = {
    APPEAL: _appeal,
    "message_failed": lambda walk: {"undelivered": {"letter": "update"}},
    "withdrawn": lambda walk: {"said": SAID},
    "new_incident": lambda walk: {"said": SAID},
    "information_received": lambda walk: {"said": SAID},
}


def _panel(walk):
    """A panel that may lack somebody the first time, and closed notes."""
    walk.answered["panel"] += 1
    there = BODIES if walk.answered["panel"] > 1 else walk.chance.choice([BODIES, BODIES[:2]])
    present = [{"agency": key, "person": "Made up", "present": "present"} for key in there]
    panel = {"attendance": present, "quorate": "yes" if len(there) >= 3 else "no", "closed_notes": walk.closed()}
    return {"agreed_actions": walk.plan(), "panel": panel}


def _update(walk):
    """It is not safe to write once in a walk at most: each wait for a safer day is one more task that comes again."""
    walk.answered["update"] += 1
    how = walk.chance.choice(["letter", "spoken", "declined", "not_safe"]) if walk.answered["update"] == 1 else "letter"
    return {"update": {"how": how}}


GIVEN = {
    "update_victim": _update,
    APPLICATION: lambda walk: {"reports": stories.REPORTS},
    "interview_applicant": _interview,
    "complete_matrix": lambda walk: {"risk": stories.CALM} if walk.is_calm else {},
    "return_information": _return,
    "record_panel": _panel,
    "advise_on_needs": lambda walk: {"advice": {"text": walk.closed()}},
    "agree_plan": lambda walk: {"agreed_actions": walk.plan()},
    "write_reasons": lambda walk: {"agreed_actions": walk.plan()[:1]},
}


# what walks must have gone through, so that they do not become hollow: the name, and the test of a record
KINDS = {
    "closed": lambda record: record.is_closed,
    "refused": lambda record: record.letters("refusal"),
    "reviewed": lambda record: record.letters("outcome"),
    "withdrawn": lambda record: record.is_withdrawn,
    "new incident": lambda record: record.done("record_incident"),
    "told us something": lambda record: record.done("read_information"),
    "high risk": lambda record: record.letters("high_risk", "senior_officer"),
    "care needs": lambda record: record.done("advise_on_needs"),
    "appealed": lambda record: record.received(APPEAL),
    "appeal won": lambda record: record.fact("appeal.outcome") == "overturned",
    "recommended": lambda record: record.done("answer_recommendation"),
    "silent agency": lambda record: record.done("record_no_return"),
    "missed limit": lambda record: record.done("step_in"),
    "lost letter": lambda record: record.done("reach_another_way"),
}
STEMS, BRANCHES, STEPS, EVERY = 6, 42, 5, 3  # of a block; of each stem; at most, of a branch; between its points


@cache
def block(number):
    """Whole walks and the branches of each: what any of them broke, and how many went through what."""
    followed, wrong, tally = procedure(), [], Counter()
    for stem in range(STEMS):
        seed = number * 1_000 + stem
        walk, points = Wanderer(followed, seed), []
        found = walk.wander(points=points)
        wrong += [(seed, "", one) for one in found]
        count(walk, tally, "whole")
        for twig in range(BRANCHES):
            branch = walk.branch(walk.chance.choice(points), seed * 100 + twig)
            wrong += [(seed, twig, one) for one in branch.wander(STEPS)]
            count(branch, tally, "branch")
    return wrong, tally


def count(walk, tally, what):
    record = walk.record()
    tally.update([what, *(name for name, went in KINDS.items() if went(record))])
    tally["steps"] += len([line for line in walk.lines if line.kind in ("task_completed", "timer_fired", "limit_near")])
    tally["closed too early"] += len(walk.refused)


def _turned(run, before):
    """What the heart says of the tasks of a step, without its rows."""
    waiting, now = run.waiting_timers(), {task.id: task for task in run.open_tasks()}
    opened = [task for key, task in now.items() if key not in before]
    gone = [
        Removed(key, task.key, task.name, telling.agency_of(task.item))
        for key, task in before.items()
        if key not in now
    ]
    gone = sorted(gone, key=lambda one: (one.name, one.agency_key or ""))
    return Turned(opened, gone, {task.id: keeping.limit(task, waiting) for task in opened})
