"""Asking from the command line whether the system does its work, so that a scheduler can raise the alarm."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict

import click
from flask import Flask

from app import clock
from app.status import health as reading
from app.status import health_words as words
from app.status.health import Health

Maker = Callable[[], Flask]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Every number, for a program.")
@click.pass_obj
def health(make: Maker, as_json: bool) -> None:
    """Say whether time limits are dealt with. Ends with 1 when somebody must look, with 0 when all is well."""
    app = make()
    with app.app_context():
        found = reading.read(clock=clock.now, worker_pause=app.config["SETTINGS"].worker_pause)
    if as_json:
        click.echo(json.dumps(asdict(found), default=lambda instant: instant.isoformat(), indent=1))
    else:
        click.echo("\n".join(_lines(found)))
    if found.alarms:
        raise SystemExit(1)


def _lines(found: Health) -> Iterator[str]:
    yield from (f"ALARM: {alarm}" for alarm in found.alarms)
    if not found.alarms:
        yield "All is well."
    yield from (f"{name}: {said}" for name, said in words.facts(found.timers, found.counts, found.worker_beat_at))
    yield words.spread(found.day, "the last 24 hours")
    yield words.spread(found.week, "the last 7 days")
