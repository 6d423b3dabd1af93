"""Taking a step away: the arrows into it lead to what followed it, and the gap in the picture is closed."""

from app.drawing import edits
from app.drawing.element_reading import BPMN
from app.drawing.shaping import adding, drawing_in
from app.drawing.shaping.values import Shaped
from app.drawing.shaping.work import Work, called
from app.drawing.sheet import FLOW, STEP_TAGS, Node, event_of, kind
from app.errors import Refused

TIES = (f"{BPMN}association", f"{BPMN}messageFlow")
ENDS = "A way ends here. Lead that way to another step first: then this end goes by itself."
WAITS = frozenset({"parallelGateway", "inclusiveGateway"})


def remove(content: bytes, file: str, element: str, *, keep: str = "") -> Shaped:
    """The drawing without a step, its limits and what only they led to.

    Of a question ``keep`` is the arrow of the answer that goes on. ``Refused`` with ``step`` where the step cannot go,
    with ``keep`` where that must be chosen, with ``place`` where nothing would lead to some other step any more.
    """
    work = Work(content, file)
    node = work.step(element)
    words = called(node)
    check(work, node)
    onward = _onward(work, node, keep)
    follows = onward.get("targetRef", "") if onward is not None else ""
    take_out(work, node, onward)
    return work.done(follows, f"{words} was removed.")


def check(work: Work, node: Node) -> None:
    """``Refused`` where a step cannot be taken away."""
    arriving = work.sheet.arriving(node)
    several = len(arriving) > 1 or len(work.sheet.leaving(node)) > 1
    waited = any(kind(work.source(way)) == "eventBasedGateway" for way in arriving)
    reasons = {
        "Everything begins here. Change what follows it instead.": kind(node) == "startEvent",
        "It hangs on another step. Change it there.": kind(node) == "boundaryEvent",
        ENDS: kind(node) == "endEvent" and bool(arriving),
        "Several things are done side by side here. Remove those steps first.": kind(node) in WAITS and several,
        "It is one of the things that are waited for. Remove what waits for them instead.": waited,
        "It waits for what comes first. Remove what it waits for first.": kind(node) == "eventBasedGateway",
        "A link leads from one place to another. Draw an arrow instead, in the diagram.": event_of(node) == "link",
    }
    says = next((reason for reason, holds in reasons.items() if holds), "")
    if says:
        raise Refused({"step": says})


def _onward(work: Work, node: Node, keep: str) -> Node | None:
    """The arrow out of a step that stays the way on; None where nothing follows."""
    ways = work.sheet.leaving(node)
    if len(ways) > 1:
        found = next((way for way in ways if way.get("id") == keep), None)
        if found is None:
            raise Refused({"keep": "Choose which answer goes on."})
        return found
    return ways[0] if ways else None


def take_out(work: Work, node: Node, onward: Node | None) -> None:
    """A step gone from file and picture, with all that hangs on it, and its arrows joined."""
    page = work.page(node.get("id", ""))
    target = work.target(onward) if onward is not None else None
    arriving, events = work.sheet.arriving(node), work.sheet.events_on(node)
    flows = [*work.sheet.leaving(node), *(way for event in events for way in work.sheet.leaving(event))]
    ends = [work.target(way) for way in flows if way is not onward]
    gone = [*_within(node), *(one.get("id", "") for one in (*events, *flows))]
    if target is None or target is node:
        gone += [one.get("id", "") for one in arriving]
        joined: list[Node] = []
    else:
        check_join(work, arriving, target)
        joined = [way for way in arriving if way.get("id") not in gone]
        work.apply(*(edits.set_to(way.get("id"), "targetRef", target.get("id")) for way in joined))
    gone += _ties(work, set(gone))
    work.apply(*(edits.remove(one) for one in dict.fromkeys(reversed(gone)) if one in work.sheet.index))
    work.sheet.changed()
    drawing_in.pointed(page, *joined)
    drawing_in.gone(page, gone, close=False)
    drawing_in.led(page, *joined)
    for end in ends:
        if end.get("id") in work.sheet.index:
            adding.drop_if_lost(work, page, end)
    drawing_in.close_gaps(page)


def _within(node: Node) -> list[str]:
    """The ids of a step and of all that is drawn inside it, the inner ones last."""
    return [str(one.get("id")) for one in node.iter(*STEP_TAGS, FLOW) if one.get("id")]


def _ties(work: Work, gone: set[str]) -> list[str]:
    """Messages and dotted lines to what is gone, and notes that only it had."""
    tied = [one for one in work.sheet.root.iter(*TIES) if {one.get("sourceRef"), one.get("targetRef")} & gone]
    ends = {one.get(end, "") for one in tied for end in ("sourceRef", "targetRef")} - gone
    kept = {
        one.get(end, "") for one in work.sheet.root.iter(*TIES) if one not in tied for end in ("sourceRef", "targetRef")
    }
    notes = [one for one in ends - kept if one in work.sheet.index and kind(work.sheet.index[one]) == "textAnnotation"]
    return [*(one.get("id", "") for one in tied if one.get("id")), *sorted(notes)]


def check_join(work: Work, arriving: list[Node], target: Node) -> None:
    """``Refused`` where the arrows into a step cannot lead to what follows it."""
    for way in arriving:
        source = work.source(way)
        if source is target:
            says = f"{called(source)} would lead back to itself at once. Remove it, or lead that way elsewhere first."
            raise Refused({"step": says})
    if kind(target) in WAITS and len(arriving) > 1:
        says = f"Several ways lead here, and {called(target)} waits for each of them. Lead them elsewhere first."
        raise Refused({"step": says})
