"""What moves a limit, as laws that hold for every limit: more time, a stopped clock, and both together."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app import errors
from app.law import calendar, changes, limit_words, limits, steps
from app.law.calendars import Calendars
from app.law.changes import Extension, Hold
from tests.law.days import noon, written

PLAIN = Calendars()
ENGLAND = PLAIN.own
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
AMOUNTS = st.integers(1, 40)
UNITS = st.sampled_from(("minutes", "hours", "working hours", "days", "weeks", "months", "working days"))
ENDINGS = st.sampled_from(("", ", by 5pm", ", or the next working day", ", cut-off 4pm", " in Scotland"))


@st.composite
def instants(draw):
    """An instant of a day, to the minute."""
    return calendar.end_of(draw(DAYS)) - timedelta(minutes=draw(st.integers(1, 1_440)))


@st.composite
def begun(draw, units=UNITS):
    """A limit that has begun, with its end by the rule alone."""
    limit = limit_words.read(f"{draw(AMOUNTS)} {draw(units)}{draw(ENDINGS)}")
    start_at = draw(instants())
    return limit, limits.due(limit, start_at=start_at, opened_at=start_at, fact=lambda _: None, calendars=PLAIN)


def ended(limit, due, *made):
    return changes.changed(limit, due, made, calendars=PLAIN)


def held(from_at, until_at, *, undone=False):
    return Hold(from_at, "20 working days", until_at, undone)


@given(begun(), instants())
def test_a_clock_that_runs_on_at_once_has_lost_nothing(found, at):
    assert ended(*found, held(at, at)) == found[1]


@given(begun(st.just("working days")), DAYS, st.integers(0, 30))
def test_a_clock_stopped_for_some_working_days_moves_the_end_by_as_many(found, first, number):
    limit, due = found
    place = PLAIN.named(limit.calendar)
    days = [first, *(one.day for one in calendar.count_working_days(first, number, place))]
    from_at, until_at = (calendar.end_of(day) - timedelta(hours=12) for day in (days[0], days[-1]))
    moved = ended(limit, due, held(from_at, until_at))
    assert calendar.working_days_between(due.on, moved.on, place) == number
    assert (moved.at - calendar.end_of(moved.on)) == (due.at - calendar.end_of(due.on)) or limit.until


@given(begun(st.sampled_from(("minutes", "hours", "working hours"))), instants(), st.integers(0, 20_000))
def test_a_clock_in_hours_that_is_stopped_moves_the_end_by_the_time_that_was_held(found, at, minutes):
    limit, due = found
    until_at = at + timedelta(minutes=minutes)
    moved, place = ended(limit, due, held(at, until_at)), PLAIN.named(limit.calendar)
    if limit.unit == "working hour":
        lost = calendar.working_time_between(at, until_at, place)
        assert calendar.working_time_between(due.at, moved.at, place) == lost
    else:
        assert moved.at - due.at == until_at - at


@given(begun(), st.lists(instants(), min_size=3, max_size=3))
def test_a_stop_cut_in_two_moves_the_end_as_much_as_the_whole(found, instants_of_it):
    first, middle, last = sorted(instants_of_it)
    assume(last - first < timedelta(days=400))
    whole = ended(*found, held(first, last))
    halves = ended(*found, held(first, middle), held(middle, last))
    assert (halves.at, halves.on) == (whole.at, whole.on)


@given(begun(), AMOUNTS, st.sampled_from(("hours", "working hours", "days", "weeks", "months", "working days")))
def test_more_time_never_ends_earlier_and_most_of_all_later(found, amount, unit):
    limit, due = found
    assert ended(limit, due, Extension(f"{amount} {unit}")).at > due.at


@given(begun(), AMOUNTS, AMOUNTS)
def test_two_extensions_in_working_days_add_up_where_the_limit_counts_by_the_day(found, one, other):
    limit, due = found
    assume(due.on is not None)
    twice = ended(limit, due, Extension(f"{one} working days"), Extension(f"{other} working days"))
    assert twice.on == ended(limit, due, Extension(f"{one + other} working days")).on


@given(begun(), instants(), AMOUNTS)
def test_a_change_that_was_taken_back_was_never_there(found, at, amount):
    undone = (
        Extension(f"{amount} working days", undone=True),
        held(at, at + timedelta(days=9), undone=True),
        held(at, None, undone=True),
    )
    assert ended(*found, *undone) == found[1]
    assert not changes.is_held(undone)


@given(begun(), instants())
def test_the_end_of_a_stop_is_never_before_it_and_moves_with_nothing_but_itself(found, at):
    stopped = (held(at, None),)
    assert changes.is_held(stopped)
    moved = ended(*found, *stopped)
    assert moved.at > at and moved.start_at == found[1].start_at
    assert ended(*found, Extension("5 working days"), *stopped).at == moved.at


@given(begun(), st.lists(st.tuples(instants(), st.integers(0, 30)), max_size=3), AMOUNTS)
def test_the_working_comes_to_the_same_end_as_the_count(found, stops, amount):
    limit, due = found
    made = [held(at, at + timedelta(days=days)) for at, days in stops] + [Extension(f"{amount} working days")]
    working = steps.worked(limit, due, made, calendars=PLAIN)
    assert working.due == ended(limit, due, *made)
    if due.on and limit.unit != "month":
        assert [day.on for day in working.days] == [day.day for day in working.due.working]


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_adding_working_days_is_monotonic(start, one, other):
    fewer, more = sorted((one, other))
    ends = [
        limits.due(
            limit_words.read(f"{number} working days"),
            start_at=noon(written(start)),
            opened_at=noon(written(start)),
            fact=lambda _: None,
            calendars=PLAIN,
        ).at
        for number in (fewer, more)
    ]
    assert ends[0] <= ends[1] and (ends[0] < ends[1]) == (fewer < more)


@pytest.mark.parametrize("by", ["5 working days", "1 week", "24 hours", "P5D"])
def test_a_length_of_time_can_be_added(by):
    assert changes.check_extension(by, limit_words.read("10 working days")).words == by


@pytest.mark.parametrize("by", ["", "soon", "0 days", "2026-03-06", "by panel.held_on", "working day 3"])
def test_what_is_no_length_of_time_cannot_be_added(by):
    with pytest.raises(errors.NotUnderstood):
        changes.check_extension(by, limit_words.read("10 working days"))


@pytest.mark.parametrize(
    "most, by, may",
    [
        ("5 working days", "5 working days", True),
        ("5 working days", "1 week", True),
        ("5 working days", "6 working days", False),
        ("1 week", "8 days", False),
        ("1 month", "28 days", True),
    ],
)
def test_a_limit_is_extended_by_no_more_than_its_words_allow(most, by, may):
    limit = limit_words.read(f"10 working days, extendable by {most}")
    if may:
        changes.check_extension(by, limit)
    else:
        with pytest.raises(errors.NotUnderstood, match="too long"):
            changes.check_extension(by, limit)
