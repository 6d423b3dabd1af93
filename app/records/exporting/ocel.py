"""The log as OCEL 2.0 in JSON: events that belong to a case, and also to a task, an agency, a person or a letter.

Objects are written as the cases come, events aside in a file of their own that follows: nothing is held but the names
of activities, agencies and persons. Persons are pseudonyms with the roles in which they acted.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, Any

from app.records.exporting import activities
from app.records.exporting.delimited import instant
from app.records.exporting.reading import Line, Matter

STRING, NUMBER = "string", "float"
OBJECT_TYPES = {
    "case": {"procedure": STRING, "status": STRING, "release": STRING},
    "task": {"name": STRING, "role": STRING, "outcome": STRING, "working_hours": NUMBER},
    "agency": {},
    "person": {"role": STRING},
    "letter": {"name": STRING},
}
ON_EVENTS = {"lifecycle": STRING, "kind": STRING, "working_hours_since_opening": NUMBER}
ON_TASKS = {"task_opened": "opens", "task_completed": "finishes", "task_withdrawn": "withdraws"}
BEGINS = "1970-01-01T00:00:00.000Z"  # of what always was
PIECE = 64 * 1024  # bytes
Record = dict[str, Any]


@dataclass
class Names:
    """What is named once at the end."""

    activities: set[str] = field(default_factory=set)
    agencies: set[str] = field(default_factory=set)
    roles: dict[str, set[str]] = field(default_factory=dict)  # of each person


def written(matters: Iterable[Matter]) -> Iterator[bytes]:
    """The log, a case at a time, then its events."""
    names, begins = Names(), True
    with TemporaryFile() as aside:
        yield b'{"objects":[\n'
        for matter in matters:
            yield _joined(objects(matter), begins)
            aside.write(_joined((event(line, matter, names) for line in matter.lines), begins))
            begins = False
        yield _joined(named(names), begins)
        yield b'],\n"events":[\n'
        yield from _all_of(aside)
    yield f'],\n"objectTypes":{_types(OBJECT_TYPES)},\n'.encode()
    yield f'"eventTypes":{_types({name: ON_EVENTS for name in sorted(names.activities)})}}}\n'.encode()


def _all_of(aside: IO[bytes]) -> Iterator[bytes]:
    aside.seek(0)
    while piece := aside.read(PIECE):
        yield piece


def _joined(records: Iterable[Record], begins: bool) -> bytes:
    """Records of a list, a comma before each but the first of all."""
    text = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    return (text if begins or not text else f",\n{text}").encode()


def _types(types: dict[str, dict[str, str]]) -> str:
    found = [
        {"name": name, "attributes": [{"name": key, "type": kind} for key, kind in attributes.items()]}
        for name, attributes in types.items()
    ]
    return json.dumps(found, ensure_ascii=False)


def _object(key: str, kind: str, at: str, values: Record, related: Iterable[tuple[str, str]] = ()) -> Record:
    return {
        "id": key,
        "type": kind,
        "attributes": [{"name": name, "time": at, "value": value} for name, value in values.items()],
        "relationships": _related(related),
    }


def _related(related: Iterable[tuple[str, str]]) -> list[Record]:
    return [{"objectId": key, "qualifier": qualifier} for key, qualifier in related]


def objects(matter: Matter) -> Iterator[Record]:
    """The objects of one case: itself, its tasks, the letters that it asked for."""
    case = matter.case
    at = instant(case.opened_at)
    about = {"procedure": case.process_id, "status": case.status, "release": case.release_key}
    yield _object(case.reference, "case", at, about)
    for one in matter.work:
        values: Record = {"name": one.name, "role": one.role, "outcome": one.outcome}
        values |= {} if one.hours is None else {"working_hours": one.hours}
        related = [(case.reference, "belongs to"), *([(_agency(one.agency), "is for")] if one.agency else [])]
        yield _object(one.id, "task", instant(one.opened_at), values, related)
    for line in matter.lines:
        if line.says.get("letter"):
            values = {"name": str(line.says["letter"])}
            yield _object(_letter(matter, line), "letter", instant(line.at), values, [(case.reference, "belongs to")])


def event(line: Line, matter: Matter, names: Names) -> Record:
    """The event of a line; what it names once is noted in ``names``."""
    activity = activities.of(line)
    names.activities.add(activity.name)
    values = {"lifecycle": activity.transition, "kind": line.kind, "working_hours_since_opening": line.hours}
    return {
        "id": f"{matter.case.reference}/{line.number}",
        "type": activity.name,
        "time": instant(line.at),
        "attributes": [{"name": name, "value": value} for name, value in values.items()],
        "relationships": _related(_around(line, matter, names)),
    }


def _around(line: Line, matter: Matter, names: Names) -> Iterator[tuple[str, str]]:
    """The objects an event belongs to, each with its part in it."""
    yield matter.case.reference, "happens in"
    if line.task:
        yield line.task, ON_TASKS[line.kind]
    if line.agency and line.task:
        names.agencies.add(line.agency)
        yield _agency(line.agency), "is for"
    if line.person:
        names.roles.setdefault(line.person, set()).update({line.role} - {""})
        yield line.person, "is done by"
    if line.says.get("letter"):
        yield _letter(matter, line), "asks for"


def named(names: Names) -> Iterator[Record]:
    """Agencies and persons, once each, as they always were."""
    for key in sorted(names.agencies):
        yield _object(_agency(key), "agency", BEGINS, {})
    for person, roles in sorted(names.roles.items()):
        yield _object(person, "person", BEGINS, {"role": ", ".join(sorted(roles))})


def _agency(key: str) -> str:
    return f"agency {key}"


def _letter(matter: Matter, line: Line) -> str:
    return f"{matter.case.reference}/letter/{line.number}"
