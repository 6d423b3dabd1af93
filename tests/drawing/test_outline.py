"""What small drawings say in words, construct by construct; the whole text is what people get to read."""

import pytest

from app.drawing.outlining.text import nested, text
from app.drawing.outlining.values import Known
from app.drawing.outlining.writing import outline
from app.drawing.reading import read
from tests.drawing import outlines
from tests.drawing.samples import HEAD, bpmn

KNOWN = Known(
    timescales=lambda milestone, label: {"interview": "working day 3"}.get(milestone, ""),
    processes={"ask": "Ask an agency"},
    tables={"risk": "Risk band"},
)


def arrow(source, target, name="", condition=""):
    """An arrow, with words and a condition."""
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}" name="{name}">{inside}</sequenceFlow>'


def way(*ids):
    """Arrows from each to the next."""
    return "".join(arrow(one, other) for one, other in zip(ids, ids[1:], strict=False))


def lane(name, *ids):
    """Who does what."""
    refs = "".join(f"<flowNodeRef>{one}</flowNodeRef>" for one in ids)
    return f'<laneSet id="lanes"><lane id="lane" name="{name}">{refs}</lane></laneSet>'


def limit(host, words, kind="timeDuration", stops="false", id_="late", name=""):
    """A time limit on the edge of a task."""
    timer = f"<timerEventDefinition><{kind}>{words}</{kind}></timerEventDefinition>"
    return f'<boundaryEvent id="{id_}" name="{name}" attachedToRef="{host}" cancelActivity="{stops}">{timer}</boundaryEvent>'


def properties(**keys):
    """The application's own keys."""
    inside = "".join(f'<spiffworkflow:property name="{k}" value="{v}"/>' for k, v in keys.items())
    return f"<extensionElements><spiffworkflow:properties>{inside}</spiffworkflow:properties></extensionElements>"


def said(inside, beside=""):
    """The steps of a drawing as lines, without the heading."""
    lines = text(outline(read(bpmn(inside, beside=beside), "a.bpmn"), KNOWN), width=200).splitlines()
    return [line for line in lines[3:] if line and not line.startswith("Who takes part")]


START, END = '<startEvent id="s" name="Application received"/>', '<endEvent id="e" name="Panel held"/>'
ASK = '<userTask id="ask" name="Interview the victim"/>'


def test_who_does_what_within_which_time_and_who_is_told():
    inside = START + ASK + END + lane("Community safety officer", "ask") + limit("ask", '=timescale("interview")')
    inside += '<endEvent id="told" name="Coordinator told"><escalationEventDefinition/></endEvent>'
    assert said(inside + way("s", "ask", "e") + way("late", "told")) == [
        "It begins when the application is received.",
        "1. The community safety officer interviews the victim, within 3 working days of the application. "
        "That is the end: the panel is held.",
        "   - If nobody has done so by then, the coordinator is told.",
    ]


def test_a_question_leads_to_steps_of_its_own_and_back():
    inside = START + ASK + '<exclusiveGateway id="q" name="Enough?"/><task id="more" name="Ask for more"/>' + END
    inside += way("s", "ask", "q") + arrow("q", "e", "yes") + arrow("q", "more", "no") + way("more", "ask")
    assert said(inside) == [
        "It begins when the application is received.",
        "1. Interview the victim.",
        "2. Enough?",
        "   - If yes, that is the end: the panel is held.",
        "   - If no:",
        "     2.1. Ask for more. Then go back to step 1.",
    ]


def test_ways_at_the_same_time_meet_again():
    inside = (
        START + ASK + '<parallelGateway id="g"/><task id="b" name="Send the papers"/><parallelGateway id="j"/>' + END
    )
    inside += way("s", "g", "ask", "j", "e") + way("g", "b", "j")
    assert said(inside) == [
        "It begins when the application is received.",
        "1. All of these at the same time:",
        "   1.1. Interview the victim. Then go to step 2.",
        "   1.2. Send the papers. Then go to step 2.",
        "2. When steps 1.1 and 1.2 are done, that is the end: the panel is held.",
    ]


def test_ways_of_several_steps_at_the_same_time_are_told_apart():
    inside = START + ASK + '<task id="b" name="B"/><task id="c" name="C"/>' + way("s", "ask", "b") + way("s", "c")
    assert said(inside)[:4] == [
        "1. It begins when the application is received. After it, all of these at the same time:",
        "   - Part 1:",
        "     1.1. C. This part ends here.",
        "   - Part 2:",
    ]


def test_one_or_more_ways_are_waited_for_as_far_as_they_were_begun():
    inside = '<startEvent id="s"/><inclusiveGateway id="g" name="Who can help?"/><task id="a" name="Call a doctor"/>'
    inside += '<task id="b" name="Call the police"/><inclusiveGateway id="j"/><task id="c" name="Write it down"/>'
    inside += (
        way("s", "g") + arrow("g", "a", "a doctor") + arrow("g", "b", "the police") + way("a", "j", "c") + way("b", "j")
    )
    assert said(inside)[1:] == [
        "1. Who can help? One or more of these:",
        "   - If ‘a doctor’:",
        "     1.1. Call a doctor. Then go to step 2.",
        "   - If ‘the police’:",
        "     1.2. Call the police. Then go to step 2.",
        "2. When those of steps 1.1 and 1.2 that were begun are done: Write it down. This part ends here.",
    ]


