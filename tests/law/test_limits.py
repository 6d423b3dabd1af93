"""Time limits: what is read from words, what is refused, and when a limit is over."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app import errors
from app.law import calendar, limit_words, limits
from app.law.calendars import Calendars
from tests.law.days import at, day, noon, written

ENGLAND = Calendars()
OPENED = noon("Mon 2 Mar 2026")


def due(words, start=OPENED, opened=OPENED, **facts):
    return limits.due(limit_words.read(words), start_at=start, opened_at=opened, fact=facts.get, calendars=ENGLAND)


@pytest.mark.parametrize(
    "words, amount, unit, anchor",
    [
        ("3 working days", 3, "working day", "start"),
        ("1 working day", 1, "working day", "start"),
        ("  10   Working Days ", 10, "working day", "start"),
        ("28 days", 28, "day", "start"),
        ("24 hours", 24, "hour", "start"),
        ("90 minutes", 90, "minute", "start"),
        ("2 weeks", 2, "week", "start"),
        ("1 month", 1, "month", "start"),
        ("1 year", 12, "month", "start"),
        ("0 days", 0, "day", "start"),
        ("working day 10", 10, "working day", "application"),
        ("Working day 1", 1, "working day", "application"),
        ("2 working days before panel.held_on", -2, "working day", "panel.held_on"),
        ("2 working days after the panel.held_on", 2, "working day", "panel.held_on"),
        ("3 hours before panel.held_at", -3, "hour", "panel.held_at"),
        ("1 day before Panel.Held_on", -1, "day", "Panel.Held_on"),
        ("5 days after application", 5, "day", "application"),
        ("by panel.held_on", 0, "day", "panel.held_on"),
        ("P10D", 10, "day", "start"),
        ("P2W", 2, "week", "start"),
        ("P1M", 1, "month", "start"),
        ("P1Y6M", 18, "month", "start"),
        ("PT24H", 24, "hour", "start"),
        ("PT90M", 90, "minute", "start"),
        ("PT1H30M", 90, "minute", "start"),  # as FEEL writes duration("PT90M")
        ("P1DT2H30M", 1590, "minute", "start"),
        ("P1DT2H", 26, "hour", "start"),
        ("2026-03-06", 0, "day", "start"),
        ("2026-03-06T16:00+00:00", 0, "day", "start"),
    ],
)
def test_a_limit_is_read_from_words(words, amount, unit, anchor):
    limit = limit_words.read(words)
    assert (limit.amount, limit.unit, limit.anchor) == (amount, unit, anchor)
    assert limit.words == " ".join(words.split())


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "soon",
        "three working days",
        "10",
        "working days",
        "-1 days",
        "+3 days",
        "3.5 days",
        "3 workdays",
        "10 working days before",
        "10 working days before 5",
        "before panel.held_on",
        "by",
        "by 5",
        "working day ten",
        "1 hour 30 minutes",
        "P",
        "PT",
        "P1",
        "1D",
        "P-1D",
        "P1D P1D",
        "P1M2D",
        "PT1S",
        "P1.5D",
        "2026-02-30",
        "2026-2-3",
        "06/03/2026",
        "2026-03-06T16:00",
        "2026-03-06 16:00",
        "9999-12-31",
        "0001-01-01",
        "9999-12-31T23:59+00:00",
        "=timescale(1)",
    ],
)
def test_words_that_are_no_limit_are_refused_with_what_was_expected(words):
    with pytest.raises(errors.NotUnderstood) as refused:
        limit_words.read(words)
    said = str(refused.value)
    assert words.strip() in said and ("Expected a time limit such as" in said or "Expected one" in said)
    assert refused.value.source.strip() == words.strip()


@pytest.mark.parametrize(
    "longest, too_long",
    [
        ("1000 working days", "1001 working days"),
        ("working day 1000", "working day 1001"),
        ("4000 days", "4001 days"),
        ("520 weeks", "521 weeks"),
        ("120 months", "121 months"),
        ("10 years", "11 years"),
        ("10000 hours", "10001 hours"),
        ("100000 minutes", "100001 minutes"),
        ("P10Y", "P11Y"),
        ("1000 working days before panel.held_on", "1001 working days before panel.held_on"),
    ],
)
def test_a_limit_has_a_largest_length(longest, too_long):
    limit_words.read(longest)
    with pytest.raises(errors.NotUnderstood, match="Expected at most"):
        limit_words.read(too_long)


@pytest.mark.parametrize(
    "words", ["P99999999999Y", "P9999999M", "999999999999 days", "9" * 5_000 + " days", "P" * 5_000]
)
def test_a_limit_that_would_count_without_end_is_refused_at_once(words):
    with pytest.raises(errors.NotUnderstood):
        limit_words.read(words)


ALPHABET = st.sampled_from(
    [
        *"0 1 2 10 99999 P T D M Y W H R / - : . + Z day days working month before after by the panel.held_on".split(),
        *(
            "2026-03-06",
            "working hours",
            "beginning with",
            "from",
            "in Scotland",
            "in any UK nation",
            "in Mars",
            "every",
        ),
        *(", ", ", by 5pm", ", by midday", ", by 25:00", ", cut-off 4pm", ", cut-off", ", or the next working day"),
        *(", or the working day before", ", extendable by", ", extendable by 5 working days", ", not extendable"),
    ]
)


@given(
    st.text(max_size=40) | st.lists(ALPHABET, max_size=8).map(" ".join) | st.lists(ALPHABET, max_size=8).map("".join)
)
@example("2026-W53-7")
@example("²  days")
@example("٣ days")
@example("1 day, by ²pm")
@example("1 day, cut-off 0am")
@example("1 day, " + "extendable by " * 2_000 + "1 day")
@example("10000 working hours before panel.held_on in any UK nation")
@example("1 day, extendable by every 5 days")
def test_reading_raises_nothing_but_not_understood(words):
    for read in (limit_words.read, limit_words.read_cycle):
        try:
            found = read(words)
        except errors.NotUnderstood:
            continue
        limit = found if read is limit_words.read else found.each
        assert limits.due(
            limit, start_at=OPENED, opened_at=OPENED, fact=lambda _: "2026-03-06", calendars=ENGLAND
        ).at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "words, start, last",
    [
        ("3 working days", "Mon 2 Mar 2026", "Thu 5 Mar 2026"),
        ("2 working days", "Wed 23 Dec 2026", "Tue 29 Dec 2026"),
        ("28 days", "Mon 2 Mar 2026", "Mon 30 Mar 2026"),
        ("2 weeks", "Fri 18 Dec 2026", "Fri 1 Jan 2027"),  # counted in days, so a bank holiday is a day like any other
        ("1 month", "Sat 31 Jan 2026", "Sat 28 Feb 2026"),
        ("P1M", "Mon 31 Jan 2028", "Tue 29 Feb 2028"),
        ("1 year", "Tue 29 Feb 2028", "Wed 28 Feb 2029"),
        ("0 days", "Mon 2 Mar 2026", "Mon 2 Mar 2026"),
        ("0 working days", "Sat 7 Mar 2026", "Sat 7 Mar 2026"),
    ],
)
def test_a_limit_in_days_ends_with_a_day(words, start, last):
    found = due(words, start=noon(start))
    assert (written(found.on), found.at) == (last, calendar.end_of(day(last)))


@pytest.mark.parametrize(
    "words, start, clock, instant",
    [
        (
            "24 hours",
            "Sat 28 Mar 2026",
            "12:00",
            "2026-03-29T12:00+00:00",
        ),  # one o'clock on the wall: the night is short
        ("24 hours", "Sat 24 Oct 2026", "12:00", "2026-10-25T11:00+00:00"),
        ("90 minutes", "Sun 25 Oct 2026", "0:45", "2026-10-25T01:15+00:00"),
        ("1 day", "Sat 28 Mar 2026", "12:00", "2026-03-29T23:00+00:00"),
        ("1 day", "Sat 24 Oct 2026", "12:00", "2026-10-26T00:00+00:00"),
        ("1 working day", "Fri 27 Mar 2026", "9:00", "2026-03-30T23:00+00:00"),
        ("1 working day", "Fri 23 Oct 2026", "9:00", "2026-10-27T00:00+00:00"),
    ],
)
def test_the_clocks_going_forward_or_back_change_instants_and_no_days(words, start, clock, instant):
    assert due(words, start=at(start, clock)).at == datetime.fromisoformat(instant)


def test_a_limit_in_hours_has_no_last_day():
    assert due("24 hours").on is None and due("24 hours").working == ()


@pytest.mark.parametrize("clock", ["0:00", "9:00", "23:59"])
def test_the_time_of_day_at_which_a_limit_in_days_starts_does_not_matter(clock):
    assert written(due("3 working days", start=at("Mon 2 Mar 2026", clock)).on) == "Thu 5 Mar 2026"


def test_an_instant_after_midnight_in_london_belongs_to_the_new_day():
    late = datetime.fromisoformat("2026-07-10T23:30+00:00")  # half past midnight on Saturday
    assert written(due("1 day", start=late).on) == "Sun 12 Jul 2026"


def test_a_numbered_working_day_counts_from_the_application():
    found = due("working day 10", start=noon("Mon 9 Mar 2026"))
    assert (written(found.on), found.start_at) == ("Mon 16 Mar 2026", OPENED)


@pytest.mark.parametrize(
    "words, held, last",
    [
        ("2 working days before panel.held_on", "2026-03-13", "Wed 11 Mar 2026"),
        ("2 working days before panel.held_on", "2027-03-30", "Wed 24 Mar 2027"),
        ("2 working days before panel.held_on", "2026-03-13T10:00+00:00", "Wed 11 Mar 2026"),
        ("2 working days after panel.held_on", "2026-12-24", "Wed 30 Dec 2026"),
        ("1 month before panel.held_on", "2026-03-31", "Sat 28 Feb 2026"),
        ("1 week before panel.held_on", "2026-03-13", "Fri 6 Mar 2026"),
        ("by panel.held_on", "2026-03-13", "Fri 13 Mar 2026"),
        ("by panel.held_on", "2026-10-25", "Sun 25 Oct 2026"),
    ],
)
def test_a_limit_can_count_from_a_fact(words, held, last):
    assert written(due(words, **{"panel.held_on": held}).on) == last


@pytest.mark.parametrize(
    "held", [None, "", "Friday", 5, True, ["2026-03-13"], "2026-03-13T10:00", "9999-12-31", "2026-02-30"]
)
def test_a_limit_that_counts_from_no_date_says_so(held):
    with pytest.raises(errors.CannotGoOn, match="counts from panel.held_on, which has no date yet"):
        due("by panel.held_on", **{"panel.held_on": held})


def test_a_limit_on_a_day_ends_with_it_and_at_an_instant_with_the_instant():
    assert written(due("2026-03-06").on) == "Fri 6 Mar 2026"
    assert due("2026-07-06T10:00+01:00").at == datetime.fromisoformat("2026-07-06T09:00+00:00")
    assert due("2026-07-06T10:00+01:00").on is None


def test_a_limit_shows_how_it_was_counted():
    working = due("2 working days", start=noon("Thu 24 Dec 2026")).working
    assert [(written(one.day), one.number) for one in working if one.number] == [
        ("Tue 29 Dec 2026", 1),
        ("Wed 30 Dec 2026", 2),
    ]
    assert all(one.why_not for one in working if not one.number)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(0, 100))
def test_a_longer_limit_never_ends_earlier(start, amount):
    for unit in ("working days", "days", "weeks", "months", "hours"):
        if unit != "months" or amount < 120:
            shorter, longer = (due(f"{n} {unit}", start=noon(written(start))) for n in (amount, amount + 1))
            assert shorter.at < longer.at


@pytest.mark.parametrize(
    "words, amount, unit, times",
    [
        ("every 28 days", 28, "day", None),
        ("Every 1 working day", 1, "working day", None),
        ("R3/P28D", 28, "day", 3),
        ("R/P1M", 1, "month", None),
        ("R999/PT1H", 1, "hour", 999),
    ],
)
def test_a_limit_that_comes_round_again_is_read_from_words(words, amount, unit, times):
    cycle = limit_words.read_cycle(words)
    assert (cycle.each.amount, cycle.each.unit, cycle.times) == (amount, unit, times)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "28 days",
        "every",
        "every soon",
        "every 0 days",
        "every by panel.held_on",
        "every 2 days before panel.held_on",
        "every working day 3",
        "every 2026-03-06",
        "R0/P1D",
        "R1000/P1D",
        "R1000000/PT0S",
        "R/PT0S",
        "R2/PT0M",
        "R/P",
        "R3/2026-03-06",
        "R3/P1D/P1D",
    ],
)
def test_words_that_do_not_say_how_often_are_refused(words):
    with pytest.raises(errors.NotUnderstood):
        limit_words.read_cycle(words)


@pytest.mark.parametrize(
    "words, now, last",
    [
        ("every 7 days", "Tue 10 Mar 2026", "Mon 16 Mar 2026"),
        ("every 7 days", "Mon 16 Mar 2026", "Mon 16 Mar 2026"),
        ("every 7 days", "Wed 1 Apr 2026", "Mon 6 Apr 2026"),
        ("every 5 working days", "Mon 30 Mar 2026", "Mon 30 Mar 2026"),
        ("every 5 working days", "Tue 31 Mar 2026", "Wed 8 Apr 2026"),  # Easter is from Friday 3 to Monday 6 April
    ],
)
def test_rounds_that_were_missed_are_one(words, now, last):
    cycle = limit_words.read_cycle(words)
    coming = limits.following(cycle, due(words[6:]), now_at=noon(now), calendars=ENGLAND)
    assert written(coming.on) == last


@pytest.mark.parametrize("words, minutes", [("every 1 minute", 1), ("every 90 minutes", 90), ("every 24 hours", 1440)])
def test_rounds_of_minutes_that_were_missed_for_years_are_one_at_once(words, minutes):
    cycle, first = limit_words.read_cycle(words), due(words[6:])
    now = OPENED + timedelta(days=3_650, seconds=30)
    coming = limits.following(cycle, first, now_at=now, calendars=ENGLAND)
    assert now < coming.at <= now + timedelta(minutes=minutes)
    assert (coming.at - first.at) % timedelta(minutes=minutes) == timedelta(0)
    assert coming.at - coming.start_at == timedelta(minutes=minutes) and coming.on is None


def test_a_round_that_is_still_to_come_stays():
    first = due("7 days")
    assert limits.following(limit_words.read_cycle("every 7 days"), first, now_at=OPENED, calendars=ENGLAND) == first
