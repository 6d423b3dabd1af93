"""Working days, months and midnights, against the calendar on the wall."""

import inspect
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.law import calendar, limits, wording
from app.law.calendars import Calendars
from tests.law.days import at, day, every_day, written

ENGLAND = Calendars().own
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def end(start, count):
    return written(list(calendar.count_working_days(day(start), count, ENGLAND))[-1].day)


@pytest.mark.parametrize(
    "closed, why",
    [
        ("Fri 25 Dec 2026", "Christmas Day"),
        ("Sat 26 Dec 2026", "Saturday"),
        ("Sun 27 Dec 2026", "Sunday"),
        ("Mon 28 Dec 2026", "Boxing Day (observed)"),  # Boxing Day 2026 is a Saturday
        ("Fri 1 Jan 2027", "New Year's Day"),
        ("Fri 26 Mar 2027", "Good Friday"),
        ("Mon 29 Mar 2027", "Easter Monday"),
        ("Mon 3 May 2027", "May Day"),
        ("Mon 31 May 2027", "Spring Bank Holiday"),
        ("Mon 30 Aug 2027", "Late Summer Bank Holiday"),
        ("Sat 25 Dec 2027", "Saturday"),
        ("Mon 27 Dec 2027", "Christmas Day (observed)"),
        ("Tue 28 Dec 2027", "Boxing Day (observed)"),
        ("Mon 3 Jan 2028", "New Year's Day (observed)"),
        ("Fri 14 Apr 2028", "Good Friday"),
        ("Mon 17 Apr 2028", "Easter Monday"),
        ("Fri 3 Apr 2026", "Good Friday"),
        ("Mon 6 Apr 2026", "Easter Monday"),
    ],
)
def test_a_day_says_why_it_is_no_working_day(closed, why):
    assert ENGLAND.why_closed(day(closed)) == why


def test_the_working_days_between_two_christmases_are_those_of_the_published_list():
    closed = [d for d in every_day("Thu 24 Dec 2026", "Tue 4 Jan 2028") if ENGLAND.why_closed(d) and d.weekday() < 5]
    assert [written(d) for d in closed] == [
        "Fri 25 Dec 2026",
        "Mon 28 Dec 2026",
        "Fri 1 Jan 2027",
        "Fri 26 Mar 2027",
        "Mon 29 Mar 2027",
        "Mon 3 May 2027",
        "Mon 31 May 2027",
        "Mon 30 Aug 2027",
        "Mon 27 Dec 2027",
        "Tue 28 Dec 2027",
        "Mon 3 Jan 2028",
    ]


@pytest.mark.parametrize("open_", ["Thu 24 Dec 2026", "Tue 29 Dec 2026", "Thu 31 Dec 2026", "Mon 4 Jan 2027"])
def test_the_days_between_christmas_and_new_year_are_working_days(open_):
    assert ENGLAND.why_closed(day(open_)) == ""


@pytest.mark.parametrize(
    "start, count, last",
    [
        ("Mon 2 Mar 2026", 1, "Tue 3 Mar 2026"),
        ("Mon 2 Mar 2026", 3, "Thu 5 Mar 2026"),
        ("Mon 2 Mar 2026", 10, "Mon 16 Mar 2026"),
        ("Fri 6 Mar 2026", 1, "Mon 9 Mar 2026"),
        ("Sat 7 Mar 2026", 1, "Mon 9 Mar 2026"),
        ("Sun 8 Mar 2026", 1, "Mon 9 Mar 2026"),
        ("Sat 7 Mar 2026", 5, "Fri 13 Mar 2026"),
        ("Thu 24 Dec 2026", 1, "Tue 29 Dec 2026"),
        ("Wed 23 Dec 2026", 2, "Tue 29 Dec 2026"),
        ("Thu 24 Dec 2026", 4, "Mon 4 Jan 2027"),
        ("Fri 25 Dec 2026", 1, "Tue 29 Dec 2026"),
        ("Fri 18 Dec 2026", 10, "Wed 6 Jan 2027"),
        ("Thu 25 Mar 2027", 1, "Tue 30 Mar 2027"),
        ("Wed 24 Mar 2027", 2, "Tue 30 Mar 2027"),
        ("Fri 24 Dec 2027", 1, "Wed 29 Dec 2027"),
        ("Fri 24 Dec 2027", 3, "Fri 31 Dec 2027"),
        ("Fri 31 Dec 2027", 1, "Tue 4 Jan 2028"),
        ("Mon 28 Feb 2028", 1, "Tue 29 Feb 2028"),
        ("Mon 28 Feb 2028", 2, "Wed 1 Mar 2028"),
        ("Fri 26 Feb 2027", 1, "Mon 1 Mar 2027"),
        ("Tue 29 Dec 2026", -1, "Thu 24 Dec 2026"),
        ("Mon 16 Mar 2026", -10, "Mon 2 Mar 2026"),
        ("Tue 4 Jan 2028", -1, "Fri 31 Dec 2027"),
        ("Tue 30 Mar 2027", -2, "Wed 24 Mar 2027"),
    ],
)
def test_working_days_are_counted_from_the_day_after(start, count, last):
    assert end(start, count) == last


