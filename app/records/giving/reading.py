"""A page of records for a program, and one case: what its scopes let it see, and a note of what it has read.

A program that reads names of victims, or one case as a whole, is noted in that case as everybody is who looks at it.
The number of statements does not depend on how many records there are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app import errors
from app.clock import Clock
from app.config import Settings
from app.engine.nearing import NEAR
from app.records.giving import cursors, records, tokens
from app.records.giving.records import Record, Seen
from app.records.giving.tokens import Program
from app.records.pseudonyms import Pseudonyms
from app.store import cases, feed, history, pages, people
from app.store.pages import Asked
from app.store.transactions import transaction

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Page:
    """Records, and the cursor of those that follow; "" where these are the last there are now."""

    records: Sequence[Record]
    next: str


@dataclass(frozen=True)
class Reader:
    """A program that reads, with what it needs."""

    program: Program
    settings: Settings
    clock: Clock

    @property
    def with_names(self) -> bool:
        """Whether it may read the names of victims."""
        return tokens.NAMES in self.program.scopes

    def seen(self, staff: Iterable[int | None] = ()) -> Seen:
        """How much it sees of rows that name these members of staff."""
        return Seen(self.with_names, self._called({one for one in staff if one is not None}), self.settings.public_url)

    def _called(self, staff: set[int]) -> Callable[[int | None], str | None]:
        if tokens.PEOPLE in self.program.scopes:
            names = people.names(staff)
            return lambda person_id: names.get(person_id) if person_id else None
        codes = Pseudonyms(self.settings)
        return lambda person_id: codes.of(person_id) or None


@dataclass(frozen=True)
class Resource:
    """A list that programs read: the scope it needs, the kinds of values in its key, and how a page is read.

    A page is read one row longer than asked for, to know whether there are more.
    """

    shape: str
    scope: str
    key: str
    filters: tuple[str, ...]
    read: Callable[[Asked, Reader], Sequence[tuple[Key, Record]]]


def _cases(asked: Asked, reader: Reader) -> Sequence[tuple[Key, Record]]:
    if not reader.with_names:
        seen = reader.seen()
        return [((one.opened_at, one.id), records.case(one, seen)) for one in pages.cases(asked)]
    with transaction():
        found, seen = pages.cases(asked), reader.seen()
        _note([one.id for one in found[: asked.limit - 1]], "API: list of cases with names", reader)
    return [((one.opened_at, one.id), records.case(one, seen)) for one in found]


def _tasks(asked: Asked, reader: Reader) -> Sequence[tuple[Key, Record]]:
    found = pages.tasks(asked)
    seen = reader.seen(task.person_id for task, _ in found)
    return [((task.opened_at, task.id), records.task(task, reference, seen)) for task, reference in found]


def _limits(asked: Asked, _: Reader) -> Sequence[tuple[Key, Record]]:
    return [
        ((timer.start_at, timer.id, timer.key, timer.due_at), records.limit(timer, reference))
        for timer, reference in pages.limits(asked, NEAR)
    ]


def _events(asked: Asked, reader: Reader) -> Sequence[tuple[Key, Record]]:
    found = pages.events(asked, feed.readable())
    seen = reader.seen(event.person_id for event, _ in found)
    return [((event.id,), records.event(event, reference, seen)) for event, reference in found]


def _agencies(asked: Asked, _: Reader) -> Sequence[tuple[Key, Record]]:
    return [((row.key,), records.agency(row)) for row in pages.agencies(asked)]


RESOURCES: Mapping[str, Resource] = {
    "cases": Resource("Case", tokens.CASES, "tu", ("status", "procedure", "since"), _cases),
    "tasks": Resource("Task", tokens.TASKS, "tu", ("case", "procedure", "role", "agency", "since"), _tasks),
    "limits": Resource("Limit", tokens.LIMITS, "tust", ("case", "procedure", "status", "since"), _limits),
    "events": Resource("Event", tokens.EVENTS, "i", ("case", "procedure", "kind", "since"), _events),
    "agencies": Resource("Agency", tokens.AGENCIES, "s", (), _agencies),
}


def page(name: str, cursor: str, limit: int, filters: Mapping[str, Any], reader: Reader) -> Page:
    """A page of a list. Raises ``NotAllowed`` without its scope, ``Refused`` for a cursor that is none of its."""
    resource = RESOURCES[name]
    check(reader.program, resource.scope)
    asked = Asked(after=cursors.read(name, resource.key, cursor), limit=limit + 1, **filters)
    found = resource.read(asked, reader)
    following = cursors.written(name, found[limit - 1][0]) if len(found) > limit else ""
    return Page([record for _, record in found[:limit]], following)


def case(reference: str, reader: Reader) -> Record:
    """One case with its open tasks and time limits, as far as the scopes go; that it was read is noted.

    Raises ``NotFound``, also for a training case.
    """
    check(reader.program, tokens.CASES)
    with transaction():
        found = cases.by_reference(reference)
        if found.virtual_at is not None:
            raise errors.NotFound("We could not find a case with that reference.")
        opened, ran = pages.of_case(found.id, NEAR)
        seen = reader.seen(task.person_id for task in opened)
        _note([found.id], "API: the case", reader)
    record = records.case(found, seen)
    if tokens.TASKS in reader.program.scopes:
        record["tasks"] = [records.task(task, found.reference, seen) for task in opened]
    if tokens.LIMITS in reader.program.scopes:
        record["limits"] = [records.limit(timer, found.reference) for timer in ran]
    return record


def check(program: Program, scope: str) -> None:
    """Raises ``NotAllowed`` where a token does not have a scope."""
    if scope not in program.scopes:
        raise errors.NotAllowed(f"This token may not read that. It needs the scope {scope}.")


def _note(case_ids: Iterable[UUID], page: str, reader: Reader) -> None:
    told = {"person_id": None, "name": f"the program {reader.program.name}", "at": reader.clock(), "page": page}
    history.add_readings([{"case_id": case_id, **told} for case_id in case_ids])
