"""Errors, escalations and cancellations: who throws them, who catches them, and who waits for them in vain."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.drawing.findings import NOTE, Finding
from app.drawing.model import SUB_PROCESSES, Drawing, Element
from app.drawing.soundness import wording

THROWN = ("error", "escalation", "cancel")
ANYTHING = ("", "")  # what a process throws that is drawn elsewhere
Thrown = tuple[str, str]  # its kind and its name


@dataclass
class Throwing:
    """What each scope of a drawing throws outwards."""

    drawing: Drawing
    _known: dict[str, frozenset[Thrown]] = field(default_factory=dict)

    def silent(self) -> frozenset[str]:
        """The boundary events that can never happen: what is on them throws nothing of the kind."""
        return frozenset(
            e.id
            for e in self.drawing.elements
            if e.kind == "boundaryEvent" and e.event in THROWN and not self._can_catch(e)
        )

    def findings(self) -> list[Finding]:
        """What is waited for in vain, and what nobody catches."""
        return [*self._in_vain(), *self._not_caught()]

    def out_of(self, activity: Element) -> frozenset[Thrown]:
        """What can come out of an activity."""
        if activity.kind == "callActivity":
            known = {process.id for process in self.drawing.processes}
            return self.out_of_scope(activity.called) if activity.called in known else frozenset({ANYTHING})
        return self.out_of_scope(activity.id) if activity.kind in SUB_PROCESSES else frozenset()

    def out_of_scope(self, scope: str) -> frozenset[Thrown]:
        """What is thrown in a scope and not caught there."""
        if scope not in self._known:
            self._known[scope] = frozenset()  # a circle of calls throws nothing more
            self._known[scope] = frozenset(self._thrown_in(scope))
        return self._known[scope]

    def _thrown_in(self, scope: str) -> Iterator[Thrown]:
        starts = self._frame_starts(scope)
        for thrown in self._raised(scope):
            if not any(catches(start, thrown) for start in starts):
                yield thrown

    def _raised(self, scope: str) -> Iterator[Thrown]:
        for e in self.drawing.elements:
            if e.scope != scope:
                continue
            if e.event in THROWN and e.kind in ("endEvent", "intermediateThrowEvent"):
                yield e.event, e.event_name
            caught = [b for b in self.drawing.elements if b.kind == "boundaryEvent" and b.attached_to == e.id]
            for thrown in self.out_of(e):
                if not any(catches(b, thrown) for b in caught):
                    yield thrown

    def _frame_starts(self, scope: str) -> list[Element]:
        frames = {e.id for e in self.drawing.elements if e.scope == scope and e.by_event}
        return [e for e in self.drawing.elements if e.scope in frames and e.kind == "startEvent" and e.event in THROWN]

    def _can_catch(self, event: Element) -> bool:
        host = self.drawing.by_id.get(event.attached_to)
        return host is not None and any(catches(event, thrown) for thrown in self.out_of(host))

    def _in_vain(self) -> Iterator[Finding]:
        silent = self.silent()
        for e in self.drawing.elements:
            if e.id in silent:
                host = self.drawing.by_id.get(e.attached_to)
                where = wording.quoted(self.drawing, host) if host is not None else "its step"
                says = f"{wording.quoted(self.drawing, e)} can never happen: nothing in {where} throws {_what(e)}."
                yield wording.finding(self.drawing, e, "never_thrown", wording.sentence(says), NOTE)

    def _not_caught(self) -> Iterator[Finding]:
        called = {e.called for e in self.drawing.elements if e.kind == "callActivity"}
        for process in self.drawing.processes:
            out = {thrown for thrown in self.out_of_scope(process.id) if thrown[0] == "error"}
            for e in self.drawing.elements if process.id not in called else ():
                if e.process == process.id and e.kind == "endEvent" and (e.event, e.event_name) in out:
                    if not self._is_caught(e):
                        says = (
                            f"{wording.quoted(self.drawing, e)} is an error that nothing catches. The case stops there."
                        )
                        yield wording.finding(self.drawing, e, "error_not_caught", wording.sentence(says))

    def _is_caught(self, event: Element) -> bool:
        """Whether something around an error end event catches it."""
        scope, thrown = event.scope, (event.event, event.event_name)
        for _ in self.drawing.elements:
            around = self.drawing.by_id.get(scope)
            beside = [b for b in self.drawing.elements if b.kind == "boundaryEvent" and b.attached_to == scope]
            if any(catches(one, thrown) for one in (*self._frame_starts(scope), *beside)):
                return True
            if around is None:
                return False
            scope = around.scope
        return False


def catches(event: Element, thrown: Thrown) -> bool:
    """Whether an event catches what is thrown: its kind, and its name where it has one."""
    return thrown == ANYTHING or (event.event == thrown[0] and event.event_name in ("", thrown[1]))


def _what(event: Element) -> str:
    kind = {"error": "an error", "escalation": "an escalation", "cancel": "a cancellation"}[event.event]
    return f"{kind} ‘{event.event_name}’" if event.event_name else kind
