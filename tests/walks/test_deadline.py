"""Counting a time limit from the command line."""

import json

import pytest
from click.testing import CliRunner

from app.cli.commands import trigger
from app.law import limit_words


def asked(*words):
    """What the command answers; it is given no application, because it needs none."""
    return CliRunner().invoke(trigger, ["deadline", *words])


def counted(*words):
    found = asked(*words, "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.output)


def test_a_time_limit_is_counted_with_its_working():
    found = counted("10 working days", "--from", "2026-12-23T16:30", "--calendar", "england-and-wales")
    assert (found["due_at"], found["due_on"]) == ("2027-01-12T00:00:00+00:00", "2027-01-11")
    assert [(day["on"], day["counted"], day["why_not"]) for day in found["working"]][:6] == [
        ("2026-12-24", 1, ""),
        ("2026-12-25", None, "Christmas Day"),
        ("2026-12-26", None, "Saturday"),
        ("2026-12-27", None, "Sunday"),
        ("2026-12-28", None, "the substitute day for Boxing Day"),
        ("2026-12-29", 2, ""),
    ]


def test_without_json_it_is_said_in_sentences_and_day_by_day():
    said = asked("2 working days", "--from", "2026-03-06").output.splitlines()
    assert "The last day is Tuesday 10 March 2026." in [line.replace("\u00a0", " ") for line in said]
    assert said[-1] == "    2  Tuesday 10 March 2026"
    assert "    -  Saturday 7 March 2026. Not counted: Saturday" in said


@pytest.mark.parametrize(
    "from_, words, due",
    [
        ("2026-07-06T10:00", "1 hour", "2026-07-06T11:00:00+01:00"),  # London time, where no zone is written
        ("2026-07-06T10:00Z", "1 hour", "2026-07-06T12:00:00+01:00"),
        ("2026-07-06", "1 day", "2026-07-08T00:00:00+01:00"),
        ("2026-07-06", "1 working day, cut-off 4pm", "2026-07-08T00:00:00+01:00"),  # a day has no hour
        ("2026-07-06T16:00", "1 working day, cut-off 4pm", "2026-07-09T00:00:00+01:00"),
    ],
)
def test_it_begins_at_an_instant_or_with_a_day(from_, words, due):
    assert counted(words, "--from", from_)["due_at"] == due


def test_it_counts_from_a_fact_and_from_the_application():
    panel = ("--from", "2026-12-23", "--fact", "panel.held_at=2027-01-10")
    assert counted("2 working days before panel.held_at", *panel)["due_on"] == "2027-01-07"
    opened = ("--from", "2026-03-09", "--opened", "2026-03-02")
    assert counted("working day 10", *opened)["due_on"] == "2026-03-16"


def test_words_that_name_a_calendar_are_counted_in_it():
    asked_in = ("--from", "2026-11-27", "--calendar", "england-and-wales")
    assert counted("1 working day", *asked_in)["due_on"] == "2026-11-30"
    assert counted("1 working day in Scotland", *asked_in)["due_on"] == "2026-12-01"  # St Andrew's Day


@pytest.mark.parametrize(
    "words, expected",
    [
        (("10 workdays", "--from", "2026-03-02"), "Expected a time limit such as"),
        (("10 working days", "--from", "Monday"), "Expected a day such as 2026-12-23"),
        (("10 working days", "--from", "2026-02-30"), "Expected a day such as 2026-12-23"),
        (("10 working days", "--from", "2026-02-30T25:00"), "Expected a day such as 2026-12-23"),
        (("10 working days", "--from", "2026-03-02", "--calendar", "mars"), "Expected one of: england-and-wales"),
        (("10 working days", "--from", "2026-03-02", "--fact", "panel"), "Expected panel.held_on=2027-01-10"),
        (("by panel.held_on", "--from", "2026-03-02"), "--fact panel.held_on=2027-01-10"),
        (("10 working days",), "Missing option"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_was_expected(words, expected):
    found = asked(*words)
    assert found.exit_code == 2
    assert expected in " ".join(found.output.split())


def test_its_help_lists_every_word_that_it_reads():
    said = asked("--help").output
    assert all(words in said for words, _ in limit_words.READS)
