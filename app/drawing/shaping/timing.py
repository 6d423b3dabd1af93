"""The time limits of a drawing, each with who is told when it is missed, or what is done instead."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from app.drawing.model import Drawing, Element
from app.drawing.outlining.english import plain


@dataclass(frozen=True)
class ListedLimit:
    """A time limit of a step. With ``told`` the step goes on when it is missed; else it goes on with ``instead``."""

    event: str
    words: str  # as they stand on the clock, or as the timer says
    milestone: str = ""
    goes_on: bool = True
    told: str = ""  # the words of who is told
    escalation: str = ""
    letter: str = ""
    to: str = ""
    instead: str = ""  # the id of the step that is done instead
    way: str = ""  # the arrow of the limit


def limits(drawing: Drawing) -> tuple[Mapping[str, tuple[ListedLimit, ...]], frozenset[str]]:
    """{id of a step: its time limits}, and the ids of all that is told as part of one."""
    found: dict[str, list[ListedLimit]] = defaultdict(list)
    parts: set[str] = set()
    for event in drawing.elements:
        if event.kind == "boundaryEvent" and event.event == "timer":
            end = told(drawing, event)
            found[event.attached_to].append(_limit(drawing, event, end))
            parts |= {event.id} | ({end.id} if end is not None else set())
    return {id_: tuple(ones) for id_, ones in found.items()}, frozenset(parts)


def told(drawing: Drawing, event: Element) -> Element | None:
    """The end to which only a limit leads, and which says who is told; None where it leads elsewhere."""
    ways = drawing.outgoing(event.id)
    end = drawing.by_id.get(ways[0].target) if len(ways) == 1 else None
    if end is None or end.kind != "endEvent" or len(drawing.incoming(end.id)) != 1 or event.interrupting:
        return None
    return end


def words_of(timer: Element) -> str:
    """The time of a timer in words: those on it where its text asks a table, else its text."""
    text, label = plain(timer.timer), plain(timer.name)
    return label if not text or (text.startswith("=") and label) else text


def _limit(drawing: Drawing, event: Element, end: Element | None) -> ListedLimit:
    ways = drawing.outgoing(event.id)
    return ListedLimit(
        event=event.id,
        words=words_of(event),
        milestone=event.properties.get("milestone", ""),
        goes_on=not event.interrupting,
        told=plain(end.name) if end is not None else "",
        escalation=end.event_name if end is not None and end.event == "escalation" else "",
        letter=end.properties.get("letter", "") if end is not None else "",
        to=end.properties.get("to", "") if end is not None else "",
        instead="" if end is not None or not ways else ways[0].target,
        way=ways[0].id if ways else "",
    )
