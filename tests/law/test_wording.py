"""Days and limits as people say them."""

from datetime import date, datetime

import pytest

from app.law import limit_words, limits, wording
from app.law.calendars import Calendars
from tests.law.days import at, day, noon

ENGLAND = Calendars().own


def spaced(text):
    return text.replace(wording.NBSP, " ")


def told(words, start, now):
    """What is said on a day about a limit that started on another."""
    due = limits.due(
        limit_words.read(words), start_at=noon(start), opened_at=noon(start), fact=lambda _: None, calendars=Calendars()
    )
    return wording.due(due.at, due.on, now=noon(now), start_at=due.start_at, calendar=ENGLAND)


def test_a_day_is_said_with_its_weekday():
    assert spaced(wording.day(day("Fri 6 Mar 2026"))) == "Friday 6 March"
    assert spaced(wording.day(day("Tue 29 Feb 2028"), year=True)) == "Tuesday 29 February 2028"
    assert spaced(wording.short(day("Fri 6 Mar 2026"))) == "6 March"


def test_every_weekday_and_month_has_its_name():
    days = [date(2026, month, number) for month in range(1, 13) for number in range(1, 8)]
    assert [spaced(wording.day(one)) for one in days] == [f"{one:%A} {one.day} {one:%B}" for one in days]


@pytest.mark.parametrize("said", [wording.day(day("Fri 6 Mar 2026")), wording.short(day("Fri 6 Mar 2026"))])
def test_a_day_and_its_month_do_not_part_at_the_end_of_a_line(said):
    assert said.endswith(f"6{wording.NBSP}March")


@pytest.mark.parametrize(
    "on, clock, said",
    [
        ("Fri 6 Mar 2026", "16:40", "Friday 6 March at 4:40pm"),
        ("Fri 6 Mar 2026", "9:00", "Friday 6 March at 9am"),
        ("Fri 6 Mar 2026", "12:00", "Friday 6 March at midday"),
        ("Fri 6 Mar 2026", "12:01", "Friday 6 March at 12:01pm"),
        ("Fri 6 Mar 2026", "0:00", "Friday 6 March at midnight"),
        ("Fri 6 Mar 2026", "0:05", "Friday 6 March at 12:05am"),
        ("Fri 6 Mar 2026", "23:59", "Friday 6 March at 11:59pm"),
        ("Fri 10 Jul 2026", "9:30", "Friday 10 July at 9:30am"),
    ],
)
def test_a_moment_is_said_in_london_time(on, clock, said):
    assert spaced(wording.moment(at(on, clock))) == said


@pytest.mark.parametrize(
    "number, unit, said",
    [(0, "day", "0 days"), (1, "working day", "1 working day"), (3, "working day", "3 working days")],
)
def test_a_number_of_days_is_one_or_many(number, unit, said):
    assert wording.counted(number, unit) == said.replace(" ", wording.NBSP)


@pytest.mark.parametrize(
    "now, words, detail, state",
    [
        ("Mon 2 Mar 2026", "3 working days left", "due Thursday 5 March", "none"),
        ("Tue 3 Mar 2026", "2 working days left", "due Thursday 5 March", "none"),
        ("Wed 4 Mar 2026", "1 working day left", "due Thursday 5 March", "soon"),
        ("Thu 5 Mar 2026", "Due today", "Thursday 5 March", "soon"),
        ("Fri 6 Mar 2026", "Late by 1 working day", "was due Thursday 5 March", "late"),
        ("Sat 7 Mar 2026", "Late by 1 working day", "was due Thursday 5 March", "late"),
        ("Mon 9 Mar 2026", "Late by 2 working days", "was due Thursday 5 March", "late"),
    ],
)
def test_a_limit_in_working_days_says_what_is_left(now, words, detail, state):
    time = told("3 working days", "Mon 2 Mar 2026", now)
    assert (spaced(time.words), spaced(time.detail), time.state) == (words, detail, state)


@pytest.mark.parametrize(
    "now, squares",
    [
        ("Mon 2 Mar 2026", "left left left"),
        ("Tue 3 Mar 2026", "gone left left"),
        ("Thu 5 Mar 2026", "gone gone gone"),
        ("Fri 6 Mar 2026", "gone gone gone over"),
        ("Sun 8 Mar 2026", "gone gone gone over"),
        ("Mon 9 Mar 2026", "gone gone gone over over"),
    ],
)
def test_a_limit_has_a_square_for_each_working_day(now, squares):
    assert told("3 working days", "Mon 2 Mar 2026", now).squares == tuple(squares.split())


def test_a_limit_of_many_days_has_no_squares():
    assert len(told("20 working days", "Mon 2 Mar 2026", "Mon 2 Mar 2026").squares) == 20
    assert told("21 working days", "Mon 2 Mar 2026", "Mon 2 Mar 2026").squares == ()


def test_a_limit_that_ends_at_a_weekend_is_due_before_the_next_working_day():
    time = told("2 days", "Fri 6 Mar 2026", "Sat 7 Mar 2026")  # it ends on Sunday
    assert (time.words, spaced(time.detail), time.state) == (
        "Due before the next working day",
        "due Sunday 8 March",
        "soon",
    )


def test_a_limit_that_ended_at_a_weekend_is_late_by_a_day_at_least():
    assert spaced(told("1 day", "Fri 6 Mar 2026", "Sun 8 Mar 2026").words) == "Late by 1 working day"


def test_a_limit_in_hours_says_its_moment():
    early = told("24 hours", "Mon 2 Mar 2026", "Mon 2 Mar 2026")
    late = told("24 hours", "Mon 2 Mar 2026", "Tue 3 Mar 2026")
    assert (spaced(early.words), early.state) == ("Due Tuesday 3 March at midday", "soon")
    assert (spaced(late.words), late.state) == ("Late since Tuesday 3 March at midday", "late")


@pytest.mark.parametrize(
    "value",
    [
        date(2026, 3, 6),
        datetime.fromisoformat("2026-03-06T23:30+00:00"),
        "2026-03-06",
        "2026-03-06T10:00:00+00:00",
        "2026-03-06 at ten",
    ],
)
def test_a_day_is_read_from_a_date_an_instant_or_their_text(value):
    assert wording.read_day(value) == day("Fri 6 Mar 2026")


@pytest.mark.parametrize("value", [None, "", "Friday", "2026-02-30", 5, "06/03/2026"])
def test_what_is_no_day_is_not_read_as_one(value):
    with pytest.raises(ValueError):
        wording.read_day(value)
