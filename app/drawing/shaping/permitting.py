"""Which wishes can be granted for a step, so that a page offers no others. Each function still checks for itself.

The names are those of the functions: *rename, give_to, set_form, set_instructions, set_letter, set_table, set_page,
set_stop, set_begins, set_wait, set_limit, ask, remove, move, add_after, add_before*.
"""

from app.drawing.shaping import limiting, moving, places, removing
from app.drawing.shaping.answering import ASKING
from app.drawing.shaping.changing import FOR_PEOPLE, STOPS
from app.drawing.shaping.values import Place
from app.drawing.shaping.work import Work
from app.drawing.sheet import Node, event_of, kind
from app.errors import Refused

BY_KIND = {
    "set_form": FOR_PEOPLE | {"startEvent"},
    "set_instructions": FOR_PEOPLE,
    "set_stop": STOPS,
    "set_begins": frozenset({"startEvent"}),
    "set_letter": frozenset({"sendTask"}),
    "set_table": frozenset({"businessRuleTask"}),
    "set_page": frozenset({"callActivity"}),
    "ask": ASKING,
}


def can(work: Work, node: Node) -> frozenset[str]:
    """The wishes that can be granted for a step as it stands."""
    found = {"rename"} | {wish for wish, kinds in BY_KIND.items() if kind(node) in kinds}
    if kind(node) != "boundaryEvent":
        found.add("give_to")
    if kind(node) == "endEvent" and event_of(node) in ("", "message"):
        found.add("set_letter")
    if kind(node) == "intermediateCatchEvent" and event_of(node) == "timer":
        found.add("set_wait")
    if kind(node) in limiting.TIMED and node.get("triggeredByEvent") != "true":
        found.add("set_limit")
    own = node.get("id", "")
    found |= {
        wish
        for wish, place in (("add_after", Place(after=own)), ("add_before", Place(before=own)))
        if _has(work, place)
    }
    if _is_free(work, node):
        found.add("remove")
        if _moves(work, node):
            found.add("move")
    return frozenset(found)


def _has(work: Work, place: Place) -> bool:
    try:
        places.spot(work, place)
    except Refused:
        return False
    return True


def _is_free(work: Work, node: Node) -> bool:
    try:
        removing.check(work, node)
    except Refused:
        return False
    return True


def _moves(work: Work, node: Node) -> bool:
    try:
        moving.check(work, work.page(node.get("id", "")), node)
    except Refused:
        return False
    return True
