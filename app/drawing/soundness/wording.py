"""What people call the elements of a drawing in a finding: their words, else their kind and where they stand."""

from collections.abc import Collection, Iterator

from app.drawing.findings import WARNING, Finding
from app.drawing.model import Drawing, Element

MOST_NAMED = 4  # in one sentence
FARTHEST = 5  # arrows from an element without words to the one with words that it is told by
KINDS = {
    "startEvent": "the start",
    "endEvent": "the end",
    "intermediateCatchEvent": "the waiting",
    "intermediateThrowEvent": "the event",
    "boundaryEvent": "the event",
    "exclusiveGateway": "the question",
    "inclusiveGateway": "the question",
    "complexGateway": "the question",
    "parallelGateway": "the gateway",
    "eventBasedGateway": "the gateway",
    "subProcess": "the box",
    "transaction": "the box",
    "adHocSubProcess": "the box",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def finding(drawing: Drawing, element: Element, kind: str, says: str, severity: str = WARNING) -> Finding:
    """A finding on an element."""
    return Finding(element.id, label(drawing, element), kind, severity, says)


def label(drawing: Drawing, element: Element) -> str:
    """What people call an element, without quotation marks."""
    return " ".join(element.name.split()) or _place(drawing, element)


def quoted(drawing: Drawing, element: Element) -> str:
    """An element in a sentence: its words in quotation marks, else what it is and where."""
    return f"‘{label(drawing, element)}’" if element.name.strip() else _place(drawing, element)


def listed(drawing: Drawing, elements: Collection[Element], last: str = "and") -> str:
    """Several elements in a sentence, the first few of them by name."""
    unlike = list({one.name.strip() or one.id: one for one in elements}.values())
    shown = unlike if len(unlike) <= MOST_NAMED else unlike[: MOST_NAMED - 1]
    names = [quoted(drawing, one) for one in shown]
    if len(shown) < len(unlike):
        names.append(f"{len(unlike) - len(shown)} more")
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def counted(number: int) -> str:
    """A number as people write it."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def sentence(text: str) -> str:
    """The text with a capital at its beginning, also behind a quotation mark's absence."""
    return text[:1].upper() + text[1:]


def _place(drawing: Drawing, element: Element) -> str:
    kind = KINDS.get(element.kind, "the step")
    if element.attached_to in drawing.by_id:
        return f"{kind} on {_near(drawing.by_id[element.attached_to])}"
    for word, near in (("after", _nearest(drawing, element, False)), ("before", _nearest(drawing, element, True))):
        if near is not None:
            return f"{kind} {word} {_near(near)}"
    return f"{kind} ({element.id})"


def _near(element: Element) -> str:
    return f"‘{' '.join(element.name.split())}’" if element.name.strip() else f"({element.id})"


def _nearest(drawing: Drawing, element: Element, forward: bool) -> Element | None:
    """The first element with words before or after another, along the arrows."""
    level, seen = [element.id], {element.id}
    for _ in range(FARTHEST):
        level = list(dict.fromkeys(one for id_ in level for one in _along(drawing, id_, forward) if one not in seen))
        seen.update(level)
        for id_ in level:
            if drawing.by_id[id_].name.strip():
                return drawing.by_id[id_]
    return None


def _along(drawing: Drawing, id_: str, forward: bool) -> Iterator[str]:
    flows = drawing.outgoing(id_) if forward else drawing.incoming(id_)
    for flow in flows:
        end = flow.target if forward else flow.source
        if end in drawing.by_id:
            yield end
