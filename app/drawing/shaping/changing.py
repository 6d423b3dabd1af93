"""Changing what a step says: its words, form, instructions, letter, table, page or time; and the words of a page."""

from collections.abc import Collection

from lxml import etree

from app.drawing import edits
from app.drawing.element_reading import BPMN
from app.drawing.model import ACTIVITIES, ANYONE, BEGINS, REFERENCE, STAFF
from app.drawing.shaping import drawing_in, making, plain, teams
from app.drawing.shaping.values import Shaped, Wait
from app.drawing.shaping.work import Work, called
from app.drawing.sheet import Node, event_of, kind, name
from app.errors import NotFound, Refused

FOR_PEOPLE = frozenset({"userTask", "manualTask", "task"})
STOPS = FOR_PEOPLE | {"callActivity", "sendTask", "businessRuleTask", "endEvent", "subProcess"}


def rename(content: bytes, file: str, element: str, words: str) -> Shaped:
    """The drawing with other words on a step. ``Refused`` with ``name``."""
    work = Work(content, file)
    node, before = work.step(element), called(work.step(element))
    page = work.page(element)
    width = page.canvas.boxes[element].width if page is not None and element in page.canvas.boxes else 100.0
    node.set("name", plain.name_for(words, kind(node), width))
    drawing_in.renamed(page, node)
    return work.done(element, f"{before} is now called {called(node)}.")


def set_form(content: bytes, file: str, element: str, form: str, *, known: Collection[str] | None = None) -> Shaped:
    """The drawing with another form on a person's step, "" for the plain one. ``Refused`` with ``form``."""
    work = Work(content, file)
    node = _of_kind(work, element, FOR_PEOPLE | {"startEvent"}, "form", "Only a step that a person does has a form.")
    making.set_property(work, node, making.FORM, plain.key(form, "form", known) if form.strip() else "")
    return work.done(element, f"{called(node)} has " + ("another form." if form.strip() else "the plain form."))


def set_instructions(content: bytes, file: str, element: str, words: str) -> Shaped:
    """The drawing with other instructions on a person's step, "" for none. ``Refused`` with ``instructions``."""
    work = Work(content, file)
    node = _of_kind(work, element, FOR_PEOPLE, "instructions", "Only a step that a person does has instructions.")
    making.set_instructions(node, plain.lines(words, "instructions"))
    return work.done(element, f"The instructions of {called(node)} are changed.")


def set_letter(
    content: bytes, file: str, element: str, letter: str, to: str, *, known: Collection[str] | None = None
) -> Shaped:
    """The drawing with another letter on a step or an end that sends one. ``Refused`` with ``letter`` or ``to``."""
    work = Work(content, file)
    allowed = frozenset({"sendTask", "endEvent", "intermediateThrowEvent"})
    node = _of_kind(work, element, allowed, "letter", "Only a letter, or an end, sends a letter.")
    key, readers = plain.key(letter, "letter", known), plain.line(to, "to")
    if kind(node) != "sendTask" and event_of(node) == "":
        making.letter_event(work, node, key, readers)
    making.set_property(work, node, making.LETTER, key)
    making.set_property(work, node, making.TO, readers)
    return work.done(element, f"{called(node)} sends another letter.")


def set_table(content: bytes, file: str, element: str, table: str, *, known: Collection[str] | None = None) -> Shaped:
    """The drawing with another decision table for a step to ask. ``Refused`` with ``table``."""
    work = Work(content, file)
    node = _of_kind(work, element, frozenset({"businessRuleTask"}), "table", "Only a look at a table has a table.")
    making.set_decision(node, plain.key(table, "table", known))
    return work.done(element, f"{called(node)} looks at another table.")


def set_page(content: bytes, file: str, element: str, page: str, *, known: Collection[str] | None = None) -> Shaped:
    """The drawing with another page behind a step. ``Refused`` with ``page``."""
    work = Work(content, file)
    node = _of_kind(work, element, frozenset({"callActivity"}), "page", "Only a step with a page of its own has one.")
    node.set("calledElement", plain.key(page, "page", known))
    return work.done(element, f"{called(node)} has another page.")


def set_stop(content: bytes, file: str, element: str, words: str) -> Shaped:
    """The drawing with other words for whoever asked, "" for none: a stop on the line of their page."""
    work = Work(content, file)
    node = _of_kind(work, element, STOPS, "stop", "Only a step, or an end, is a stop on the page of whoever asked.")
    making.set_property(work, node, making.STOP, plain.line(words, "stop") if words.strip() else "")
    return work.done(element, f"Whoever asked now sees {called(node)} in other words.")


