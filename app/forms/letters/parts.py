"""What a letter is made of once it has been read: words, facts, ways, rows, cards and shared passages.

Invariant: parts never change and hold only text and FEEL sources that could be read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

PERSON, COLLEAGUE, BOTH = "person", "colleague", "both"  # whom a letter is to: each reads it on their own kind of sheet
NONE = "none"  # the ending of a letter that has none


@dataclass(frozen=True)
class Words:
    """Text as it was written: Markdown in the body, plain words in the head."""

    text: str


@dataclass(frozen=True)
class Fact:
    """The value of a FEEL expression."""

    source: str
    line: int


@dataclass(frozen=True)
class Way:
    """What is written where a condition holds. The last way of a choice may have none (``""``): it always holds."""

    condition: str
    line: int
    inside: "Parts"


@dataclass(frozen=True)
class Choice:
    """The first way that holds."""

    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Each:
    """Something for each row of a list; ``name`` stands for the row inside."""

    name: str
    source: str
    line: int
    inside: "Parts"


@dataclass(frozen=True)
class Card:
    """A box that stands out, such as what matters in short."""

    inside: "Parts"


@dataclass(frozen=True)
class Passage:
    """What stands in another file, with the facts of this letter."""

    name: str
    line: int


Part = Words | Fact | Choice | Each | Card | Passage
Parts = tuple[Part, ...]


@dataclass(frozen=True)
class LetterFile:
    """A letter, or (``is_passage``) words that letters share. ``head`` has the lines that were given, by their key."""

    file: str
    body: Parts
    head: "dict[str, Parts]" = field(default_factory=dict)
    to: str = PERSON
    ending: str = ""  # the passage that ends it; "" for the usual one, ``NONE`` for none

    @property
    def is_passage(self) -> bool:
        """Whether letters share it: it has a title and no subject."""
        return "title" in self.head

    @property
    def every(self) -> Iterator[tuple[Part, tuple[Each, ...]]]:
        """Every part of head and body, at any depth, with the rows that it stands in, the innermost last."""
        for parts in (*self.head.values(), self.body):
            yield from _every(parts, ())

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Every FEEL source in it, conditions too."""
        return tuple(source for part, _ in self.every for source in _sources(part))

    @cached_property
    def shares(self) -> tuple[str, ...]:
        """The passages that stand in it, and the one that ends it."""
        named = dict.fromkeys(part.name for part, _ in self.every if isinstance(part, Passage))
        return (*named, *([self.ending] if self.ending not in ("", NONE) else []))


def _sources(part: Part) -> Iterator[str]:
    if isinstance(part, Fact | Each):
        yield part.source
    elif isinstance(part, Choice):
        yield from (way.condition for way in part.ways)


def _every(parts: Parts, rows: tuple[Each, ...]) -> Iterator[tuple[Part, tuple[Each, ...]]]:
    for part in parts:
        yield part, rows
        if isinstance(part, Choice):
            for way in part.ways:
                yield from _every(way.inside, rows)
        elif isinstance(part, Each):
            yield from _every(part.inside, (*rows, part))
        elif isinstance(part, Card):
            yield from _every(part.inside, rows)
