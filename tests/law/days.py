"""Days as people write them, weekday included, so that a table which errs about the calendar says so."""

from datetime import UTC, date, datetime, timedelta

from app.law.calendar import LONDON


def day(written):
    """``Fri 6 Mar 2026`` as a date."""
    found = datetime.strptime(written, "%a %d %b %Y").date()
    assert found.strftime("%a") == written[:3], f"{written} is a {found:%A}"
    return found


def written(value: date):
    """A date as ``Fri 6 Mar 2026``."""
    return f"{value:%a} {value.day} {value:%b %Y}"


def noon(said):
    """Midday in London on a day."""
    return at(said, "12:00")


def at(said, clock):
    """A time of day in London, as an instant in UTC."""
    hour, minute = clock.split(":")
    local = datetime.combine(day(said), datetime.min.time(), tzinfo=LONDON)
    return local.replace(hour=int(hour), minute=int(minute)).astimezone(UTC)


def every_day(first, last):
    """All days from one to another, both included."""
    here, end = day(first), day(last)
    while here <= end:
        yield here
        here += timedelta(days=1)
