"""Which rows of a table fit together, over every combination of regions, each kind of combination looked at once."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from app.drawing.covering import regions
from app.drawing.covering.regions import Region
from app.drawing.decisions import SEVERAL, DecisionTable

MOST = 5_000  # combinations looked at
Choices = Set[str] | None


@dataclass(frozen=True)
class Met:
    """One kind of case: an answer to each question, the rows that fit it, and those that fit or may fit."""

    sure: int
    maybe: int
    answers: tuple[Any, ...] = ()
    unheard_of: bool = False  # whether nobody can say that one of the answers exists

    def further(self, region: Region) -> "Met":
        """The same with an answer to the next question."""
        unheard_of = self.unheard_of or region.unheard_of
        return Met(self.sure & region.sure, self.maybe & region.maybe, (*self.answers, region.value), unheard_of)


@dataclass(frozen=True)
class Covered:
    """What was found. ``whole`` says that every combination was looked at."""

    met: tuple[Met, ...]
    whole: bool
    never: int  # rows whose tests nothing can pass

    @property
    def gap(self) -> Met | None:
        """A case that no row can fit."""
        return next((one for one in self.met if not one.maybe and not one.unheard_of), None)

    def together(self) -> Iterator[tuple[int, int, Met]]:
        """Pairs of rows that fit the same case, each pair once, with that case. The first row is 0."""
        told = set()
        for one in self.met:
            fit = rows(one.sure)
            for first, second in ((a, b) for at, a in enumerate(fit) for b in fit[at + 1 :]):
                if (first, second) not in told:
                    told.add((first, second))
                    yield first, second, one

    def hidden(self, number: int) -> list[int]:
        """Rows, of this many, that some case fits, but always one before them as well."""
        reached = 0
        for one in self.met:
            reached |= _may_be_first(one)
        return [row for row in range(number) if not (reached | self.never) >> row & 1] if self.whole else []


def cover(table: DecisionTable, choices: Mapping[str, Choices]) -> Covered:
    """Every kind of case that a table can meet. ``choices`` are the texts that a fact can have, by its path.

    Where every row that fits counts, only the tests of each row are looked at.
    """
    columns = [
        regions.regions(asked, [rule.tests[number] for rule in table.rules], choices.get(asked.expression))
        for number, asked in enumerate(table.inputs)
    ]
    every = (1 << len(table.rules)) - 1
    never = 0
    for column in columns:
        never |= every & ~reduce(or_, (region.maybe for region in column), 0)
    met, whole = ((), True) if table.hit_policy in SEVERAL else _combined(columns, every)
    return Covered(met, whole, never)


def _combined(columns: Iterable[Iterable[Region]], every: int) -> tuple[tuple[Met, ...], bool]:
    """One case for each set of rows that can fit together, and whether none had to be left out."""
    level, whole = [Met(every, every)], True
    for column in columns:
        after: dict[tuple[int, int], Met] = {}
        for one in (met.further(region) for met in level for region in column):
            known = after.get((one.sure, one.maybe))
            if known is None or (known.unheard_of and not one.unheard_of):
                after[one.sure, one.maybe] = one
        whole = whole and len(after) <= MOST
        level = list(after.values())[:MOST]
    return tuple(level), whole


def rows(bits: int) -> list[int]:
    """The rows that stand in bits, the first is 0."""
    return [row for row in range(bits.bit_length()) if bits >> row & 1]


def _may_be_first(met: Met) -> int:
    """Rows that fit or may fit where none before them fits for sure."""
    first = met.sure & -met.sure
    return met.maybe & ((first << 1) - 1) if first else met.maybe
