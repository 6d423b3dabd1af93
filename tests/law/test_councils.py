"""The times that councils publish, each written in our words and counted over Easter 2026 and Christmas 2026.

An application that comes on Wednesday 25 March 2026 has Easter before it, one on Wednesday 16 December 2026 has
Christmas and New Year. What counts from a later step is counted from the same two days.
"""

import pytest

from app.law import limit_words, limits
from app.law.calendars import Calendars
from tests.law.days import at, day, noon, written

PLAIN = Calendars()
EASTER, CHRISTMAS = "Wed 25 Mar 2026", "Wed 16 Dec 2026"


def due(words, start_at, **facts):
    return limits.due(limit_words.read(words), start_at=start_at, opened_at=start_at, fact=facts.get, calendars=PLAIN)


def last_day(words, start):
    facts = {"panel.held_on": day(start).isoformat()}
    return written(due(words, noon(start), **facts).on)


@pytest.mark.parametrize(
    "council, step, words, ends",
    [
        ("RBKC", "acknowledge", "working day 2", ("Fri 27 Mar 2026", "Fri 18 Dec 2026")),
        ("RBKC", "panel", "working day 10", ("Fri 10 Apr 2026", "Mon 4 Jan 2027")),
        ("RBKC", "letter", "working day 12", ("Tue 14 Apr 2026", "Wed 6 Jan 2027")),
        ("Westminster 2021", "panel", "working day 12", ("Tue 14 Apr 2026", "Wed 6 Jan 2027")),
        ("Westminster 2021", "letter", "12 working days", ("Tue 14 Apr 2026", "Wed 6 Jan 2027")),
        ("Westminster 2023", "letter", "15 working days", ("Fri 17 Apr 2026", "Mon 11 Jan 2027")),
        ("Westminster 2023", "appeal window", "10 working days", ("Fri 10 Apr 2026", "Mon 4 Jan 2027")),
        ("Islington", "acknowledge", "working day 5", ("Wed 1 Apr 2026", "Wed 23 Dec 2026")),
        ("Islington", "information", "21 days", ("Wed 15 Apr 2026", "Wed 6 Jan 2027")),
        ("Islington", "threshold", "working day 15", ("Fri 17 Apr 2026", "Mon 11 Jan 2027")),
        ("Greenwich", "threshold", "4 days", ("Sun 29 Mar 2026", "Sun 20 Dec 2026")),
        ("Greenwich", "panel", "15 days after application", ("Thu 9 Apr 2026", "Thu 31 Dec 2026")),
        ("Greenwich", "letter", "2 days after panel.held_on", ("Fri 27 Mar 2026", "Fri 18 Dec 2026")),
        ("Greenwich, again", "panel", "working day 15", ("Fri 17 Apr 2026", "Mon 11 Jan 2027")),
        ("Richmond", "information", "14 working days", ("Thu 16 Apr 2026", "Fri 8 Jan 2027")),
        ("Richmond", "threshold", "working day 21", ("Mon 27 Apr 2026", "Tue 19 Jan 2027")),
        ("Richmond", "panel", "working day 28", ("Thu 7 May 2026", "Thu 28 Jan 2027")),
        ("Richmond", "papers", "2 working days before panel.held_on", ("Mon 23 Mar 2026", "Mon 14 Dec 2026")),
        ("Richmond", "letter", "7 working days after panel.held_on", ("Tue 7 Apr 2026", "Tue 29 Dec 2026")),
        ("Haringey", "panel", "28 days", ("Wed 22 Apr 2026", "Wed 13 Jan 2027")),
        ("Lambeth", "threshold", "working day 3", ("Mon 30 Mar 2026", "Mon 21 Dec 2026")),
        ("Lambeth", "letter", "10 working days", ("Fri 10 Apr 2026", "Mon 4 Jan 2027")),
        ("Brighton", "acknowledge", "working day 7", ("Tue 7 Apr 2026", "Tue 29 Dec 2026")),
        ("Brighton", "letter", "20 working days", ("Fri 24 Apr 2026", "Mon 18 Jan 2027")),
        ("Manchester", "letter", "working day 20", ("Fri 24 Apr 2026", "Mon 18 Jan 2027")),
        ("Birmingham", "interview", "10 working days", ("Fri 10 Apr 2026", "Mon 4 Jan 2027")),
        ("Birmingham", "appeal window", "20 working days", ("Fri 24 Apr 2026", "Mon 18 Jan 2027")),
        ("East Herts", "threshold", "working day 14", ("Thu 16 Apr 2026", "Fri 8 Jan 2027")),
        ("East Herts", "panel", "21 days", ("Wed 15 Apr 2026", "Wed 6 Jan 2027")),
        ("East Herts", "appeal", "15 working days", ("Fri 17 Apr 2026", "Mon 11 Jan 2027")),
        ("Guildford", "letter", "working day 25", ("Fri 1 May 2026", "Mon 25 Jan 2027")),
        ("Gosport", "acknowledge", "working day 10", ("Fri 10 Apr 2026", "Mon 4 Jan 2027")),
        ("Gosport", "threshold", "15 working days", ("Fri 17 Apr 2026", "Mon 11 Jan 2027")),
        ("Gosport", "panel", "20 working days", ("Fri 24 Apr 2026", "Mon 18 Jan 2027")),
        ("Stockton", "information asked", "2 working days", ("Fri 27 Mar 2026", "Fri 18 Dec 2026")),
        ("Stockton", "threshold", "3 working days", ("Mon 30 Mar 2026", "Mon 21 Dec 2026")),
        ("Stockton", "panel", "5 working days", ("Wed 1 Apr 2026", "Wed 23 Dec 2026")),
        ("Cheltenham", "acknowledge", "1 week", ("Wed 1 Apr 2026", "Wed 23 Dec 2026")),
        ("Cheltenham", "threshold", "3 weeks", ("Wed 15 Apr 2026", "Wed 6 Jan 2027")),
        ("Cheltenham", "panel", "4 weeks", ("Wed 22 Apr 2026", "Wed 13 Jan 2027")),
        ("Cheltenham", "letter", "1 week after panel.held_on", ("Wed 1 Apr 2026", "Wed 23 Dec 2026")),
        ("Newcastle-under-Lyme", "letter", "28 days after application", ("Wed 22 Apr 2026", "Wed 13 Jan 2027")),
        ("Wyre", "panel", "1 month", ("Sat 25 Apr 2026", "Sat 16 Jan 2027")),
        ("Wyre", "appeal", "10 days", ("Sat 4 Apr 2026", "Sat 26 Dec 2026")),
        ("South Bucks", "threshold", "working day 28", ("Thu 7 May 2026", "Thu 28 Jan 2027")),
        ("Bassetlaw", "letter", "working day 25", ("Fri 1 May 2026", "Mon 25 Jan 2027")),
        ("Nuneaton", "acknowledge", "working day 5", ("Wed 1 Apr 2026", "Wed 23 Dec 2026")),
        ("Wales", "letter", "28 days", ("Wed 22 Apr 2026", "Wed 13 Jan 2027")),
        ("South Hams", "letter", "5 working days", ("Wed 1 Apr 2026", "Wed 23 Dec 2026")),
        ("Suffolk", "appeal window", "21 working days", ("Mon 27 Apr 2026", "Tue 19 Jan 2027")),
        ("Hinckley", "file sent", "1 working day", ("Thu 26 Mar 2026", "Thu 17 Dec 2026")),
    ],
)
def test_a_published_time_is_written_in_our_words_and_counted(council, step, words, ends):
    assert (last_day(words, EASTER), last_day(words, CHRISTMAS)) == ends, f"{council}: {step}"


