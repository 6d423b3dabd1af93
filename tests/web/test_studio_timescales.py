"""Every time limit of a draft on one page, with what it comes to in dates, and changed there with ordinary forms."""

from datetime import date

import pytest

from app.cases import procedures
from app.drawing import decisions
from app.drawing.reading import read
from app.editor import drafts
from app.editor.time_limits import changing, dating, listing
from app.editor.time_limits.changing import Typed
from app.law import calendars
from app.store import timers
from tests.web.studio import OWNER, SENIOR, form_to, kept, said

ROW = "row-acknowledge"
STEP, FILE = "acknowledge_application", "asb_case_review.bpmn"


@pytest.fixture
def page(draft):
    """The address of the page."""
    return f"{draft}/timescales"


def row(found, key):
    """The words of one row."""
    return " ".join(" ".join(found.get_element_by_id(key).itertext()).replace("\u00a0", " ").split())


def change(person, page, key, answers, day="2026-03-02"):
    """Open the form of one limit and send it."""
    found = person.get(f"{page}?from={day}&change={key}")
    return person.fill(form_to(found, f"/timescales#{key}"), answers)


def agreed(draft, milestone):
    """The cells of the rows for a milestone: limit and warning."""
    [table] = decisions.read(drafts.file(kept(draft), "timescales.dmn"), "timescales.dmn")
    return [rule.results[:2] for rule in table.rules if rule.tests[0] == f'"{milestone}"']


def on_its_own(person, draft, words, step=STEP, file=FILE):
    """Put a limit of its own on a step; gives its key on the page."""
    outline = f"{draft}/files/{file}/outline"
    person.fill(form_to(person.get(f"{outline}/steps/{step}/limit"), "/limit"), {"limit": words})
    drawing = read(drafts.file(kept(draft), file), file)
    [clock] = [one for one in drawing.elements if one.attached_to == step and one.timer == words]
    return f"own-{file.partition('.')[0]}-{clock.id}"


def publish(draft, clock):
    """Make the files of a draft live."""
    return procedures.publish(drafts.content(kept(draft)), by="tests", note="", clock=clock)


@pytest.mark.parametrize(
    ("words", "day", "ends"),
    [
        ("5 working days", "2026-04-02", "Monday 13 April"),  # Good Friday and Easter Monday lie in between
        ("working day 3", "2026-12-24", "Thursday 31 December"),  # Boxing Day is a Saturday, Monday its substitute
        ("28 days", "2026-12-24", "Thursday 21 January 2027"),
        ("1 month", "2027-01-31", "Sunday 28 February"),
        ("every 5 working days", "2026-05-01", "Monday 11 May"),  # the early May bank holiday
        ("8 working hours", "2026-12-24", "Thursday 24 December at 5pm"),
        ("24 hours", "2026-03-02", "Tuesday 3 March at 9am"),
        ("2 working days before panel.held_at", "2026-04-07", "Wednesday 1 April"),
        ("by panel.held_on", "2026-03-06", "Friday 6 March"),
    ],
)
def test_a_limit_is_counted_from_the_day_that_was_chosen(app, words, day, ends):
    limit = listing.TimeLimit("own", "Own", "own.bpmn", words, words)
    [one] = dating.dated({}, {"own": limit}, date.fromisoformat(day))
    assert one.then.end.says.replace("\u00a0", " ") == ends


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("5 working days", Typed("5", "working day")),
        ("1 working day", Typed("1", "working day")),
        ("working day 10", Typed("10", "application")),
        ("every 28 days", Typed("28", "day")),
        ("5 working days, by 5pm", Typed(words="5 working days, by 5pm")),
        ("2 working days before panel.held_at", Typed(words="2 working days before panel.held_at")),
        ("1 year", Typed(words="1 year")),
        ("soon", Typed(words="soon")),
    ],
)
def test_what_a_number_says_is_typed_as_a_number(words, typed):
    assert changing.typed(listing.TimeLimit("own", "Own", "own.bpmn", words, words)) == typed


