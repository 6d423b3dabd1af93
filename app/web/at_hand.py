"""What a page needs at hand: the clock, the settings, and a field of what was posted."""

from typing import cast

from flask import current_app, request  # noqa: TID251

from app.clock import Clock
from app.config import Settings
from app.forms import entries

MOST_DIGITS = 9


def clock() -> Clock:
    """The clock that everything goes by."""
    return cast(Clock, current_app.config["CLOCK"])


def settings() -> Settings:
    """How this installation runs."""
    return cast(Settings, current_app.config["SETTINGS"])


def posted(name: str, *, lines: bool = False) -> str:
    """A field of the post without control characters and outer space, on one line unless ``lines``; "" for none."""
    return entries.tidy(request.form.get(name, ""), lines=lines)


def number(name: str, otherwise: int = 0) -> int:
    """A field of the post as a whole number; ``otherwise`` where it is none, or longer than any that we send."""
    text = posted(name)
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else otherwise
