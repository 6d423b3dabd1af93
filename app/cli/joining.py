"""Who belongs to the partnership: agencies and people come, and people leave."""

from collections.abc import Callable
from typing import TypeVar

import click
from flask import Flask

from app import clock
from app.errors import CaseworkError
from app.records import enrolling
from app.records.enrolling import Body, Member

SHORTEST_PASSWORD = 12  # characters
Maker = Callable[[], Flask]
Given = TypeVar("Given")


@click.group()
def people() -> None:
    """Agencies and people of the partnership."""


@people.command(name="agency")
@click.argument("key")
@click.argument("name")
@click.argument("email")
@click.option("--other", is_flag=True, help="Not a relevant body in the sense of section 105: not told of every case.")
@click.pass_obj
def add_agency(make: Maker, key: str, name: str, email: str, other: bool) -> None:
    """Add an agency. KEY is the short name that forms keep, such as police."""
    with make().app_context():
        _try(lambda: enrolling.enrol([Body(key, name, email, is_relevant=not other)], [], "", clock=clock.now))
    click.echo(f"{name} belongs to the partnership now.")


@people.command(name="add")
@click.argument("name")
@click.argument("email")
@click.option("--role", "roles", multiple=True, required=True, help="A lane of the drawings, or Manager and the like.")
@click.option("--agency", help="The key of their agency, for people who act for one.")
@click.option("--phone", default="", help="Where the victim can reach them, if they are the point of contact.")
@click.password_option(help="At least 12 characters; asked for when it is left out.")
@click.pass_obj
def add_person(
    make: Maker, name: str, email: str, roles: tuple[str, ...], agency: str | None, phone: str, password: str
) -> None:
    """Add somebody who signs in with EMAIL and a password."""
    if len(password) < SHORTEST_PASSWORD:
        raise click.ClickException(f"The password needs at least {SHORTEST_PASSWORD} characters.")
    with make().app_context():
        unknown = set(roles) - set(_try(enrolling.roles))
        if unknown:
            known = "\n  ".join(enrolling.roles())
            raise click.ClickException(f"There is no role ‘{min(unknown)}’. The roles are:\n  {known}")
        _try(lambda: enrolling.enrol([], [Member(name, email, phone, roles, agency)], password, clock=clock.now))
    click.echo(f"{name} can sign in now.")


@people.command(name="leave")
@click.argument("email")
@click.pass_obj
def remove_person(make: Maker, email: str) -> None:
    """End somebody's access at once. What they did stays on record."""
    with make().app_context():
        _try(lambda: enrolling.leave(email))
    click.echo(f"{email} cannot sign in any more.")


def _try(act: Callable[[], Given]) -> Given:
    """What ``act`` gives; what it refuses is said in one line."""
    try:
        return act()
    except CaseworkError as problem:
        raise click.ClickException(str(problem)) from problem
