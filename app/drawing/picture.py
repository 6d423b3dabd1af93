"""A drawing as a picture: an SVG painted on the server, with the state of each element.

It needs no script, no ``style`` attribute and no file beside it; the classes are those of the page's stylesheet.
What it shows must also stand on the page in words: a picture is never the only way to know.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from app.drawing.model import EVENTS, GATEWAYS, SUB_PROCESSES, Bounds, Drawing, Element, Shape
from app.drawing.paint import flows, frames
from app.drawing.paint.labels import badge, below, label
from app.drawing.paint.marks import tick
from app.drawing.paint.nodes import has_words_inside, node
from app.drawing.paint.tags import number, tag, words
from app.errors import DrawingBroken, Problem

MARGIN = 12.0  # units around the picture
Look = Literal[
    "done", "now", "late", "next", "tried", "untried", "added", "changed", "heat-1", "heat-2", "heat-3", "heat-4"
]  # fmt: skip


@dataclass(frozen=True)
class State:
    """Where an element stands, and a few words to put on it (``"3 of 4 in"``), or ``""``."""

    state: Look
    badge: str = ""


def svg(drawing: Drawing, states: Mapping[str, State], *, title: str, description: str, plane: str = "") -> str:
    """The picture as markup that may stand in a page. ``states`` go by element or flow id; unknown ids are passed over.

    ``plane`` is the id of the page to paint, the main one where it is ``""``. ``DrawingBroken`` where the file
    has no picture.
    """
    page = _Page(drawing, states, plane or (drawing.planes[0] if drawing.planes else ""))
    if not page.shapes:
        raise DrawingBroken(Problem(drawing.file, plane, "There is no picture in this file, only the steps."))
    prefix = f"d{zlib.crc32(f'{drawing.file} {page.plane} {title}'.encode()):08x}"
    box = _box(page)
    return tag(
        "svg",
        tag("title", words(title), id=f"{prefix}-title"),
        tag("desc", words(description), id=f"{prefix}-desc"),
        flows.arrowheads(prefix),
        *_layers(page, prefix),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=" ".join(number(n) for n in (box.x, box.y, box.width, box.height)),
        width=box.width,
        height=box.height,
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-desc",
        font_family="inherit",
        class_="d-drawing",
    )


class _Page:
    """One page of a drawing: what is to be seen on it."""

    def __init__(self, drawing: Drawing, states: Mapping[str, State], plane: str) -> None:
        self.drawing = drawing
        self.states = states
        self.plane = plane
        self.closed = {
            shape.element
            for shape in drawing.shapes
            if not shape.expanded and drawing.by_id.get(shape.element, _NOTHING).kind in SUB_PROCESSES
        }
        self.scope_of = {e.id: e.scope for e in drawing.elements} | {f.id: f.scope for f in drawing.flows}
        self.shapes = tuple(s for s in drawing.shapes if s.plane == plane and not self._is_hidden(s.element))
        self.edges = tuple(e for e in drawing.edges if e.plane == plane and not self._is_hidden(e.element))
        self.elements = tuple(
            (element, shape) for shape in self.shapes if (element := drawing.by_id.get(shape.element)) is not None
        )
        self.flow_of = {flow.id: flow for flow in drawing.flows}

    def _is_hidden(self, id_: str) -> bool:
        """Whether something lies in a sub-process that is drawn closed."""
        around = self.scope_of.get(id_, "")
        while around and around != self.plane:
            if around in self.closed:
                return True
            around = self.scope_of.get(around, "")
        return False

    def named(self, id_: str, *parts: str) -> str:
        """Parts of one element as a group that carries its id and state."""
        state = self.states.get(id_)
        return tag("g", *parts, class_=f"is-{state.state}" if state else "", data_element_id=id_)


_NOTHING = Element(id="", kind="", name="", scope="", process="")


def _layers(page: _Page, prefix: str) -> Iterator[str]:
    """From the ground up: pools and lanes, frames, arrows, nodes, words beside them, badges."""
    yield from _ground(page)
    for element, shape in page.elements:
        if _is_frame(element, shape):
            paint = frames.group if element.kind == "group" else frames.open_sub_process
            yield page.named(element.id, paint(element, shape))
    for edge in page.edges:
        if edge.element in page.flow_of:
            flow = page.flow_of[edge.element]
            source = page.drawing.by_id.get(flow.source)
            yield page.named(flow.id, flows.arrow(flow, edge, source, prefix))
    for element, shape in sorted(page.elements, key=lambda pair: pair[0].kind == "boundaryEvent"):
        if not _is_frame(element, shape):
            yield page.named(element.id, node(element, shape), _tick(page, element, shape))
    yield from _labels(page)
    yield from _badges(page)


def _ground(page: _Page) -> Iterator[str]:
    shape_of = {shape.element: shape for shape in page.shapes}
    for pool in page.drawing.pools:
        if pool.id in shape_of:
            yield page.named(pool.id, frames.pool(pool.name, shape_of[pool.id], empty=not pool.process))
    for lane in page.drawing.lanes:
        if lane.id in shape_of:
            yield page.named(lane.id, frames.lane(lane.name, shape_of[lane.id]))


def _is_frame(element: Element, shape: Shape) -> bool:
    return element.kind == "group" or (element.kind in SUB_PROCESSES and shape.expanded)


def _tick(page: _Page, element: Element, shape: Shape) -> str:
    state = page.states.get(element.id)
    has_room = element.kind not in EVENTS and element.kind not in GATEWAYS
    return tick(shape.bounds.right - 13, shape.bounds.y + 13) if state and state.state == "done" and has_room else ""


def _labels(page: _Page) -> Iterator[str]:
    """Words beside shapes and on arrows, above everything that they might cross."""
    return (label(text, place) for text, place in _places(page))


def _places(page: _Page) -> Iterator[tuple[str, Bounds]]:
    for element, shape in page.elements:
        if element.name and not has_words_inside(element) and not _is_frame(element, shape):
            yield element.name, shape.label or below(shape.bounds)
    for edge in page.edges:
        flow = page.flow_of.get(edge.element)
        if flow is not None and flow.name:
            yield flow.name, edge.label or flows.label_place(edge)


def _badges(page: _Page) -> Iterator[str]:
    for element, shape in page.elements:
        state = page.states.get(element.id)
        if state is not None and state.badge:
            yield page.named(element.id, badge(state.badge, state.state, shape.bounds))


def _box(page: _Page) -> Bounds:
    """The rectangle around everything on the page, with a margin."""
    places = [shape.bounds for shape in page.shapes] + [place for _text, place in _places(page)]
    corners = [(place.x, place.y, place.right, place.bottom) for place in places]
    corners += [(x, y, x, y) for edge in page.edges for x, y in edge.waypoints]
    left, top = min(c[0] for c in corners) - MARGIN, min(c[1] for c in corners) - MARGIN
    right, bottom = max(c[2] for c in corners) + MARGIN, max(c[3] for c in corners) + MARGIN
    return Bounds(left, top, right - left, bottom - top)
