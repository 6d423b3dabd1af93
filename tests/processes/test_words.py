"""The words of a drawing, and the elements that a drawing which is to run does not use."""

import re

import pytest

from tests.processes import published
from tests.processes.published import NAMES, PAGES, kind

ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
ROLES = {
    "Applicant or representative",
    "Victim Support officer",
    "Community safety officer",
    "Mental health professional",
    "Panel chair",
    "Agencies",
    "Coordinator",
    "Senior officer",
}
ROOTS = {"asb_case_review", "second_report_notice", "annual_publication", "retention"}  # opened by themselves
FORBIDDEN = {
    "complexGateway",
    "inclusiveGateway",
    "adHocSubProcess",
    "transaction",
    "linkEventDefinition",
    "compensateEventDefinition",
    "conditionalEventDefinition",
    "cancelEventDefinition",
    "scriptTask",
    "task",
}
KNOWN_MESSAGES = {
    "asb_case_review": {"message_failed", "withdrawn", "new_incident", "information_received"},
    "review_case": {"appeal_received"},
    "second_report_notice": {"report_logged", "message_failed"},
    "annual_publication": {"numbers_counted"},
    "retention": {"cases_deleted"},
}

each_page = pytest.mark.parametrize("name", PAGES)


@each_page
def test_ids_are_english_words(name):
    odd = [e.get("id") for e in published.nodes(name) + published.flows(name) if not ID.fullmatch(e.get("id"))]
    assert odd == []


@each_page
def test_an_id_is_used_once(name):
    ids = [e.get("id") for e in published.page(name).iter() if isinstance(e.tag, str) and e.get("id")]
    assert len(ids) == len(set(ids))


@each_page
def test_the_process_has_the_name_of_its_file(name):
    assert [p.get("id") for p in published.page(name).iterfind("b:process", NAMES)] == [name]


@each_page
def test_lanes_are_roles(name):
    assert {lane.get("name") for lane in published.page(name).iterfind(".//b:lane", NAMES)} <= ROLES


@each_page
def test_every_step_has_words(name):
    """Gateways that split or join all ways, and those that only join, need none."""
    silent = [n.get("id") for n in published.nodes(name) if not n.get("name") and not _needs_no_words(name, n)]
    assert silent == []


@each_page
def test_a_choice_is_a_question_with_two_answers(name):
    for gateway in published.page(name).iterfind(".//b:exclusiveGateway", NAMES):
        leaving = [f for f in published.flows(name) if f.get("sourceRef") == gateway.get("id")]
        if len(leaving) > 1:
            assert gateway.get("name").endswith("?"), gateway.get("id")
            assert sorted(f.get("name") for f in leaving) == ["no", "yes"]
            assert all(f.findtext("b:conditionExpression", "", NAMES) for f in leaving)


@each_page
def test_an_event_that_waits_for_the_first_is_a_question(name):
    names = [g.get("name") for g in published.page(name).iterfind(".//b:eventBasedGateway", NAMES)]
    assert all(said.endswith("?") for said in names)


@each_page
def test_only_elements_that_run_as_drawn_are_used(name):
    used = {kind(e) for e in published.page(name).iter() if isinstance(e.tag, str)}
    assert used & FORBIDDEN == set()


@each_page
def test_frames_do_not_interrupt(name):
    frames = [s for s in published.page(name).iterfind(".//b:subProcess", NAMES) if s.get("triggeredByEvent")]
    starts = [start for frame in frames for start in frame.iterfind("b:startEvent", NAMES)]
    assert [start.get("isInterrupting") for start in starts] == ["false"] * len(frames)


@each_page
def test_two_arrows_enter_a_step_only_where_one_of_them_comes(name):
    """A gateway that waits for all ways must not also join ways of which one is taken."""
    for gateway in published.page(name).iterfind(".//b:parallelGateway", NAMES):
        entering = [f for f in published.flows(name) if f.get("targetRef") == gateway.get("id")]
        leaving = [f for f in published.flows(name) if f.get("sourceRef") == gateway.get("id")]
        assert (len(entering) == 1) != (len(leaving) == 1), gateway.get("id")


@each_page
def test_every_called_page_and_table_is_there(name):
    called = {c.get("calledElement") for c in published.page(name).iterfind(".//b:callActivity", NAMES)}
    asked = {e.text for e in published.page(name).iterfind(".//s:calledDecisionId", NAMES)}
    decisions = {d.get("id") for t in published.TABLES for d in published.xml(f"{t}.dmn").iterfind("m:decision", NAMES)}
    assert called <= set(PAGES)
    assert asked <= decisions


def test_every_page_and_table_is_used():
    drawings = [published.page(name) for name in PAGES]
    called = {c.get("calledElement") for d in drawings for c in d.iterfind(".//b:callActivity", NAMES)}
    asked = {e.text for d in drawings for e in d.iterfind(".//s:calledDecisionId", NAMES)}
    assert called | ROOTS == set(PAGES)
    assert asked | {"timescales", "who_may_see"} == set(published.TABLES), "these two are asked from outside"


def test_every_escalation_that_is_thrown_is_caught():
    drawings = [published.page(name) for name in PAGES]
    thrown, caught = set(), set()
    for event in (e for d in drawings for e in d.iterfind(".//b:escalationEventDefinition", NAMES)):
        side = caught if kind(event.getparent()) in ("boundaryEvent", "startEvent") else thrown
        side.add(event.get("escalationRef"))
    assert thrown | {"limit_near_escalation"} == caught, "by the engine itself, at the time that the table warns"


@pytest.mark.parametrize("name,messages", KNOWN_MESSAGES.items(), ids=KNOWN_MESSAGES)
def test_messages_from_outside_have_the_names_the_application_knows(name, messages):
    waits = {
        e.get("messageRef").removesuffix("_message")
        for e in published.page(name).iterfind(".//b:messageEventDefinition", NAMES)
        if kind(e.getparent()) in ("startEvent", "intermediateCatchEvent", "boundaryEvent")
    }
    assert waits == messages


def _needs_no_words(name, node):
    leaving = [f for f in published.flows(name) if f.get("sourceRef") == node.get("id")]
    return kind(node) == "parallelGateway" or (kind(node) == "exclusiveGateway" and len(leaving) == 1)
