"""Everything that can go wrong, as a family tree.

CaseworkError
├── NotFound           it does not exist, or not for this person
├── NotAllowed         it exists, but this person may not do this
├── SignInNeeded       we do not know who is asking
├── Refused            answers break a rule; ``problems`` says which, in plain words
├── CaseMovedOn        somebody else, or a timer, got there first
├── NotUnderstood      an expression or a time limit cannot be read; says where and what was expected
├── DrawingBroken      a drawing, table or form cannot be used; ``problems`` names file, element, reason
└── CannotGoOn         the case cannot move from here; a person must look (an incident)
    └── NeverRests     it moves, and goes round and round without anybody
"""

from dataclasses import dataclass


class CaseworkError(Exception):
    """Something stopped the work."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (self.__doc__ or "").strip().splitlines()[0])


class NotFound(CaseworkError):
    """We could not find that."""


class NotAllowed(CaseworkError):
    """You may not do that."""


class SignInNeeded(CaseworkError):
    """Sign in first."""


class Refused(CaseworkError):
    """Some answers need correcting."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems  # {field name: what to do about it}


class CaseMovedOn(CaseworkError):
    """This case has moved on since you opened it."""


class NotUnderstood(CaseworkError):
    """This cannot be read."""

    def __init__(self, says: str, *, source: str = "", at: int | None = None) -> None:
        super().__init__(says)
        self.source = source  # the text as it was written
        self.at = at  # index into ``source`` where reading stopped, if known


@dataclass(frozen=True)
class Problem:
    """What is wrong with one element of one file."""

    file: str
    element: str  # its id, or "" where the file as a whole is meant
    says: str


class DrawingBroken(CaseworkError):
    """The drawing cannot be used as it is."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(f"{p.file}: {p.element + ': ' if p.element else ''}{p.says}" for p in problems))
        self.problems = problems


class CannotGoOn(CaseworkError):
    """The case cannot move on from here."""

    def __init__(self, message: str = "", *, element: str = "") -> None:
        super().__init__(message)
        self.element = element  # the drawing's element at which it stopped, if known


class NeverRests(CannotGoOn):
    """The drawing goes round without coming to rest."""
