"""What a page needs of the application that answers: its clock and its settings."""

from typing import cast

from flask import current_app  # noqa: TID251

from app.clock import Clock
from app.config import Settings


def clock() -> Clock:
    """The clock that everything goes by."""
    return cast(Clock, current_app.config["CLOCK"])


def settings() -> Settings:
    """How this installation runs."""
    return cast(Settings, current_app.config["SETTINGS"])