def test_whichever_comes_first():
    inside = '<startEvent id="s"/><eventBasedGateway id="g"/>' + END
    inside += '<intermediateCatchEvent id="a" name="Appeal received"><messageEventDefinition/></intermediateCatchEvent>'
    inside += '<intermediateCatchEvent id="b"><timerEventDefinition><timeDuration>P20D</timeDuration></timerEventDefinition></intermediateCatchEvent>'
    inside += '<task id="c" name="Answer the appeal"/>' + way("s", "g", "a", "c", "e") + way("g", "b", "e")
    assert said(inside)[1:] == [
        "1. Whichever comes first:",
        "   - After 20 days, go on with step 2.",
        "   - If the appeal is received:",
        "     1.1. Answer the appeal. Then go to step 2.",
        "2. That is the end: the panel is held.",
    ]


def test_arrows_without_words_say_their_condition_in_simple_words_or_as_written():
    inside = (
        '<startEvent id="s"/><exclusiveGateway id="g" default="g-c"/><task id="a" name="A"/><task id="b" name="B"/>'
    )
    inside += '<task id="c" name="C"/>' + way("s", "g") + arrow("g", "a", condition='=risk.band = "high"')
    inside += arrow("g", "b", condition='matches(risk, "x")') + arrow("g", "c")
    assert [line.strip() for line in said(inside)[1:] if "-" in line or "depends" in line] == [
        "1. It depends:",
        "- If risk band is ‘high’:",
        '- If this holds: ‘matches(risk, "x")’:',
        "- Otherwise:",
    ]


def test_several_limits_are_told_in_the_order_of_time():
    inside = (
        START + ASK + limit("ask", "10 working days", stops="true", id_="z") + limit("ask", "5 working days", id_="y")
    )
    inside += limit("ask", "every 2 working days", "timeCycle", id_="x") + way("s", "ask")
    inside += '<sendTask id="n" name="Remind them"/><task id="r" name="Record that"/>' + way("y", "n") + way("z", "r")
    assert said(inside)[1:] == [
        "1. Interview the victim. This part ends here.",
        "   - Every 2 working days, as long as this is not done, nothing more is drawn.",
        "   - If this is not done within 5 working days:",
        "     1.1. Remind them. This part ends here.",
        "   - If this is not done within 10 working days, this step is stopped:",
        "     1.2. Record that. This part ends here.",
    ]


def test_a_box_has_steps_of_its_own():
    inside = (
        START + '<subProcess id="box" name="Check the house"><startEvent id="i"/><task id="d" name="Check the doors"/>'
    )
    inside += (
        way("i", "d")
        + '</subProcess><boundaryEvent id="f" name="Nobody home" attachedToRef="box"><errorEventDefinition/>'
    )
    inside += (
        "</boundaryEvent>" + END + way("s", "box", "e") + '<task id="back" name="Come back"/>' + way("f", "back", "box")
    )
    assert said(inside)[1:] == [
        "1. Check the house. When this is done, that is the end: the panel is held. These are its steps:",
        "   1.1. Check the doors. This part ends here.",
        "   - If it fails (‘Nobody home’):",
        "     1.2. Come back. Then go back to step 1.",
    ]


def test_what_may_happen_at_any_time():
    inside = START + ASK + way("s", "ask") + '<subProcess id="box" name="When late" triggeredByEvent="true">'
    inside += (
        '<startEvent id="i" name="A limit was missed" isInterrupting="false"><escalationEventDefinition/></startEvent>'
    )
    inside += '<task id="d" name="Chase them"/>' + way("i", "d") + "</subProcess>"
    assert said(inside)[2:] == ["2. At any time, when a limit was missed:", "   2.1. Chase them. This part ends here."]


def test_what_is_asked_called_repeated_and_sent():
    rule = (
        "<extensionElements><spiffworkflow:calledDecisionId>risk</spiffworkflow:calledDecisionId></extensionElements>"
    )
    many = "<multiInstanceLoopCharacteristics><loopDataInputRef>chosen_agencies</loopDataInputRef></multiInstanceLoopCharacteristics>"
    inside = f'<startEvent id="s"/><businessRuleTask id="a" name="Band the risk">{rule}</businessRuleTask>'
    inside += f'<callActivity id="b" name="Hear from them" calledElement="ask">{many}</callActivity>'
    inside += (
        f'<sendTask id="c" name="Invite everybody">{properties(letter="x", to="victim, agency:police")}</sendTask>'
    )
    inside += '<serviceTask id="d" name="Make the file"/><task id="e" name="Try again"><standardLoopCharacteristics '
    inside += 'loopMaximum="3"/></task>' + way("s", "a", "b", "c", "d", "e")
    assert said(inside)[1:] == [
        "1. Band the risk: the table ‘Risk band’ decides.",
        "2. Hear from them (see the part ‘Ask an agency’). This is done once for each of the chosen agencies.",
        "3. Invite everybody: a letter goes to the victim and the police.",
        "4. Make the file. This happens by itself.",
        "5. Try again. This is done again and again, at most 3 times. This part ends here.",
    ]


