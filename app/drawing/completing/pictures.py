"""The picture: a shape or line without a readable place is left out of it, and nothing else changes."""

from collections.abc import Iterator

from app.drawing import edits, picture_reading
from app.drawing.completing.page import Page
from app.drawing.findings import NOTE, Finding, Fix


def drawn(page: Page) -> Iterator[Finding]:
    """One finding for all of the picture that cannot be read."""
    unread = set(picture_reading.unreadable(page.sheet.root))
    places = [at for at, node in enumerate(page.sheet.root.iter()) if node in unread]
    if places:
        says = f"The picture does not say where {len(places)} of its shapes and lines stand."
        if len(places) == 1:
            says = "The picture does not say where one of its shapes or lines stands."
        fix = Fix("Take it out of the picture", tuple(edits.take(at) for at in reversed(places)))
        reading = "That is not shown. What is to be done stays the same."
        yield Finding("", "the picture", "picture_unreadable", NOTE, says, reading, fix)
