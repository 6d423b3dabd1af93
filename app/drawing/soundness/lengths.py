"""Time limits that come too late to matter: after what they stand in, or stand on, has been ended by another.

Only limits that can be read without any fact are compared, and only where the longer is longer in every case.
"""

from collections.abc import Iterator

from app.drawing.findings import Finding
from app.drawing.model import Drawing, Element
from app.drawing.soundness import wording
from app.errors import NotUnderstood
from app.law import limit_words
from app.law.limits import START, Limit

KIND = "limit_too_long"
HOURS = {  # of each unit: the least and the most
    "minute": (1 / 60, 1 / 60),
    "hour": (1, 1),
    "working hour": (1, 24),
    "day": (24, 24),
    "week": (168, 168),
    "month": (28 * 24, 31 * 24),
    "working day": (24, 3 * 24),
}
SLACK = {"minute": 0, "hour": 0, "working hour": 14 * 24, "working day": 14 * 24}  # a last day, holidays; else a day


def findings(drawing: Drawing) -> list[Finding]:
    """One finding for each limit that can never be reached, since a shorter one ends its step before."""
    limits = {e.id: limit for e in drawing.elements if (limit := _limit(e)) is not None}
    return [
        wording.finding(drawing, event, KIND, wording.sentence(_says(drawing, event, ending, limits)))
        for event in drawing.elements
        if event.id in limits
        for ending in _first(_endings(drawing, event, limits), event, limits)
    ]


def is_longer(one: Limit, other: Limit) -> bool:
    """Whether a limit ends after another that begins no earlier, whatever the day."""
    if (one.unit, one.calendar) == (other.unit, other.calendar):
        return one.amount > other.amount
    least = one.amount * HOURS[one.unit][0]
    return least > other.amount * HOURS[other.unit][1] + SLACK.get(other.unit, 24)


def _limit(event: Element) -> Limit | None:
    text = (event.timer or event.name).strip()
    if event.kind != "boundaryEvent" or event.event != "timer" or event.timer_kind == "timeCycle" or text[:1] in "=":
        return None
    try:
        limit = limit_words.read(text)
    except NotUnderstood:
        return None
    return limit if limit.anchor == START and limit.amount > 0 and not limit.fixed else None


def _endings(drawing: Drawing, event: Element, limits: dict[str, Limit]) -> Iterator[Element]:
    """The time limits that end what an event stands on: on the same step if it only reminds, or on a box around."""
    places = set() if event.interrupting else {event.attached_to}
    around = event.scope
    while around in drawing.by_id and around not in places:
        places.add(around)
        around = drawing.by_id[around].scope
    for one in drawing.elements:
        if one.id in limits and one.interrupting and one.attached_to in places:
            yield one


def _first(endings: Iterator[Element], event: Element, limits: dict[str, Limit]) -> list[Element]:
    return [one for one in endings if one.id != event.id and is_longer(limits[event.id], limits[one.id])][:1]


def _says(drawing: Drawing, event: Element, ending: Element, limits: dict[str, Limit]) -> str:
    host = drawing.by_id[ending.attached_to]
    return (
        f"{wording.quoted(drawing, event)} comes after {limits[event.id].words}, but {wording.quoted(drawing, host)} "
        f"has been ended by then: {wording.quoted(drawing, ending)} comes after {limits[ending.id].words}."
    )