def test_a_pair_of_links_is_only_an_arrow():
    inside = (
        START + ASK + '<intermediateThrowEvent id="t" name="A"><linkEventDefinition name="A"/></intermediateThrowEvent>'
    )
    inside += '<intermediateCatchEvent id="c" name="A"><linkEventDefinition name="A"/></intermediateCatchEvent>' + END
    assert said(inside + way("s", "ask", "t") + way("c", "e"))[1:] == [
        "1. Interview the victim. That is the end: the panel is held."
    ]


def test_what_nothing_leads_to_and_what_leads_nowhere_is_told():
    inside = START + ASK + '<task id="lonely"/><task id="x" name="Alone"/>' + way("s", "ask") + way("lonely", "x")
    assert said(inside)[1:] == [
        "1. Interview the victim. This part ends here.",
        "2. Not connected: A task without a name, before ‘Alone’.",
        "3. Alone. This part ends here.",
    ]


def test_remarks_papers_and_long_texts_are_notes():
    inside = START + ASK.replace("/>", "><documentation>Listen first.</documentation></userTask>") + way("s", "ask")
    inside += '<textAnnotation id="n"><text>Only\n on weekdays</text></textAnnotation><association id="l" sourceRef="ask" targetRef="n"/>'
    inside += '<textAnnotation id="m"><text>Agreed in May</text></textAnnotation>'
    assert said(inside)[2:] == ["   Note: Listen first.", "   Note: Only on weekdays.", "Note: Agreed in May."]


def test_several_pools_each_have_a_heading_and_say_whom_they_tell():
    pools = '<collaboration id="c"><participant id="us" name="Council" processRef="p"/><participant id="them" name="Police"/>'
    pools += '<participant id="third" name="Neighbours" processRef="q"/><messageFlow id="m" name="Report" sourceRef="ask" targetRef="them"/></collaboration>'
    other = '<process id="q" name="Wait"><task id="w" name="Watch the street"/></process>'
    written = f"{HEAD}{pools}<process id='p'><task id='ask' name='Write the report'/></process>{other}</definitions>"
    assert text(outline(read(written.encode(), "a.bpmn"))).splitlines() == [
        "Council",
        "=======",
        "",
        "1. The council writes the report. This part ends here.",
        "   This tells the police: ‘Report’.",
        "",
        "Wait",
        "====",
        "",
        "Who takes part: Neighbours.",
        "",
        "1. The neighbours watch the street. This part ends here.",
        "",
        "Also takes part, without steps in this drawing: the police.",
    ]


def test_a_german_drawing_keeps_its_labels():
    inside = '<startEvent id="s" name="Antrag ist eingegangen"/><task id="a" name="Antrag prüfen"/><endEvent id="e" name="Fertig"/>'
    inside += lane("Sachbearbeiter", "a") + way("s", "a", "e")
    assert said(inside) == [
        "It begins with ‘Antrag ist eingegangen’.",
        "1. Sachbearbeiter: Antrag prüfen. That is the end: ‘Fertig’.",
    ]


@pytest.mark.parametrize("name", sorted(outlines.written()))
def test_the_outlines_that_are_kept_are_those_of_the_drawings(name):
    kept = outlines.KEPT / name
    assert kept.read_text("utf-8") == outlines.written()[name], "run `python -m tests.drawing.outlines`"


def test_no_outline_is_kept_of_a_drawing_that_is_gone():
    assert {path.name for path in outlines.KEPT.glob("*")} == set(outlines.written())


@pytest.mark.parametrize("name", sorted(outlines.written()))
def test_an_outline_has_no_word_of_the_trade(name):
    words = outlines.written()[name].lower()
    trade = (
        "gateway",
        "token",
        "boundary",
        "event",
        "swimlane",
        "workflow",
        "escalat",
        "interrupt",
        "subprocess",
        "bpmn",
    )
    assert not [word for word in trade if word in words]


def test_a_page_gets_lists_in_lists_with_the_steps_that_texts_refer_to():
    inside = START + ASK + '<exclusiveGateway id="q" name="Enough?"/>' + END
    inside += way("s", "ask", "q") + arrow("q", "e", "yes") + arrow("q", "ask", "no")
    part = nested(outline(read(bpmn(inside), "a.bpmn")))[0]
    assert [step["number"] for step in part["steps"]] == ["", "1", "2"]
    assert part["steps"][2]["ways"][1]["text"] == [
        {"text": "If no, go back to step "},
        {"text": "1", "element": "ask"},
        {"text": "."},
    ]
