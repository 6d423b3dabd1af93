"""Labels turned into sentences, only where the rules are sure."""

import pytest

from app.drawing.model import Element
from app.drawing.outlining.english import done_by, is_several, person, state
from app.drawing.outlining.limits import after, every, within, written
from app.drawing.outlining.names import condition


@pytest.mark.parametrize(
    ("role", "says"),
    [
        ("Community safety officer", "the community safety officer"),
        ("Victim Support", "Victim Support"),
        ("Victim Support officer", "the Victim Support officer"),
        ("NHS lead", "the NHS lead"),
        ("NHS", "the NHS"),
        ("Police", "the police"),
        ("the council", "the council"),
        ("Prüfer", "Prüfer"),
    ],
)
def test_who_somebody_is_in_a_sentence(role, says):
    assert person(role) == says


def test_who_is_several():
    assert [
        who for who in ("Agencies", "Police", "NHS", "Chair", "Housing and police", "Status") if is_several(who)
    ] == [
        "Agencies",
        "Police",
        "Housing and police",
    ]


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("Interview the applicant", "The officer interviews the applicant"),
        ("Hold and record the panel", "The officer holds and records the panel"),
        ("Chase, reassign or extend", "The officer chases, reassigns or extends"),
        ("Accept it, or say why not", "The officer accepts it, or says why not"),
        ("Send outcome and plan", "The officer sends outcome and plan"),
        ("Notify the police", "The officer notifies the police"),
        ("Reply", "The officer replies"),
        ("Go there", "The officer goes there"),
        ("Review progress", "The officer reviews progress"),
        ("Check that it was done", "The officer checks that it was done"),
        ("Review meeting", ""),
        ("Contact details", ""),
        ("Request sent", ""),
        ("Write reasons, name help", ""),
        ("Risk assessment", ""),
        ("Antrag prüfen", ""),
        ("Enough?", ""),
        ("", ""),
    ],
)
def test_a_label_becomes_a_sentence_only_where_it_surely_tells_somebody_to_do_something(label, says):
    assert done_by("Officer", label) == says


def test_several_people_do_what_one_does():
    assert done_by("Agencies", "Return information") == "The agencies return information"


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("Senior officer told", "the senior officer is told"),
        ("Reports confirmed", "the reports are confirmed"),
        ("Actions carried out", "the actions are carried out"),
        ("Risk brought down", "the risk is brought down"),
        ("Threshold not met", "the threshold is not met"),
        ("No answer recorded", "no answer is recorded"),
        ("Letter or message failed", "the letter or message has failed"),
        ("A limit was missed", "a limit was missed"),
        ("Case closed, victim told", "the case is closed and the victim is told"),
        ("Told", ""),
        ("What to do", ""),
        ("High risk", ""),
        ("Erledigt für heute", ""),
    ],
)
def test_what_has_become_true(label, says):
    assert state(label) == says


@pytest.mark.parametrize(
    ("words", "at_most", "then"),
    [
        ("10 working days", "within 10 working days", "after 10 working days"),
        ("working day 3", "within 3 working days of the application", "3 working days after the application"),
        (
            "2 working days before panel.held_at",
            "at least 2 working days before the panel",
            "2 working days before the panel",
        ),
        ("P1M", "within 1 month", "after 1 month"),
        ("2026-03-06", "by Friday 6 March 2026", "on Friday 6 March 2026"),
        ("by panel.held_on", "by the panel", "on the panel"),
        ("due date of action", "by the due date of action", "on the due date of action"),
        ("=a + b", "at the time that is worked out from ‘a + b’", "at the time that is worked out from ‘a + b’"),
        ("", "within the agreed time", "after the agreed time"),
    ],
)
def test_a_limit_inside_a_sentence(words, at_most, then):
    assert within(words).replace("\u00a0", " ") == at_most
    assert after(words).replace("\u00a0", " ") == then


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("R3/P28D", "every 28 days, 3 times"),
        ("every 1 working day", "every working day"),
        ("5 working days", "every 5 working days"),
        (
            "every 8 working days after told.victim",
            "whenever 8 working days have passed since the last letter to the victim",
        ),
        ("", "again and again"),
    ],
)
def test_what_comes_round_again(words, says):
    assert every(words).replace("\u00a0", " ") == says


def test_an_agreed_time_is_looked_up_else_read_off_the_label_else_named():
    timer = Element("t", "boundaryEvent", "", "p", "p", event="timer", timer='=timescale("interview")')
    assert written(timer, lambda milestone, label: "3 working days") == "3 working days"
    assert within(written(timer, lambda milestone, label: "")) == "within the agreed time for interview"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('=risk.band = "high"', "risk band is ‘high’"),
        ("a_b >= 3 and met", "a b is at least 3 and met is true"),
        ("met = true or left != 0", "met is yes or left is not 0"),
        ("rounds < limit", "rounds is less than limit"),
        ('matches(a, "b")', '‘matches(a, "b")’'),
        ("((", "‘((’"),
    ],
)
def test_a_condition_in_simple_words(text, says):
    assert condition(text) == says