def test_a_count_shows_every_day_and_why_it_was_left_out():
    counted = calendar.count_working_days(day("Thu 24 Dec 2026"), 2, ENGLAND)
    assert [(written(one.day), one.number, one.why_not) for one in counted] == [
        ("Fri 25 Dec 2026", 0, "Christmas Day"),
        ("Sat 26 Dec 2026", 0, "Saturday"),
        ("Sun 27 Dec 2026", 0, "Sunday"),
        ("Mon 28 Dec 2026", 0, "Boxing Day (observed)"),
        ("Tue 29 Dec 2026", 1, ""),
        ("Wed 30 Dec 2026", 2, ""),
    ]


@pytest.mark.parametrize(
    "start, last, count",
    [
        ("Mon 2 Mar 2026", "Mon 2 Mar 2026", 0),
        ("Mon 2 Mar 2026", "Tue 3 Mar 2026", 1),
        ("Fri 6 Mar 2026", "Sun 8 Mar 2026", 0),
        ("Thu 24 Dec 2026", "Mon 4 Jan 2027", 4),
        ("Mon 4 Jan 2027", "Thu 24 Dec 2026", -4),
        ("Fri 24 Dec 2027", "Tue 4 Jan 2028", 4),
        ("Wed 31 Dec 2025", "Thu 31 Dec 2026", 253),
    ],
)
def test_working_days_between_two_days_leave_out_the_first(start, last, count):
    assert calendar.working_days_between(day(start), day(last), ENGLAND) == count


@given(DAYS, st.integers(1, 200))
def test_a_count_of_working_days_read_backwards_is_the_same_count(start, count):
    last = list(calendar.count_working_days(start, count, ENGLAND))[-1].day
    assert calendar.working_days_between(start, last, ENGLAND) == count


@given(DAYS, DAYS, st.integers(1, 60))
def test_who_starts_later_never_ends_earlier(one, other, count):
    first, last = sorted((one, other))
    ends = [list(calendar.count_working_days(start, count, ENGLAND))[-1].day for start in (first, last)]
    assert ends[0] <= ends[1]


@given(DAYS, st.integers(1, 60))
def test_a_day_more_ends_on_a_later_working_day(start, count):
    fewer, more = (list(calendar.count_working_days(start, n, ENGLAND))[-1].day for n in (count, count + 1))
    assert fewer < more and not ENGLAND.why_closed(more)


@pytest.mark.parametrize(
    "start, months, then",
    [
        ("Sun 15 Mar 2026", 1, "Wed 15 Apr 2026"),
        ("Sat 31 Jan 2026", 1, "Sat 28 Feb 2026"),
        ("Mon 31 Jan 2028", 1, "Tue 29 Feb 2028"),
        ("Sun 31 Aug 2025", 6, "Sat 28 Feb 2026"),
        ("Tue 29 Feb 2028", 12, "Wed 28 Feb 2029"),
        ("Tue 29 Feb 2028", 48, "Sun 29 Feb 2032"),
        ("Tue 31 Mar 2026", 1, "Thu 30 Apr 2026"),
        ("Thu 31 Dec 2026", 2, "Sun 28 Feb 2027"),
        ("Tue 31 Mar 2026", -1, "Sat 28 Feb 2026"),
        ("Thu 15 Jan 2026", -2, "Sat 15 Nov 2025"),
    ],
)
def test_a_month_later_is_the_corresponding_day_or_the_last_of_the_month(start, months, then):
    assert written(calendar.months_after(day(start), months)) == then


