"""Changing a question that is there: its words and answers as a whole, or where one arrow leads."""

from collections.abc import Sequence

from app.drawing import edits
from app.drawing.shaping import adding, asking, drawing_in, making, plain, teams
from app.drawing.shaping.places import Spot
from app.drawing.shaping.values import Answer, End, Shaped
from app.drawing.shaping.work import Page, Work, called
from app.drawing.sheet import Node, kind
from app.errors import Refused

ASKING = frozenset({"exclusiveGateway", "inclusiveGateway"})


def ask(content: bytes, file: str, question: str, words: str, answers: Sequence[Answer]) -> Shaped:
    """The drawing with another question in place of one: its words, and all its answers.

    An answer with its ``way`` stays where it leads, unless it says otherwise; one that is not given any more goes.
    ``Refused`` with ``name``, ``answers``, ``answers.0.label``, …, ``place``.
    """
    work = Work(content, file)
    node = work.step(question)
    if kind(node) not in ASKING:
        raise Refused({"name": "This is no question."})
    said = asking.checked(answers)
    node.set("name", plain.name_for(words, kind(node)))
    page = work.page(question)
    drawing_in.renamed(page, node)
    there = {str(way.get("id")): way for way in work.sheet.leaving(node)}
    _check_ways(said, there)
    ways = [(one, _way(work, page, node, one, number, there)) for number, one in enumerate(said)]
    kept = {way.get("id") for _, way in ways}
    for id_ in [one for one in there if one not in kept]:
        _drop(work, page, there[id_])
    asking.say(work, page, node, ways)
    return work.done(question, f"The question {called(node)} is changed.")


def lead(content: bytes, file: str, way: str, to: str) -> Shaped:
    """The drawing with an arrow, such as that of an answer, leading to another step. ``Refused`` with ``leads_to``."""
    work = Work(content, file)
    arrow = work.arrow(way)
    source = work.source(arrow)
    if kind(source) == "eventBasedGateway":
        raise Refused({"leads_to": f"{called(source)} leads only to what it waits for."})
    target = asking.aim(work, source, to, "leads_to")
    _lead(work, work.page(way), arrow, target)
    return work.done(way, f"From {called(source)} it now goes to {called(target)}.")


def _check_ways(answers: Sequence[Answer], there: dict[str, Node]) -> None:
    problems: dict[str, str] = {}
    for number, one in enumerate(answers):
        if one.way and one.way not in there:
            problems[f"answers.{number}.label"] = "This answer is no longer there. Take it away and add it again."
        elif not one.way and not one.leads_to and not one.ends.strip():
            problems[f"answers.{number}.leads_to"] = "Choose where this answer leads."
    if problems:
        raise Refused(problems)


def _way(work: Work, page: Page | None, node: Node, answer: Answer, number: int, there: dict[str, Node]) -> Node:
    """The arrow of an answer, new or led elsewhere where that is wished for."""
    if not answer.way:
        return asking.lead_out(work, page, node, answer, number)
    way = there[answer.way]
    if answer.ends.strip():
        _end(work, page, node, way, plain.line(answer.ends, f"answers.{number}.ends"))
    elif answer.leads_to and answer.leads_to != way.get("targetRef"):
        _lead(work, page, way, asking.aim(work, node, answer.leads_to, f"answers.{number}.leads_to"))
    return way


def _end(work: Work, page: Page | None, node: Node, way: Node, words: str) -> None:
    end = making.element(work, End(words), node)
    lane = teams.stand(work, page, end, "", node)
    spot = Spot(node, way, work.target(way))
    adding.end_here(work, page, end, lane, spot)


def _lead(work: Work, page: Page | None, arrow: Node, target: Node) -> None:
    before = work.target(arrow)
    if before is target:
        return
    work.apply(edits.set_to(arrow.get("id"), "targetRef", target.get("id")))
    work.sheet.changed("_arriving", "_leaving")
    drawing_in.led(page, arrow)
    adding.drop_if_lost(work, page, before)


def _drop(work: Work, page: Page | None, way: Node) -> None:
    target = work.target(way)
    drawing_in.gone(page, [way.get("id", "")])
    work.apply(edits.remove(way.get("id")))
    work.sheet.changed()
    adding.drop_if_lost(work, page, target)
