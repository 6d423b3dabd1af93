"""Questions: their words, their answers, when each answer is taken, and where it leads."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from app.drawing import edits
from app.drawing.asking import ASKS
from app.drawing.completing.questions import answer_of
from app.drawing.element_reading import BPMN
from app.drawing.shaping import drawing_in, filing, making, plain, teams
from app.drawing.shaping.places import Spot
from app.drawing.shaping.values import Answer, End, Question
from app.drawing.shaping.work import Page, Work, called, made
from app.drawing.sheet import STEP_TAGS, Node, kind, scope_of
from app.errors import Refused

CONDITION = "conditionExpression"
LEAST, MOST = 2, 12  # answers of a question
JOINS = frozenset({"parallelGateway", "inclusiveGateway"})  # which wait for every arrow into them


def put(work: Work, page: Page | None, step: Question, node: Node, lane: str, spot: Spot) -> None:
    """A new question on an arrow, with its answers. The first that goes on has the arrow to what follows."""
    answers = checked(step.answers)
    on = next((n for n, one in enumerate(answers) if not one.leads_to and not one.ends.strip()), None)
    if on is None and spot.target is not None:
        raise Refused({"answers": "At least one answer goes on with what follows."})
    aims = {n: aim(work, node, one.leads_to, f"answers.{n}.leads_to") for n, one in enumerate(answers) if one.leads_to}
    ways: dict[int, Node] = {}
    if on is not None and spot.target is not None:
        ways[on] = flow_for(work, node, spot.target, answers[on])
        joins = kind(spot.target) in JOINS
        again = [] if joins else [n for n, one in enumerate(answers) if n != on and not one.leads_to and not one.ends]
        aims |= dict.fromkeys(again, spot.target)
    ways |= {n: flow_for(work, node, target, answers[n]) for n, target in sorted(aims.items())}
    _stand(work, page, node, lane, spot, ways.get(on) if on is not None else None, list(ways.values()))
    for number, answer in enumerate(answers):
        if number not in ways:
            ways[number] = _last(work, page, node, answer, number, ways.get(on) if on is not None else None)
    say(work, page, node, [(answers[n], ways[n]) for n in sorted(ways)])


def flow_for(work: Work, node: Node, target: Node, answer: Answer) -> Node:
    """A new arrow with the words of an answer; not drawn yet."""
    way = making.flow(work, node.get("id", ""), target.get("id", ""), node)
    way.set("name", answer.label)
    return way


def _stand(
    work: Work, page: Page | None, node: Node, lane: str, spot: Spot, onward: Node | None, ways: Sequence[Node]
) -> None:
    """The question in its place, drawn together with those of its arrows that lead to steps which are there."""
    id_ = node.get("id", "")
    changed = [way for way in (spot.way, *spot.others) if way is not None and onward is not None]
    work.apply(*(edits.set_to(way.get("id"), "targetRef", id_) for way in changed))
    work.sheet.changed("_arriving", "_leaving")
    drawing_in.pointed(page, *spot.others)
    drawing_in.awaited(page, *(way for way in ways if way is not onward))
    if not changed:
        changed = [making.flow(work, spot.source.get("id", ""), id_, spot.source)]
    drawing_in.inserted(page, node, lane, changed[0], onward)


def _last(work: Work, page: Page | None, node: Node, answer: Answer, number: int, beside: Node | None) -> Node:
    """An answer that leads to a new end, or that has to meet another before what waits for both."""
    if answer.ends.strip() or beside is None:
        return _to_end(work, page, node, answer, number)
    way = flow_for(work, node, meet(work, page, beside), answer)
    drawing_in.led(page, way)
    return way


def lead_out(work: Work, page: Page | None, node: Node, answer: Answer, number: int) -> Node:
    """A new answer of a question that is there: to a step, or to a new end."""
    if answer.ends.strip():
        return _to_end(work, page, node, answer, number)
    way = flow_for(work, node, aim(work, node, answer.leads_to, f"answers.{number}.leads_to"), answer)
    drawing_in.led(page, way)
    return way


def _to_end(work: Work, page: Page | None, node: Node, answer: Answer, number: int) -> Node:
    words = plain.line(answer.ends or answer.label, f"answers.{number}.ends")
    end = making.element(work, End(words), node)
    lane = teams.stand(work, page, end, "", node)
    way = flow_for(work, node, end, answer)
    drawing_in.inserted(page, end, lane, way, None)
    return way


def aim(work: Work, node: Node, element: str, field: str) -> Node:
    """A step to which an arrow out of another can lead. ``Refused`` where it cannot."""
    target = work.sheet.index.get(element)
    if target is None or target.tag not in STEP_TAGS:
        raise Refused({field: "Choose a step of this drawing."})
    if scope_of(target) is not scope_of(node):
        raise Refused(
            {field: f"{called(target)} stands in another part of the drawing. Choose a step of the same part."}
        )
    if kind(target) in ("startEvent", "boundaryEvent") or target.get("triggeredByEvent") == "true":
        raise Refused({field: f"Nothing can lead to {called(target)}. Choose the step after it."})
    if target is node:
        raise Refused({field: "It would lead back to the same question at once. Choose another step."})
    if any(kind(work.source(way)) == "eventBasedGateway" for way in work.sheet.arriving(target)):
        raise Refused({field: f"Only what waits for it can lead to {called(target)}. Choose another step."})
    return target


def meet(work: Work, page: Page | None, way: Node) -> Node:
    """A point at which several ways become one before all of them are waited for, on this arrow."""
    source, target = work.source(way), work.target(way)
    node = made("exclusiveGateway", work.new_name(f"{way.get('id')}_meet"))
    source.addnext(node)
    work.sheet.changed("index")
    lane = teams.stand(work, page, node, "", source)
    onward = making.flow(work, node.get("id", ""), target.get("id", ""), way)
    work.apply(edits.set_to(way.get("id"), "targetRef", node.get("id")))
    work.sheet.changed("_arriving", "_leaving")
    drawing_in.inserted(page, node, lane, way, onward)
    return node


def checked(answers: Sequence[Answer]) -> list[Answer]:
    """Answers with plain words and readable conditions. ``Refused`` names the field of each that is wrong."""
    if not LEAST <= len(answers) <= MOST:
        raise Refused({"answers": f"A question has {LEAST} to {MOST} answers."})
    problems: dict[str, str] = {}
    found = [_checked(answer, number, problems) for number, answer in enumerate(answers)]
    labels = [one.label.lower() for one in found]
    for number, label in enumerate(labels):
        if label in labels[:number]:
            problems.setdefault(f"answers.{number}.label", "Two answers have the same words.")
    problems |= dict(_undecided(found))
    if problems:
        raise Refused(problems)
    return found


def _checked(answer: Answer, number: int, problems: dict[str, str]) -> Answer:
    label, condition = answer.label, answer.condition.strip()
    try:
        label = plain.line(answer.label, f"answers.{number}.label", 60)
        if condition:
            condition = plain.condition(condition, f"answers.{number}.condition")
    except Refused as refused:
        problems |= refused.problems
    return replace(answer, label=label, condition=condition)


def _undecided(answers: Sequence[Answer]) -> Iterator[tuple[str, str]]:
    """Answers of which nothing says when they are taken, where others do say."""
    otherwise = [n for n, one in enumerate(answers) if one.otherwise]
    for number in otherwise[1:]:
        yield f"answers.{number}.otherwise", "Only one answer can be for any other case."
    for number in otherwise:
        if answers[number].condition:
            yield f"answers.{number}.condition", "It is for any other case. Take its condition away."
    if any(one.condition or one.otherwise for one in answers):
        for number, one in enumerate(answers):
            if not one.condition and not one.otherwise:
                says = "Say when this answer is taken. Leave all conditions empty to have a person asked."
                yield f"answers.{number}.condition", says


def say(work: Work, page: Page | None, node: Node, ways: Sequence[tuple[Answer, Node]]) -> None:
    """Write the answers: their words, and when each is taken; with no conditions a person is asked."""
    id_ = node.get("id", "")
    asks = not any(answer.condition or answer.otherwise for answer, _ in ways)
    making.set_property(work, node, ASKS, answer_of(node) if asks else "")
    work.apply(edits.set_to(id_, "default", None))
    for answer, way in ways:
        way.set("name", answer.label)
        for old in way.findall(BPMN + CONDITION):
            way.remove(old)
        if answer.otherwise:
            node.set("default", way.get("id", ""))
        else:
            filing.formal(way, CONDITION, _test(node, answer) if asks else answer.condition)
    _in_order(work, [way for _, way in ways])
    relabelled = [way for _, way in ways if page is not None and _says_otherwise(page, way)]
    drawing_in.led(page, *relabelled)


def _in_order(work: Work, ways: Sequence[Node]) -> None:
    """The arrows of the answers in the file as the answers were given: so a person is asked them."""
    if [way.get("id") for way in work.sheet.leaving(work.source(ways[0]))] != [way.get("id") for way in ways]:
        for before, way in pairwise(ways):
            before.addnext(way)
        for listed in list(work.source(ways[0]).iterfind(f"{BPMN}outgoing")):
            listed.getparent().remove(listed)  # and they are listed anew
        work.sheet.changed("_leaving", "_arriving")


def _test(node: Node, answer: Answer) -> str:
    """The condition that compares what a person answered."""
    quoted = '"' + answer.label.replace("\\", "\\\\").replace('"', '\\"') + '"'
    fact = answer_of(node)
    return f"list contains({fact}, {quoted})" if kind(node) == "inclusiveGateway" else f"{fact} = {quoted}"


def _says_otherwise(page: Page, way: Node) -> bool:
    drawn = page.canvas.arrows.get(way.get("id", ""))
    return drawn is not None and drawn.name != way.get("name", "")
