"""Markdown of a form's author as safe HTML. What stands in answers is never read as Markdown or HTML."""

import re
from html import escape

import markdown
import nh3

_TAGS = {"p", "br", "strong", "em", "b", "i", "ul", "ol", "li", "h2", "h3", "h4", "a", "blockquote", "code"}
_CLASSES = {
    "p": {"class": "govuk-body"},
    "a": {"class": "govuk-link"},
    "ul": {"class": "govuk-list govuk-list--bullet"},
    "ol": {"class": "govuk-list govuk-list--number"},
    "h2": {"class": "govuk-heading-m"},
    "h3": {"class": "govuk-heading-s"},
    "h4": {"class": "govuk-heading-s"},
    "blockquote": {"class": "govuk-inset-text"},
}
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!])")
_HEADING = re.compile(r"\s*#[ \t]+([^\n]+?)[ \t#]*(?:\n|$)")


def heading(text: str) -> tuple[str, str]:
    """A leading ``# heading`` and the Markdown after it; ("", text) where there is none."""
    found = _HEADING.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def literal(text: str) -> str:
    """Markdown that shows ``text`` as it is, on one line: no emphasis, link or tag can come out of an answer."""
    return escape(_MARKS.sub(r"\\\1", " ".join(text.split())), quote=False)


def html(text: str) -> str:
    """Safe HTML with the classes of GOV.UK Frontend. The page has its h1 already, so headings start at h2."""
    lower = re.sub(r"(?m)^#[ \t]", "## ", text)
    return nh3.clean(
        markdown.markdown(lower, output_format="html"),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "http", "mailto", "tel"},
        set_tag_attribute_values=_CLASSES,
    )