def set_begins(content: bytes, file: str, element: str, who: str) -> Shaped:
    """The drawing with another answer to who may begin it on a page: ``anyone``, ``staff``, or "" for nobody."""
    work = Work(content, file)
    node = _of_kind(work, element, frozenset({"startEvent"}), "begins", "Only a beginning says who may begin.")
    making.set_property(work, node, BEGINS, plain.key(who, "begins", (ANYONE, STAFF)) if who.strip() else "")
    return work.done(element, "Who may begin it is changed.")


def set_reference(content: bytes, file: str, process: str, letters: str) -> Shaped:
    """The drawing with other letters before the numbers of its cases, "" for the plain ones."""
    work = Work(content, file)
    making.set_property(work, _process(work, process), REFERENCE, letters.strip())
    return work.done(process, "References now begin with other letters.")


def set_wait(content: bytes, file: str, element: str, wait: Wait) -> Shaped:
    """The drawing with another time to wait. ``Refused`` with ``until``."""
    work = Work(content, file)
    node = work.step(element)
    if kind(node) != "intermediateCatchEvent" or event_of(node) != "timer":
        raise Refused({"until": "Only a wait has a time."})
    words, written = making.time_of(wait)
    making.timer(node, written)
    making.set_property(work, node, making.MILESTONE, wait.milestone)
    node.set("name", plain.name_for(wait.name or words, kind(node)))
    drawing_in.renamed(work.page(element), node)
    return work.done(element, f"It now waits: {words}.")


def give_to(content: bytes, file: str, element: str, team: str) -> Shaped:
    """The drawing with a step in the hands of another team; a lane is drawn where it has none. ``Refused``: ``team``.

    What hangs on the step goes with it. In a frame, or where there are no lanes, the step names its team itself.
    """
    work = Work(content, file)
    node = work.step(element)
    if kind(node) == "boundaryEvent":
        raise Refused({"team": "A time limit belongs to whoever does its step. Give that to another team."})
    words = plain.line(team, "team", 80)
    teams.hand_over(work, node, words)
    return work.done(element, f"{called(node)} is now done by {words}.")


def rename_page(content: bytes, file: str, process: str, words: str, says: str | None = None) -> Shaped:
    """The drawing with another name for one of its pages, and another description where ``says`` is given."""
    work = Work(content, file)
    node = _process(work, process)
    node.set("name", plain.line(words, "name", 80))
    for pool in work.sheet.root.iterfind(f"{BPMN}collaboration/{BPMN}participant"):
        if pool.get("processRef") == process:
            pool.set("name", node.get("name", ""))
    if says is not None:
        _describe(node, plain.lines(says, "says", 2_000))
    return work.done(process, f"The page is now called ‘{name(node)}’.")


def rename_team(content: bytes, file: str, team: str, words: str) -> Shaped:
    """The drawing with another name for a team, wherever it is named. ``NotFound``, ``Refused`` with ``team``."""
    work = Work(content, file)
    new = plain.line(words, "team", 80)
    named = [lane for lane in work.sheet.root.iter(f"{BPMN}lane") if name(lane).lower() == team.lower()]
    if any(name(lane).lower() == new.lower() for lane in work.sheet.root.iter(f"{BPMN}lane") if lane not in named):
        raise Refused({"team": f"There is a team ‘{new}’ already. Give it the steps one by one."})
    steps = [node for node in work.sheet.steps() if teams.own_team(node).lower() == team.lower()]
    if not named and not steps:
        raise NotFound(f"There is no team ‘{team}’ in this drawing.")
    for lane in named:
        lane.set("name", new)
    for node in steps:
        making.set_property(work, node, teams.GROUP, new)
    return work.done(named[0].get("id", "") if named else steps[0].get("id", ""), f"‘{team}’ is now called ‘{new}’.")


def drop_team(content: bytes, file: str, team: str) -> Shaped:
    """The drawing without a lane in which nothing stands. ``Refused`` with ``team`` where something does."""
    work = Work(content, file)
    lane = teams.dropped(work, team)
    return work.done(lane, f"‘{team}’ is no longer on this page.")


def _process(work: Work, process: str) -> Node:
    found = next((one for one in work.sheet.processes if one.get("id") == process), None)
    if found is None:
        raise NotFound(f"There is no page ‘{process}’ in this drawing.")
    return found


def _describe(node: Node, words: str) -> None:
    found = node.find(f"{BPMN}documentation")
    if found is None and words:
        found = etree.Element(f"{BPMN}documentation")
        node.insert(0, found)
    if found is not None and words:
        found.text = words
    elif found is not None:
        node.remove(found)


def _of_kind(work: Work, element: str, kinds: Collection[str], field: str, says: str) -> Node:
    node = work.step(element)
    if kind(node) not in kinds:
        raise Refused({field: says})
    if kind(node) in ACTIVITIES and kind(node) == "task":
        work.apply(edits.become(element, "userTask"))
    return node
