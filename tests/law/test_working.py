"""The working of a time limit: what an officer reads out, and the record that a program reads."""

from datetime import datetime

import pytest

from app import errors
from app.law import calendars, limit_words, limits, reading_out, steps, wording, working
from app.law.calendars import Calendars
from app.law.changes import Extension, Hold
from tests.law.days import at, day, written

PLAIN = Calendars()


def worked(words, start, changes=(), edition=PLAIN, **facts):
    """The working of a limit that begins, and was applied for, at an instant: ``("Mon 2 Mar 2026", "9:00")``."""
    limit, start_at = limit_words.read(words), at(*start)
    base = limits.due(limit, start_at=start_at, opened_at=start_at, fact=facts.get, calendars=edition)
    return steps.worked(limit, base, changes, calendars=edition)


def said(*asked, **facts):
    """Its sentences as one text."""
    return " ".join(reading_out.sentences(worked(*asked, **facts))).replace(wording.NBSP, " ")


def hold(from_at, until_at=None, *, undone=False):
    return Hold(at(*from_at), "20 working days", at(*until_at) if until_at else None, undone)


@pytest.mark.parametrize(
    "words, start, facts, sentences",
    [
        (
            "working day 10",
            ("Mon 2 Mar 2026", "14:10"),
            {},
            "10 working days, counted from the day after Monday 2 March 2026, when the application came. "
            "Saturdays and Sundays are not counted. "
            "The last day is Monday 16 March 2026. It is over when that day ends.",
        ),
        (
            "2 working days",
            ("Tue 31 Mar 2026", "9:00"),
            {},
            "2 working days, counted from the day after Tuesday 31 March 2026, when it began. "
            "The last day is Thursday 2 April 2026. It is over when that day ends.",
        ),
        (
            "4 working days",
            ("Fri 22 May 2026", "9:00"),
            {},
            "4 working days, counted from the day after Friday 22 May 2026, when it began. "
            "Saturdays and Sundays are not counted. Monday 25 May, Spring Bank Holiday, is not counted. "
            "The last day is Friday 29 May 2026. It is over when that day ends.",
        ),
        (
            "5 working days, by 5pm",
            ("Wed 23 Dec 2026", "9:00"),
            {},
            "5 working days, counted from the day after Wednesday 23 December 2026, when it began. "
            "Saturdays and Sundays are not counted. These days are not counted: Friday 25 December (Christmas Day), "
            "Monday 28 December (the substitute day for Boxing Day) and Friday 1 January (New Year's Day). "
            "The last day is Monday 4 January 2027. It is over at 5pm on that day.",
        ),
        (
            "2 working days, cut-off 4pm",
            ("Fri 6 Mar 2026", "16:00"),
            {},
            "It began on Friday 6 March 2026 at 4pm. "
            "What comes at 4pm or later counts as of the next working day, Monday 9 March 2026. "
            "2 working days, counted from the day after Monday 9 March 2026. "
            "The last day is Wednesday 11 March 2026. It is over when that day ends.",
        ),
        (
            "working day 2, cut-off 4pm",
            ("Mon 2 Mar 2026", "15:59"),
            {},
            "The application came on Monday 2 March 2026 at 3:59pm, before the cut-off at 4pm, "
            "so it counts as of that day. "
            "2 working days, counted from the day after Monday 2 March 2026, when the application came. "
            "The last day is Wednesday 4 March 2026. It is over when that day ends.",
        ),
        (
            "28 days",
            ("Mon 2 Mar 2026", "9:00"),
            {},
            "28 days, counted from the day after Monday 2 March 2026, when it began. "
            "Every day counts, weekends and bank holidays too. "
            "The last day is Monday 30 March 2026. It is over when that day ends.",
        ),
        (
            "28 days, or the next working day",
            ("Fri 6 Mar 2026", "9:00"),
            {},
            "28 days, counted from the day after Friday 6 March 2026, when it began. "
            "Every day counts, weekends and bank holidays too. "
            "It would end on Friday 3 April 2026, which is Good Friday, "
            "so it goes on to the next working day, Tuesday 7 April 2026. "
            "The last day is Tuesday 7 April 2026. It is over when that day ends.",
        ),
        (
            "5 days, or the working day before",
            ("Mon 2 Mar 2026", "9:00"),
            {},
            "5 days, counted from the day after Monday 2 March 2026, when it began. "
            "Every day counts, weekends and bank holidays too. "
            "It would end on Saturday 7 March 2026, which is not a working day, "
            "so it goes back to the working day before, Friday 6 March 2026. "
            "The last day is Friday 6 March 2026. It is over when that day ends.",
        ),
        (
            "1 month",
            ("Sun 15 Mar 2026", "9:00"),
            {},
            "1 month after Sunday 15 March 2026, when it began. "
            "Months are counted by the date: it ends on the same day of the month. "
            "The last day is Wednesday 15 April 2026. It is over when that day ends.",
        ),
        (
            "1 month beginning with report.made_on",
            ("Mon 2 Mar 2026", "9:00"),
            {"report.made_on": "2026-03-15"},
            "1 month, beginning with Sunday 15 March 2026, the day of the report: that day is the first one counted. "
            "So it ends the day before Wednesday 15 April 2026. "
            "The last day is Tuesday 14 April 2026. It is over when that day ends.",
        ),
        (
            "6 months beginning with report.made_on",
            ("Mon 2 Mar 2026", "9:00"),
            {"report.made_on": "2025-08-31"},
            "6 months, beginning with Sunday 31 August 2025, the day of the report: that day is the first one counted. "
            "February 2026 has no day 31, so the period ends on the last day of that month. "
            "The last day is Saturday 28 February 2026. It is over when that day ends.",
        ),
        (
            "2 working days before panel.held_at",
            ("Mon 2 Mar 2026", "9:00"),
            {"panel.held_at": "2026-04-08T10:00+01:00"},
            "2 working days, counted back from the day before Wednesday 8 April 2026, the day of the panel. "
            "Saturdays and Sundays are not counted. "
            "These days are not counted: Friday 3 April (Good Friday) and Monday 6 April (Easter Monday). "
            "The last day is Thursday 2 April 2026. It is over when that day ends.",
        ),
        (
            "5 working days after told.victim",
            ("Mon 2 Mar 2026", "9:00"),
            {"told.victim": "2026-03-03T10:00+00:00"},
            "5 working days, counted from the day after Tuesday 3 March 2026, the day of the last letter to the victim. "
            "Saturdays and Sundays are not counted. "
            "The last day is Tuesday 10 March 2026. It is over when that day ends.",
        ),
        (
            "by panel.held_on",
            ("Mon 2 Mar 2026", "9:00"),
            {"panel.held_on": "2026-03-13"},
            "It ends with Friday 13 March 2026, the day of the panel. "
            "The last day is Friday 13 March 2026. It is over when that day ends.",
        ),
        (
            "2026-03-06",
            ("Mon 2 Mar 2026", "9:00"),
            {},
            "The end was set. Nothing was counted. The last day is Friday 6 March 2026. It is over when that day ends.",
        ),
        (
            "24 hours",
            ("Sat 28 Mar 2026", "12:00"),
            {},
            "24 hours, counted from Saturday 28 March 2026 at midday, when it began. "
            "The clocks went forward in between. It ends on Sunday 29 March 2026 at 1pm.",
        ),
        (
            "24 hours before panel.held_at",
            ("Mon 2 Mar 2026", "9:00"),
            {"panel.held_at": "2026-10-26T10:00+00:00"},
            "24 hours counted back from Monday 26 October 2026 at 10am, the time of the panel. "
            "It ends on Sunday 25 October 2026 at 10am.",
        ),
        (
            "8 working hours",
            ("Fri 6 Mar 2026", "15:30"),
            {},
            "8 working hours, counted from Friday 6 March 2026 at 3:30pm, when it began. "
            "Working hours run from 9am to 5pm on working days. "
            "Friday 6 March gives 1 hour 30 minutes and Monday 9 March gives 6 hours 30 minutes. "
            "Saturdays and Sundays are not counted. It ends on Monday 9 March 2026 at 3:30pm.",
        ),
    ],
)
def test_the_working_can_be_read_out(words, start, facts, sentences):
    assert said(words, start, **facts) == sentences


