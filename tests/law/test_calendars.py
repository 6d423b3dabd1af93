"""The calendars of each part of the United Kingdom, closures of our own, and bank holidays that were announced late."""

import pytest

from app import errors
from app.law import calendars, limit_words, limits
from app.law.calendars import Calendars, Change
from tests.law.days import at, day, every_day, noon, written

PLAIN = Calendars()
EVERYWHERE = ("in England and Wales", "in Scotland", "in Northern Ireland", "in any UK nation")


def last_day(words, start, edition=PLAIN):
    limit = limit_words.read(words)
    found = limits.due(limit, start_at=noon(start), opened_at=noon(start), fact=lambda _: None, calendars=edition)
    return written(found.on)


def closed(key, first, last):
    """The days from one to another that are closed and no weekend."""
    calendar = PLAIN.named(key)
    return [written(one) for one in every_day(first, last) if calendar.why_closed(one) and one.weekday() < 5]


@pytest.mark.parametrize(
    "key, days",
    [
        (
            "scotland",
            "Fri 25 Dec 2026, Mon 28 Dec 2026, Fri 1 Jan 2027, Mon 4 Jan 2027, Fri 26 Mar 2027, Mon 3 May 2027, "
            "Mon 31 May 2027, Mon 2 Aug 2027, Tue 30 Nov 2027, Mon 27 Dec 2027, Tue 28 Dec 2027, Mon 3 Jan 2028, "
            "Tue 4 Jan 2028",
        ),
        (
            "northern-ireland",
            "Fri 25 Dec 2026, Mon 28 Dec 2026, Fri 1 Jan 2027, Wed 17 Mar 2027, Fri 26 Mar 2027, Mon 29 Mar 2027, "
            "Mon 3 May 2027, Mon 31 May 2027, Mon 12 Jul 2027, Mon 30 Aug 2027, Mon 27 Dec 2027, Tue 28 Dec 2027, "
            "Mon 3 Jan 2028",
        ),
        (
            "any-uk-nation",
            "Fri 25 Dec 2026, Mon 28 Dec 2026, Fri 1 Jan 2027, Mon 4 Jan 2027, Wed 17 Mar 2027, Fri 26 Mar 2027, "
            "Mon 29 Mar 2027, Mon 3 May 2027, Mon 31 May 2027, Mon 12 Jul 2027, Mon 2 Aug 2027, Mon 30 Aug 2027, "
            "Tue 30 Nov 2027, Mon 27 Dec 2027, Tue 28 Dec 2027, Mon 3 Jan 2028, Tue 4 Jan 2028",
        ),
    ],
)
def test_each_part_has_the_days_of_its_published_list(key, days):
    assert closed(key, "Thu 24 Dec 2026", "Tue 4 Jan 2028") == days.split(", ")


@pytest.mark.parametrize("key", ["england-and-wales", "local"])
def test_the_partnership_counts_as_england_and_wales_do_until_it_says_otherwise(key):
    assert closed(key, "Mon 1 Mar 2027", "Tue 30 Mar 2027") == ["Fri 26 Mar 2027", "Mon 29 Mar 2027"]


@pytest.mark.parametrize(
    "start, ends",
    [  # one working day after: England and Wales, Scotland, Northern Ireland, any UK nation
        ("Thu 24 Dec 2026", ("Tue 29 Dec 2026", "Tue 29 Dec 2026", "Tue 29 Dec 2026", "Tue 29 Dec 2026")),
        ("Thu 31 Dec 2026", ("Mon 4 Jan 2027", "Tue 5 Jan 2027", "Mon 4 Jan 2027", "Tue 5 Jan 2027")),
        ("Tue 16 Mar 2027", ("Wed 17 Mar 2027", "Wed 17 Mar 2027", "Thu 18 Mar 2027", "Thu 18 Mar 2027")),
        ("Thu 25 Mar 2027", ("Tue 30 Mar 2027", "Mon 29 Mar 2027", "Tue 30 Mar 2027", "Tue 30 Mar 2027")),
        ("Fri 9 Jul 2027", ("Mon 12 Jul 2027", "Mon 12 Jul 2027", "Tue 13 Jul 2027", "Tue 13 Jul 2027")),
        ("Fri 30 Jul 2027", ("Mon 2 Aug 2027", "Tue 3 Aug 2027", "Mon 2 Aug 2027", "Tue 3 Aug 2027")),
        ("Fri 27 Aug 2027", ("Tue 31 Aug 2027", "Mon 30 Aug 2027", "Tue 31 Aug 2027", "Tue 31 Aug 2027")),
        ("Mon 29 Nov 2027", ("Tue 30 Nov 2027", "Wed 1 Dec 2027", "Tue 30 Nov 2027", "Wed 1 Dec 2027")),
        ("Fri 24 Dec 2027", ("Wed 29 Dec 2027", "Wed 29 Dec 2027", "Wed 29 Dec 2027", "Wed 29 Dec 2027")),
        ("Fri 31 Dec 2027", ("Tue 4 Jan 2028", "Wed 5 Jan 2028", "Tue 4 Jan 2028", "Wed 5 Jan 2028")),
    ],
)
def test_a_working_day_is_counted_in_the_part_that_the_words_name(start, ends):
    assert tuple(last_day(f"1 working day {place}", start) for place in EVERYWHERE) == ends


def test_a_closure_of_our_own_counts_here_and_nowhere_else():
    edition = calendars.edition([Change(day("Tue 3 Mar 2026"), "Offices closed")])
    assert last_day("1 working day", "Mon 2 Mar 2026", edition) == "Wed 4 Mar 2026"
    for place in EVERYWHERE:
        assert last_day(f"1 working day {place}", "Mon 2 Mar 2026", edition) == "Tue 3 Mar 2026"


