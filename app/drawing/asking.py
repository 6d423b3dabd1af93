"""What a drawing itself asks a person: which way to go, how many times, whether something has come.

Its property ``asks`` says so: on a gateway or a repeated step it names the fact that keeps the answer, on an event it
is ``arrived``.
"""

from dataclasses import dataclass

from app.drawing.model import GATEWAYS, Drawing

ASKS, ARRIVED = "asks", "arrived"
FROM = "from"  # on an event: who outside the drawing sends what it waits for; then nobody is asked
WAY, NUMBER, ARRIVAL = "way", "number", "arrival"


@dataclass(frozen=True)
class Asked:
    """A question of the drawing. ``answers`` are the words on the arrows, for a question about the way."""

    kind: str
    element: str
    words: str  # on the element
    fact: str = ""  # where the answer goes; "" for an arrival, which is its own answer
    answers: tuple[str, ...] = ()
    several: bool = False  # more than one answer may be given


def form_key(element: str) -> str:
    """The form key of an open task in which a question of the drawing is asked."""
    return f"{ASKS}:{element}"


def asked(drawing: Drawing, form: str) -> Asked | None:
    """The question behind a form key; None where it names an ordinary form, or its element asks nothing."""
    kind, _, own = form.partition(":")
    element = drawing.by_id.get(own) if kind == ASKS else None
    fact = element.properties.get(ASKS, "") if element else ""
    if element is None or not fact:
        return None
    if element.kind in GATEWAYS:
        answers = tuple(flow.name for flow in drawing.outgoing(element.id))
        return Asked(WAY, element.id, element.name, fact, answers, element.kind == "inclusiveGateway")
    return Asked(NUMBER if fact != ARRIVED else ARRIVAL, element.id, element.name, fact if fact != ARRIVED else "")
