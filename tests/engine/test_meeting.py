"""Where branches meet: one token of each arrow, no more and no fewer."""

from app.engine.library import procedure
from tests.engine.bench import Case, drawing

TASKS = "abcdu"


def case(*arrows, more="", facts=None, **kinds):
    """A drawing from its arrows (``a>b``); what is not named in ``kinds`` is a user task, ``s`` begins, ``e…`` ends."""
    ids = dict.fromkeys(one for arrow in arrows for one in arrow.split(">"))
    nodes = "".join(f'<{kinds.get(one) or kind_of(one)} id="{one}"/>' for one in ids)
    flows = ""
    for number, arrow in enumerate(arrows):
        source, target = arrow.split(">")
        flows += f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}"/>'
    return Case.follow(procedure({"drawn.bpmn": drawing(nodes + flows + more)}), "p", **(facts or {}))


def kind_of(one):
    return {
        "s": "startEvent",
        "e": "endEvent",
        "p": "parallelGateway",
        "i": "inclusiveGateway",
        "x": "exclusiveGateway",
    }.get(one[0], "userTask")


def test_a_branch_that_comes_before_the_others_waits_for_them():
    one = case("s>p1", "p1>a", "p1>b", "p1>c", "a>p2", "b>p2", "c>p2", "p2>u", "u>e")
    assert one.do("a").do("b").open() == ["c"]
    assert one.do("c").open() == ["u"] and one.do("u").is_over


def test_a_token_too_many_waits_and_is_not_lost():
    """Two come on one arrow, one on the other: the gateway fires once, and one stays before it."""
    one = case("s>p1", "p1>a", "p1>b", "p1>c", "a>x", "b>x", "x>p2", "c>p2", "p2>u", "u>e")
    assert one.do("a").do("b").do("c").open() == ["u"]
    one.do("u")
    assert one.open() == [] and not one.is_over, "BPMN 2.0.2 clause 13.4.1: excess tokens remain"


def test_two_arrows_from_the_same_fork_are_two_tokens():
    one = case("s>p1", "p1>p2", "p1>p2", "p1>a", "a>p2", "p2>u", "u>e")
    assert one.open() == ["a"] and one.do("a").open() == ["u"] and one.do("u").is_over


def test_two_tokens_that_pass_one_gateway_at_once_both_go_on():
    one = case("s>p1", "p1>x", "p1>m", "x>m", "m>p2", "p2>u", "u>e", m="exclusiveGateway")
    assert one.open() == ["u", "u"]
    assert one.do("u").open() == ["u"] and one.do("u").is_over


def test_a_gateway_in_a_loop_waits_for_what_can_only_come_after_it():
    one = case("s>p1", "p1>u", "u>p1")
    assert one.open() == [] and not one.is_over


def test_an_end_of_everything_stops_what_was_about_to_happen_in_the_same_moment():
    letter = (
        '<sendTask id="tell"><extensionElements><spiffworkflow:properties><spiffworkflow:property name="letter" '
        'value="l"/></spiffworkflow:properties></extensionElements></sendTask>'
        '<endEvent id="all"><terminateEventDefinition/></endEvent>'
        '<sequenceFlow id="y" sourceRef="p1" targetRef="all"/><sequenceFlow id="z" sourceRef="p1" targetRef="tell"/>'
    )
    one = case("s>a", "a>p1", more=letter).do("a")
    assert one.is_over and one.effects == []


def test_an_inclusive_gateway_fires_when_nothing_can_come_any_more():
    way = '<sequenceFlow id="{0}" sourceRef="i1" targetRef="{1}"><conditionExpression>true</conditionExpression></sequenceFlow>'
    more = way.format("w1", "a") + way.format("w2", "b") + '<userTask id="a"/><userTask id="b"/>'
    more += '<sequenceFlow id="g1" sourceRef="a" targetRef="i2"/><sequenceFlow id="g2" sourceRef="b" targetRef="x"/>'
    more += '<sequenceFlow id="g3" sourceRef="x" targetRef="e2"><conditionExpression>go = 1</conditionExpression></sequenceFlow>'
    more += '<sequenceFlow id="g4" sourceRef="x" targetRef="i2"><conditionExpression>go = 2</conditionExpression></sequenceFlow>'
    more += '<exclusiveGateway id="x"/><endEvent id="e2"/>'
    one = case("s>i1", "i2>u", "u>e", more=more)
    assert one.do("a").open() == ["b"], "what b does may still come"
    assert one.do("b", go=1).open() == ["u"], "it went another way, so nothing more is waited for"
    other = case("s>i1", "i2>u", "u>e", more=more)
    assert other.do("a").do("b", go=2).open() == ["u"]
