"""The command that makes years of history: what it says before, meanwhile and at the end."""

import secrets
import sys
import time
from collections.abc import Callable
from datetime import datetime

import click
from flask import Flask
from flask_migrate import upgrade

from app import clock, errors
from app.cli import demo
from app.cli.simulating import making
from app.cli.simulating.making import Wish
from app.cli.simulating.world import World
from app.config import Settings
from app.law import calendar, wording

EVERY = 0.5  # seconds between two lines of progress on a terminal
SELDOM = 30.0  # where nobody watches
A_MINUTE = 60


@click.command(name="demo")
@click.option("--cases", default=5000, show_default=True, type=click.IntRange(1, 50_000), help="How many people apply.")
@click.option("--years", default=3.0, show_default=True, type=click.FloatRange(0.1, 10), help="How far back it begins.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same history.")
@click.pass_obj
def history(make: Callable[[], Flask], cases: int, years: float, seed: int) -> None:
    """Make years of a partnership: every case runs through the drawings, with a clock that is set back."""
    app = make()
    with app.app_context():
        upgrade()
        settings: Settings = app.config["SETTINGS"]
        _make(settings, Wish(cases, years, seed, _password(settings)))


def _password(settings: Settings) -> str:
    """The published one in a demo on the embedded database, else one that nobody knows."""
    return demo.PASSWORD if settings.is_embedded else secrets.token_urlsafe(12)


def _make(settings: Settings, wish: Wish) -> None:
    found, present = making.there(), clock.now()
    try:
        wanted = making.check(found, wish, present)
    except errors.Refused as refused:
        raise click.ClickException(" ".join(refused.problems.values())) from refused
    if found.cases:
        click.echo(f"There are {found.cases} reviews, the last line of {_day(found.last_at or present)}.")
    if not wanted:
        click.echo("Nothing was added. For another history, give an empty database.")
        return
    if not found.is_ours:
        click.echo(f"Everybody’s password is {wish.password}.")
    progress = Progress(wish.cases, found.cases, found.last_at if found.cases else None)
    try:
        world = making.make(settings, wish, progress, clock=lambda: present)
    except KeyboardInterrupt:
        raise click.ClickException("\nStopped. The same command goes on from here.") from None
    click.echo(progress.line(world, end=True))


class Progress:
    """A line on the terminal: how many cases there are, which day it is, and how long it may take yet."""

    def __init__(self, wanted: int, already: int, first: datetime | None) -> None:
        self.wanted, self.already, self.first = wanted, already, first
        self.began = self.said = time.monotonic()

    def __call__(self, world: World) -> None:
        """Say it, now and then."""
        self.first = self.first or world.clock()
        if time.monotonic() - self.said > (EVERY if sys.stdout.isatty() else SELDOM):
            self.said = time.monotonic()
            click.echo(f"\r{self.line(world)}   ", nl=not sys.stdout.isatty())

    def line(self, world: World, *, end: bool = False) -> str:
        """How it stands."""
        cases, took = self.already + world.done["cases"], time.monotonic() - self.began
        closed, tasks = world.done["closed"], world.done["tasks"]
        if end:
            each = took / max(1, world.done["cases"])
            return f"\n{cases} reviews, {closed} closed, {tasks} tasks done, in {_long(took)} ({each:.2f} s each)."
        first = self.first or world.clock()
        part = (world.clock() - first) / (world.present - first)
        left = f", about {_long(took / part * (1 - part))} to go" if part > 0 else ""
        return f"{_day(world.clock())}: {cases} of {self.wanted} reviews, {closed} closed, {tasks} tasks done{left}"


def _day(at: datetime) -> str:
    day = calendar.day_of(at)
    return f"{wording.short(day)} {day.year}"


def _long(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), A_MINUTE)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
