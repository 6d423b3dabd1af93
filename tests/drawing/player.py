"""A player who knows nothing of a drawing: does any open task with any answers, lets any timer pass."""

from datetime import timedelta
from random import Random

from app import errors
from app.engine.run import Run
from tests.engine.bench import MONDAY

OVER, STUCK, ENDLESS, STOPPED, UNDER_WAY = "over", "stuck", "endless", "stopped", "under way"


def play(procedure, process, facts, seed, most=40):
    """How a walk ends: over, stuck, endless (stopped while going round), stopped with why, or under way."""
    random, at = Random(seed), MONDAY
    try:
        run = Run.start(procedure, process, _answers(facts, random), at=at)
        for _ in range(most):
            if run.is_over:
                return OVER
            acts = [(t.id, "") for t in run.open_tasks()] + [(t.id, t.key) for t in run.waiting_timers()]
            if not acts:
                return STUCK
            task, timer = random.choice(acts)
            at += timedelta(days=1)
            run = Run.wake(run.put_away(), procedure, at=at, opened_at=MONDAY)  # as in real life
            if timer:
                run.fire(task, timer, at=at)
            else:
                run.complete(task, _answers(facts, random))
            run.settle()
    except errors.CannotGoOn as problem:
        return ENDLESS if "goes round" in str(problem) else f"{STOPPED}: {problem}"
    return UNDER_WAY


def _answers(facts, random):
    return {name: random.choice(values) for name, values in facts.items()}
