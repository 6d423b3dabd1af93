"""The days on which nothing is counted, from the command line: list, import, preview, apply."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import click
from flask import Flask

from app import clock
from app.cli.trying import tried
from app.editor import calendars as editing
from app.editor import holiday_files, moving_words
from app.editor.calendars import Listed, Proposal
from app.editor.moving_cases import Why
from app.law import wording
from app.law.calendar import day_of
from app.law.calendars import LOCAL, NAMES

Maker = Callable[[], Flask]
DAY = click.DateTime(formats=["%Y-%m-%d"])
YEAR = click.IntRange(1900, 2199)
CALENDAR = click.Choice(editing.CHANGED)
WHOLE = ".json"  # the ending of a file that lists every bank holiday of its years


@click.group()
def calendars() -> None:
    """Bank holidays and closures: which days are not counted."""


@calendars.command(name="list")
@click.option("--calendar", default="", type=click.Choice(["", *NAMES]), help="Only this calendar.", show_choices=True)
@click.option("--year", type=YEAR, help="Which year; this year, where it is left out.")
@click.pass_obj
def list_days(make: Maker, calendar: str, year: int | None) -> None:
    """The days of a year, with their names and who says so; then the editions that were proposed."""
    with make().app_context():
        asked = year or day_of(clock.now()).year
        found = tried(lambda: editing.days(date(asked, 1, 1), date(asked, 12, 31), calendar))
        for line in [*map(_listed, found), "", *_editions()]:
            click.echo(line)


@calendars.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--note", required=True, help="Where the days come from.")
@click.option("--calendar", default="", type=click.Choice(["", *editing.CHANGED]), help="For days that name none.")
@click.option("--by", default="the command line", show_default=True, help="Who proposes them.")
@click.pass_obj
def import_days(make: Maker, file: Path, note: str, calendar: str, by: str) -> None:
    """Propose the days in FILE: GOV.UK's bank holidays (.json), a calendar (.ics), or a table (.csv)."""
    with make().app_context():
        changes = tried(lambda: holiday_files.read(file.name, file.read_bytes(), calendar))
        missing = editing.left_out(changes) if file.suffix.lower() == WHOLE else []
        _say(tried(lambda: editing.propose(changes, by=by, note=note, clock=clock.now)))
    for change in missing:
        click.echo(f"Not in the file, and left as it is: {editing.said(change)}. Was it moved? Then remove it.")


@calendars.command(name="add")
@click.argument("day", type=DAY)
@click.argument("name")
@click.option("--calendar", default=LOCAL, show_default=True, type=CALENDAR, help="Where it counts.")
@click.option("--note", default="", help="Why.")
@click.option("--by", default="the command line", show_default=True, help="Who proposes it.")
@click.pass_obj
def add_day(make: Maker, day: date, name: str, calendar: str, note: str, by: str) -> None:
    """Propose that nothing is counted on DAY (2027-12-24), for the reason NAME."""
    with make().app_context():
        _say(tried(lambda: editing.add(_day(day), name, calendar, by=by, note=note, clock=clock.now)))


@calendars.command(name="remove")
@click.argument("day", type=DAY)
@click.option("--calendar", default=LOCAL, show_default=True, type=CALENDAR, help="Where it counts again.")
@click.option("--note", default="", help="Why.")
@click.option("--by", default="the command line", show_default=True, help="Who proposes it.")
@click.pass_obj
def remove_day(make: Maker, day: date, calendar: str, note: str, by: str) -> None:
    """Propose that DAY counts as a working day again."""
    with make().app_context():
        _say(tried(lambda: editing.remove(_day(day), calendar, by=by, note=note, clock=clock.now)))


@calendars.command(name="preview")
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="For a program.")
@click.pass_obj
def preview_edition(make: Maker, key: str, as_json: bool) -> None:
    """What putting the edition KEY in force would do to open cases. Nothing is changed."""
    with make().app_context():
        found = tried(lambda: editing.preview(key, clock=clock.now))
    if as_json:
        click.echo(json.dumps(moving_words.record(found), indent=1))
        return
    for line in (moving_words.summary(found), *moving_words.lines(found)):
        click.echo(line)


@calendars.command(name="apply")
@click.argument("key")
@click.option("--by", required=True, help="Who decides it.")
@click.option("--reason", required=True, help="Stands in the history of each case.")
@click.pass_obj
def apply_edition(make: Maker, key: str, by: str, reason: str) -> None:
    """Put the edition KEY in force and move every open case. May be broken off and begun again."""
    with make().app_context():
        became = tried(lambda: editing.apply(key, Why(reason, by), clock=clock.now))
    click.echo(moving_words.outcome(became))
    if became.stopped or became.left:
        raise SystemExit(1)


def _day(given: date) -> date:
    """The day of what click reads as midnight."""
    return date(given.year, given.month, given.day)


def _listed(one: Listed) -> str:
    where = ", ".join(NAMES[key] for key in one.calendars)
    name = f"{one.name} counts as a working day" if one.is_open else one.name
    return f"{wording.day(one.day, year=True)}: {name} ({where}); {one.source}"


def _editions() -> Iterator[str]:
    for one in editing.known_editions():
        when = wording.day(day_of(one.row.made_at), year=True)
        state = "in force" if one.is_in_force else "not in force"
        yield f"{one.key} {state}: proposed by {one.row.made_by} on {when}. {one.row.note}"


def _say(proposal: Proposal) -> None:
    """What came of a proposal, and how to go on."""
    if proposal.known:
        click.echo(f"Known already, no change: {len(proposal.known)}.")
    if not proposal.key:
        click.echo("Nothing is new. No edition was proposed.")
        return
    for change in proposal.new:
        click.echo(f"New: {editing.said(change)}")
    click.echo(f"Proposed as {proposal.key}. See what it would do: trigger calendars preview {proposal.key}")
