"""What is untidy on a drawn page, found by measuring its file: without a line of the code that places things."""

from itertools import combinations

from lxml import etree

from tests.processes import picture
from tests.processes.published import NAMES, NODES, kind

Untidy = set[tuple[str, ...]]


def root_of(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def untidy(content: bytes) -> Untidy:
    """Everything that the house drawings are held to and this page breaks, with the ids of what is concerned."""
    root = root_of(content)
    page = picture.drawn(root)
    return {*_lines(page), *_words(page, root), *_shapes(page, root), *_missing(page, root), *_lanes(page, root)}


def crossings(content: bytes) -> int:
    return picture.crossings(picture.drawn(root_of(content)))


def _lines(page):
    for key, line in page.lines.items():
        for piece in picture.pieces(line):
            if piece.left != piece.right and piece.top != piece.bottom:
                yield "slanted", key
            for other, box in page.shapes.items():
                if other != page.frames.get(key) and piece.meets(box, by=1):
                    yield "through a shape", key, other
            for other, box in page.words.items():
                if piece.meets(box, by=2):
                    yield "through words", key, other


def _words(page, root):
    frames = {one.get("id") for one in root.iter() if isinstance(one.tag, str) and one.get("triggeredByEvent")}
    for (one, box), (other, second) in combinations(page.words.items(), 2):
        if box.meets(second, by=1):
            yield "words on words", one, other
    for one, box in page.words.items():
        for other, shape in page.shapes.items():
            if other not in frames and box.meets(shape, by=1):
                yield "words on a shape", one, other


def _shapes(page, root):
    nodes = {one.get("id"): one for one in root.iter() if isinstance(one.tag, str) and one.get("id")}
    for one, other in combinations(page.shapes, 2):
        around = {
            nodes[a].get("attachedToRef") == b or nodes[b] in nodes[a].iterancestors()
            for a, b in ((one, other), (other, one))
        }
        if page.shapes[one].meets(page.shapes[other], by=1) and True not in around:
            yield "shape on shape", one, other


def _missing(page, root):
    """What is not drawn, and what is drawn and is not there."""
    nodes = {
        one.get("id") for one in root.iter() if isinstance(one.tag, str) and one.get("id") and NODES.match(kind(one))
    }
    flows = {one.get("id") for one in root.iterfind(".//b:sequenceFlow", NAMES)}
    yield from (("not drawn", one) for one in (nodes - set(page.shapes)) | (flows - set(page.lines)))
    yield from (("drawn, not there", one) for one in set(page.lines) - flows)


def _lanes(page, root):
    """Steps outside their lane, or in none or several; lanes that do not fill their pool."""
    shapes = {one.get("bpmnElement"): _box(one) for one in root.iterfind(".//d:BPMNShape", NAMES)}
    refs = [
        (ref.text.strip(), lane.get("id"))
        for lane in root.iterfind(".//b:lane", NAMES)
        for ref in lane.iterfind("b:flowNodeRef", NAMES)
    ]
    for element, lane in refs:
        box, room = shapes.get(element), shapes.get(lane)
        host = next(
            (one.get("attachedToRef") for one in root.iter() if isinstance(one.tag, str) and one.get("id") == element),
            None,
        )
        if box and room and not host and not _within(box, room):
            yield "outside its lane", element, lane
    named = [element for element, _ in refs]
    yield from (("in two lanes", one) for one in set(named) if named.count(one) > 1)
    for process in root.iterfind("b:process", NAMES):
        own = {
            one.get("id") for one in process if isinstance(one.tag, str) and one.get("id") and NODES.match(kind(one))
        }
        if process.find(".//b:lane", NAMES) is not None:
            yield from (("in no lane", one) for one in own - set(named))


def _box(shape):
    bounds = shape.find("c:Bounds", NAMES)
    left, top, wide, high = (float(bounds.get(key)) for key in ("x", "y", "width", "height"))
    return picture.Box(left, top, left + wide, top + high)


def _within(box, room):
    return room.left <= box.left and box.right <= room.right and room.top <= box.top and box.bottom <= room.bottom
