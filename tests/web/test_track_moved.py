"""Why a day moved, why a step waits, and how a review that was stopped looks: on the page of whoever asked."""

from types import SimpleNamespace

from app.intake import reaching
from app.store import timers
from app.timers import changeable, changing
from tests.walks import stories
from tests.web.test_track_review import follow, to_the_letter

HORATIO = SimpleNamespace(id=None, name="Horatio Plume", roles=frozenset({"Senior officer"}))
STOPS = {"spoken_to": "yes", "own_wish": "yes", "safe": "yes", "decision": "stop", "reason": "It has stopped."}


def limit(walk, key):
    timer = next(t for t in timers.waiting(walk.id) if t.key == key)
    return changeable.running(walk.id, timer.id, key, clock=walk.clock)


def test_an_extension_is_shown_with_both_days_and_its_reason(walk, partnership, clock):
    walk.apply(**stories.TANSY)
    changing.extend(
        limit(walk, "interview_applicant_late"), 2, "The officer is ill.", HORATIO, clock=clock, old="2026-03-05"
    )
    shown = follow(partnership, walk.case, clock).text
    assert "Why the day moved" in shown and "The officer is ill." in shown
    assert "Thursday 5" in shown and "Monday 9" in shown


def test_a_step_whose_clock_stands_is_shown_as_waiting_with_its_reason_and_not_as_late(walk, partnership, clock):
    walk.apply(**stories.TANSY)
    to_the_letter(walk)
    walk.do("do_action")
    walk.do("check_action", check={"done": "yes"})
    stories.wait(walk, 29)
    changing.hold(limit(walk, "review_progress_late"), "works", "Basil Tamarind", "", HORATIO, clock=clock)
    visitor = follow(partnership, walk.case, clock)
    assert "Why this step waits" in visitor.text and "repair work" in visitor.text
    assert "Why we are late" not in visitor.text and "It goes on by" in visitor.text


def test_a_review_that_was_stopped_says_so_and_nothing_that_was_not_done_is_called_done(walk, partnership, clock):
    stories.begin(walk, stories.THREE)
    visitor = follow(partnership, walk.case, clock)
    visitor.open("/track/tell/withdrawn").press("Continue", fields={"said.in_danger": "no", "said.own_wish": "yes"})
    visitor.press("Ask to stop my review")
    assert "Is it your own wish to stop? Yes, it is what I want." in walk.facts["said"]["text"]
    walk.do("consider_withdrawal", withdrawal=STOPS)
    visitor.open("/track/review")
    assert visitor.heading == "Your review has stopped, as you asked"
    told = {"You asked for a review", "We talked to you", "We decided that there will be a review"}
    assert set(visitor.stops()) == told | {"We stopped your review, as you asked"}
    assert "Your right to take part" not in visitor.text and "An officer looked at it" in visitor.text


def test_a_review_goes_on_when_they_change_their_mind(walk, partnership, clock):
    stories.begin(walk, stories.THREE)
    visitor = follow(partnership, walk.case, clock)
    visitor.open("/track/tell/withdrawn").press("Continue", fields={"said.in_danger": "no", "said.own_wish": "no"})
    visitor.press("Ask to stop my review")
    walk.do("consider_withdrawal", withdrawal=STOPS | {"own_wish": "no", "decision": "go_on"})
    assert visitor.open("/track/review").heading == "We are asking everyone what they did"


def test_what_somebody_called_unsafe_is_not_named_as_the_way_we_use():
    said = reaching.ways({"contact": {"prefer": "email", "email_safe": "no", "letters_safe": "yes"}})
    assert said == ["We do not send you emails."]


def test_an_interpreter_and_another_format_are_named():
    said = reaching.ways({"contact": {"language": "Arabic", "formats": ["large_print", "audio", "unknown"]}})
    assert said == ["We bring an interpreter: Arabic.", "You asked for letters in large print, audio."]
    assert reaching.ways({"contact": {"language": " English "}}) == []
