"""Which team does a step: the lane it stands in, or, where it can stand in none, its property ``candidateGroup``."""

from lxml import etree

from app.drawing import edits
from app.drawing.element_reading import BPMN
from app.drawing.placing import canvas as canvases
from app.drawing.placing import handing, lanes
from app.drawing.placing.canvas import Node as Shape
from app.drawing.shaping import making, plain
from app.drawing.shaping.work import Page, Work, is_inside, made
from app.drawing.sheet import Node, name, process_of, property_of, scope_of
from app.errors import NotFound, Refused

GROUP = "candidateGroup"


def team_of(node: Node) -> str:
    """The team that does a step; "" where the drawing does not say."""
    own = property_of(node, GROUP)
    lane = lane_of(node)
    return own or (name(lane) if lane is not None else "")


def own_team(node: Node) -> str:
    """The team that a step names itself; "" where it leaves that to its lane."""
    return property_of(node, GROUP)


def lane_of(node: Node) -> Node | None:
    """The innermost lane that a step stands in, also through what is around it."""
    around, process = node, process_of(node)
    while around is not None and around is not process:
        own = {around.get("id"), around.get("attachedToRef")}
        found = [one for one in process.iter(f"{BPMN}lane") if _members(one) & own]
        if found:
            return found[-1]
        around = scope_of(around)
    return None


def stand(work: Work, page: Page | None, node: Node, team: str, beside: Node) -> str:
    """Give a new step to a team, "" for that of the step ``beside``. Gives the id of the lane it stands in, or ""."""
    lane = lane_of(beside)
    words = plain.line(team, "team", most=80) if team.strip() else ""
    if is_inside(node) or lane is None:
        if words and words.lower() != team_of(beside).lower():
            work.apply(edits.put_property(node.get("id"), GROUP, words))
        return ""
    if words and words.lower() != name(lane).lower():
        lane = lane_named(work, page, lane, words)
    elif not words and property_of(beside, GROUP):
        work.apply(edits.put_property(node.get("id"), GROUP, property_of(beside, GROUP)))
    enter(lane, node.get("id", ""))
    return str(lane.get("id"))


def lane_named(work: Work, page: Page | None, beside: Node, words: str) -> Node:
    """The lane of a team, made below another where there is none."""
    process = process_of(beside)
    for lane in process.iter(f"{BPMN}lane"):
        if name(lane).lower() == words.lower() and lane.find(f"{BPMN}childLaneSet") is None:
            return lane
    lane = made("lane", work.new_id(words, "lane"), words)
    beside.addnext(lane)
    work.sheet.changed("index")
    if page is not None:
        drawn = Shape(lane.get("id", ""), canvases.LANE, words, process=process.get("id", ""))
        lanes.add(page.canvas, drawn, beside.get("id", ""))
    return lane


def hand_over(work: Work, node: Node, words: str) -> None:
    """Give a step that is there to another team, with what hangs on it."""
    element, lane = node.get("id", ""), lane_of(node)
    page = work.page(element)
    if is_inside(node) or lane is None:
        is_same = lane is not None and name(lane).lower() == words.lower()
        making.set_property(work, node, GROUP, "" if is_same else words)
        return
    making.set_property(work, node, GROUP, "")
    new = lane_named(work, page, lane, words)
    if new is lane:
        return
    hanging = (
        page.canvas.hanging(element) if page is not None and element in page.canvas.boxes else _hanging(work, node)
    )
    enter(new, element, *hanging)
    if page is not None and new.get("id") in page.canvas.boxes:
        page.canvas = handing.hand(page.canvas, element, new.get("id", ""))


def _hanging(work: Work, node: Node) -> list[str]:
    return [one.get("id", "") for one in work.sheet.events_on(node)]


def dropped(work: Work, team: str) -> str:
    """Take away a lane in which nothing stands; gives its id."""
    for lane in work.sheet.root.iter(f"{BPMN}lane"):
        if name(lane).lower() == team.lower() and lane.find(f"{BPMN}childLaneSet") is None:
            break
    else:
        raise NotFound(f"There is no team ‘{team}’ in this drawing.")
    standing = [one for one in _members(lane) if one in work.sheet.index]
    if standing:
        raise Refused({"team": f"‘{name(lane)}’ still has steps. Give them to another team first."})
    if len(list(process_of(lane).iter(f"{BPMN}lane"))) == 1:
        raise Refused({"team": "It is the only team of this page."})
    own = str(lane.get("id"))
    page = work.page(own)
    if page is not None:
        lanes.drop(page.canvas, own)
    lane.getparent().remove(lane)
    return own


def enter(lane: Node, *elements: str) -> None:
    """Have elements stand in a lane, and in no other."""
    process = process_of(lane)
    for ref in list(process.iter(f"{BPMN}flowNodeRef")):
        if (ref.text or "").strip() in elements:
            ref.getparent().remove(ref)
    behind = [child for child in lane if child.tag == f"{BPMN}flowNodeRef"]
    place = lane.index(behind[-1]) + 1 if behind else _first(lane)
    for offset, element in enumerate(elements):
        ref = etree.Element(f"{BPMN}flowNodeRef")
        ref.text = element
        lane.insert(place + offset, ref)


def _first(lane: Node) -> int:
    ahead = ("documentation", "extensionElements", "partitionElement")
    return sum(isinstance(one.tag, str) and one.tag in {BPMN + tag for tag in ahead} for one in lane)


def _members(lane: Node) -> set[str]:
    return {(ref.text or "").strip() for ref in lane if ref.tag == f"{BPMN}flowNodeRef"}
