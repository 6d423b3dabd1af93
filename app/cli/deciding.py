"""Working out FEEL expressions and DMN decisions from the command line, without a database, a case or a web page.

What is worked out goes to stdout as one line of JSON; what is wrong goes to stderr, and the exit status is 2.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from app import clock, errors
from app.drawing import decision_models, xml
from app.drawing.decision_models import Model
from app.engine import graphs
from app.feel import evaluating, printing

WRONG = 2  # exit status
EPILOG = (
    "In JSON, texts stay texts. A text that begins with @ and has quotation marks inside is a date, time or duration,"
    ' as in FEEL: \'{"due": "@\\"2026-05-01\\""}\'. Dates, times, durations and ranges come out as texts, as'
    ' string() writes them; a function comes out as "function(its parameters)".'
)


def _context(_: click.Context, option: click.Parameter, text: str) -> dict[str, Any]:
    found = _json(_, option, text)
    if not isinstance(found, dict):
        raise click.BadParameter('Expected a JSON object, such as {"age": 31}.', param=option)
    return found


def _json(_: click.Context, option: click.Parameter, text: str | None) -> Any:
    if text is None:
        return None
    try:
        return printing.read_json(text)
    except errors.NotUnderstood as problem:
        raise click.BadParameter(_told(problem), param=option) from problem


@click.command(epilog=EPILOG)
@click.argument("expression")
@click.option("--context", default="{}", callback=_context, help="What its names stand for, as a JSON object.")
@click.option("--unary", default=None, help="A JSON value: take EXPRESSION as unary tests, and say whether it passes.")
def feel(expression: str, context: Mapping[str, Any], unary: str | None) -> None:
    """Work out a FEEL expression (DMN 1.5) and print its value as JSON. Ends with 2 for what cannot be read."""
    try:
        if unary is None:
            found = evaluating.value_of(expression, context, at=clock.now())
        else:
            found = evaluating.verdict(expression, printing.read_json(unary), context, at=clock.now())
    except errors.NotUnderstood as problem:
        raise _Wrong(_told(problem)) from problem
    click.echo(printing.printed(found))


@click.command(epilog=EPILOG)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--decision", "wanted", help="Its name or id, also of a decision service. Without it: all decisions.")
@click.option("--input", "given", default="{}", callback=_context, help="Values by names of input data, as JSON.")
@click.pass_context
def decide(ctx: click.Context, file: Path, wanted: str | None, given: Mapping[str, Any]) -> None:
    """Work out a decision of a DMN file (1.1 to 1.5), with all that it requires, and print its value as JSON.

    A decision that cannot be worked out is null; the reason is written to stderr, and the exit status is 2.
    """
    model = _model(file)
    names = [wanted] if wanted is not None else [one.name for one in model.decisions]
    found, problems = _decided(model, names, given)
    click.echo(printing.printed(found if wanted is None else found[wanted]))
    for problem in problems:
        click.echo(f"Error: {file.name}: {problem}", err=True)
    ctx.exit(WRONG if problems else 0)


def _model(file: Path) -> Model:
    with file.open("rb") as stream:
        content = stream.read(xml.MAX_BYTES + 1)
    try:
        return decision_models.read(content, file.name)
    except errors.DrawingBroken as broken:
        raise _Wrong(str(broken)) from broken
    except errors.NotUnderstood as problem:
        raise _Wrong(f"{file.name}: {_told(problem)}") from problem


def _decided(model: Model, names: list[str], given: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The values by name, null where there is none, and why."""
    found: dict[str, Any] = dict.fromkeys(names)
    problems: list[str] = []
    for name in names:
        try:
            found[name] = graphs.decided(model, name, given, at=clock.now())
        except errors.NotFound as problem:
            raise _Wrong(str(problem)) from problem
        except (errors.NotUnderstood, errors.CannotGoOn) as problem:
            problems.append(_told(problem))
    return found, problems


def _told(problem: errors.CaseworkError) -> str:
    """What is wrong, in which expression, and where in it."""
    source, at = getattr(problem, "source", ""), getattr(problem, "at", None)
    if not source:
        return str(problem)
    place = "" if at is None else f", at character {at + 1}"
    shown = source if len(source) <= 200 else source[:200] + "…"
    return f"{problem} In ‘{shown}’{place}."


class _Wrong(click.ClickException):
    """Something that is given cannot be used."""

    exit_code = WRONG


alone = click.Group("trigger", commands=[decide, feel])
