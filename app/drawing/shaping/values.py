"""What can be wished for, and what comes of it, as values. Ids are those of the drawing; "" stands for nothing.

Words that a person enters are in fields of these records; a wish that cannot be granted raises ``Refused`` with
``{name of the field: what to do}``, an answer's field as ``answers.2.condition`` (counted from 0).
"""

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Shaped:
    """A drawing after a wish was granted: the file, what it was about, and a sentence to confirm it with.

    To undo it is to keep the bytes from before.
    """

    content: bytes
    element: str  # the id of what is new or changed; of what now stands there, where something went
    says: str


@dataclass(frozen=True)
class Place:
    """Where a new step goes: after a step, before one, or on an arrow (one answer of a question). One is given."""

    after: str = ""
    before: str = ""
    way: str = ""  # the id of an arrow


@dataclass(frozen=True)
class Person:
    """A step that somebody does; without a ``form`` by the plain one, without a ``team`` by that of the step before."""

    name: str
    team: str = ""
    form: str = ""
    instructions: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter that goes out; ``to`` names its readers, separated by commas."""

    name: str
    letter: str
    to: str
    team: str = ""


@dataclass(frozen=True)
class Table:
    """A look at a decision table."""

    name: str
    table: str
    team: str = ""


@dataclass(frozen=True)
class Call:
    """A step that has a page of its own: the process of that id."""

    name: str
    page: str
    team: str = ""


@dataclass(frozen=True)
class Wait:
    """Waiting for some time: a limit in words (``10 working days``), or the agreed one of a milestone."""

    until: str = ""
    milestone: str = ""
    name: str = ""  # the words on it; those of the limit where none are given
    team: str = ""


@dataclass(frozen=True)
class Arrival:
    """Waiting for something to arrive. Without a ``sender`` outside the drawing, a person says that it has come."""

    name: str
    sender: str = ""
    team: str = ""


@dataclass(frozen=True)
class End:
    """An end of a way, with a letter where one is given."""

    name: str
    letter: str = ""
    to: str = ""
    stops_everything: bool = False
    team: str = ""


@dataclass(frozen=True)
class Answer:
    """One answer of a question. With no conditions at all, a person is asked; one may be for any other case.

    ``leads_to`` is the id of a step; "" goes on with what follows. ``ends`` names a new end to which it leads instead.
    ``way`` is the arrow of an answer that is there already.
    """

    label: str
    condition: str = ""  # in FEEL
    otherwise: bool = False
    leads_to: str = ""
    ends: str = ""
    way: str = ""


@dataclass(frozen=True)
class Question:
    """A question with two or more answers. At least one of them goes on with what follows."""

    name: str
    answers: tuple[Answer, ...]
    team: str = ""


New: TypeAlias = Person | Letter | Table | Call | Wait | Arrival | End | Question


@dataclass(frozen=True)
class Told:
    """Who is told when a limit is missed: words for the drawing, and how: an escalation, or a letter to its readers."""

    words: str = "Senior officer told"
    escalation: str = "limit_missed"
    letter: str = ""
    to: str = ""


@dataclass(frozen=True)
class Limit:
    """A time limit of a step: in words, or the agreed one of a milestone with the words to show for it.

    With ``told`` the step goes on when it is missed; without, the step is taken away and it goes on ``instead`` with
    that step, "" for what follows.
    """

    words: str = ""
    milestone: str = ""
    told: Told | None = field(default_factory=Told)
    instead: str = ""
