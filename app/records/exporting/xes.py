"""The log as XES (IEEE 1849-2016): a trace for each case, an event for each line of its history.

Standard extensions are concept, lifecycle, organizational and time. ``working_hours`` is ours: on a complete task the
working time since it was opened, on all others nothing; ``working_hours_since_opening`` stands on every event.
"""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from app.records.exporting import activities
from app.records.exporting.delimited import instant
from app.records.exporting.reading import Line, Matter

Piece = tuple[str, str, str]  # the element for a type of value, its key, the value
EXTENSIONS = ("concept", "lifecycle", "org", "time")
NAMES = {"concept": "Concept", "lifecycle": "Lifecycle", "org": "Organizational", "time": "Time"}
BEGINS = "\n".join(
    [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">',
        *(
            f'<extension name="{NAMES[one]}" prefix="{one}" uri="http://www.xes-standard.org/{one}.xesext"/>'
            for one in EXTENSIONS
        ),
        '<global scope="trace"><string key="concept:name" value=""/></global>',
        '<global scope="event"><string key="concept:name" value=""/>'
        '<date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/>'
        '<string key="lifecycle:transition" value="complete"/></global>',
        '<classifier name="Activity" keys="concept:name"/>',
        '<classifier name="Activity and transition" keys="concept:name lifecycle:transition"/>',
        '<string key="concept:name" value="Case review"/>',
        '<string key="lifecycle:model" value="standard"/>',
        "",
    ]
)
ENDS = "</log>\n"


def written(matters: Iterable[Matter]) -> Iterator[bytes]:
    """The log, a trace at a time."""
    yield BEGINS.encode()
    for matter in matters:
        yield _trace(matter).encode()
    yield ENDS.encode()


def _trace(matter: Matter) -> str:
    case = matter.case
    about: list[Piece] = [("string", "concept:name", case.reference), ("string", "procedure", case.process_id)]
    about += [("string", "release", case.release_key), ("string", "status", case.status)]
    hours = {one.id: one.hours for one in matter.work}
    events = "".join(f"<event>{_pieces(_event(line, hours))}</event>\n" for line in matter.lines)
    return f"<trace>{_pieces(about)}\n{events}</trace>\n"


def _event(line: Line, hours: dict[str, float | None]) -> Iterator[Piece]:
    activity = activities.of(line)
    yield "string", "concept:name", activity.name
    yield "string", "lifecycle:transition", activity.transition
    yield "date", "time:timestamp", instant(line.at)
    if line.task:
        yield "string", "concept:instance", line.task
    yield from (
        ("string", key, value)
        for key, value in (
            ("org:resource", line.person or line.actor),
            ("org:role", line.role),
            ("org:group", line.agency),
        )
        if value
    )
    yield "string", "kind", line.kind
    yield "float", "working_hours_since_opening", str(line.hours)
    if line.kind == "task_completed" and hours.get(line.task) is not None:
        yield "float", "working_hours", str(hours[line.task])


def _pieces(pieces: Iterable[Piece]) -> str:
    return "".join(f"<{kind} key={quoteattr(key)} value={quoteattr(_clean(value))}/>" for kind, key, value in pieces)


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(one for one in text if one in "\t\n\r" or ord(one) >= ord(" "))
