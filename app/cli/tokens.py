"""Tokens with which programs read the API."""

from collections.abc import Callable

import click
from flask import Flask

from app import clock
from app.cli.trying import tried
from app.records.giving import tokens
from app.store import programs

Maker = Callable[[], Flask]


@click.group()
def token() -> None:
    """Tokens for programs that read the API."""


@token.command(name="add")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, help=f"One of {', '.join(tokens.SCOPES)}.")
@click.option("--days", default=90, show_default=True, help="How long it is good: 30, 90 or 365 days.")
@click.option("--by", required=True, help="The name of whoever answers for it.")
@click.pass_obj
def add(make: Maker, name: str, scopes: tuple[str, ...], days: int, by: str) -> None:
    """Make a token for the program NAME. It is shown this once."""
    with make().app_context():
        made, secret = tried(lambda: tokens.make(name, scopes, days, by=by, clock=clock.now))
        click.echo(f"Token {made.id} for {made.name}, good until {made.ends_at:%Y-%m-%d}:", err=True)
        click.echo(secret)


@token.command(name="list")
@click.pass_obj
def every(make: Maker) -> None:
    """Every token that was made, the newest first, without its secret."""
    with make().app_context():
        for row in programs.every():
            state = "good" if tokens.is_good(row, clock.now()) else "ended"
            used = f"{row.used_at:%Y-%m-%d}" if row.used_at else "never"
            click.echo(f"{row.id}\t{row.begins}…\t{state}\tused {used}\t{row.name}\t{','.join(row.scopes)}")


@token.command(name="revoke")
@click.argument("number", type=int)
@click.option("--by", required=True, help="The name of whoever answers for it.")
@click.pass_obj
def revoke(make: Maker, number: int, by: str) -> None:
    """End the token NUMBER at once."""
    with make().app_context():
        row = tried(lambda: tokens.revoke(number, by=by, clock=clock.now))
        click.echo(f"The token for {row.name} opens nothing any more.")
