"""Counting a time limit from the command line, with its working. It needs no database, no case and no web page."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import click

from app import errors
from app.law import calendars, limit_words, limits, steps, working
from app.law.calendar import LONDON
from app.law.calendars import Calendars
from app.law.steps import Working

EXPECTED = "Expected a day such as 2026-12-23 or an instant such as 2026-12-23T16:30."


def _instant(_: click.Context, option: click.Parameter, text: str | None) -> datetime | None:
    """An instant; London time where no zone is written, and a whole day where no hour is."""
    if text is None:
        return None
    found = _read(text)
    if found is None:
        raise click.BadParameter(f"‘{text}’ cannot be read. {EXPECTED}", param=option)
    return found if isinstance(found, datetime) else limits.end_of_day(found)


def _facts(_: click.Context, option: click.Parameter, texts: tuple[str, ...]) -> dict[str, str]:
    """Facts by their paths, each a day or an instant."""
    facts = {}
    for text in texts:
        path, _equals, value = text.partition("=")
        found = _read(value)
        if not path or found is None:
            raise click.BadParameter(f"‘{text}’ cannot be read. Expected panel.held_on=2027-01-10.", param=option)
        facts[path] = found.isoformat()
    return facts


def _read(text: str) -> datetime | date | None:
    """A day or an instant within the years that can be counted with; None for anything else."""
    found = limits.instant_or_day(text)
    if found is None and len(text) > len("2026-12-23"):
        found = limits.instant_or_day(_in_london(text))
    return found


def _in_london(text: str) -> str:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=LONDON).isoformat()
    except ValueError:
        return text


class _Read(click.Command):
    """A command whose help lists the words that it reads, one on each line."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Words it reads"):
            formatter.write_dl(list(limit_words.READS), col_max=46)


@click.command(cls=_Read)
@click.argument("words")
@click.option("--from", "start_at", required=True, callback=_instant, help="When it begins, in London time.")
@click.option(
    "--calendar", "key", default=calendars.LOCAL, show_default=True, help=f"One of {', '.join(calendars.NAMES)}."
)
@click.option("--opened", "opened_at", callback=_instant, help="When the application came, for ‘working day 10’.")
@click.option("--fact", "facts", multiple=True, callback=_facts, help="A day to count from: panel.held_on=2027-01-10.")
@click.option("--json", "as_json", is_flag=True, help="Everything, for a program.")
def deadline(
    words: str, start_at: datetime, key: str, opened_at: datetime | None, facts: dict[str, str], as_json: bool
) -> None:
    """Count a time limit, such as "10 working days", and show its working. Ends with 2 for what cannot be read."""
    try:
        found = _count(words, start_at, key, opened_at or start_at, facts)
    except errors.NotUnderstood as problem:
        raise click.UsageError(str(problem)) from problem
    except errors.CannotGoOn as problem:
        raise click.UsageError(
            f"{problem} Expected it as an option, such as --fact panel.held_on=2027-01-10."
        ) from problem
    record = working.record(found)
    click.echo(json.dumps(record, ensure_ascii=False, indent=1) if as_json else "\n".join(_lines(record)))


def _count(words: str, start_at: datetime, key: str, opened_at: datetime, facts: dict[str, str]) -> Working:
    """The working. A calendar that the words name counts before ``key``."""
    edition = Calendars()
    read = limit_words.read(words)
    limit = replace(read, calendar=read.calendar or edition.named(key).key)
    base = limits.due(limit, start_at=start_at, opened_at=opened_at, fact=facts.get, calendars=edition)
    return steps.worked(limit, base, calendars=edition)


def _lines(record: working.Record) -> Iterator[str]:
    yield from record["sentences"]
    if record["working"]:
        yield ""
    for day in record["working"]:
        number = str(day.get("time") or day["counted"] or "-")
        yield f"{number:>5}  {day['day']}{'. Not counted: ' + day['why_not'] if day['why_not'] else ''}"
