"""Everything that can go wrong, as a family tree.

CaseworkError
├── NotFound           it does not exist, or not for this person
├── NotAllowed         it exists, but this person may not do this
│   └── SetApart       somebody else must do this, because of what this person did before
├── SignInNeeded       we do not know who is asking
├── TokenNeeded        a program asks without a token that is good
├── Refused            answers break a rule; ``problems`` says which, in plain words
│   └── StillOwed      the case cannot close yet; ``problems`` says what is owed, by element
├── CaseMovedOn        somebody else, or a timer, got there first
│   └── SavedMeanwhile  somebody else saved the same file of a draft; says who and when
├── NotUnderstood      an expression or a time limit cannot be read; says where and what was expected
├── DrawingBroken      a drawing, table or form cannot be used; ``problems`` names file, element, reason
└── CannotGoOn         the case cannot move from here; a person must look (an incident)
    └── NeverRests     it moves, and goes round and round without anybody
"""

from dataclasses import dataclass
from datetime import datetime


class CaseworkError(Exception):
    """Something stopped the work."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (self.__doc__ or "").strip().splitlines()[0])


class NotFound(CaseworkError):
    """We could not find that."""


class NotAllowed(CaseworkError):
    """You may not do that."""


class SetApart(NotAllowed):
    """Somebody else must do this task."""


class SignInNeeded(CaseworkError):
    """Sign in first."""


class TokenNeeded(CaseworkError):
    """Show a token that is good."""


class Refused(CaseworkError):
    """Some answers need correcting."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems  # {field name: what to do about it}


class StillOwed(Refused):
    """Something is still owed before this case can close."""


class CaseMovedOn(CaseworkError):
    """This case has moved on since you opened it."""


class SavedMeanwhile(CaseMovedOn):
    """Somebody else saved this file while you were editing it."""

    def __init__(self, file: str = "", by: str = "", at: datetime | None = None) -> None:
        super().__init__()
        self.file = file
        self.by = by  # who saved it last; "" where it was published meanwhile
        self.at = at


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
