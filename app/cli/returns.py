"""The law's numbers of any period from the command line: in words, or as JSON whose shape docs/returns.md tells."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime

import click
from flask import Flask

from app import clock
from app.law import calendar, statistics
from app.law.statistics import DEFINITIONS, Period
from app.records import returns as reading
from app.records.returns import Return

Maker = Callable[[], Flask]
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.option("--from", "first", required=True, type=DAY, help="The first day of the period, such as 2026-04-01.")
@click.option("--to", "last", required=True, type=DAY, help="The last day of the period, which counts as well.")
@click.option(
    "--definitions",
    "version",
    default=DEFINITIONS,
    show_default=True,
    type=click.Choice(list(statistics.EDITIONS)),
    help="The version of the definitions to count by.",
)
@click.option("--json", "as_json", is_flag=True, help="Everything, for a program.")
@click.pass_obj
def returns(make: Maker, first: datetime, last: datetime, version: str, as_json: bool) -> None:
    """Count the four numbers of section 104(9) and the local ones. Ends with 1 if they do not add up."""
    period = Period(first.date(), last.date())
    if period.last < period.first:
        raise click.UsageError("The last day must be the first day or later.")
    app = make()
    with app.app_context():
        found = reading.read(period, app.config["SETTINGS"].period_begins, calendar.day_of(clock.now()), version)
        click.echo(json.dumps(reading.as_data(found), indent=1) if as_json else "\n".join(_lines(found)))
    if not found.balances:
        raise SystemExit(1)


def _lines(found: Return) -> Iterator[str]:
    yield found.period.name.replace("\u00a0", " ")
    yield from (f"{definition.words}: {number}" for definition, number in found.four)
    yield f"{'They add up' if found.balances else 'THEY DO NOT ADD UP'}: {found.sum_in_words}"
    if found.deleted:
        yield f"Of the applications {found.deleted} belong to cases that are deleted by now."
    for group in found.local:
        yield f"{group.title}: {', '.join(f'{part.words} {part.number}' for part in group.parts)}"
    yield _published(found)


def _published(found: Return) -> str:
    year = found.approval.year
    if year is None:
        return "Not published."
    said = f"Published on {year.published_on.isoformat()}, approved by {year.approved_by}."
    gone = (f" {one.words}: published {one.published}, now {one.now}." for one in found.approval.differences)
    return said + "".join(gone)
