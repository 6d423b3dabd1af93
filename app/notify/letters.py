"""Letters: a template and the facts of a case, made into HTML with a subject.

Templates are the product's own files under ``notify/templates/letters``. Partner texts and what people wrote come
in as values only, and are escaped.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader, TemplateNotFound

from app import errors
from app.law import wording

FOLDER = "letters"


class Blank(ChainableUndefined):
    """A fact nobody has given yet: nothing on paper, and so is everything below it."""


@dataclass(frozen=True)
class Letter:
    """A letter ready to go."""

    subject: str
    html: str


def _environment() -> Environment:
    made = Environment(loader=PackageLoader("app.notify", "templates"), autoescape=True, undefined=Blank)
    made.filters["day"] = _day
    return made


def _day(value: Any) -> str:
    """A day as people say it, from a ``date`` or its ISO text; other text stays as it is."""
    try:
        return wording.day(wording.read_day(value))
    except ValueError:
        return str(value or "")


ENVIRONMENT = _environment()


def write(name: str, values: Mapping[str, Any]) -> Letter:
    """The letter ``name`` with these values. Raises ``CannotGoOn`` when there is no such letter."""
    try:
        template = ENVIRONMENT.get_template(f"{FOLDER}/{name}.html")
    except TemplateNotFound as missing:
        raise errors.CannotGoOn(f"There is no letter ‘{name}’.") from missing
    context = template.new_context(dict(values))
    subject = "".join(template.blocks["subject"](context)) if "subject" in template.blocks else name
    return Letter(" ".join(subject.split()), template.render(values))


def exists(name: str) -> bool:
    """Whether there is a letter of this name."""
    return f"{FOLDER}/{name}.html" in ENVIRONMENT.list_templates()
