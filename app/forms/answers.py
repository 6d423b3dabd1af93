"""What was posted, taken in: the answers of a page, of a whole draft, and what of them is kept.

Invariant: nothing a browser can send raises; values are JSON; an answer that does not apply is null.
How it is used: ``take`` each page and ``merge`` its values into the draft whatever the action was; at the end
``check_all`` the draft, and ``merge`` what ``applicable`` gives into the facts of the case.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from app.forms.conditions import holds
from app.forms.entries import MOST_ROWS, Entries, Posted, Upload, is_blank, kept, typed_in
from app.forms.paging import emptied
from app.forms.parts import Component, Form, Page, flat
from app.forms.paths import get, has, merge, put
from app.forms.settling import Settled, settle

__all__ = ["Submission", "Upload", "applicable", "check_all", "merge", "take"]

Action = Literal["continue", "save", "add", "remove"]
_NONE: Mapping[str, Sequence[Upload]] = MappingProxyType({})
_CHANGE = re.compile(r"(add|remove):([\w.]{1,200})(?::([0-9]{1,4}))?")


@dataclass(frozen=True)
class Submission:
    """One page as it was sent.

    ``values``: nested answers, null where a question does not apply, as typed where an answer will not do.
    ``problems``: {field name, which is the id in the page: message}; only filled when the person goes on.
    ``typed``: entries by key, for showing the page again.
    """

    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    typed: Entries = field(default_factory=dict)
    action: Action = "continue"


def take(
    page: Page,
    posted: Mapping[str, Sequence[str]],
    facts: Mapping[str, Any],
    *,
    uploads: Mapping[str, Sequence[Upload]] = _NONE,
    today: date,
) -> Submission:
    """The answers of one page. ``facts`` are the case's facts with the draft so far merged in.

    The button's name is ``action``; its value is ``continue``, ``save``, ``add:KEY`` or ``remove:KEY:ROW``.
    """
    post = Posted(posted, uploads, facts)
    entries = typed_in(page.components, post)
    action = _act(page, entries, post.text("action"))
    if action in ("continue", "save"):
        entries = _without_blank_rows(page, entries)
    settled = settle(page.components, entries, facts, today)
    return Submission(settled.values, settled.problems if action == "continue" else {}, entries, action)


def _act(page: Page, entries: Entries, said: str) -> Action:
    """The action that the button named; a row is added to or removed from ``entries``."""
    found = _CHANGE.fullmatch(said)
    if not found or found[2] not in {component.key for component in _lists(page)}:
        return "save" if said == "save" else "continue"
    rows = entries[found[2]]
    if found[1] == "add":
        rows.extend([{}] * (2 if not rows else 1) if len(rows) < MOST_ROWS else [])
        return "add"
    if found[3] and int(found[3]) < len(rows):
        del rows[int(found[3])]
    return "remove"


def _lists(page: Page) -> Iterator[Component]:
    return (component for component, _ in flat(page.components) if component.type == "dynamiclist")


def _without_blank_rows(page: Page, entries: Entries) -> Entries:
    """Entries without rows in which nothing stands; of a list that is required one row stays, to be asked."""
    for component in _lists(page):
        rows = entries[component.key]
        filled = [row for row in rows if not is_blank(row)]
        entries[component.key] = filled or (rows[:1] if component.required else [])
    return entries


def _settled(
    form: Form, answers: Mapping[str, Any], facts: Mapping[str, Any], today: date
) -> Iterator[tuple[Page, Settled]]:
    """Each page that applies, settled with what was settled before it; a skipped page's answers count as null."""
    around = merge(facts, answers)
    for page in form.pages:
        if page.hide and holds(page.hide, around):
            around = merge(around, emptied(page))
            continue
        entries = _without_blank_rows(page, kept(page.components, answers))
        settled = settle(page.components, entries, around, today)
        around = merge(around, settled.values)
        yield page, settled


def check_all(
    form: Form, answers: Mapping[str, Any], facts: Mapping[str, Any], *, today: date
) -> dict[int, dict[str, str]]:
    """What still stands in the way of a draft: {page number: {field name: message}}; empty when it is complete."""
    checked = _settled(form, answers, facts, today)
    return {page.number: settled.problems for page, settled in checked if settled.problems}


def applicable(form: Form, answers: Mapping[str, Any], facts: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """The draft as it is kept in the case: only questions that apply, blank rows left out, expressions computed."""
    result: dict[str, Any] = {}
    for page, settled in _settled(form, answers, facts, today):
        for component, _ in flat(page.components):
            if component.key not in settled.hidden and has(settled.values, component.key):
                put(result, component.key, get(settled.values, component.key))
    return result
