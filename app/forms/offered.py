"""What may stand in a form, as the form designer offers it: each kind of thing that our pages show, once.

A tag list looks like several answers to tick, and buttons and spacers show nothing: they are read, and not offered.
"""

from typing import NamedTuple


class Offer(NamedTuple):
    """One kind: its type in form-js, what people call it, and the group in which it is offered."""

    type: str
    label: str
    group: str


QUESTIONS, CHOICES, PARTS = "Questions", "Questions with answers to choose", "Pages, lists and words"
OFFERED = (
    Offer("textfield", "Short text", QUESTIONS),
    Offer("textarea", "Long text", QUESTIONS),
    Offer("number", "Number", QUESTIONS),
    Offer("datetime", "Day or time", QUESTIONS),
    Offer("filepicker", "Files", QUESTIONS),
    Offer("radio", "One answer", CHOICES),
    Offer("checklist", "Several answers", CHOICES),
    Offer("select", "One from a long list", CHOICES),
    Offer("checkbox", "One box to tick", CHOICES),
    Offer("group", "Page or group", PARTS),
    Offer("dynamiclist", "List that people add to", PARTS),
    Offer("text", "Words to read", PARTS),
    Offer("table", "Table to read", PARTS),
    Offer("separator", "Line between", PARTS),
    Offer("expression", "Fact that is worked out", PARTS),
)
