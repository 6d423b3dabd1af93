"""What a drawing would do wrong, each with the smallest drawing that does it, and with those that do not."""

from pathlib import Path

import pytest

from app.drawing import reading
from app.drawing.soundness import foretelling
from tests.drawing.sketch import found, sketch
from tests.processes.published import CUTS_OFF

PUBLISHED = sorted((Path(__file__).parents[2] / "processes").glob("*.bpmn"))
MEANT = {("cuts_off", element) for element in CUTS_OFF}
BEGIN = "startEvent s\nendEvent e\n"


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_nothing_is_said_against_the_published_procedure(path):
    said = foretelling.findings(reading.read(path.read_bytes(), path.name))
    assert [one for one in said if (one.kind, one.element) not in MEANT] == []


def test_a_join_that_waits_for_a_branch_which_a_question_left_out_is_told_with_both_names():
    said = found(f"""{BEGIN}
        exclusiveGateway x Approve?
        userTask a Check the risk
        userTask b Check the papers
        parallelGateway j Both checks done?
        s -> x -> a -> j -> e
        x -> b -> j""")
    assert said == {
        "gets_stuck": [
            "‘Both checks done?’ waits for two branches, but ‘Approve?’ only ever takes one way. It can wait for ever."
        ]
    }


def test_a_join_of_what_was_forked_is_fine():
    assert not found(f"""{BEGIN}
        parallelGateway f
        userTask a
        userTask b
        parallelGateway j
        s -> f -> a -> j -> e
        f -> b -> j""")


@pytest.mark.parametrize(
    ("split", "join", "kinds"),
    [
        ("inclusive", "inclusive", set()),
        ("inclusive", "parallel", {"gets_stuck"}),
        ("parallel", "inclusive", set()),
        ("exclusive", "inclusive", set()),
    ],
)
def test_an_inclusive_join_waits_for_what_can_still_come(split, join, kinds):
    assert (
        set(
            found(f"""{BEGIN}
        {split}Gateway f
        userTask a
        userTask b
        {join}Gateway j
        s -> f
        f -> a -> j -> e
        f -> b -> j""")
        )
        == kinds
    )


def test_a_join_behind_an_event_that_takes_its_branch_away_is_told_with_the_event():
    said = found(f"""{BEGIN}
        parallelGateway f
        userTask a Ask the agency
        userTask b
        boundaryEvent late No answer on=a timer=3_days
        parallelGateway j Everything is here
        endEvent e2
        s -> f -> a -> j -> e
        f -> b -> j
        late -> e2""")
    assert said["gets_stuck"] == [
        "‘Everything is here’ waits for two branches, but when ‘No answer’ happens, ‘Ask the agency’ no longer leads "
        "there. It can wait for ever."
    ]


def test_a_join_in_a_loop_that_waits_for_its_own_way_back_is_told_once():
    said = found(f"""{BEGIN}
        parallelGateway j Begin
        userTask a Look
        exclusiveGateway x Again?
        s -> j -> a -> x -> e
        x -> j""")
    assert said["gets_stuck"] == [
        "‘Begin’ waits for two branches, but ‘Again?’ can only come after it. It waits for ever."
    ]


def test_a_join_that_waits_only_because_another_does_is_not_told():
    said = found(f"""{BEGIN}
        parallelGateway f
        exclusiveGateway x Which?
        userTask a
        userTask b
        userTask c
        parallelGateway j First
        parallelGateway k Second
        s -> f -> x -> a -> j -> k -> e
        x -> b -> j
        f -> c -> k""")
    assert len(said["gets_stuck"]) == 1 and said["gets_stuck"][0].startswith("‘First’")


def test_a_question_answered_before_keeps_its_answer_until_somebody_is_asked():
    drawing = f"""{BEGIN}
        exclusiveGateway x
        exclusiveGateway y
        parallelGateway f
        parallelGateway j
        {{}} between
        endEvent e2
        userTask a
        s -> x
        x -> f : risk.band = "high"
        x -> between : risk.band != "high"
        f -> between -> y
        f -> a -> j -> e
        y -> j : risk.band = "high"
        y -> e2 : risk.band != "high" """
    assert "gets_stuck" not in found(drawing.format("sendTask").replace("userTask a", "sendTask a"))
    assert "gets_stuck" in found(drawing.format("userTask"))


