"""What comes of a conversion: the file, the forms that it held, and a note of everything that became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

TAKEN, LEFT, DROPPED = "taken", "left", "dropped"  # taken over; left for whoever reads it; not needed here


@dataclass(frozen=True)
class Note:
    """What became of one thing that a file said for Camunda."""

    element: str  # the id of the element that it stood on; "" for the file as a whole
    label: str  # what people call it
    kind: str  # TAKEN, LEFT or DROPPED
    says: str

    @property
    def taken(self) -> bool:
        """Whether it means here what it meant there."""
        return self.kind == TAKEN


@dataclass(frozen=True)
class Converted:
    """A file as it is read here. One that is not of Camunda is the same to the byte, without notes."""

    content: bytes
    notes: tuple[Note, ...] = ()
    forms: Mapping[str, bytes] = field(default_factory=dict)  # new files, by name
    product: str = ""  # "Camunda 7" or "Camunda 8"; "" where nothing was converted

    def of(self, kind: str) -> list[Note]:
        """The notes of one kind, in the order of the file."""
        return [note for note in self.notes if note.kind == kind]

    def by_place(self, kind: str) -> list[tuple[Note, list[str]]]:
        """The same, those of one element together: (the first of them, the sentences)."""
        places = [list(notes) for _, notes in groupby(self.of(kind), lambda note: note.element)]
        return [(notes[0], [note.says for note in notes]) for notes in places]