EASTER = ("10 working days", ("Wed 25 Mar 2026", "14:10"))  # by the rule until Friday 10 April 2026


@pytest.mark.parametrize(
    "changes, sentences",
    [
        (
            [Extension("3 working days")],
            "It was extended by 3 working days: the end moved from Friday 10 April 2026 to Wednesday 15 April 2026. "
            "The last day is now Wednesday 15 April 2026. It is over when that day ends.",
        ),
        (
            [Extension("3 working days", undone=True)],
            "An extension by 3 working days was taken back, and does not count. "
            "The last day is now Friday 10 April 2026. It is over when that day ends.",
        ),
        (
            [hold(("Mon 30 Mar 2026", "10:00"), ("Tue 7 Apr 2026", "10:00"))],
            "Its clock was stopped on Monday 30 March 2026 at 10am, and ran again on Tuesday 7 April 2026 at 10am. "
            "That time does not count: the end moved from Friday 10 April 2026 to Thursday 16 April 2026. "
            "The last day is now Thursday 16 April 2026. It is over when that day ends.",
        ),
        (
            [hold(("Mon 30 Mar 2026", "10:00"), ("Mon 30 Mar 2026", "17:00"))],
            "Its clock was stopped on Monday 30 March 2026 at 10am, and ran again on Monday 30 March 2026 at 5pm. "
            "No counted time lay in between, so the end stayed. "
            "The last day is now Friday 10 April 2026. It is over when that day ends.",
        ),
        (
            [hold(("Mon 30 Mar 2026", "10:00")), Extension("1 working day")],
            "Its clock was stopped on Monday 30 March 2026 at 10am. Until then it was to end on Friday 10 April 2026. "
            "While the clock is stopped, the limit cannot pass. "
            "An extension by 1 working day counts when the clock runs again. "
            "The clock runs again by Wednesday 29 April 2026 at the latest. "
            "What was left of the limit is left still.",
        ),
    ],
)
def test_what_moved_a_limit_is_read_out_after_its_count(changes, sentences):
    assert said(*EASTER, changes).endswith(f"(Good Friday) and Monday 6 April (Easter Monday). {sentences}")