@pytest.mark.parametrize(
    "first, period, last",
    [  # the examples that the Act's “beginning with” is explained by
        ("Sun 15 Mar 2026", "1 month", "Tue 14 Apr 2026"),
        ("Sat 31 Jan 2026", "1 month", "Sat 28 Feb 2026"),
        ("Sat 10 Jan 2026", "6 months", "Thu 9 Jul 2026"),
        ("Sun 31 Aug 2025", "6 months", "Sat 28 Feb 2026"),
        ("Mon 31 Jan 2028", "1 month", "Tue 29 Feb 2028"),
        ("Tue 29 Feb 2028", "1 year", "Wed 28 Feb 2029"),
        ("Mon 2 Mar 2026", "7 days", "Sun 8 Mar 2026"),
        ("Mon 2 Mar 2026", "2 weeks", "Sun 15 Mar 2026"),
        ("Mon 2 Mar 2026", "1 working day", "Mon 2 Mar 2026"),
        ("Sat 7 Mar 2026", "1 working day", "Mon 9 Mar 2026"),
        ("Fri 3 Apr 2026", "2 working days", "Wed 8 Apr 2026"),
    ],
)
def test_a_period_that_begins_with_a_day_counts_that_day(first, period, last):
    words = f"{period} beginning with report.made_on"
    assert written(due(words, noon("Mon 2 Mar 2026"), **{"report.made_on": day(first).isoformat()}).on) == last