def test_days_that_are_hard_to_count_from_come_from_the_calendar(app):
    found = dict(dating.examples(date(2029, 1, 1)))
    assert found[date(2029, 3, 29)] == "Good Friday" and found[date(2029, 12, 24)] == "Christmas Day"
    assert not [day for day in found if calendars.Calendars().own.why_closed(day)]


def test_each_row_of_the_table_and_each_clock_is_there_with_its_dates_and_where_it_is_used(owner, page, draft):
    key = on_its_own(owner, draft, "4 working days")
    found = owner.get(f"{page}?from=2026-04-02")  # the day before Good Friday
    [table] = decisions.read(drafts.file(kept(draft), "timescales.dmn"), "timescales.dmn")
    assert {f"row-{rule.id}" for rule in table.rules} <= set(found.xpath("//tr/@id"))
    words = row(found, ROW)
    assert "working day 2 ends Wednesday 8 April" in words and "working day 1 Tuesday 7 April" in words
    assert "The same" in words and "No case" in words and "Friday 3 April (Good Friday)" in words
    assert "risk, or danger in the application: high" in row(found, "row-interview_high")
    own = row(found, key)
    assert "There is none" in own and "4 working days ends Friday 10 April" in own
    for file in (FILE, "keep_informed.bpmn"):  # clocks on steps, between them, and at the beginning of a frame
        outline = f"{draft}/files/{file}/outline"
        steps = {href.partition("#")[2] for href in found.xpath("//main//td//a/@href") if f"{outline}#" in href}
        assert steps and steps <= set(owner.get(outline).xpath("//li/@id"))


def test_an_agreed_time_is_changed_in_the_table_and_beside_its_clocks_and_counts_for_new_cases(
    owner, page, draft, walk, clock
):
    found = change(owner, page, ROW, {"amount": "3", "warn": "working day 2"}, "2026-12-24")
    assert owner.status == 200 and owner.path == f"{page}?from=2026-12-24"
    words = row(found, ROW)
    assert "working day 3 ends Thursday 31 December 1 working day later" in words
    assert "We tell you that we have your application" in words and "wait longer than we promise now" in words
    assert "Wednesday 30 December" in words and "now: working day 1" in words
    assert agreed(draft, "acknowledge") == [('"working day 3"', '"working day 2"')]
    clocks = read(drafts.file(kept(draft), FILE), FILE).by_id
    late = clocks["acknowledge_application_late"]
    assert (late.name, late.timer) == ("working day 3", '=timescale("acknowledge")')
    assert clocks["confirm_reports_late"].name == "working day 3"  # which it was before
    reviewed = said(owner, owner.get(f"{draft}/release"))
    assert "Acknowledge: ‘working day 2’ becomes ‘working day 3’. Counted from Monday 2 March" in reviewed
    assert "it ends Thursday 5 March instead of Wednesday 4 March: 1 working day later" in reviewed
    publish(draft, clock)
    walk.apply()
    due = {timer.milestone: timer.due_on for timer in timers.waiting(walk.case.id) if ":" not in timer.key}
    assert due["acknowledge"] == date(2026, 3, 5)


def test_a_limit_of_its_own_is_changed_in_its_drawing_and_counts_for_new_cases(owner, page, draft, walk, clock):
    key = on_its_own(owner, draft, "4 working days")
    change(owner, page, key, {"amount": "30", "unit": "hour"})
    assert owner.status == 200
    event = key.rpartition("-")[2]
    drawing = read(drafts.file(kept(draft), FILE), FILE)
    assert (drawing.by_id[event].timer, drawing.by_id[event].name) == ("30 hours", "30 hours")
    assert drawing.outgoing(event)  # whoever is told still is
    publish(draft, clock)
    walk.apply()
    [timer] = [one for one in timers.waiting(walk.case.id) if one.key == event]
    assert (timer.due_at - timer.start_at).total_seconds() == 30 * 3600


