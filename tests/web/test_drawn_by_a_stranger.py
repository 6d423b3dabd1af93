"""A drawing as people make it, with every fix made, published, and followed on the pages."""

import pytest

from app.cases import procedures
from app.drawing.completing import completed
from app.store import tasks
from tests.walks import tiny

BASIL = "basil@larkmere.example"
DRAWN = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="stranger" isExecutable="false">
<laneSet id="lanes"><lane id="lane" name="Coordinator"><flowNodeRef>look</flowNodeRef><flowNodeRef>whole</flowNodeRef>
<flowNodeRef>letter</flowNodeRef></lane></laneSet>
<startEvent id="begun"/><task id="look" name="Look at the papers"/><exclusiveGateway id="whole" name="Is it whole?"/>
<intermediateCatchEvent id="letter" name="The missing paper"><messageEventDefinition/></intermediateCatchEvent>
<endEvent id="done"/>
<sequenceFlow id="a" sourceRef="begun" targetRef="look"/><sequenceFlow id="b" sourceRef="look" targetRef="whole"/>
<sequenceFlow id="c" name="Yes" sourceRef="whole" targetRef="done"/>
<sequenceFlow id="d" sourceRef="whole" targetRef="letter"/><sequenceFlow id="e" sourceRef="letter" targetRef="look"/>
</process></definitions>"""


@pytest.fixture
def case(partnership, clock):
    clock.pass_(seconds=1)  # later than what the partnership published
    content = completed.complete(DRAWN, "stranger.bpmn").content
    procedures.publish({"stranger.bpmn": content}, by="tests", note="", clock=clock)
    return tiny.begin("stranger", clock, **tiny.VICTIM)


@pytest.fixture
def coordinator(counter):
    counter.sign_in(BASIL)
    return counter


def opened(coordinator, case):
    (task,) = tasks.of_case(case.id)
    return task.key, coordinator.get(f"/tasks/{task.id}")


def test_a_step_without_a_form_a_question_and_an_arrival_are_done_on_their_pages(coordinator, case):
    key, page = opened(coordinator, case)
    assert key == "look" and "What came of it?" in coordinator.words(page)
    answer(coordinator, page, {"look.outcome": "One paper is missing."})
    key, page = opened(coordinator, case)
    assert key == "whole" and "Is it whole?" in coordinator.words(page)
    assert page.xpath("//input[@type='radio']/@value") == ["Yes", "No"]
    answer(coordinator, page, {"answer_whole": "No"})
    key, page = opened(coordinator, case)
    assert key == "letter" and "Has this happened? The missing paper" in coordinator.words(page)
    answer(coordinator, page, {})
    assert opened(coordinator, case)[0] == "look"
    coordinator.get(f"/cases/{case.reference}/timeline")
    assert coordinator.status == 200


def test_a_question_that_is_not_answered_is_asked_again(coordinator, case):
    answer(coordinator, opened(coordinator, case)[1], {"look.outcome": "Whole."})
    page = answer(coordinator, opened(coordinator, case)[1], {})
    assert coordinator.status == 422 and "Select one of them" in coordinator.words(page)


def answer(coordinator, page, answers):
    """Fill in the form of a task and send it, over the page that shows the answers once more."""
    form = next(one for one in page.forms if one.method == "POST" and "tasks" in (one.action or coordinator.path))
    shown = coordinator.fill(form, answers)
    return shown