def test_a_bank_holiday_that_was_announced_late_counts_where_it_was_announced():
    edition = calendars.edition([Change(day("Mon 14 Jun 2027"), "A royal wedding", "england-and-wales")])
    ends = [last_day(words, "Fri 11 Jun 2027", edition) for words in ("1 working day", "1 working day in Scotland")]
    assert ends == ["Tue 15 Jun 2027", "Mon 14 Jun 2027"]
    assert last_day("1 working day in any UK nation", "Fri 11 Jun 2027", edition) == "Tue 15 Jun 2027"


def test_a_bank_holiday_that_was_moved_is_open_on_its_old_day():
    moved = [
        Change(day("Mon 3 May 2027"), "", "england-and-wales", is_open=True),
        Change(day("Fri 7 May 2027"), "Early May bank holiday", "england-and-wales"),
    ]
    edition = calendars.edition(moved)
    assert last_day("1 working day", "Fri 30 Apr 2027", edition) == "Mon 3 May 2027"
    assert last_day("1 working day", "Thu 6 May 2027", edition) == "Mon 10 May 2027"
    assert edition.own.why_closed(day("Fri 7 May 2027")) == "Early May bank holiday"


def test_a_later_change_of_the_same_day_replaces_an_earlier_and_the_order_does_not_matter():
    first, second = (Change(day("Tue 3 Mar 2026"), name) for name in ("Offices closed", "Flood"))
    other = Change(day("Wed 4 Mar 2026"), "Election")
    assert calendars.edition([first, second]).own.why_closed(day("Tue 3 Mar 2026")) == "Flood"
    assert calendars.edition([second, other]).key == calendars.edition([other, second]).key


def test_an_edition_is_kept_and_read_again_as_it_was():
    edition = calendars.edition([Change(day("Tue 3 Mar 2026"), "Offices closed")])
    assert calendars.read(calendars.written(edition)) == edition
    assert calendars.read(calendars.written(edition)).key == edition.key != PLAIN.key == ""


@pytest.mark.parametrize("key", ["mars", "any-uk-nation"])
def test_there_is_no_changing_a_calendar_that_there_is_not(key):
    with pytest.raises(errors.NotUnderstood, match="There is no calendar"):
        Change(day("Tue 3 Mar 2026"), "Closed", key)
    with pytest.raises(errors.NotUnderstood, match="Expected one of"):
        PLAIN.named("mars")


@pytest.mark.parametrize(
    "words, start, clock, ends",
    [
        ("1 working hour", "Mon 2 Mar 2026", "9:00", ("Mon 2 Mar 2026", "10:00")),
        ("8 working hours", "Mon 2 Mar 2026", "9:00", ("Mon 2 Mar 2026", "17:00")),
        ("9 working hours", "Mon 2 Mar 2026", "9:00", ("Tue 3 Mar 2026", "10:00")),
        ("1 working hour", "Mon 2 Mar 2026", "7:15", ("Mon 2 Mar 2026", "10:00")),
        ("1 working hour", "Mon 2 Mar 2026", "16:45", ("Tue 3 Mar 2026", "9:45")),
        ("1 working hour", "Mon 2 Mar 2026", "17:00", ("Tue 3 Mar 2026", "10:00")),
        ("2 working hours", "Fri 6 Mar 2026", "16:00", ("Mon 9 Mar 2026", "10:00")),
        ("2 working hours", "Sat 7 Mar 2026", "12:00", ("Mon 9 Mar 2026", "11:00")),
        ("2 working hours", "Thu 24 Dec 2026", "16:00", ("Tue 29 Dec 2026", "10:00")),
        ("2 working hours", "Fri 27 Mar 2026", "16:00", ("Mon 30 Mar 2026", "10:00")),  # the clocks go forward
        ("2 working hours", "Fri 23 Oct 2026", "16:00", ("Mon 26 Oct 2026", "10:00")),  # the clocks go back
        ("2 working hours in Scotland", "Thu 31 Dec 2026", "16:00", ("Tue 5 Jan 2027", "10:00")),
        ("40 working hours", "Mon 2 Mar 2026", "9:00", ("Fri 6 Mar 2026", "17:00")),
    ],
)
def test_working_hours_run_while_the_offices_are_open(words, start, clock, ends):
    limit, start_at = limit_words.read(words), at(start, clock)
    found = limits.due(limit, start_at=start_at, opened_at=start_at, fact=lambda _: None, calendars=PLAIN)
    assert (found.at, found.on) == (at(*ends), None)


@pytest.mark.parametrize(
    "words, held, ends",
    [
        ("1 working hour before panel.held_at", ("Mon 9 Mar 2026", "10:00"), ("Mon 9 Mar 2026", "9:00")),
        ("2 working hours before panel.held_at", ("Mon 9 Mar 2026", "10:00"), ("Fri 6 Mar 2026", "16:00")),
        ("2 working hours before panel.held_at", ("Sun 8 Mar 2026", "10:00"), ("Fri 6 Mar 2026", "15:00")),
        ("2 working hours before panel.held_at", ("Mon 9 Mar 2026", "20:00"), ("Mon 9 Mar 2026", "15:00")),
    ],
)
def test_working_hours_are_counted_back_too(words, held, ends):
    value, start_at = at(*held).isoformat(), noon("Mon 2 Mar 2026")
    limit = limit_words.read(words)
    found = limits.due(limit, start_at=start_at, opened_at=start_at, fact=lambda _: value, calendars=PLAIN)
    assert found.at == at(*ends)
