"""Demonstration cases at different steps, made by walking the real procedure with the clock set back."""

from app.cli.walking import MovedClock, Walk
from app.clock import Clock
from app.config import Settings


def settle_cases(settings: Settings, clock: Clock) -> None:
    """Put the demo cases in place, once."""


__all__ = ["MovedClock", "Walk", "settle_cases"]