@pytest.mark.parametrize(
    "first, months, last",
    [
        ("Sun 15 Mar 2026", 1, "Tue 14 Apr 2026"),
        ("Sat 31 Jan 2026", 1, "Sat 28 Feb 2026"),
        ("Fri 30 Jan 2026", 1, "Sat 28 Feb 2026"),
        ("Thu 29 Jan 2026", 1, "Sat 28 Feb 2026"),
        ("Wed 28 Jan 2026", 1, "Fri 27 Feb 2026"),
        ("Mon 31 Jan 2028", 1, "Tue 29 Feb 2028"),
        ("Sat 10 Jan 2026", 6, "Thu 9 Jul 2026"),
        ("Sun 11 Jan 2026", 6, "Fri 10 Jul 2026"),
        ("Sun 31 Aug 2025", 6, "Sat 28 Feb 2026"),
        ("Fri 1 May 2026", 1, "Sun 31 May 2026"),
        ("Sun 1 Feb 2026", 1, "Sat 28 Feb 2026"),
        ("Tue 1 Feb 2028", 1, "Tue 29 Feb 2028"),
        ("Tue 29 Feb 2028", 12, "Wed 28 Feb 2029"),
        ("Thu 1 Jan 2026", 12, "Thu 31 Dec 2026"),
    ],
)
def test_a_statutory_period_counts_both_its_ends(first, months, last):
    assert written(calendar.period_end(day(first), months)) == last


@given(DAYS, st.integers(1, 24))
def test_a_statutory_period_is_within_a_day_of_the_corresponding_date(first, months):
    last, same = calendar.period_end(first, months), calendar.months_after(first, months)
    assert last in (same, same - timedelta(days=1))
    assert (last == same) == (same.day != first.day)


@given(DAYS, st.integers(1, 24))
def test_a_statutory_period_that_begins_later_never_ends_earlier(first, months):
    assert calendar.period_end(first, months) <= calendar.period_end(first + timedelta(days=1), months)


@pytest.mark.parametrize(
    "last, instant",
    [
        ("Thu 5 Mar 2026", "2026-03-06T00:00+00:00"),
        ("Sat 28 Mar 2026", "2026-03-29T00:00+00:00"),  # the clocks go forward at one
        ("Sun 29 Mar 2026", "2026-03-29T23:00+00:00"),
        ("Sat 24 Oct 2026", "2026-10-24T23:00+00:00"),
        ("Sun 25 Oct 2026", "2026-10-26T00:00+00:00"),  # the clocks went back at two
        ("Thu 31 Dec 2026", "2027-01-01T00:00+00:00"),
        ("Tue 29 Feb 2028", "2028-03-01T00:00+00:00"),
    ],
)
def test_a_day_ends_at_midnight_in_london(last, instant):
    assert calendar.end_of(day(last)) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    "instant, said",
    [
        ("2026-07-10T22:59:59+00:00", "Fri 10 Jul 2026"),
        ("2026-07-10T23:00:00+00:00", "Sat 11 Jul 2026"),
        ("2026-01-10T23:59:59+00:00", "Sat 10 Jan 2026"),
        ("2026-01-11T00:00:00+01:00", "Sat 10 Jan 2026"),
        ("2026-03-29T00:59:59+00:00", "Sun 29 Mar 2026"),
    ],
)
def test_an_instant_belongs_to_the_day_it_is_in_london(instant, said):
    assert written(calendar.day_of(datetime.fromisoformat(instant))) == said


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))
def test_every_instant_lies_before_the_end_of_its_own_day_only(naive):
    instant = naive.replace(tzinfo=UTC)
    today = calendar.day_of(instant)
    assert calendar.end_of(today - timedelta(days=1)) <= instant < calendar.end_of(today)


def test_a_day_in_spring_has_23_hours_and_one_in_autumn_25():
    lengths = {said: calendar.end_of(day(said)) - at(said, "0:00") for said in ("Sun 29 Mar 2026", "Sun 25 Oct 2026")}
    assert [length / timedelta(hours=1) for length in lengths.values()] == [23, 25]


def public(module):
    found = [(name, one) for name, one in vars(module).items() if not name.startswith("_")]
    own = [one for _, one in found if getattr(one, "__module__", "") == module.__name__]
    methods = [
        m for one in own if inspect.isclass(one) for n, m in vars(one).items() if inspect.isfunction(m) and n[0] != "_"
    ]
    return [one for one in own + methods if inspect.isroutine(inspect.unwrap(one))]


@pytest.mark.parametrize("module", [calendar, limits, wording])
def test_every_public_function_of_the_law_cites_its_source(module):
    functions = public(module)
    assert functions
    assert [one.__qualname__ for one in functions if "Source:" not in (one.__doc__ or "")] == []