def test_a_bank_holiday_that_an_extension_meets_is_named():
    assert "Monday 25 May, Spring Bank Holiday, is not counted." in said(
        "2 working days", ("Wed 20 May 2026", "9:00"), [Extension("1 working day")]
    )


def test_each_day_of_the_working_says_what_it_belongs_to():
    changes = [Extension("2 working days"), hold(("Thu 5 Mar 2026", "9:00"), ("Fri 6 Mar 2026", "9:00"))]
    found = worked("2 days, or the next working day", ("Thu 5 Mar 2026", "9:00"), changes)
    assert [(written(one.on), one.number, one.why_not, one.part) for one in found.days] == [
        ("Fri 6 Mar 2026", 1, "", "rule"),
        ("Sat 7 Mar 2026", 2, "", "rule"),
        ("Sun 8 Mar 2026", None, "Sunday", "moved"),
        ("Mon 9 Mar 2026", None, "", "moved"),
        ("Tue 10 Mar 2026", 1, "", "extension"),
        ("Wed 11 Mar 2026", 2, "", "extension"),
        ("Thu 12 Mar 2026", 1, "", "hold"),
    ]


def test_a_limit_in_working_hours_shows_what_each_day_gave():
    record = working.record(worked("8 working hours", ("Fri 6 Mar 2026", "15:30")))
    assert [(one["on"], one.get("time", ""), one["why_not"]) for one in record["working"]] == [
        ("2026-03-06", "1 hour 30 minutes", ""),
        ("2026-03-07", "", "Saturday"),
        ("2026-03-08", "", "Sunday"),
        ("2026-03-09", "6 hours 30 minutes", ""),
    ]


def test_the_record_has_everything_a_program_needs():
    record = working.record(worked("1 working day", ("Fri 27 Mar 2026", "9:00"), [Extension("1 day")]))
    assert record == {
        "rule": "1 working day",
        "rule_in_words": "1 working day",
        "starts": "when it began",
        "start_at": "2026-03-27T09:00:00+00:00",
        "start_on": "2026-03-27",
        "unit": "working day",
        "calendar": "local",
        "calendar_edition": calendars.PACKAGE,
        "due_at": "2026-04-01T00:00:00+01:00",
        "due_on": "2026-03-31",
        "working": [
            {"on": "2026-03-28", "day": "Saturday 28 March 2026", "counted": None, "why_not": "Saturday"}
            | {"part": "rule"},
            {"on": "2026-03-29", "day": "Sunday 29 March 2026", "counted": None, "why_not": "Sunday", "part": "rule"},
            {"on": "2026-03-30", "day": "Monday 30 March 2026", "counted": 1, "why_not": "", "part": "rule"},
            {"on": "2026-03-31", "day": "Tuesday 31 March 2026", "counted": 1, "why_not": "", "part": "extension"},
        ],
        "changes": [
            {
                "kind": "extension",
                "by": "1 day",
                "undone": False,
                "old": {"due_at": "2026-03-31T00:00:00+01:00", "due_on": "2026-03-30"},
                "new": {"due_at": "2026-04-01T00:00:00+01:00", "due_on": "2026-03-31"},
            }
        ],
        "sentences": [
            "1 working day, counted from the day after Friday 27 March 2026, when it began.",
            "Saturdays and Sundays are not counted.",
            "It was extended by 1 day: the end moved from Monday 30 March 2026 to Tuesday 31 March 2026.",
            "The last day is now Tuesday 31 March 2026.",
            "It is over when that day ends.",
        ],
    }


