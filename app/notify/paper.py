"""From the text of a letter to safe HTML on its sheet. Markdown is read first, values come in after it, escaped.

What a partner wrote is cleaned last, values and all, so that whatever came together is judged as it would be shown.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape

import markdown
import nh3
from lxml import html as elements
from lxml.html import HtmlElement

from app import errors
from app.notify.filling import CARD, CARD_ENDS, CLOSES, OPENS

KEPT = 256  # texts of letters in memory, some kilobytes each
TAGS = {"p", "br", "strong", "em", "b", "i", "ul", "ol", "li", "h2", "h3", "h4", "a", "blockquote", "hr"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
SCHEMES = {"https", "http", "mailto", "tel"}
CLASSES = {"ul": {"class": "app-plain"}}
TABLE = "govuk-table app-table app-table--stack"
_MARK = re.compile(f"{OPENS}(\\d+){CLOSES}")
_STRAY = re.compile("[\ue000-\uf8ff]")
_TITLE = re.compile(r"(?m)^#[ \t]")  # the sheet has its title already
_BLOCKS = re.compile(r"(?m)^((?![ \t]*(?:[*+-]|\d+\.)[ \t]|[ \t]*\||[ \t]).*\S.*)\n(?=(?:[*+-]|\d+\.)[ \t]|\|)")
_EMPTY = re.compile(r"<(p|li|strong|em|a)>\s*</\1>\s*")


def plain(text: str, values: Sequence[str]) -> str:
    """Text without any markup on one line, with its values in their places."""
    return " ".join(_MARK.sub(lambda mark: _bare(values[int(mark[1])]), text).split())


def html(text: str, values: Sequence[str], *, title: str = "", home: str = "") -> str:
    """Safe HTML of Markdown with its values in their places. ``title`` is what a table before any heading is called.

    A value that is an address of this installation, whose pages begin with ``home``, becomes a link.

    Raises ``CannotGoOn`` for Markdown that nobody can read.
    """
    spaced = _BLOCKS.sub(r"\1\n\n", _TITLE.sub("## ", text))
    made = _read(spaced)
    filled = _MARK.sub(lambda mark: _shown(values[int(mark[1])]), _linked(made, values, home))
    clean = nh3.clean(
        filled, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, set_tag_attribute_values=CLASSES
    )
    tidy = _EMPTY.sub("", _EMPTY.sub("", clean))  # what only a fact would have filled that nobody knows
    framed = _framed(_tabled(tidy, title) if "<table" in tidy else tidy)
    return _STRAY.sub("", framed).replace("&nbsp;", "\u00a0")


@lru_cache(KEPT)
def _read(text: str) -> str:
    """Markdown as HTML, its values still marks: the same letter to somebody else is read once."""
    try:
        return str(markdown.markdown(text, extensions=["tables", "sane_lists"], output_format="html"))
    except RecursionError:
        raise errors.CannotGoOn("The letter cannot be read: too much stands within each other.") from None


def _linked(made: str, values: Sequence[str], home: str) -> str:
    """With links where a value is an address of ours and no link yet: an address that somebody else wrote is text."""

    def is_ours(value: str) -> bool:
        return bool(home) and value.startswith(f"{home}/") and len(value.split()) == 1

    def link(mark: re.Match[str]) -> str:
        value = values[int(mark[1])]
        is_inside = made.rfind("<a ", 0, mark.start()) > made.rfind("</a>", 0, mark.start())
        return f'<a href="{mark[0]}">{mark[0]}</a>' if not is_inside and is_ours(value) else mark[0]

    return _MARK.sub(link, made)


def _shown(value: str) -> str:
    return escape(_bare(value)).replace("\n", "<br>\n")


def _bare(value: str) -> str:
    return _STRAY.sub("", value)


def _framed(made: str) -> str:
    """With the cards of the letter as boxes."""
    boxed = re.sub(rf"<p>\s*{CARD}\s*</p>", '<div class="app-card app-card--now">', made)
    return re.sub(rf"<p>\s*{CARD_ENDS}\s*</p>", "</div>", boxed)


def _tabled(made: str, title: str) -> str:
    """With tables that can be read on a phone: each row has a heading, each cell says what it is of."""
    whole = elements.fragment_fromstring(made, create_parent="div")
    said = title
    for element in whole.iter("h2", "h3", "h4", "table"):
        if element.tag == "table":
            _dress(element, said)
        else:
            said = " ".join(element.text_content().split())
    inside = elements.tostring(whole, encoding="unicode")
    return str(inside.removeprefix("<div>").removesuffix("</div>"))


def _dress(table: HtmlElement, title: str) -> None:
    table.set("class", TABLE)
    table.set("aria-label", title)
    heads = [" ".join(head.text_content().split()) for head in table.iterfind("thead/tr/th")]
    for tag in ("thead", "tbody"):
        for part in table.iter(tag):
            part.set("class", "govuk-table__head" if tag == "thead" else "govuk-table__body")
    for row in table.iter("tr"):
        row.set("class", "govuk-table__row")
    for head in table.iterfind("thead/tr/th"):
        head.set("scope", "col")
        head.set("class", "govuk-table__header")
    for row in table.iterfind("tbody/tr"):
        for place, cell in enumerate(row.iterfind("td")):
            _dress_cell(cell, heads[place] if place < len(heads) else "", is_first=place == 0)


def _dress_cell(cell: HtmlElement, head: str, *, is_first: bool) -> None:
    if is_first:
        cell.tag = "th"
        cell.set("scope", "row")
        cell.set("class", "govuk-table__header govuk-!-font-weight-regular")
    else:
        cell.set("class", "govuk-table__cell")
        cell.set("data-label", head)
