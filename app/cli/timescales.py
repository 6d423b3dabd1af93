"""Agreed times that were published anew, from the command line: what moving open cases would do, and moving them."""

import json
from collections.abc import Callable, Iterator

import click
from flask import Flask

from app import clock
from app.cli.trying import tried
from app.editor import moving_words
from app.editor import timescales as editing
from app.editor.moving_cases import Why
from app.editor.timescales import Agreed
from app.law import wording
from app.law.calendar import day_of

Maker = Callable[[], Flask]


@click.group()
def timescales() -> None:
    """Agreed times: open cases keep theirs until somebody moves them."""


@timescales.command(name="preview")
@click.option("--release", default="", help="Whose agreed times; those of the live release, where it is left out.")
@click.option("--json", "as_json", is_flag=True, help="For a program.")
@click.pass_obj
def preview(make: Maker, release: str, as_json: bool) -> None:
    """What moving every open case to the agreed times would do. Nothing is changed."""
    with make().app_context():
        agreed = tried(lambda: editing.agreed(release))
        found = tried(lambda: editing.preview(release, clock=clock.now))
        lines = [*_agreed(agreed), moving_words.summary(found), *moving_words.lines(found)]
    if as_json:
        click.echo(json.dumps(moving_words.record(found), indent=1))
        return
    for line in lines:
        click.echo(line)


@timescales.command(name="move")
@click.option("--release", default="", help="Whose agreed times; those of the live release, where it is left out.")
@click.option("--by", required=True, help="Who decides it.")
@click.option("--reason", required=True, help="Stands in the history of each case.")
@click.pass_obj
def move(make: Maker, release: str, by: str, reason: str) -> None:
    """Move every open case to the agreed times, with credit for the time already used. May be begun again."""
    with make().app_context():
        became = tried(lambda: editing.move(Why(reason, by), release, clock=clock.now))
    click.echo(moving_words.outcome(became))
    if became.stopped or became.left:
        raise SystemExit(1)


def _agreed(agreed: Agreed) -> Iterator[str]:
    when = wording.day(day_of(agreed.release.published_at), year=True)
    yield f"Agreed times of {when}: {moving_words.following(agreed.number)} them."
    for one in agreed.earlier:
        when = wording.day(day_of(one.release.published_at), year=True)
        yield f"Earlier ones, of {when}: {moving_words.following(one.number)} them. To leave them so, do nothing."
        yield from (f"- {line}" for line in one.differences)