def test_a_loop_of_steps_that_no_way_leads_out_of_is_endless():
    said = found(f"""{BEGIN}
        exclusiveGateway x Enough?
        userTask a Write
        userTask b Read
        s -> x -> e
        x -> a -> b -> a""")
    assert said == {"endless_loop": ["This goes round without end: no way leads out of ‘Write’ and ‘Read’."]}


def test_a_loop_with_a_way_out_is_fine():
    assert not found(f"""{BEGIN}
        userTask a
        exclusiveGateway x
        s -> a -> x -> e
        x -> a""")


def test_a_loop_that_a_time_limit_ends_is_fine():
    assert not found(f"""{BEGIN}
        userTask a
        boundaryEvent late on=a timer=3_days
        s -> a -> a
        late -> e""")


def test_a_question_that_nobody_can_answer_otherwise_goes_round_at_once():
    said = found(f"""{BEGIN}
        sendTask a Send it
        exclusiveGateway x Arrived?
        s -> a -> x
        x -> e : arrived
        x -> a : not(arrived)""")
    assert set(said) == {"endless_at_once"}
    assert "‘Send it’ and ‘Arrived?’" in said["endless_at_once"][0]


def test_branches_that_come_back_to_their_fork_pile_up():
    said = found(f"""{BEGIN}
        parallelGateway f All at once
        userTask a Do
        userTask b Check
        exclusiveGateway m
        exclusiveGateway x
        s -> m -> f -> a -> x
        f -> b -> x -> m
        x -> e""")
    assert said["piles_up"][0].startswith("The ways out of ‘All at once’ come back to it")


def test_a_branch_that_a_loop_starts_each_time_and_that_ends_by_itself_does_not_pile_up():
    assert not found(f"""{BEGIN}
        parallelGateway f
        userTask a
        userTask b
        endEvent e2
        exclusiveGateway x
        exclusiveGateway m
        s -> m -> f -> a -> x -> m
        f -> b -> e2
        x -> e""")


def test_what_nothing_leads_to_is_one_finding_for_its_whole_region():
    said = found(f"""{BEGIN}
        userTask a
        userTask b Old step
        userTask c Next old step
        s -> a -> e
        b -> c -> e""")
    assert said == {"never_reached": ["‘Old step’ can never be reached. Nor can ‘Next old step’."]}


def test_an_event_on_a_step_that_takes_no_time_never_happens():
    said = found(f"""{BEGIN}
        sendTask a Send
        boundaryEvent late Too late on=a timer=3_days
        userTask b Remind
        s -> a -> e
        late -> b -> e""")
    assert said == {
        "never_reached": ["‘Too late’ can never happen: ‘Send’ is done at once, nobody waits there. Nor can ‘Remind’."]
    }


def test_an_end_of_everything_cuts_off_what_others_do():
    drawing = f"""{BEGIN}
        {{}} f
        userTask a Decide
        userTask b Collect
        endEvent stop Stop terminate
        s -> f -> a -> stop
        f -> b -> e"""
    assert found(drawing.format("parallelGateway")) == {
        "cuts_off": ["‘Stop’ ends everything, also ‘Collect’ if it is open."]
    }
    assert not found(drawing.format("exclusiveGateway"))


def test_an_end_that_sounds_final_while_others_go_on_is_a_note():
    drawing = f"""{BEGIN}
        parallelGateway f
        userTask a
        userTask b Collect
        endEvent closed {{}}
        s -> f -> a -> closed
        f -> b -> e"""
    assert found(drawing.format("Case closed")) == {"others_go_on": ["After ‘Case closed’, ‘Collect’ may still go on."]}
    assert not found(drawing.format("Told"))


def test_a_step_behind_branches_that_were_not_joined_is_asked_for_twice():
    drawing = f"""{BEGIN}
        parallelGateway f Ask both
        userTask a
        userTask b
        {{}} m
        userTask c Decide
        s -> f -> a -> m -> c -> e
        f -> b -> m"""
    said = found(drawing.format("exclusiveGateway"))
    assert list(said) == ["asked_twice"] and said["asked_twice"][0].startswith(
        "‘Decide’ can be started twice: the ways out of ‘Ask both’"
    )
    assert not found(drawing.format("parallelGateway"))


def test_a_reminder_that_leads_into_the_next_step_asks_for_it_twice():
    said = found(f"""{BEGIN}
        userTask a Ask
        boundaryEvent late Reminder on=a beside timer=3_days
        userTask b Decide
        s -> a -> b -> e
        late -> b""")
    assert list(said) == ["asked_twice"]


