"""Which steps something leads to: an arrow, an event on the edge of a step, a link, or their own beginning."""

from app.drawing.sheet import Node, Sheet, definitions, event_of, kind, name, scope_of


def reached(sheet: Sheet) -> set[str]:
    """The ids of every step that can be come to from a beginning."""
    found: set[str] = set()
    waiting = [node for node in sheet.steps() if _begins(node)]
    while waiting:
        node = waiting.pop()
        if node.get("id") not in found:
            found.add(node.get("id", ""))
            waiting += _next(sheet, node)
    return found


def _begins(node: Node) -> bool:
    is_start = kind(node) == "startEvent" and kind(scope_of(node)) == "process"
    return is_start or node.get("triggeredByEvent") == "true"


def _next(sheet: Sheet, node: Node) -> list[Node]:
    onto = [sheet.target(arrow) for arrow in sheet.leaving(node)]
    inside = [one for one in sheet.steps(node) if kind(one) == "startEvent"]
    return [one for one in (*onto, *sheet.events_on(node), *inside, *_links(sheet, node)) if one is not None]


def _links(sheet: Sheet, node: Node) -> list[Node]:
    if event_of(node) != "link" or kind(node) == "intermediateCatchEvent":
        return []
    caught = (one for one in sheet.steps(scope_of(node)) if kind(one) == "intermediateCatchEvent")
    return [one for one in caught if event_of(one) == "link" and _link(one) == _link(node)]


def _link(node: Node) -> str:
    return definitions(node)[0].get("name", "") or name(node)
