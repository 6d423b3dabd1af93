"""What each record says, field by field: read from here by the description of the API, and held by tests."""

from collections.abc import Mapping
from dataclasses import dataclass

TEXT, INSTANT, DAY, YES_NO, WHOLE = "text", "instant", "day", "yes or no", "whole number"


@dataclass(frozen=True)
class Field:
    """One field. ``may_lack``: it may be null."""

    kind: str
    says: str
    may_lack: bool = False


REFERENCE = Field(TEXT, "Reference of the case")
CASE = {
    "reference": Field(TEXT, "Reference, the key"),
    "procedure": Field(TEXT, "Id of the process that it follows"),
    "release": Field(TEXT, "Key of the release of drawings that it follows"),
    "calendar": Field(TEXT, "Edition of the calendars its days are counted in; empty for the package’s own"),
    "status": Field(TEXT, "open or closed"),
    "is_stopped": Field(YES_NO, "Whether it waits until somebody has looked at an incident"),
    "opened_at": Field(INSTANT, "When it was opened"),
    "closed_at": Field(INSTANT, "When it was closed", may_lack=True),
    "revision": Field(WHOLE, "One more with each step"),
    "title": Field(TEXT, "Whom it is about; only with the scope cases:names", may_lack=True),
    "page": Field(TEXT, "Address of its page for people"),
}
TASK = {
    "id": Field(TEXT, "Id, the key"),
    "case_reference": REFERENCE,
    "step": Field(TEXT, "Id of the step in the drawing"),
    "name": Field(TEXT, "Name of the step as it was drawn"),
    "role": Field(TEXT, "The lane it stands in"),
    "agency": Field(TEXT, "Key of the agency it is for", may_lack=True),
    "person": Field(TEXT, "Who has taken it: a code, or the name with the scope people:read", may_lack=True),
    "opened_at": Field(INSTANT, "When it was opened"),
    "taken_at": Field(INSTANT, "When it was taken", may_lack=True),
    "rule": Field(TEXT, "Its time limit in words; empty for none"),
    "due_at": Field(INSTANT, "The first instant at which the limit has passed", may_lack=True),
    "due_on": Field(DAY, "The last day of the limit", may_lack=True),
}
LIMIT = {
    "id": Field(TEXT, "Id of the timer"),
    "case_reference": REFERENCE,
    "key": Field(TEXT, "Id of the timer’s element in the drawing"),
    "name": Field(TEXT, "Its name as it was drawn"),
    "step": Field(TEXT, "Id of the step that it watches; empty for none"),
    "milestone": Field(TEXT, "Its name in the table of agreed times; empty for none"),
    "rule": Field(TEXT, "The limit in words"),
    "state": Field(TEXT, "waiting, fired (it passed) or stood_down (it was kept)"),
    "start_at": Field(INSTANT, "What it counts from"),
    "due_at": Field(INSTANT, "The first instant at which it has passed"),
    "due_on": Field(DAY, "Its last day", may_lack=True),
    "first_due_on": Field(DAY, "The day that was promised first, where it has moved", may_lack=True),
    "held_at": Field(INSTANT, "Since when its clock stands", may_lack=True),
    "ended_at": Field(INSTANT, "When it passed or was stood down", may_lack=True),
}
EVENT = {
    "id": Field(WHOLE, "Number of the event in all histories, the key"),
    "case_reference": REFERENCE,
    "number": Field(WHOLE, "Place in the history of its case, from 1"),
    "at": Field(INSTANT, "When it happened"),
    "kind": Field(TEXT, "What happened, in the past tense, such as task_completed"),
    "subject": Field(TEXT, "Id of the element, or what it was about"),
    "name": Field(TEXT, "Name of the step, limit or letter as it was drawn", may_lack=True),
    "role": Field(TEXT, "The lane of a task that was opened", may_lack=True),
    "agency": Field(TEXT, "Key of the agency it is for", may_lack=True),
    "actor": Field(TEXT, "staff, outside or system"),
    "person": Field(TEXT, "The member of staff: a code, or the name with the scope people:read", may_lack=True),
    "task": Field(TEXT, "Id of the task that was opened, completed or withdrawn", may_lack=True),
    "letter": Field(TEXT, "Name of the letter that was asked for", may_lack=True),
    "due_on": Field(
        DAY, "Last day of the limit: of a task that was opened, or that passed or came near", may_lack=True
    ),
}
AGENCY = {
    "key": Field(TEXT, "Key, as drawings and records use it"),
    "name": Field(TEXT, "Name"),
    "is_relevant_body": Field(YES_NO, "Whether it is a relevant body in the sense of section 105 of the Act"),
}
SHAPES: Mapping[str, Mapping[str, Field]] = {
    "Case": CASE,
    "Task": TASK,
    "Limit": LIMIT,
    "Event": EVENT,
    "Agency": AGENCY,
}
