"""The working of a time limit in sentences that an officer can read out to a victim or an ombudsman.

They stand in the order of the count: where it began, what was not counted, where it ended, what moved it since.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from app.law import calendar as days
from app.law import limits, wording
from app.law.calendar import LONDON, WEEKEND
from app.law.changes import Extension, Hold
from app.law.limits import APPLICATION, BACK, INSTANTS, START, Due
from app.law.steps import RULE, WORKING_HOUR, Day, Step, Working

EVERY_DAY = "Every day counts, weekends and bank holidays too."
CAME = {START: "It began on", APPLICATION: "The application came on"}
HOURS = "Working hours run from {} to {} on working days."


def sentences(working: Working) -> list[str]:
    """How the limit was counted, one sentence after the other.

    Source: published procedure, "say what we promised, and how we counted".
    """
    found = list(_counted(working))
    found += [said for step in working.steps for said in _changed(step)]
    found += _last(working)
    return found


def starts(working: Working) -> str:
    """What started the limit: ``when the application came``, ``the day of the panel``.

    Source: the limit's own words.
    """
    anchor = working.limit.anchor
    if working.limit.fixed:
        return "a day that was set"
    if anchor in (START, APPLICATION):
        return "when it began" if anchor == START else "when the application came"
    about, kind = wording.subject(anchor), "time" if working.limit.unit in INSTANTS else "day"
    return about if about.startswith("the agreed day") else f"the {kind} of {about}"


def _counted(working: Working) -> Iterator[str]:
    """The count from the rule, without its end."""
    limit = working.limit
    if limit.fixed:
        yield "The end was set. Nothing was counted."
    elif limit.unit in INSTANTS:
        yield _from_instant(working)
        yield from _worked_time(working) if limit.unit == WORKING_HOUR else _clock_change(working.base)
    else:
        yield from _cut_off(working)
        yield _from_day(working)
        yield from _kinds_of_day(working)
        yield from _rolled(working)


def _from_instant(working: Working) -> str:
    amount = working.limit.amount
    length = wording.counted(abs(amount), working.limit.unit)
    began = f"{wording.moment(working.base.start_at, year=True)}, {starts(working)}"
    return f"{length} counted back from {began}." if amount < 0 else f"{length}, counted from {began}."


def _from_day(working: Working) -> str:
    limit = working.limit
    length = wording.counted(abs(limit.amount), limit.unit)
    first = working.base.first_on or days.day_of(working.base.start_at)
    began = wording.day(first, year=True)
    if first == days.day_of(working.base.start_at):  # else the sentence before has said what started it
        began += f", {starts(working)}"
    if limit.first_counts:
        return f"{length}, beginning with {began}: that day is the first one counted."
    if limit.unit == "month":
        return f"{length} {'before' if limit.amount < 0 else 'after'} {began}."
    if not limit.amount:
        return f"It ends with {began}."
    way = "back from the day before" if limit.amount < 0 else "from the day after"
    return f"{length}, counted {way} {began}."


def _cut_off(working: Working) -> Iterator[str]:
    """Which side of the cut-off hour it began on."""
    hour, base = working.limit.cut_off, working.base
    if hour is None or limits.is_whole_day(base.start_at):
        return
    began, cut_off = wording.moment(base.start_at, year=True), wording.time_of_day(hour)
    if base.first_on == days.day_of(base.start_at):
        yield f"{_came(working)} {began}, before the cut-off at {cut_off}, so it counts as of that day."
    elif base.first_on:
        then = wording.day(base.first_on, year=True)
        yield f"{_came(working)} {began}."
        yield f"What comes at {cut_off} or later counts as of the next working day, {then}."


def _came(working: Working) -> str:
    return CAME.get(working.limit.anchor, f"{wording.subject(working.limit.anchor).capitalize()} is on")


def _kinds_of_day(working: Working) -> Iterator[str]:
    limit = working.limit
    if limit.unit == "working day":
        yield from _skipped([day for day in working.days if day.part == RULE])
    elif limit.unit == "month":
        yield _month(working)
    elif limit.amount:
        yield EVERY_DAY


def _month(working: Working) -> str:
    first = working.base.first_on or days.day_of(working.base.start_at)
    last = days.months_after(first, working.limit.amount)
    if last.day != first.day:
        said = f"{wording.MONTHS[last.month - 1]} {last.year} has no day {first.day}, so"
        return f"{said} the period ends on the last day of that month."
    if working.limit.first_counts:
        return f"So it ends the day before {wording.day(last, year=True)}."
    return "Months are counted by the date: it ends on the same day of the month."


def _skipped(found: Sequence[Day]) -> Iterator[str]:
    """The days that were not counted: weekends together, every other by its name."""
    if any(day.why_not in WEEKEND.values() for day in found):
        yield f"{wording.listed([f'{name}s' for name in WEEKEND.values()])} are not counted."
    yield from _closed(found)


def _closed(found: Sequence[Day]) -> Iterator[str]:
    """Bank holidays and other closures, in order."""
    closed = sorted((day.on, day.why_not) for day in found if day.why_not and day.why_not not in WEEKEND.values())
    if len(closed) == 1:
        ((on, why),) = closed
        yield f"{wording.day(on)}, {wording.closure(why)}, is not counted."
    elif closed:
        named = [f"{wording.day(on)} ({wording.closure(why)})" for on, why in closed]
        yield f"These days are not counted: {wording.listed(named)}."


def _rolled(working: Working) -> Iterator[str]:
    before, on = working.base.before_on, working.base.on
    if before is None or on is None:
        return
    why = wording.closure(working.calendar.why_closed(before))
    is_weekend = why in WEEKEND.values()
    said = f"{wording.day(before, year=True)}, which is {'not a working day' if is_weekend else why}"
    way = "back to the working day before" if working.limit.rolls == BACK else "on to the next working day"
    yield f"It would end on {said}, so it goes {way}, {wording.day(on, year=True)}."


def _worked_time(working: Working) -> Iterator[str]:
    """The hours of a limit in working hours, day by day."""
    calendar, found = working.calendar, [day for day in working.days if day.part == RULE]
    yield HOURS.format(wording.time_of_day(calendar.opens), wording.time_of_day(calendar.closes))
    gave = [f"{wording.day(day.on)} gives {wording.length(day.time)}" for day in found if day.time]
    if gave:
        yield f"{wording.listed(gave)}."
    yield from _skipped(found)


def _clock_change(base: Due) -> Iterator[str]:
    before, after = (instant.astimezone(LONDON).utcoffset() for instant in (base.start_at, base.at))
    if before is not None and after is not None and before != after:
        yield f"The clocks went {'forward' if (before < after) == (base.start_at < base.at) else 'back'} in between."


def _changed(step: Step) -> Iterator[str]:
    change = step.change
    if change.undone:
        yield f"{_name(change)} was taken back, and does not count."
    elif step.waits:
        yield f"{_name(change)} counts when the clock runs again."
    elif isinstance(change, Extension):
        yield f"It was extended by {change.by}: the end moved from {_end(step.old)} to {_end(step.new)}."
    else:
        yield from _held(change, step)
    yield from _closed(step.days)


def _held(change: Hold, step: Step) -> Iterator[str]:
    began = wording.moment(change.from_at, year=True)
    if change.until_at is None:
        yield f"Its clock was stopped on {began}. Until then it was to end on {_end(step.old)}."
        yield "While the clock is stopped, the limit cannot pass."
        return
    yield f"Its clock was stopped on {began}, and ran again on {wording.moment(change.until_at, year=True)}."
    moved = f"the end moved from {_end(step.old)} to {_end(step.new)}"
    is_same = step.old.at == step.new.at
    yield "No counted time lay in between, so the end stayed." if is_same else f"That time does not count: {moved}."


def _name(change: Extension | Hold) -> str:
    if isinstance(change, Extension):
        return f"An extension by {change.by}"
    return f"Stopping its clock on {wording.moment(change.from_at, year=True)}"


def _last(working: Working) -> Iterator[str]:
    """Where it ends now, and when it is over."""
    due, now = working.due, "now " if working.steps else ""
    if any(isinstance(s.change, Hold) and s.change.until_at is None and not s.change.undone for s in working.steps):
        yield f"The clock runs again by {_end(due)} at the latest. What was left of the limit is left still."
    elif due.on is None:
        yield f"It {now}ends on {wording.moment(due.at, year=True)}."
    else:
        yield f"The last day is {now}{wording.day(due.on, year=True)}."
        yield f"It is over {_hour(due.at, due.on)}."


def _hour(at: datetime, on: date) -> str:
    """When a limit is over on its last day."""
    if at == days.end_of(on):
        return "when that day ends"
    return f"at {wording.time_of_day(at.astimezone(LONDON).time())} on that day"


def _end(due: Due) -> str:
    return wording.day(due.on, year=True) if due.on else wording.moment(due.at, year=True)
