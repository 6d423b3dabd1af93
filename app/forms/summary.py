"""Answers to read: before somebody sends them, and on the page of the case afterwards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.forms import wording
from app.forms.conditions import fill, is_asked, is_hidden
from app.forms.paging import pages, title
from app.forms.parts import KEYED, Component, Form, Page, flat
from app.forms.paths import get, merge
from app.forms.words import in_words, row_in_words

NOTHING = "Not provided"


@dataclass(frozen=True)
class Row:
    """One question with its answer in words, on several lines where there are several.

    ``anchor`` is the id in the page at which the answer can be changed; "" for what was worked out.
    """

    label: str
    value: str
    anchor: str


@dataclass(frozen=True)
class Section:
    """The answers of one page."""

    title: str
    page_number: int
    rows: tuple[Row, ...]


def sections(form: Form, answers: Mapping[str, Any], facts: Mapping[str, Any]) -> list[Section]:
    """The answers page by page; only pages and questions that apply, and none whose ``summary`` is "false"."""
    around = merge(facts, answers)
    shown = [
        Section(title(page, around), page.number, tuple(_rows(page, answers, around))) for page in pages(form, around)
    ]
    return [section for section in shown if section.rows]


def _rows(page: Page, answers: Mapping[str, Any], around: Mapping[str, Any]) -> Iterator[Row]:
    for part, hides in flat(page.components):
        if part.type not in KEYED or part.wording.get("summary") == "false" or is_hidden(hides, around):
            continue
        value = get(answers, part.key)
        if part.type == "dynamiclist":
            yield from _list(part, value, around)
        elif part.type == "expression":
            yield from (Row(fill(part.label, around), said, "") for said in [in_words(part, value, around)] if said)
        elif is_asked(part, around):
            anchor = f"{part.key}-{part.day_parts[0]}" if part.day_parts else part.key
            yield Row(fill(part.label, around), in_words(part, value, around) or NOTHING, anchor)


def _list(part: Component, rows: Any, around: Mapping[str, Any]) -> Iterator[Row]:
    name = wording.row_name(part)
    kept = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    said = [row_in_words(part, row, around) for row in kept]
    for number, words in enumerate(said, 1):
        yield Row(f"{name[:1].upper()}{name[1:]} {number}", words or NOTHING, part.key)
    if not said:
        yield Row(fill(part.label, around), NOTHING, part.key)
