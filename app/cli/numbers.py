"""Making managers’ numbers anew, after a definition was wrong or a database was put together by hand."""

from collections.abc import Callable

import click
from flask import Flask

from app.law import wording
from app.status import tallying

Maker = Callable[[], Flask]


@click.group()
def numbers() -> None:
    """What managers’ pages about many cases count."""


@numbers.command()
@click.confirmation_option(prompt="What is known only of cases that were deleted is lost. Go on?")
@click.pass_obj
def anew(make: Maker) -> None:
    """Forget the numbers and count them anew, from the histories that are here."""
    with make().app_context():
        counted = tallying.anew()
    click.echo(f"{wording.counted(counted, 'case').replace(wording.NBSP, ' ')} counted anew.")
