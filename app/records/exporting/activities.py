"""What a line of history is to process mining: an activity, and where in its life it is.

Every line is one event. A task has two, *start* and *complete*, under the name of its step, or *withdraw* where nobody
had to finish it; everything else is complete at once. Lines that the drawing names have that name; the others are named
for what they say happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.records.exporting.reading import Line

START, COMPLETE, WITHDRAW = "start", "complete", "withdraw"
OF_TASKS = {"task_opened": START, "task_completed": COMPLETE, "task_withdrawn": WITHDRAW}
# the kinds of lines whose name, agency and the like come from a drawing, and from nobody who wrote
NAMED = ("task_opened", "task_completed", "task_withdrawn", "timer_fired", "limit_near", "limit_moved", "effect_asked")
ENDS = {"case_opened": "Case opened", "case_closed": "Case closed"}
ABOUT: Mapping[str, str] = {  # kinds that are told apart by what they are about
    "timer_fired": "Time limit passed",
    "limit_near": "Time limit near",
    "limit_moved": "Time limit moved",
    "message_received": "Message received",
}


@dataclass(frozen=True)
class Activity:
    """The name of an activity, and its transition in the standard lifecycle."""

    name: str
    transition: str


def of(line: Line) -> Activity:
    """The activity of a line."""
    name = str(line.says.get("name") or line.subject)
    if line.kind in OF_TASKS:
        return Activity(name, OF_TASKS[line.kind])
    if line.kind == "effect_asked":
        return Activity(name, COMPLETE)
    if line.kind in ABOUT:
        return Activity(f"{ABOUT[line.kind]}: {line.subject}", COMPLETE)
    return Activity(ENDS.get(line.kind) or line.kind.replace("_", " ").capitalize(), COMPLETE)
