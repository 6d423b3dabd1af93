"""Files with bank holidays and closures: read whole, or refused with each line and entry that is wrong."""

import json
from datetime import date

import pytest

from app import errors
from app.editor import holiday_files
from app.law.calendars import ENGLAND_AND_WALES, LOCAL, NORTHERN_IRELAND, SCOTLAND, Change

NEW_YEAR = {"title": "New Year’s Day", "date": "2027-01-01", "notes": "", "bunting": True}


def divisions(**events):
    return json.dumps({name.replace("_", "-"): {"division": name, "events": found} for name, found in events.items()})


def entries(*events):
    inside = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\n{event}\r\nEND:VEVENT\r\n" for n, event in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:tests\r\n{inside}END:VCALENDAR\r\n"


def read(name, text, calendar=""):
    return holiday_files.read(name, text.encode(), calendar)


def problems(name, text):
    with pytest.raises(errors.Refused) as refused:
        read(name, text)
    return refused.value.problems


def test_bank_holidays_as_gov_uk_publishes_them():
    text = divisions(england_and_wales=[NEW_YEAR], scotland=[NEW_YEAR], northern_ireland=[])
    day = date(2027, 1, 1)
    assert read("bank-holidays.json", text) == [
        Change(day, "New Year’s Day", ENGLAND_AND_WALES),
        Change(day, "New Year’s Day", SCOTLAND),
    ]
    assert read("bank-holidays.json", text, SCOTLAND) == [Change(day, "New Year’s Day", SCOTLAND)]
    with pytest.raises(errors.Refused, match="no day"):
        read("bank-holidays.json", text, NORTHERN_IRELAND)


def test_a_calendar_with_days_and_stretches_of_days():
    text = entries(
        "DTSTART;VALUE=DATE:20271224\r\nSUMMARY:Offices closed",
        "DTSTART;VALUE=DATE:20271229\r\nDTEND;VALUE=DATE:20271231\r\nSUMMARY:Between the years",
    )
    assert [(change.day.day, change.name, change.calendar) for change in read("closed.ics", text)] == [
        (24, "Offices closed", LOCAL),
        (29, "Between the years", LOCAL),
        (30, "Between the years", LOCAL),
    ]
    assert {change.calendar for change in read("closed.ICS", text, SCOTLAND)} == {SCOTLAND}


def test_a_table_with_its_calendar_and_with_days_that_are_open():
    text = (
        '\ufeffday,name,calendar,open\n2027-12-24,Offices closed,,\n2027-08-30,"Summer, late",england-and-wales,Yes\n\n'
    )
    assert read("closed.csv", text) == [
        Change(date(2027, 12, 24), "Offices closed", LOCAL),
        Change(date(2027, 8, 30), "Summer, late", ENGLAND_AND_WALES, is_open=True),
    ]
    assert read("closed.csv", "day,name\n2027-12-24,Closed\n", SCOTLAND)[0].calendar == SCOTLAND


@pytest.mark.parametrize(
    "text, where, says",
    [
        (divisions(england_and_wales=[NEW_YEAR | {"date": "2027-13-01"}]), "england-and-wales, event 1", "not a day"),
        (divisions(scotland=[NEW_YEAR, NEW_YEAR | {"date": 7}]), "scotland, event 2", "Expected a day such as"),
        (divisions(scotland=[NEW_YEAR | {"title": " "}]), "scotland, event 1", "no name"),
        (divisions(scotland=["2027-01-01"]), "scotland, event 1", "Expected an event"),
        (divisions(wales=[NEW_YEAR]), "wales", "no division"),
        ('{"scotland": []}', "scotland", "list of ‘events’"),
        ("[]", "h.json", "Expected the divisions"),
        ("{}", "h.json", "Expected the divisions"),
        ('{"scotland"', "h.json", "line 1"),
        ("[" * 100_000, "h.json", "cannot be read"),
    ],
)
def test_what_is_wrong_in_the_json_is_named(text, where, says):
    found = problems("h.json", text)
    assert list(found) == [where] and says in found[where]


@pytest.mark.parametrize(
    "event, says",
    [
        ("SUMMARY:Closed", "DTSTART"),
        ("DTSTART;VALUE=DATE:20271224", "no name"),
        ("DTSTART:20271224T090000Z\r\nSUMMARY:Closed", "time of day"),
        ("DTSTART;VALUE=DATE:20271224\r\nDTEND;VALUE=DATE:20271224\r\nSUMMARY:Closed", "lasts 0 days"),
        ("DTSTART;VALUE=DATE:20271224\r\nDTEND;VALUE=DATE:20271222\r\nSUMMARY:Closed", "Expected 1 to 366"),
        ("DTSTART;VALUE=DATE:20271224\r\nDTEND;VALUE=DATE:99991224\r\nSUMMARY:Closed", "Expected 1 to 366"),
        ("DTSTART;VALUE=DATE:20271224\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Closed", "comes again"),
        ("DTSTART;VALUE=DATE:99991224\r\nSUMMARY:Closed", "too far away"),
        ("DTSTART;VALUE=DATE:20271399\r\nSUMMARY:Closed", ""),
    ],
)
def test_what_is_wrong_in_a_calendar_is_named(event, says):
    found = problems("h.ics", entries("DTSTART;VALUE=DATE:20271224\r\nSUMMARY:Closed", event))
    assert list(found) == ["entry 2"] and says in found["entry 2"], found


@pytest.mark.parametrize(
    "text", ["", "hello", "BEGIN:VCALENDAR\r\n", "BEGIN:VEVENT\r\nEND:VCALENDAR", "\x00", entries()]
)
def test_what_is_no_calendar_is_refused(text):
    assert list(problems("h.ics", text)) == ["h.ics"]


@pytest.mark.parametrize(
    "text, where, says",
    [
        ("day,name\n24.12.2027,Closed", "line 2", "Expected a day such as 2027-12-24"),
        ("day,name\n2027-12-24,", "line 2", "no name"),
        ("day,name\n2027-12-24,Closed,local", "line 2", "Expected 2"),
        ("day,name,calendar\n2027-12-24,Closed,wales", "line 2", "no calendar"),
        ("day,name,calendar\n2027-12-24,Closed,any-uk-nation", "line 2", "no calendar"),
        ("day,name,calendar,open\n2027-12-24,Closed,local,perhaps", "line 2", "Expected yes or no"),
        ("2027-12-24,Closed", "h.csv", "Expected the first line"),
        ("", "h.csv", "Expected the first line"),
        ("day,name\n", "h.csv", "no day"),
        ('day,name\n2027-12-24,"Closed', "h.csv", "line 2"),
    ],
)
def test_what_is_wrong_in_a_table_is_named(text, where, says):
    found = problems("h.csv", text)
    assert list(found) == [where] and says in found[where], found


def test_every_wrong_line_is_named_at_once():
    assert list(problems("h.csv", "day,name\nx,Closed\n2027-12-24,Closed\ny,Closed")) == ["line 2", "line 4"]


def test_a_file_of_another_kind_in_other_letters_or_too_large_is_refused():
    assert "Expected a file whose name ends in .json, .ics, .csv" in problems("h.xls", "x")["h.xls"]
    with pytest.raises(errors.Refused, match="UTF-8"):
        holiday_files.read("h.csv", b"day,name\n2027-12-24,\xe9")
    with pytest.raises(errors.Refused, match="too large"):
        holiday_files.read("h.csv", b"x" * 1_000_001)
