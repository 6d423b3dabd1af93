"""Answers that fit no condition, conditions that nobody answers, lanes without people, limits that come too late."""

import pytest

from tests.drawing.sketch import found

ASK = """startEvent s
    endEvent e
    endEvent e2
    userTask a Assess form=risk
    exclusiveGateway x How high? {}
    s -> a -> x
    {}"""
BANDS = {"risk": {"risk.band": frozenset({"low", "medium", "high"}), "risk.notes": None}}


def asked(ways, default="", **known):
    return found(ASK.format(default, ways), **({"fields": BANDS} | known))


def test_a_question_that_covers_every_answer_once_is_fine():
    assert not asked('x -> e : risk.band = "high"\nx -> e2 : risk.band != "high"')
    assert not asked('x -> e : risk.band = "high"\nx -> e2', default="default=e2")
    assert not asked('x -> e : risk.band = "high"\nx -> e2 : risk.band in ("low", "medium")')


def test_an_answer_that_no_way_fits_would_stop_the_case():
    said = asked('x -> e : risk.band = "high"\nx -> e2 : risk.band = "low"')
    assert said == {"no_way_fits": ["No way out of ‘How high?’ fits the answer ‘medium’. The case would stop there."]}


def test_an_answer_that_two_ways_fit_is_told():
    said = asked('x -> e : risk.band != "low"\nx -> e2 : risk.band != "high"')
    assert said == {
        "two_ways_fit": ["More than one way out of ‘How high?’ fits the answer ‘medium’. The first is taken."]
    }


def test_a_condition_with_an_answer_that_nobody_can_give_is_told_with_those_that_they_can():
    said = asked('x -> e : risk.band = "hihg"\nx -> e2', default="default=e2")
    assert said == {
        "answer_without_choice": ['‘risk.band = "hihg"’ can never be so: the answers are ‘high’, ‘low’ and ‘medium’.']
    }


def test_a_fact_that_nothing_gives_is_told():
    said = asked('x -> e : risk.bnad = "high"\nx -> e2', default="default=e2")
    assert said["fact_without_source"] == ["‘How high?’ asks for ‘risk.bnad’, which no form and no table gives."]


@pytest.mark.parametrize("known", [{"given": {"threshold.met": None}}, {"given": {"threshold": None}}])
def test_a_fact_of_a_table_or_from_outside_is_known(known):
    assert "fact_without_source" not in asked("x -> e : threshold.met\nx -> e2", default="default=e2", **known)


def test_what_a_script_assigns_is_known():
    drawing = """startEvent s
        endEvent e
        endEvent e2
        scriptTask a script=total=1
        exclusiveGateway x default=e2
        s -> a -> x
        x -> e : total > 3
        x -> e2"""
    assert not found(drawing, fields={})


def test_a_choice_that_the_next_question_does_not_look_at_is_a_note():
    said = asked("x -> e : urgent\nx -> e2", default="default=e2", given={"urgent": None})
    assert said == {
        "field_without_use": [
            "‘Assess’ asks for ‘risk.band’, but ‘How high?’ does not look at any answer of that form."
        ]
    }


def test_without_the_forms_nothing_is_said_of_answers():
    assert not asked('x -> e : risk.bnad = "hihg"\nx -> e2', default="default=e2", fields=None)


def test_questions_about_one_field_agree_while_no_form_with_that_field_comes_between():
    drawing = """startEvent s
        endEvent e
        endEvent e2
        exclusiveGateway x
        parallelGateway f
        userTask t {}
        userTask a form=other
        exclusiveGateway y
        parallelGateway j
        s -> x
        x -> f : risk.band = "high"
        x -> t : risk.band != "high"
        f -> t -> y
        f -> a -> j -> e
        y -> j : risk.band = "high"
        y -> e2 : risk.band != "high" """
    fields = BANDS | {"other": {"other.notes": None}}
    assert not found(drawing.format("form=other"), fields=fields)
    assert "gets_stuck" in found(drawing.format("form=risk"), fields=fields)


def test_a_lane_whose_name_is_no_role_is_told_with_its_steps():
    drawing = "startEvent s\nendEvent e\nuserTask a Decide\nuserTask b Record\ns -> a -> b -> e"
    lanes = {"Panel  chair": "a", "Coordinater": "b s e"}
    said = found(drawing, lanes, roles=["panel chair", "Coordinator"])
    assert said == {"nobody_in_lane": ["Nobody has the role ‘Coordinater’, so nobody would see ‘Record’."]}
    assert not found(drawing, lanes)


REMINDED = """startEvent s
    endEvent e
    endEvent e2
    endEvent e3
    userTask a Answer
    boundaryEvent reminder Reminder on=a beside timer={}
    boundaryEvent closed Closed on=a timer={}
    s -> a -> e
    reminder -> e2
    closed -> e3"""


@pytest.mark.parametrize(
    ("reminder", "closed"),
    [("10_days", "5_days"), ("10_working_days", "5_working_days"), ("2_months", "4_weeks"), ("P10D", "PT24H")],
)
def test_a_reminder_behind_the_end_of_its_step_is_told(reminder, closed):
    said = found(REMINDED.format(reminder, closed))["limit_too_long"]
    words = [one.replace("_", " ") for one in (reminder, closed)]
    assert said == [
        f"‘Reminder’ comes after {words[0]}, but ‘Answer’ has been ended by then: ‘Closed’ comes after {words[1]}."
    ]


@pytest.mark.parametrize(
    ("reminder", "closed"),
    [
        ("5_days", "10_days"),
        ("5_days", "5_days"),
        ("1_month", "30_days"),
        ("7_days", "5_working_days"),
        ("3_days_before_panel.held_on", "1_day"),
        ('=timescale("a")', "1_day"),
    ],
)
def test_limits_that_may_come_in_time_are_not_told(reminder, closed):
    assert "limit_too_long" not in found(REMINDED.format(reminder.replace('"', "&quot;"), closed))


def test_a_limit_longer_than_the_one_on_the_box_around_is_told():
    said = found("""startEvent s
        endEvent e
        endEvent e2
        subProcess box Hear them {
        startEvent bs
        endEvent be
        endEvent be2
        userTask a Ask
        boundaryEvent late Too late on=a timer=20_working_days
        bs -> a -> be
        late -> be2
        }
        boundaryEvent over Time is up on=box timer=10_working_days
        s -> box -> e
        over -> e2""")
    assert said == {
        "limit_too_long": [
            "‘Too late’ comes after 20 working days, but ‘Hear them’ has been ended by then: "
            "‘Time is up’ comes after 10 working days."
        ]
    }
