"""Saying what was refused in plain lines, as a command does."""

from collections.abc import Callable
from typing import TypeVar

import click

from app.errors import CaseworkError, Refused

Given = TypeVar("Given")


def tried(act: Callable[[], Given]) -> Given:
    """What ``act`` gives. What it refuses is said, a line for each problem, and ends the command."""
    try:
        return act()
    except Refused as refused:
        said = "\n".join(f"{where}: {says}" for where, says in refused.problems.items())
        raise click.ClickException(f"Nothing was kept.\n{said}") from refused
    except CaseworkError as problem:
        raise click.ClickException(str(problem)) from problem
