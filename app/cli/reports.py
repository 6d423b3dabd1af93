"""Bringing in reports that agencies' own systems have logged."""

from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask

from app import clock
from app.cli.trying import tried
from app.intake import reports as logging_reports
from app.law import wording

Maker = Callable[[], Flask]


@click.group()
def reports() -> None:
    """Reports of antisocial behaviour, from the agencies’ own systems."""


@reports.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def import_reports(make: Maker, file: Path) -> None:
    """Log the reports in FILE (.csv), so that whoever reports twice in 6 months hears of the right to a review.

    The columns are reporter, name, email, reported_on, happened_on, body, reference. A file may be brought in again.
    """
    with make().app_context():
        done = tried(lambda: logging_reports.bring_in(file.read_bytes(), clock=clock.now))
    click.echo(
        f"{wording.counted(done.first, 'first report')}, {wording.counted(done.again, 'further report')}, "
        f"{done.told} of people who are told already, {done.known} known already."
    )
    for one in done.refused:
        click.echo(f"Line {one.line}, column {one.column}: expected {one.expected}. This line was not taken.", err=True)
    if done.refused:
        raise SystemExit(1)
