"""Which pages a person is led through: those whose condition does not hide them and that show something."""

from collections.abc import Mapping
from typing import Any

from app.forms.conditions import fill, holds, is_hidden
from app.forms.parts import Form, Page, flat
from app.forms.paths import merge, put

_BLANK = {"spacer", "separator", "expression", "group"}


def pages(form: Form, facts: Mapping[str, Any]) -> tuple[Page, ...]:
    """The pages that apply, in order. ``facts`` are the case's facts with the draft so far merged in.

    Answers on a skipped page count as null for the pages after it.
    """
    applying = []
    for page in form.pages:
        if applies(page, facts):
            applying.append(page)
        else:
            facts = merge(facts, emptied(page))
    return tuple(applying)


def applies(page: Page, facts: Mapping[str, Any]) -> bool:
    """True when the page is not hidden, nor is everything on it."""
    if page.hide and holds(page.hide, facts):
        return False
    parts = [(part, hides) for part, hides in flat(page.components) if part.type not in _BLANK]
    return any(not is_hidden(hides, facts) for _, hides in parts)


def title(page: Page, facts: Mapping[str, Any]) -> str:
    """The page's title with the facts it names filled in."""
    return fill(page.title, facts)


def page_after(form: Form, number: int, facts: Mapping[str, Any]) -> Page | None:
    """The next page that applies after page ``number`` (0: the first one), or None at the end."""
    return next((page for page in pages(form, facts) if page.number > number), None)


def page_before(form: Form, number: int, facts: Mapping[str, Any]) -> Page | None:
    """The page before page ``number``, or None at the start."""
    return next((page for page in reversed(pages(form, facts)) if page.number < number), None)


def emptied(page: Page) -> dict[str, Any]:
    """Null for each answer of the page."""
    nothing: dict[str, Any] = {}
    for part, _ in flat(page.components):
        if part.key:
            put(nothing, part.key, None)
    return nothing
