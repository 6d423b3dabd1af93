"""Answers to read back."""

import pytest

from app.forms import answers, summary
from app.forms.summary import NOTHING, Row
from tests.forms.form_samples import BODIES, FACTS, REPORTS, TODAY, ask, everything, form, group, radio


def rows(*components, **kept):
    return [row for section in summary.sections(form(group("Page", *components)), kept, {}) for row in section.rows]


@pytest.mark.parametrize(
    ("component", "value", "said"),
    [
        (ask("textfield"), "<b>", "<b>"),
        (ask("textarea"), "one\ntwo", "one\ntwo"),
        (ask("textfield"), "2026-03-06", "2026-03-06"),
        (ask("number"), 3, "3"),
        (ask("number", appearance={"prefixAdorner": "£"}), 2.5, "£2.5"),
        (ask("number"), 0, "0"),
        (ask("checkbox"), True, "Yes"),
        (ask("checkbox"), None, "No"),
        (radio(), "police", "The police"),
        (radio(), "gone from the form", "gone from the form"),
        (radio(values=[{"value": False, "label": "Not now"}]), False, "Not now"),
        (ask("checklist", values=BODIES), ["council", "police"], "Larkmere Council\nThe police"),
        (ask("checklist", values=BODIES), [], NOTHING),
        (ask("filepicker"), [{"id": "d1", "name": "a.jpg", "size": 1}], "a.jpg"),
        (ask("datetime", subtype="time"), "14:30", "2:30pm"),
        (ask("datetime", subtype="time"), "12:00", "midday"),
        (ask("textfield"), None, NOTHING),
    ],
)
def test_an_answer_is_said_in_words(component, value, said):
    assert rows(component, x=value) == [Row("Thing", said, "x")]


def test_what_was_worked_out_is_read_back_too():
    score = ask("expression", "score", label="Score", expression="=a + 1")
    assert rows(ask("number", "a"), score, a=3, score=4)[1] == Row("Score", "4", "")


def test_what_was_not_asked_is_not_read_back():
    assert rows(ask("textfield", readonly=True), ask("expression", "n", expression="=null"), x="shown") == []


def test_days_are_said_as_people_say_them_and_change_at_their_first_box():
    assert rows(ask("datetime"), x="2026-03-06") == [Row("Thing", "Friday 6 March 2026", "x-day")]
    held = rows(ask("datetime", subtype="datetime"), x="2026-07-06T13:30:00+00:00")
    assert held[0].value == "Monday 6 July 2026 at 2:30pm"
    assert rows(ask("datetime"), x={"day": "31", "month": "2", "year": "2026"})[0].value == "31 2 2026"


def test_a_kept_text_that_is_no_day_is_said_as_it_is():
    assert rows(ask("datetime"), x="2026-02-31")[0].value == "2026-02-31"


def test_each_row_of_a_list_is_one_line_of_the_summary():
    kept = [
        {"what": "Music", "when": "2026-02-06", "told": "other", "who": "A vicar", "photos": []},
        {"what": "A door", "told": "police", "who": "left over"},
    ]
    assert rows(REPORTS, reports=kept) == [
        Row(
            "Report 1",
            "What happened: Music\nDate it happened: Friday 6 February 2026\nWho did you tell: Someone else\nWho else: A vicar",
            "reports",
        ),
        Row("Report 2", "What happened: A door\nWho did you tell: The police", "reports"),
    ]
    assert rows(REPORTS) == [Row("What you reported", NOTHING, "reports")]


def test_what_does_not_apply_or_is_kept_quiet_is_left_out():
    quiet = ask("textfield", "quiet", properties={"summary": "false"})
    hidden = ask("textfield", "hidden", conditional={"hide": '=told = "police"'})
    assert [row.anchor for row in rows(radio("told"), quiet, hidden, told="police", hidden="x", quiet="y")] == ["told"]


def test_sections_are_pages_with_their_titles_filled_in():
    sections = summary.sections(everything(), {"victim": {"name": "Tansy Applegarth"}}, FACTS)
    assert [(section.title, section.page_number) for section in sections] == [
        ("About Tansy Applegarth", 1),
        ("Your reports", 2),
    ]


def test_what_was_taken_is_what_is_read_back():
    page = everything().pages[0]
    posted = {
        "victim.name": ["Tansy Applegarth"],
        "harm": ["No sleep"],
        "agree": ["true"],
        "rooms": ["3"],
        "born-day": ["6"],
        "born-month": ["3"],
        "born-year": ["1980"],
        "kinds": ["police"],
        "contact": ["phone"],
        "best_time": ["Mornings"],
        "area": ["s"],
        "call": ["9am"],
    }
    taken = answers.take(page, posted, FACTS, today=TODAY)
    said = {row.anchor: row.value for row in summary.sections(everything(), taken.values, FACTS)[0].rows}
    assert taken.problems == {}
    expected = {
        "victim.name": "Tansy Applegarth",
        "born-day": "Thursday 6 March 1980",
        "kinds": "The police",
        "area": "South",
        "call": "9am",
        "best_time": "Mornings",
        "notes": NOTHING,
    }
    assert {anchor: said[anchor] for anchor in expected} == expected
