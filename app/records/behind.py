"""The cases behind a number: each of them, the day on which it counted, and what counted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app import errors
from app.law import definitions
from app.law.statistics import DEFINITIONS, Instance, Period
from app.records import counting, local, pledge
from app.records.local import Found
from app.store import picking
from app.store.picking import Known

LOCAL, PLEDGE = "local", "pledge"
COUNTED = {  # what counted, by the kind of the step
    "applied": "The application was made",
    "not_met": "The threshold was decided not to be met",
    "reviewed": "The outcome was sent",
    "withdrawn": "It was stopped, or closed without a decision",
    "reopened": "An appeal was right",
}
UNKNOWN = "There is no such number."


@dataclass(frozen=True)
class Counted:
    """One that a number counts. A case that was deleted has no reference and no title any more."""

    reference: str
    title: str
    on: date
    what: str

    @property
    def is_deleted(self) -> bool:
        """Whether nothing is kept of it but the days of its steps."""
        return not self.reference


@dataclass(frozen=True)
class Listing:
    """A number with what stands behind it, in the order of the days."""

    name: str
    words: str
    counts: str  # what is counted, in a sentence
    rows: tuple[Counted, ...]


def listing(period: Period, name: str, version: str = DEFINITIONS) -> Listing:
    """The cases behind a number: ``applications``, ``local.silent.police``, ``pledge.invited``. Raises ``NotFound``."""
    room, _, rest = name.partition(".")
    if room == LOCAL:
        return _of_part(period, name, rest)
    if room == PLEDGE:
        return _of_measure(period, name, rest)
    if name not in definitions.NAMES or version not in definitions.EDITIONS:
        raise errors.NotFound(UNKNOWN)
    definition = definitions.edition(version).of(name)
    rows = tuple(_of_law(counting.behind(period, version)[name]))
    return Listing(name, definition.words, definition.counts, rows)


def every(period: Period, version: str = DEFINITIONS) -> list[Listing]:
    """The cases behind each of the law's numbers."""
    found = counting.behind(period, version)
    known = picking.known({UUID(one.matter.key) for those in found.values() for one in those if one.matter.key})
    edition = definitions.edition(version)
    return [
        Listing(name, edition.of(name).words, edition.of(name).counts, tuple(_named(found[name], known)))
        for name in definitions.NAMES
    ]


def _of_law(several: list[Instance]) -> Iterator[Counted]:
    return _named(several, picking.known({UUID(one.matter.key) for one in several if one.matter.key}))


def _named(several: Iterable[Instance], known: Mapping[UUID, Known]) -> Iterator[Counted]:
    for one in several:
        case = known.get(UUID(one.matter.key)) if one.matter.key else None
        reference, title = (case.reference, case.title) if case else ("", "")
        yield Counted(reference, title, one.step.on, COUNTED[one.step.kind])


def _of_part(period: Period, name: str, rest: str) -> Listing:
    group_key, _, part_key = rest.partition(".")
    for group in local.groups(period):
        for part in group.parts:
            if (group.key, part.key) == (group_key, part_key):
                what = f"{group.title}: {part.words}" if len(group.parts) > 1 else part.words
                return Listing(name, what, "", tuple(_found(part.found, part.words)))
    raise errors.NotFound(UNKNOWN)


def _of_measure(period: Period, name: str, key: str) -> Listing:
    measures = (one for promise in pledge.check(period) for one in promise.measures)
    found = next((one for one in measures if one.key == key), None)
    if found is None:
        raise errors.NotFound(UNKNOWN)
    counts = f"These fell short of: {found.words}. {found.then}"
    return Listing(name, f"{found.words}: not so", counts, tuple(_found(found.short, "Fell short")))


def _found(several: Iterable[Found], what: str) -> Iterator[Counted]:
    there = sorted(several, key=lambda one: one.on)
    known = picking.known({one.case_id for one in there if one.case_id})
    for one in there:
        case = known.get(one.case_id) if one.case_id else None
        yield Counted(case.reference if case else "", case.title if case else "", one.on, what)