def test_a_hold_stands_in_the_record_with_its_instants():
    changes = [hold(("Mon 30 Mar 2026", "10:00"), ("Tue 31 Mar 2026", "10:00"), undone=True)]
    (change,) = working.record(worked("1 working day", ("Fri 27 Mar 2026", "9:00"), changes))["changes"]
    assert (change["from_at"], change["until_at"], change["undone"]) == (
        "2026-03-30T10:00:00+01:00",
        "2026-03-31T10:00:00+01:00",
        True,
    )
    assert change["old"] == change["new"]


def test_the_record_names_the_edition_of_the_calendars():
    edition = calendars.edition([calendars.Change(day("Tue 3 Mar 2026"), "Offices closed")])
    record = working.record(worked("1 working day", ("Mon 2 Mar 2026", "9:00"), edition=edition))
    assert record["calendar_edition"] == f"{calendars.PACKAGE}, edition {edition.key}"
    assert record["working"][0]["why_not"] == "Offices closed"


@pytest.mark.parametrize(
    "words",
    [
        "3 working days",
        "working day 3, cut-off 8am",
        "2 working days before panel.held_on, cut-off 9am, by 5pm",
        "3 hours before panel.held_at",
        "1 month beginning with panel.held_on, or the next working day",
        "4 working hours",
        "2026-03-06",
        "2026-03-06T10:00+00:00",
    ],
)
def test_a_limit_is_counted_anew_from_what_it_counted_from(words):
    facts = {"panel.held_on": "2026-03-13", "panel.held_at": "2026-03-13T10:00+00:00"}
    found = worked(words, ("Mon 2 Mar 2026", "9:00"), **facts)
    assert steps.anew(found.limit, found.base.start_at, calendars=PLAIN) == found.base


def test_a_round_is_counted_anew_from_the_end_of_the_one_before():
    cycle = limit_words.read_cycle("every 5 working days, cut-off 4pm, by 5pm")
    first = worked("5 working days, by 5pm", ("Mon 2 Mar 2026", "9:00")).base
    second = limits.next_round(cycle, first, calendars=PLAIN)
    assert written(second.on) == "Mon 16 Mar 2026"
    again = steps.anew(steps.read("every 5 working days, cut-off 4pm, by 5pm"), second.start_at, calendars=PLAIN)
    assert (again.at, again.start_at) == (second.at, second.start_at)


def test_a_round_that_ends_just_after_midnight_loses_no_day():
    cycle = limit_words.read_cycle("every 2 days, by 12:30am")
    first = worked("2 days, by 12:30am", ("Mon 2 Mar 2026", "9:00")).base
    assert written(limits.next_round(cycle, first, calendars=PLAIN).on) == "Fri 6 Mar 2026"


def test_a_rule_is_read_whether_it_comes_round_again_or_not():
    assert steps.read("every 28 days").words == "28 days" and steps.read("P28D").amount == 28
    assert [steps.comes_again(rule) for rule in ("every 28 days", "R3/P28D", "28 days", "soon")] == [
        True,
        True,
        False,
        False,
    ]
    with pytest.raises(errors.NotUnderstood, match="‘soon’ is not a time limit"):
        steps.read("soon")


def test_an_instant_with_an_hour_is_no_whole_day():
    assert limits.is_whole_day(limits.end_of_day(day("Sun 29 Mar 2026")))
    assert not limits.is_whole_day(datetime.fromisoformat("2026-03-29T21:59+00:00"))
