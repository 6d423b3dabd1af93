"""Files for other programs: tables of cases, tasks and events, and logs of events for process mining."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click
from flask import Flask

from app import clock, errors
from app.cli import exchanging
from app.records.exporting import files
from app.records.exporting.tables import TABLES

Maker = Callable[[], Flask]
DAY = click.DateTime(["%Y-%m-%d"])
Command = Callable[..., None]


@click.group()
def export() -> None:
    """Write releases, tables and logs to files."""


export.add_command(exchanging.write)


def _days_and_place(command: Command) -> Command:
    """The options that every one of these commands has."""
    for option in (
        click.option("--from", "first", type=DAY, help="Cases opened from this day on, as 2026-04-01."),
        click.option("--to", "last", type=DAY, help="Cases opened up to and with this day."),
        click.option(
            "--out",
            default=".",
            show_default=True,
            type=click.Path(file_okay=False, path_type=Path),
            help="The folder to write to.",
        ),
        click.pass_obj,
    ):
        command = option(command)
    return command


def _tables(_: click.Context, option: click.Parameter, text: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in text.split(","))
    if not set(names) <= TABLES.keys():
        raise click.BadParameter(f"Expected some of {','.join(TABLES)}.", param=option)
    return names


def _for(kind: str, says: str) -> None:
    """Add the command for a format of tables."""

    @export.command(name=kind, help=says)
    @click.option(
        "--what", callback=_tables, default=",".join(TABLES), show_default=True, help="Which tables, with commas."
    )
    @_days_and_place
    def written(make: Maker, what: tuple[str, ...], first: datetime | None, last: datetime | None, out: Path) -> None:
        _write(make, kind, what, first, last, out)


def _log(kind: str, says: str) -> None:
    """Add the command for a log."""

    @export.command(name=kind, help=says)
    @_days_and_place
    def written(make: Maker, first: datetime | None, last: datetime | None, out: Path) -> None:
        _write(make, kind, files.names(kind), first, last, out)


_for("csv", "Cases, tasks and events as CSV, without names of victims.")
_for("parquet", "Cases, tasks and events as Parquet, without names of victims.")
_log("xes", "The histories of cases as an XES log (IEEE 1849-2016).")
_log("ocel", "The histories of cases as an OCEL 2.0 log in JSON.")
_log("ocel-sqlite", "The same as a SQLite file.")


def _write(
    make: Maker, kind: str, names: tuple[str, ...], first: datetime | None, last: datetime | None, out: Path
) -> None:
    app = make()
    out.mkdir(parents=True, exist_ok=True)
    with app.app_context():
        try:
            which = files.span(_day(first), _day(last))
        except errors.Refused as refused:
            raise click.ClickException(str(refused)) from refused
        for name in names:
            place = out / files.file_name(kind, name)
            with place.open("wb") as file:
                for piece in files.content(kind, name, which, app.config["SETTINGS"], clock.now):
                    file.write(piece)
            click.echo(f"{place}: {place.stat().st_size} bytes")


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None
