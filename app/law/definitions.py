"""What each of the law's numbers means, in words, edition by edition. An edition never changes once it is in use.

A changed meaning is a new edition: its words here, its way of counting in ``statistics.EDITIONS``. The old ones stay,
so that what was published can be counted again as it was meant.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.law.statistics import DEFINITIONS, Numbers

ACT = "Anti-social Behaviour, Crime and Policing Act 2014"


@dataclass(frozen=True)
class Definition:
    """One number. ``words`` stand beside it, ``counts`` says which event counts, ``source`` where that comes from."""

    name: str  # as in ``statistics.Numbers``
    words: str
    counts: str
    source: str


@dataclass(frozen=True)
class Edition:
    """All definitions that go together. ``since`` says in words from when they are used."""

    version: str
    since: str
    definitions: tuple[Definition, ...]

    def of(self, name: str) -> Definition:
        """The definition of a number. Source: ASBCPA 2014 s.104(9)."""
        return next(one for one in self.definitions if one.name == name)


FOUR = ("applications", "not_met", "reviews", "with_recommendations")
CAME = ("waiting_before", "applications", "reopened")
WENT = ("not_met", "reviews", "withdrawn", "waiting_after")
NAMES = tuple(dict.fromkeys((*FOUR, *CAME, *WENT)))  # of every number, in the order in which they are said
_FIRST = Edition(
    "1",
    "since this system counts",
    (
        Definition(
            "applications",
            "Applications for a review",
            "A case is opened for an application. It counts on the day on which it was made, whatever becomes of it.",
            "Section 104(9)(a): the number of applications for ASB case reviews made",
        ),
        Definition(
            "not_met",
            "Times the threshold was decided not to be met",
            "Somebody finishes a task with the decision “not met” while the case waits for a decision. It counts on "
            "that day. After an appeal that was right, a second refusal counts again: it is a second decision.",
            "Section 104(9)(b): the number of times it was decided that the threshold was not met",
        ),
        Definition(
            "reviews",
            "Reviews carried out",
            "The letter with the outcome is asked for while the case waits for a decision. It counts on that day. "
            "Only the first outcome counts: a later plan for the same case is no second review.",
            "Section 104(9)(c): the number of ASB case reviews carried out",
        ),
        Definition(
            "with_recommendations",
            "Reviews that resulted in recommendations",
            "A review that counts, where the plan that was agreed last before the outcome holds at least one "
            "recommendation.",
            "Section 104(9)(d): the number of ASB case reviews carried out that resulted in recommendations",
        ),
        Definition(
            "reopened",
            "Taken up again after an appeal",
            "Somebody finishes an appeal with the decision that it was right, and the case had been decided. "
            "From that day it waits again.",
            "Schedule 4, paragraph 3: what happens where an applicant is not satisfied. The Act does not ask for it",
        ),
        Definition(
            "withdrawn",
            "Withdrawn, or ended in another way",
            "The letter that a review was stopped is asked for, or the case closes, while it waits for a decision.",
            "Not asked for by the Act. Without it the numbers would not add up",
        ),
        Definition(
            "waiting_before",
            "Waiting for a decision when the period began",
            "The last that counts before the first day is an application, or that it was taken up again.",
            "Not asked for by the Act. Without it the numbers would not add up",
        ),
        Definition(
            "waiting_after",
            "Waiting for a decision when the period ended",
            "The last that counts up to the last day is an application, or that it was taken up again.",
            "Not asked for by the Act. Without it the numbers would not add up",
        ),
    ),
)
EDITIONS: Mapping[str, Edition] = {_FIRST.version: _FIRST}


def edition(version: str = DEFINITIONS) -> Edition:
    """The definitions of a version. Raises ``KeyError`` for one that there never was.

    Source: ASBCPA 2014 s.104(9)(a) to (d).
    """
    return EDITIONS[version]


def reconciled(numbers: Numbers) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """What came in and what became of it, as (name, number); both add up to the same.

    Source: invariant I14 of the published procedure: applications = not met + reviews + withdrawn + pending.
    """
    came, went = ([(name, int(getattr(numbers, name))) for name in names] for names in (CAME, WENT))
    return came, went
