"""What a form is made of, once read: a form has pages, a page has components.

Invariant: a component's ``key`` is its whole dotted path within its scope. The scope is the case's facts,
or one row of the dynamic list around it. Texts and expressions stand here as written, nothing is evaluated.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

TEXTS = frozenset({"textfield", "textarea"})
CHOICES = frozenset({"radio", "select"})
SEVERAL = frozenset({"checklist", "taglist"})
ANSWERED = TEXTS | CHOICES | SEVERAL | {"number", "datetime", "checkbox", "filepicker"}
KEYED = ANSWERED | {"expression", "dynamiclist"}
SHOWN = frozenset({"text", "separator", "spacer", "group", "table", "button"})
SUPPORTED = KEYED | SHOWN

MOST_FIRST_ROWS = 10
DAY_BOXES = {"date": ("day", "month", "year"), "datetime": ("day", "month", "year", "time"), "time": ()}


@dataclass(frozen=True)
class Component:
    """One thing on a page: a question, or something to read.

    ``required`` and ``hide`` (FEEL, "" when always shown) come from ``validate`` and ``conditional``;
    ``wording`` is the author's ``properties``; ``more`` holds what only its type has, as in the schema.
    """

    id: str
    type: str
    key: str = ""
    label: str = ""
    hint: str = ""
    required: bool = False
    hide: str = ""
    wording: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, Any] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    components: tuple["Component", ...] = ()

    @property
    def day_parts(self) -> tuple[str, ...]:
        """The boxes of a date question (day, month, year, and time where asked); none for other questions."""
        if self.type != "datetime":
            return ()
        return DAY_BOXES.get(str(self.more.get("subtype") or "date"), DAY_BOXES["date"])

    @property
    def first_rows(self) -> int:
        """With how many rows a list begins."""
        written = self.more.get("defaultRepetitions")
        return min(max(written, 1), MOST_FIRST_ROWS) if isinstance(written, int) else 1


@dataclass(frozen=True)
class Page:
    """One page of a form: a top-level group, or a run of components between such groups. Numbered from 1."""

    number: int
    title: str
    components: tuple[Component, ...]
    hide: str = ""  # FEEL: the page is skipped while this is true

    @property
    def takes_files(self) -> bool:
        """True when the page's form must be sent as multipart/form-data."""
        return any(part.type == "filepicker" for part in every(self.components))


@dataclass(frozen=True)
class Form:
    """A form as its author drew it. ``introduction`` is Markdown that stands before the first page."""

    key: str
    title: str
    pages: tuple[Page, ...]
    introduction: str = ""


def flat(components: Iterable[Component], hides: tuple[str, ...] = ()) -> Iterator[tuple[Component, tuple[str, ...]]]:
    """Each component in reading order with every condition that may hide it: its own and its groups'.

    Rows of a dynamic list are a scope of their own: the list is given, its components are not.
    """
    for component in components:
        mine = (*hides, component.hide) if component.hide else hides
        yield component, mine
        if component.type == "group":
            yield from flat(component.components, mine)


def every(components: Iterable[Component]) -> Iterator[Component]:
    """Each component in reading order, those inside groups and dynamic lists too."""
    for component in components:
        yield component
        yield from every(component.components)