@pytest.mark.parametrize(
    "words, start, last",
    [
        ("5 days, or the next working day", "Mon 2 Mar 2026", "Mon 9 Mar 2026"),
        ("5 days, or the working day before", "Mon 2 Mar 2026", "Fri 6 Mar 2026"),
        ("4 days, or the next working day", "Mon 2 Mar 2026", "Fri 6 Mar 2026"),
        ("1 month, or the next working day", "Tue 3 Mar 2026", "Tue 7 Apr 2026"),  # Good Friday
        ("1 month, or the working day before", "Mon 6 Apr 2026", "Wed 6 May 2026"),
        ("1 month, or the working day before", "Fri 6 Mar 2026", "Thu 2 Apr 2026"),  # Easter Monday
        ("9 days, or the next working day", "Wed 16 Dec 2026", "Tue 29 Dec 2026"),
        ("9 days, or the working day before", "Wed 16 Dec 2026", "Thu 24 Dec 2026"),
        ("0 days, or the next working day", "Sat 7 Mar 2026", "Mon 9 Mar 2026"),
        ("3 working days, or the next working day", "Mon 2 Mar 2026", "Thu 5 Mar 2026"),
        ("2 days in Scotland, or the next working day", "Thu 31 Dec 2026", "Tue 5 Jan 2027"),
    ],
)
def test_a_last_day_that_is_no_working_day_moves_where_the_words_say_so(words, start, last):
    assert last_day(words, start) == last


@pytest.mark.parametrize(
    "words, start, instant",
    [
        ("2 working days, by 5pm", "Fri 6 Mar 2026", ("Tue 10 Mar 2026", "17:00")),
        ("2 working days, by midday", "Fri 6 Mar 2026", ("Tue 10 Mar 2026", "12:00")),
        ("2 working days, by 16:30", "Fri 27 Mar 2026", ("Tue 31 Mar 2026", "16:30")),  # summer time has begun
        ("1 month, by 9am", "Sat 31 Jan 2026", ("Sat 28 Feb 2026", "9:00")),
        ("5 days, or the next working day, by 5pm", "Mon 2 Mar 2026", ("Mon 9 Mar 2026", "17:00")),
    ],
)
def test_a_limit_ends_at_the_hour_that_its_words_say(words, start, instant):
    assert due(words, noon(start)).at == at(*instant)


@pytest.mark.parametrize(
    "start, clock, last",
    [
        ("Mon 2 Mar 2026", "15:59", "Tue 3 Mar 2026"),
        ("Mon 2 Mar 2026", "16:00", "Wed 4 Mar 2026"),
        ("Fri 6 Mar 2026", "16:00", "Tue 10 Mar 2026"),
        ("Sat 7 Mar 2026", "10:00", "Mon 9 Mar 2026"),
        ("Sat 7 Mar 2026", "16:00", "Tue 10 Mar 2026"),
        ("Thu 24 Dec 2026", "15:59", "Tue 29 Dec 2026"),
        ("Thu 24 Dec 2026", "16:01", "Wed 30 Dec 2026"),
        ("Thu 2 Apr 2026", "16:00", "Wed 8 Apr 2026"),
        ("Mon 30 Mar 2026", "15:30", "Tue 31 Mar 2026"),  # 14:30 in UTC
    ],
)
def test_what_comes_after_the_cut_off_counts_as_of_the_next_working_day(start, clock, last):
    assert written(due("1 working day, cut-off 4pm", at(start, clock)).on) == last


@pytest.mark.parametrize("words", ["3 working days, extendable by 5 working days", "3 working days, not extendable"])
def test_what_may_be_added_changes_nothing_until_it_is(words):
    assert last_day(words, "Mon 2 Mar 2026") == "Thu 5 Mar 2026"