def test_reminders_beside_steps_are_fine_however_many_there_are():
    steps = "\n".join(
        f"userTask a{n}\nboundaryEvent b{n} on=a{n} beside timer=3_days\nuserTask c{n}\nb{n} -> c{n}\nf -> a{n} -> j"
        for n in range(8)
    )
    assert not found(f"{BEGIN}parallelGateway f\nparallelGateway j\n{steps}\ns -> f\nj -> e")


def test_an_error_that_nothing_catches_stops_the_case():
    drawing = f"""{BEGIN}
        subProcess box Box {{
        startEvent bs
        userTask a
        exclusiveGateway x
        endEvent be
        endEvent failed Failed error=lost
        bs -> a -> x -> be
        x -> failed
        }}
        s -> box -> e"""
    assert found(drawing) == {"error_not_caught": ["‘Failed’ is an error that nothing catches. The case stops there."]}
    assert not found(f"{drawing}\nboundaryEvent c on=box error=lost\nendEvent e2\nc -> e2")


def test_an_event_that_waits_for_an_error_nobody_throws_is_a_note():
    said = found(f"""{BEGIN}
        userTask a Ask
        boundaryEvent c Lost on=a error=lost
        userTask b
        s -> a -> e
        c -> b -> e""")
    assert said == {"never_thrown": ["‘Lost’ can never happen: nothing in ‘Ask’ throws an error ‘lost’."]}


def test_a_box_that_only_ends_by_an_error_does_not_go_on():
    said = found(f"""{BEGIN}
        subProcess box Box {{
        startEvent bs
        userTask a
        endEvent failed error=lost
        bs -> a -> failed
        }}
        userTask next Next
        boundaryEvent c on=box error=lost
        s -> box -> next -> e
        c -> e""")
    assert said == {"never_reached": ["‘Next’ can never be reached."]}


def test_what_gets_stuck_in_a_box_is_told_there_and_not_around_it():
    said = found(f"""{BEGIN}
        subProcess box Box {{
        startEvent bs
        exclusiveGateway x Which?
        userTask a
        userTask b
        parallelGateway j Both
        endEvent be
        bs -> x -> a -> j -> be
        x -> b -> j
        }}
        s -> box -> e""")
    assert list(said) == ["gets_stuck"] and len(said["gets_stuck"]) == 1


def test_nothing_is_said_of_the_inside_of_a_box_that_is_never_reached():
    said = found(f"""{BEGIN}
        subProcess box Box {{
        startEvent bs
        userTask a
        endEvent be
        bs -> a -> a
        }}
        s -> e
        box -> e""")
    assert said == {"never_reached": ["‘Box’ can never be reached."]}


def test_a_signal_that_may_have_been_sent_before_is_waited_for_in_vain():
    said = found(f"""{BEGIN}
        parallelGateway f
        userTask a
        intermediateThrowEvent t signal=ready
        intermediateCatchEvent c Ready? signal=ready
        userTask b
        endEvent e2
        s -> f -> a -> t -> e
        f -> b -> c -> e2""")
    assert said == {"gets_stuck": ["‘Ready?’ can wait for ever: the signal ‘ready’ may have been sent before."]}


def test_a_link_is_followed_to_where_it_is_caught():
    assert not found(f"""{BEGIN}
        intermediateThrowEvent t link=on
        intermediateCatchEvent c link=on
        userTask a
        s -> t
        c -> a -> e""")


def test_each_start_is_a_way_of_its_own():
    said = found("""
        startEvent s
        startEvent s2
        parallelGateway j Both
        endEvent e
        s -> j -> e
        s2 -> j""")
    assert list(said) == ["gets_stuck"]


def test_too_many_ways_are_not_all_tried_and_that_is_said():
    ways = "\n".join(
        f"userTask a{n}\nuserTask b{n}\nf -> a{n} -> x{n} -> b{n} -> j\nx{n} -> a{n}\nexclusiveGateway x{n}"
        for n in range(14)
    )
    said = found(
        f"{BEGIN}parallelGateway f\nparallelGateway j\nuserTask alone Alone\n{ways}\ns -> f\nj -> e\nalone -> e"
    )
    assert set(said) == {"too_many_ways", "never_reached"}
    assert said["too_many_ways"][0].startswith(
        "There are too many ways through this drawing to try them all. We tried "
    )


def test_a_drawing_in_pieces_is_no_trouble():
    assert set(found("userTask a\nuserTask b\na -> b")) == set()
    assert found("endEvent e") == {}
    assert foretelling.findings(sketch("textAnnotation t")) == []
