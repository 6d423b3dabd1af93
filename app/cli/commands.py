"""The commands. Each is given the maker of the application, because the house is put together above."""

from collections.abc import Callable

import click
from flask import Flask
from flask_migrate import upgrade

from app import clock, worker
from app.cli import (
    bench,
    calendars,
    checking,
    deadline,
    deciding,
    demo,
    demo_cases,
    drawings,
    exchanging,
    extracting,
    history,
    joining,
    lists,
    numbers,
    proving,
    punctuality,
    reading_aloud,
    reports,
    returns,
    scenarios,
    serving,
    timescales,
    tokens,
)
from app.cli.punctuality import Plan
from app.config import ROOT, Settings
from app.editor import loading
from app.errors import DrawingBroken

Maker = Callable[[], Flask]
AT_LEAST_TWO = click.IntRange(min=2)


@click.group()
def trigger() -> None:
    """ASB case reviews, run from drawings."""


@trigger.command()
@click.option("--demo", "is_demo", is_flag=True, help="With made-up people and cases, on the embedded database.")
@click.option("--port", default=8000, show_default=True, help="Where to serve on this machine.")
def run(is_demo: bool, port: int) -> None:
    """Set up what is missing, then serve web pages and work off timers until stopped."""
    serving.run(is_demo=is_demo, port=port)


@trigger.command(name="setup")
@click.pass_obj
def set_up(make: Maker) -> None:
    """Migrate the database and publish what stands in processes/ and forms/."""
    app = make()
    with app.app_context():
        upgrade()
        _load()
        if _settings(app).is_demo:
            demo.settle_people(clock.now)
            demo_cases.settle_cases(_settings(app), clock.now)


@trigger.command(name="worker")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@click.pass_obj
def work(make: Maker, once: bool) -> None:
    """Fire timers, write and send letters."""
    app = make()
    with app.app_context():
        if once:
            click.echo(f"{worker.drain_and_end(_settings(app), clock.now)} done")
        else:
            worker.run(_settings(app), clock.now)


@trigger.group(name="bench")
def benches() -> None:
    """Measure, as ratios within one run."""


@benches.command()
@click.option("--steps", default=200, show_default=True, help="How many steps to time on each side.")
@click.option("--postgresql", default="", help="URL of an empty PostgreSQL database to measure on as well.")
@click.pass_obj
def step(make: Callable[[Settings], Flask], steps: int, postgresql: str) -> None:
    """One step of a case: bare SpiffWorkflow in memory against ours, kept on SQLite and PostgreSQL."""
    for line in bench.step(make, steps, postgresql):
        click.echo(line)


@benches.command(name="kills")
@click.option("--kills", "number", default=200, show_default=True, help="How many workers to kill, on all databases.")
@click.option("--postgresql", default="", help="URL of an empty PostgreSQL database to kill workers on as well.")
@click.pass_obj
def kill(make: Callable[[Settings], Flask], number: int, postgresql: str) -> None:
    """Kill workers at every point of their work, and count what became of the timers and letters."""
    for line in proving.kills(make, number, postgresql):
        click.echo(line)


def _numbers(_: click.Context, option: click.Parameter, text: str) -> tuple[int, ...]:
    """The numbers in a list such as 1,3."""
    numbers = text.split(",")
    if not all(number.isdecimal() and int(number) for number in numbers):
        raise click.BadParameter("Expected numbers such as 1,3.", param=option)
    return tuple(map(int, numbers))


@benches.command(name="timers")
@click.option("--postgresql", required=True, help="URL of an empty PostgreSQL database.")
@click.option("--waiting", default=100_000, show_default=True, type=AT_LEAST_TWO, help="How many timers wait beside.")
@click.option("--due", default=10_000, show_default=True, type=AT_LEAST_TWO, help="How many are due at once.")
@click.option(
    "--workers", default="1,3", show_default=True, callback=_numbers, help="How many workers fire them, try by try."
)
@click.pass_obj
def fire(make: Callable[[Settings], Flask], postgresql: str, waiting: int, due: int, workers: tuple[int, ...]) -> None:
    """Fire many timers at once, then one by one: how many a second, how late, and what a look for them costs."""
    plan = Plan(waiting, due, workers)
    for line in punctuality.bench(make, plan, postgresql, clock=clock.now):
        click.echo(line)


@benches.command(name="lists")
@click.option("--postgresql", required=True, help="URL of an empty PostgreSQL database.")
@click.option("--tasks", default=100_000, show_default=True, type=AT_LEAST_TWO, help="How many tasks are open.")
@click.option("--closed", default=1_000_000, show_default=True, type=AT_LEAST_TWO, help="How many cases are closed.")
@click.option("--times", default=40, show_default=True, type=AT_LEAST_TWO, help="How often each page is asked for.")
@click.pass_obj
def list_many(make: Callable[[Settings], Flask], postgresql: str, tasks: int, closed: int, times: int) -> None:
    """Ask for the pages that show many cases: how long each takes, and how many statements."""
    for line in lists.report(make, postgresql, lists.Plan(tasks, closed, times), clock.now):
        click.echo(line)


trigger.add_command(joining.people)
trigger.add_command(checking.health)
trigger.add_command(drawings.check)
trigger.add_command(drawings.play)
trigger.add_command(deadline.deadline)
trigger.add_command(deciding.decide)
trigger.add_command(deciding.feel)
trigger.add_command(calendars.calendars)
trigger.add_command(timescales.timescales)
trigger.add_command(reading_aloud.tell)
trigger.add_command(reading_aloud.differ)
trigger.add_command(reports.reports)
trigger.add_command(returns.returns)
trigger.add_command(numbers.numbers)
trigger.add_command(extracting.export)
trigger.add_command(exchanging.read)
trigger.add_command(scenarios.run)
trigger.add_command(tokens.token)
trigger.add_command(history.history)


def _load() -> None:
    try:
        loading.load(ROOT, by="the system", clock=clock.now)
    except DrawingBroken as broken:
        raise click.ClickException(f"The drawings cannot be used:\n{broken}") from broken


def _settings(app: Flask) -> Settings:
    settings: Settings = app.config["SETTINGS"]
    return settings
