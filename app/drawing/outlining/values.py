"""A drawing in words, as values: numbered steps that read as a procedure, for a page, a file or a screen reader.

The same drawing gives the same outline. Every step of it stands in exactly one place, and is referred to by number
from everywhere else. Whatever can be drawn has an outline: nothing here raises.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def _nothing(_: str, __: str) -> str:
    return ""


@dataclass(frozen=True)
class Known:
    """What the drawing refers to and does not say itself; whoever asks for an outline may know it."""

    # of a milestone, and of the label that the drawing gives it: the agreed limit in words, "" where there is none
    timescales: Callable[[str, str], str] = _nothing
    processes: Mapping[str, str] = field(default_factory=dict)  # {id of a process elsewhere: its name}
    tables: Mapping[str, str] = field(default_factory=dict)  # {id of a decision table: its name}


@dataclass(frozen=True)
class Reference:
    """That a text says *step 4.1*: the number, and the id of the element that it is about."""

    number: str
    element: str


@dataclass(frozen=True)
class Way:
    """One way on from a step: when it is gone (``If yes``; "" where always), and a sentence or steps of its own."""

    lead: str
    text: str = ""
    steps: tuple["Step", ...] = ()
    elements: tuple[str, ...] = ()  # ids of what ``lead`` and ``text`` are about
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step. ``number`` is "" of the lines that say what begins the procedure."""

    number: str
    kind: str  # the BPMN local name of its element
    text: str  # whole sentences
    elements: tuple[str, ...]  # ids of all that the text is about, its own element first
    ways: tuple[Way, ...] = ()
    steps: tuple["Step", ...] = ()  # of a sub-process
    notes: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Part:
    """One process: its heading, what it says about itself, who takes part, and its steps."""

    process: str
    title: str
    says: str
    people: tuple[str, ...]
    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outline:
    """A drawing in words."""

    file: str
    parts: tuple[Part, ...]
    others: tuple[str, ...] = ()  # who takes part although their steps are not drawn
    notes: tuple[str, ...] = ()