def test_open_cases_that_have_a_limit_running_are_counted(owner, page, draft, walk, clock):
    walk.apply()
    found = owner.get(page)
    assert row(found, ROW).endswith("1 open case") and row(found, "row-panel").endswith("No case")
    assert "A time limit that is running keeps its day." in said(owner, found)
    change(owner, page, ROW, {"amount": "3"})
    publish(draft, clock)  # the case keeps what it began with
    assert row(owner.get(page), ROW).endswith("No case and 1 open case with another time, agreed earlier")


def test_words_that_a_clock_says_in_a_sentence_are_renewed_and_others_are_told(owner, page, draft):
    change(owner, page, "row-appeal_window", {"amount": "25"})
    drawing = read(drafts.file(kept(draft), "review_case.bpmn"), "review_case.bpmn")
    assert drawing.by_id["no_appeal"].name == "No appeal in 25 working days"
    found = change(owner, page, "row-papers", {"words": "3 working days before panel.held_at"})
    assert "still reads ‘2 working days before panel’. Look at its words." in said(owner, found)
    assert "It would warn no sooner than it ends, so nobody is warned." in said(owner, found)


def test_nonsense_is_said_and_nothing_typed_is_lost(owner, page, draft):
    for answers, says in (
        ({"amount": "0"}, "Enter a whole number from 1 to 1,000."),
        ({"amount": "-3"}, "Enter a whole number from 1 to 1,000."),
        ({"amount": "two"}, "Enter a whole number from 1 to 1,000."),
        ({"amount": "521", "unit": "week"}, "Enter a whole number from 1 to 520."),
        ({"words": "soon"}, "‘soon’ is not a time limit. Expected"),
        ({"words": '2 days" + x'}, "is not a time limit"),
        ({"words": "every 3 days"}, "is not a time limit"),
        ({"amount": "3", "words": "28 days"}, "Say it once"),
        ({"warn": "in time"}, "‘in time’ is not a time limit"),
        ({}, "Nothing is different yet"),
    ):
        found = change(owner, page, ROW, answers)
        assert owner.status == 422 and says in said(owner, found), answers
        form = form_to(found, f"/timescales#{ROW}")
        assert {name: form.fields[name] for name in answers} == answers
    assert not drafts.changed(kept(draft))


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(owner, another, page, draft):
    old = owner.get(f"{page}?change={ROW}")
    another.sign_in(OWNER)
    change(another, page, "row-panel", {"amount": "12"})
    found = owner.fill(form_to(old, f"/timescales#{ROW}"), {"amount": "5"})
    assert owner.status == 409 and "Look at the limit as it is now" in said(owner, found)
    assert (
        agreed(draft, "acknowledge")[0][0] == '"working day 2"' and agreed(draft, "panel")[-1][0] == '"working day 12"'
    )
    owner.fill(form_to(found, f"/timescales#{ROW}"))  # what was typed stands there still
    assert (
        agreed(draft, "acknowledge")[0][0] == '"working day 5"' and agreed(draft, "panel")[-1][0] == '"working day 12"'
    )


def test_a_day_that_there_is_not_is_told(owner, page):
    wrong = ("from=soon", "from=9999-12-31", "from-day=31&from-month=2&from-year=2026", "from=0001-01-01")
    for given in wrong:
        found = owner.get(f"{page}?{given}")
        assert owner.status == 422 and "Enter a day" in said(owner, found), given
        assert "Monday 2 March 2026" in said(owner, found)  # what is shown meanwhile


def test_who_does_not_own_the_process_reads_and_changes_nothing(owner, another, page, draft):
    another.sign_in(SENIOR)
    found = another.get(f"{page}?change={ROW}&from-day=24&from-month=12&from-year=2026")
    assert another.status == 200 and "Thursday 24 December 2026" in said(another, found)
    assert not [form for form in found.forms if form.method == "POST" and "/timescales" in form.action]
    another.post(page, {"limit": ROW, "amount": "9", "unit": "day"})
    assert another.status == 403 and not drafts.changed(kept(draft))
    owner.post(page, {"limit": "row-nothing", "amount": "9", "unit": "day"})
    assert owner.status == 404
