"""What every reading works on: the sheet, what stands beside the file, and how to say what was found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from app.drawing import expressions
from app.drawing.findings import NOTE, Edit, Finding, Fix
from app.drawing.sheet import Node, Sheet, kind, name

WORDS = {  # what people call an element that has no words on it
    "startEvent": "the start",
    "endEvent": "the end",
    "boundaryEvent": "the event",
    "intermediateCatchEvent": "the event",
    "intermediateThrowEvent": "the event",
    "subProcess": "the subprocess",
    "transaction": "the subprocess",
    "adHocSubProcess": "the subprocess",
    "process": "the process",
    "sequenceFlow": "the arrow",
    "messageFlow": "the message",
}

WORDS_OF_EVENTS = {
    "several": "several things at once",
    "": "nothing",
    "compensate": "compensation",
    "conditional": "a condition",
}


@dataclass(frozen=True)
class Beside:
    """What a file may refer to, by id, and which of its own processes others call; the facts that are known."""

    processes: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()


@dataclass
class Page:
    """A file while it is completed."""

    sheet: Sheet
    beside: Beside = field(default_factory=Beside)

    def unclear(self, expression: str) -> str:
        """Why an expression cannot be worked out: it cannot be read, or nothing gives a fact that it uses; else ""."""
        problem = next(expressions.unreadable(expression), "")
        if problem:
            return problem
        lacking = expressions.unknown(expression, self.beside.facts)
        return f"Nothing gives {' and '.join(f'‘{fact}’' for fact in lacking)}." if lacking else ""

    def label(self, node: Node) -> str:
        """What people call an element: its words, else what it is and where it stands."""
        words = name(node)
        if words:
            return words
        called = WORDS.get(kind(node), "the question" if kind(node).endswith("Gateway") else "the step")
        return called + self._where(node)

    def quoted(self, node: Node) -> str:
        """The same inside a sentence: its words in quotation marks, else as it is."""
        return f"‘{name(node)}’" if name(node) else self.label(node)

    def _where(self, node: Node) -> str:
        before = next((name(one) for a in self.sheet.arriving(node) if (one := self.sheet.source(a)) is not None), "")
        after = next((name(one) for a in self.sheet.leaving(node) if (one := self.sheet.target(a)) is not None), "")
        on = self.sheet.index.get(node.get("attachedToRef", ""))
        if on is not None and name(on):
            return f" on ‘{name(on)}’"
        return f" after ‘{before}’" if before else f" before ‘{after}’" if after else ""

    def open(
        self, node: Node, kind: str, says: str, reading: str, fix: str, *edits: Edit, severity: str = NOTE
    ) -> Finding:
        """A gap that is read in one way, which its fix writes into the drawing."""
        return Finding(node.get("id", ""), self.label(node), kind, severity, says, reading, Fix(fix, edits))


Reading = Callable[[Page], Iterator[Finding]]


def what_is(event: str) -> str:
    """What people call the kind of an event, to begin a sentence with."""
    words = WORDS_OF_EVENTS.get(event, event)
    return words[:1].upper() + words[1:]
