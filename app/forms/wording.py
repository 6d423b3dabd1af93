"""What we say about an answer that will not do, in the style of the GOV.UK Design System.

The author's own words (``errorRequired``, ``errorMin``, ``errorMax``, ``shortName``) always come first.
"""

from collections.abc import Sequence

from app.forms.parts import CHOICES, SEVERAL, Component

_UPPER_AFTER = 2


def name(component: Component) -> str:
    """How a sentence calls the question: ``date you were told``; a label that is a question is quoted."""
    short = component.wording.get("shortName", "").strip()
    if not short and component.label.rstrip().endswith("?"):
        return f"your answer to ‘{component.label.strip()}’"
    called = short or component.label.strip() or "your answer"
    acronym = called[:_UPPER_AFTER].isupper()
    return called if acronym else called[:1].lower() + called[1:]


def start(component: Component) -> str:
    """The name at the start of a sentence."""
    called = name(component)
    return called[:1].upper() + called[1:]


def row_name(component: Component) -> str:
    """What one row of a dynamic list is called inside a sentence: ``report``."""
    return component.wording.get("shortName", "").strip() or "item"


def in_row(component: Component, index: int, says: str) -> str:
    """A message about one of several rows: ``Report 2: Enter what happened``. ``index`` counts from 0."""
    called = row_name(component)
    return f"{called[:1].upper()}{called[1:]} {index + 1}: {says}"


def missing(component: Component) -> str:
    """A required answer is not there."""
    if own := component.wording.get("errorRequired"):
        return own
    if component.type == "filepicker":
        return f"Choose a file for {name(component)}"
    if component.type == "dynamiclist":
        return f"Add at least one {row_name(component)}"
    if component.type == "checkbox" and not component.wording.get("shortName"):
        return f"Select ‘{component.label.strip()}’"
    chosen = component.type in CHOICES | SEVERAL | {"checkbox"}
    return f"{'Select' if chosen else 'Enter'} {name(component)}"


def not_an_option(component: Component) -> str:
    """An answer was sent that the page did not offer."""
    return component.wording.get("errorRequired") or f"{start(component)} must be one of the choices"


def not_a_number(component: Component) -> str:
    """The text is no number."""
    return f"{start(component)} must be a number, like 3"


def decimals(component: Component, digits: int) -> str:
    """The number has too many decimal places."""
    if digits == 0:
        return f"{start(component)} must be a whole number, like 3"
    return f"{start(component)} must have {digits} decimal place{'s' if digits > 1 else ''} or fewer"


def too_small(component: Component, least: object) -> str:
    """The number is under the smallest one allowed."""
    return component.wording.get("errorMin") or f"{start(component)} must be {least} or more"


def too_large(component: Component, most: object) -> str:
    """The number is over the largest one allowed."""
    return component.wording.get("errorMax") or f"{start(component)} must be {most} or less"


def too_short(component: Component, least: int) -> str:
    """The text has too few characters."""
    return component.wording.get("errorMin") or f"{start(component)} must be {least:,} characters or more"


def too_long(component: Component, most: int) -> str:
    """The text has too many characters."""
    return component.wording.get("errorMax") or f"{start(component)} must be {most:,} characters or fewer"


def pattern(component: Component) -> str:
    """The text does not have the shape that the form asks for."""
    own = component.limits.get("patternErrorMessage")
    return str(own) if own else f"{start(component)} is not in the right format"


def email(component: Component) -> str:
    """The text is no email address."""
    return f"{start(component)} must be an email address, like name@example.com"


def phone(component: Component) -> str:
    """The text is no phone number."""
    return f"{start(component)} must be a phone number, like 020 7946 0155 or 07700 900 731"


def parts_missing(component: Component, parts: Sequence[str]) -> str:
    """Some boxes of a date are empty."""
    return f"{start(component)} must include a {' and '.join(parts)}"


def not_a_day(component: Component) -> str:
    """There is no such day."""
    return f"{start(component)} must be a real date, like 27 3 2026"


def short_year(component: Component) -> str:
    """The year has not four figures."""
    return f"{start(component)} must have a year with 4 numbers"


def not_a_time(component: Component) -> str:
    """The text is no time of day."""
    return f"{start(component)} must be a time, like 2:30pm or 14:30"


def not_past(component: Component) -> str:
    """The day is still to come."""
    return f"{start(component)} must be today or in the past"


def not_future(component: Component) -> str:
    """The day is over."""
    return f"{start(component)} must be today or in the future"


def one_file(component: Component) -> str:
    """More files came than the question takes."""
    return f"You can only choose one file for {name(component)}"


def file_kind(component: Component, filename: str, kinds: Sequence[str]) -> str:
    """The file is of a kind that the question does not take."""
    *most, last = (kind.lstrip(".").upper() for kind in kinds)
    return f"{filename} must be a {', '.join(most) + ' or ' if most else ''}{last} file"
