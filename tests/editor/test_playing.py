"""Playing a drawing: on the engine, with a clock of its own, and nothing of it outside."""

import pytest

from app.config import ROOT
from app.editor import checking, folders, playing
from app.editor.surroundings import Surroundings
from tests.walks import tiny

ALONE = Surroundings()
OWN = Surroundings(folders.read(ROOT))
LATE = tiny.process(
    "limited",
    tiny.task("work") + tiny.limit("late", "work", "3 days") + tiny.letter("tell") + tiny.end("done", "told"),
    tiny.flow("begun", "work", "done") + tiny.flow("late", "tell", "told"),
)
STUCK = tiny.process(
    "stuck",
    tiny.gateway("ask") + tiny.task("one") + tiny.task("two") + '<parallelGateway id="both"/>' + tiny.end("done"),
    tiny.flow("begun", "ask", "one", "both", "done") + tiny.flow("ask", "two", "both"),
)
ROUND = tiny.process(
    "round", tiny.task("one"), tiny.flow("begun", "one"), '<sequenceFlow id="r" sourceRef="one" targetRef="one"/>'
)


def checked(content, around=ALONE):
    return checking.check("drawn.bpmn", content, around)


def played(content, around=ALONE, **more):
    return playing.play(checked(content, around).procedure, "drawn.bpmn", around, **more)


def kinds(content):
    return {finding.kind for finding in checked(content).findings}


@pytest.mark.parametrize("seed", range(5))
def test_the_same_seed_gives_the_same_play(seed):
    content = folders.read(ROOT)["asb_case_review.bpmn"]
    one, other = (played(content, OWN, seed=seed) for _ in range(2))
    assert one.as_record() == other.as_record() and one.outcome == playing.COMPLETED


def test_other_seeds_go_other_ways():
    content = folders.read(ROOT)["asb_case_review.bpmn"]
    ways = {tuple(step["element"] for step in played(content, OWN, seed=seed).steps) for seed in range(6)}
    assert len(ways) > 3


def test_time_passes_to_the_next_limit_and_the_letter_that_would_go_out_is_listed():
    plays = [played(LATE, seed=seed) for seed in range(12)]
    late = next(play for play in plays if play.steps[0]["what"] == "time_passed")
    passed, letter = late.steps
    assert passed["until"].startswith("2026-03-06T00:00"), (
        "three days after Monday 2 March are over at the end of the 5th"
    )
    assert (letter["what"], letter["letter"], letter["to"]) == ("letter", "update", "victim")


def test_a_play_that_gets_stuck_says_where_and_was_foretold():
    play = played(STUCK)
    assert play.outcome == playing.STUCK and [one["element"] for one in play.stuck_at] == ["both"]
    assert "gets_stuck" in kinds(STUCK)


def test_a_play_without_an_end_is_stopped_and_was_foretold():
    play = played(ROUND, limit=25)
    assert play.outcome == playing.ENDLESS and len(play.steps) == 25
    assert "endless_loop" in kinds(ROUND)


def test_somebody_may_choose_what_happens_and_how_a_question_is_answered():
    asked = []

    def ask(question, answers):
        asked.append((question, tuple(answers)))
        return len(answers) - 1

    content = checked(STUCK.replace(b"parallelGateway", b"exclusiveGateway")).content
    play = playing.play(checked(content).procedure, "drawn.bpmn", ALONE, ask=ask)
    assert asked == [("ask", ("Go on to one", "Go on to two"))]
    assert [step["element"] for step in play.steps] == ["ask", "two"] and play.outcome == playing.COMPLETED
