"""What comes out of what was sent, question by question."""

import pytest

from app.forms import answers
from app.forms.answers import Upload
from tests.forms.form_samples import BODIES, TODAY, ask, form, group, page, radio


def take(component, posted, facts=None, **more):
    return answers.take(page(component), posted, facts or {}, today=TODAY, **more)


SHORT = {"shortName": "thing"}


@pytest.mark.parametrize(
    ("component", "sent", "value"),
    [
        (ask("textfield"), "  Tansy\n Applegarth ", "Tansy Applegarth"),
        (ask("textfield"), "a\x00b\x1b\u202ec\ud800", "abc"),
        (ask("textfield"), "<script>alert(1)</script>", "<script>alert(1)</script>"),
        (ask("textfield"), "O’Brien-Ó Séaghdha 林", "O’Brien-Ó Séaghdha 林"),
        (ask("textarea"), "one\r\n  two\r\n", "one\n  two"),
        (ask("textfield", validate={"validationType": "email"}), "tansy@larkmere.example", "tansy@larkmere.example"),
        (ask("textfield", validate={"validationType": "phone"}), "020 7946 0155", "020 7946 0155"),
        (ask("textfield", validate={"pattern": "^[A-Z]{2}[0-9]+$"}), "LM42", "LM42"),
        (ask("number"), "3", 3),
        (ask("number"), "£1,000.50", 1000.5),
        (ask("number"), "-2", -2),
        (ask("number"), "007", 7),
        (ask("number", serializeToString=True), "1,000", "1000"),
        (ask("number", decimalDigits=0), "3.0", 3),
        (ask("checkbox"), "true", True),
        (radio(), "police", "police"),
        (radio(values=[{"value": True, "label": "Yes"}, {"value": 2, "label": "Two"}]), "true", True),
        (radio(values=[{"value": True, "label": "Yes"}, {"value": 2, "label": "Two"}]), "2", 2),
        (ask("select", values=BODIES), "council", "council"),
        (ask("datetime", subtype="time"), "2:30pm", "14:30"),
        (ask("datetime", subtype="time"), "14.30", "14:30"),
        (ask("datetime", subtype="time"), "12am", "00:00"),
        (ask("datetime", subtype="time"), "Midday", "12:00"),
    ],
)
def test_a_good_answer_is_kept_as_json(component, sent, value):
    submission = take(component, {"x": [sent]})
    assert submission.problems == {} and submission.values == {"x": value}
    assert type(submission.values["x"]) is type(value)


@pytest.mark.parametrize(
    ("component", "sent", "says"),
    [
        (
            ask("textfield", label="Email address", validate={"validationType": "email"}),
            "tansy",
            "Email address must be an email address, like name@example.com",
        ),
        (
            ask("textfield", label="Phone", validate={"validationType": "phone"}),
            "ring me",
            "Phone must be a phone number, like 020 7946 0155 or 07700 900 731",
        ),
        (ask("textfield", validate={"pattern": "^a$", "patternErrorMessage": "Enter a"}), "b", "Enter a"),
        (ask("textfield", validate={"pattern": "^a$"}), "b", "Thing is not in the right format"),
        (ask("textfield", validate={"maxLength": 3}), "four", "Thing must be 3 characters or fewer"),
        (ask("textfield", validate={"minLength": 3}), "ab", "Thing must be 3 characters or more"),
        (ask("textarea"), "a" * 4_001, "Thing must be 4,000 characters or fewer"),
        (ask("textarea"), "a" * 1_000_000, "Thing must be 4,000 characters or fewer"),
        (ask("number"), "NaN", "Thing must be a number, like 3"),
        (ask("number"), "Infinity", "Thing must be a number, like 3"),
        (ask("number"), "1e9", "Thing must be a number, like 3"),
        (ask("number"), "٣", "Thing must be a number, like 3"),
        (ask("number"), "9" * 16, "Thing must be a number, like 3"),
        (ask("number", decimalDigits=0), "2.5", "Thing must be a whole number, like 3"),
        (ask("number", decimalDigits=2), "2.555", "Thing must have 2 decimal places or fewer"),
        (ask("number", validate={"min": 1}), "0", "Thing must be 1 or more"),
        (
            ask("number", validate={"max": 20}, properties={"errorMax": "Ask for 20 or less"}),
            "21",
            "Ask for 20 or less",
        ),
        (ask("number", validate={"max": "=most"}), "6", "Thing must be 5 or less"),
        (radio(), "mayor", "Thing must be one of the choices"),
        (ask("select", values=BODIES), "typename", "Thing must be one of the choices"),
        (ask("checkbox"), "maybe", None),
        (ask("datetime", subtype="time"), "25:00", "Thing must be a time, like 2:30pm or 14:30"),
        (ask("datetime", subtype="time"), "2", "Thing must be a time, like 2:30pm or 14:30"),
        (ask("datetime", subtype="time"), "13pm", "Thing must be a time, like 2:30pm or 14:30"),
    ],
)
def test_an_answer_that_will_not_do_is_named_beside_its_question(component, sent, says):
    assert take(component, {"x": [sent]}, {"most": 5}).problems == ({"x": says} if says else {})


@pytest.mark.parametrize(
    ("component", "field", "says"),
    [
        (ask("textfield", label="Full name", required=True), "x", "Enter full name"),
        (ask("textfield", label="NHS number", required=True), "x", "Enter NHS number"),
        (ask("textfield", label="What happened?", required=True), "x", "Enter your answer to ‘What happened?’"),
        (ask("textfield", required=True, properties={"errorRequired": "Tell us your name"}), "x", "Tell us your name"),
        (ask("number", required=True), "x", "Enter thing"),
        (radio(required=True), "x", "Select thing"),
        (ask("select", required=True, values=BODIES), "x", "Select thing"),
        (ask("checklist", required=True, values=BODIES), "x", "Select thing"),
        (ask("checkbox", required=True, properties={"errorRequired": "Say that you agree"}), "x", "Say that you agree"),
        (ask("filepicker", required=True, label="Diary"), "x", "Choose a file for diary"),
        (ask("datetime", required=True), "x-day", "Enter thing"),
        (ask("datetime", required=True, subtype="time"), "x", "Enter thing"),
    ],
)
def test_a_missing_answer_is_named_where_it_can_be_put_right(component, field, says):
    assert take(component, {}).problems == {field: says}


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("6", "3", "2026"),
        ("06", "03", "2026"),
        ("6", "Mar", "2026"),
        ("6", "march", "2026"),
        ("6 3 2026", "", ""),
        ("6/3/2026", "", ""),
        ("6 March 2026", "", ""),
        ("2026-03-06", "", ""),
    ],
)
def test_a_day_can_be_written_in_many_ways(day, month, year):
    sent = {"x-day": [day], "x-month": [month], "x-year": [year]}
    assert take(ask("datetime"), sent).values == {"x": "2026-03-06"}


@pytest.mark.parametrize(
    ("day", "month", "year", "field", "says"),
    [
        ("31", "2", "2026", "x-day", "Thing must be a real date, like 27 3 2026"),
        ("29", "2", "2025", "x-day", "Thing must be a real date, like 27 3 2026"),
        ("6", "13", "2026", "x-month", "Thing must be a real date, like 27 3 2026"),
        ("6", "Ma", "2026", "x-month", "Thing must be a real date, like 27 3 2026"),
        ("6", "3", "26", "x-year", "Thing must have a year with 4 numbers"),
        ("6", "3", "0000", "x-day", "Thing must be a real date, like 27 3 2026"),
        ("", "3", "2026", "x-day", "Thing must include a day"),
        ("6", "", "", "x-month", "Thing must include a month and year"),
        ("-6", "3", "2026", "x-day", "Thing must be a real date, like 27 3 2026"),
        ("٦", "3", "2026", "x-day", "Thing must be a real date, like 27 3 2026"),
        ("tomorrow", "", "", "x-month", "Thing must include a month and year"),
    ],
)
def test_a_day_that_is_none_is_named_at_the_box_that_is_wrong(day, month, year, field, says):
    submission = take(ask("datetime"), {"x-day": [day], "x-month": [month], "x-year": [year]})
    assert submission.problems == {field: says}
    assert submission.typed["x"] == {"day": day, "month": month, "year": year}


def test_a_day_on_the_wrong_side_of_today_is_refused():
    told = ask("datetime", properties={"past": "true", "shortName": "date you were told"})
    tomorrow = {"x-day": ["7"], "x-month": ["3"], "x-year": ["2026"]}
    assert take(told, tomorrow).problems == {"x-day": "Date you were told must be today or in the past"}
    assert take(ask("datetime", disallowPassedDates=True), tomorrow).problems == {}
    yesterday = tomorrow | {"x-day": ["5"]}
    assert take(told, yesterday).problems == {}
    assert take(ask("datetime", properties={"future": "true"}), yesterday).problems == {
        "x-day": "Thing must be today or in the future"
    }


@pytest.mark.parametrize(("month", "kept"), [("3", "2026-03-06T14:30:00+00:00"), ("7", "2026-07-06T14:30:00+01:00")])
def test_a_day_with_a_time_is_kept_with_the_offset_of_london(month, kept):
    sent = {"x-day": ["6"], "x-month": [month], "x-year": ["2026"], "x-time": ["2:30pm"]}
    assert take(ask("datetime", subtype="datetime"), sent).values == {"x": kept}


def test_several_choices_are_kept_in_the_order_of_the_form_and_each_once():
    submission = take(ask("checklist", values=BODIES), {"x": ["police", "council", "police"]})
    assert submission.values == {"x": ["council", "police"]} and submission.problems == {}


def test_a_choice_that_was_not_offered_is_not_kept():
    submission = take(ask("taglist", values=BODIES), {"x": ["police", "mayor"]})
    assert submission.values == {"x": ["police"]} and submission.problems == {"x": "Thing must be one of the choices"}


def test_options_can_come_from_the_facts_of_the_case():
    facts = {"bodies": ["council", {"value": "police", "label": "The police"}]}
    assert take(ask("select", valuesKey="bodies"), {"x": ["police"]}, facts).values == {"x": "police"}
    chosen = ask("select", valuesExpression="=bodies[1]")
    assert take(chosen, {"x": ["police"]}, facts).problems == {"x": "Thing must be one of the choices"}


def test_fields_that_the_page_does_not_ask_are_ignored():
    sent = {"x": ["a"], "typename": ["b"], "case.status": ["closed"], **{f"k{n}": ["v"] for n in range(10_000)}}
    assert take(ask("textfield"), sent).values == {"x": "a"}


def test_of_a_field_that_was_sent_twice_the_first_counts():
    assert take(ask("textfield"), {"x": ["first", "second"]}).values == {"x": "first"}


@pytest.mark.parametrize("locked", [{"readonly": True}, {"disabled": True}, {"readonly": "=closed"}])
def test_a_question_that_is_only_shown_cannot_be_answered(locked):
    submission = take(ask("textfield", **locked), {"x": ["changed"]}, {"x": "kept", "closed": True})
    assert submission.values == {}


def test_an_expression_is_worked_out_from_the_answers_and_not_from_the_browser():
    asked = page(ask("number", "a"), ask("number", "b"), ask("expression", "sum", expression="=a + b"))
    assert answers.take(asked, {"a": ["2"], "b": ["3"], "sum": ["99"]}, {}, today=TODAY).values["sum"] == 5


PHOTOS = ask("filepicker", multiple=True, accept=".jpg, .png")


def test_files_are_kept_as_records_of_what_the_caller_stored():
    submission = take(PHOTOS, {}, uploads={"x": [Upload("d1", "door.JPG", 2_000)], "y": [Upload("d2", "b.png", 1)]})
    assert submission.values == {"x": [{"id": "d1", "name": "door.JPG", "size": 2_000}]} and not submission.problems


def test_a_file_of_another_kind_is_refused():
    says = take(PHOTOS, {}, uploads={"x": [Upload("d1", "door.exe", 1)]}).problems
    assert says == {"x": "door.exe must be a JPG or PNG file"}


def test_a_second_file_is_refused_where_one_is_asked():
    files = [Upload("d1", "a.jpg", 1), Upload("d2", "b.jpg", 1)]
    assert take(ask("filepicker", label="Photo"), {}, uploads={"x": files}).problems == {
        "x": "You can only choose one file for photo"
    }


def test_files_kept_before_stay_until_they_are_taken_away_and_no_other_id_can_be_sent():
    facts = {"x": [{"id": "d1", "name": "a.jpg", "size": 1}, {"id": "d2", "name": "b.jpg", "size": 1}]}
    sent = {"x-kept": ["d1", "d2", "somebody-elses"], "x-remove": ["d1"]}
    fresh = {"x": [Upload("d3", "c.jpg", 1)]}
    assert [file["id"] for file in take(PHOTOS, sent, facts, uploads=fresh).values["x"]] == ["d2", "d3"]


def test_saving_for_later_does_not_scold_and_loses_nothing():
    asked = page(ask("number", "rooms", required=True), ask("datetime", "when"))
    sent = {"rooms": ["lots"], "when-day": ["31"], "when-month": ["2"], "when-year": ["2026"], "action": ["save"]}
    submission = answers.take(asked, sent, {}, today=TODAY)
    assert (submission.action, submission.problems) == ("save", {})
    assert submission.values == {"rooms": "lots", "when": {"day": "31", "month": "2", "year": "2026"}}


def test_dictionaries_merge_and_everything_else_replaces():
    base = {"victim": {"name": "Tansy", "phone": "1"}, "kinds": ["noise"], "plan": "x"}
    merged = answers.merge(base, {"victim": {"phone": None}, "kinds": [], "plan": {"a": 1}})
    assert merged == {"victim": {"name": "Tansy", "phone": None}, "kinds": [], "plan": {"a": 1}}
    assert base["victim"]["phone"] == "1"


def test_a_whole_draft_is_checked_again_page_by_page():
    asked = form(
        group("One", ask("textfield", "name", required=True), ask("number", "rooms", label="Rooms")),
        group("Two", ask("datetime", "when", required=True, properties=SHORT), radio("told")),
    )
    draft = {"name": "Tansy", "rooms": "lots", "told": "mayor"}
    assert answers.check_all(asked, draft, {}, today=TODAY) == {
        1: {"rooms": "Rooms must be a number, like 3"},
        2: {"when-day": "Enter thing", "told": "Thing must be one of the choices"},
    }
    assert answers.check_all(asked, {"name": "Tansy", "when": "2026-03-06"}, {}, today=TODAY) == {}


def test_what_is_kept_in_the_end_is_only_what_applies():
    asked = form(
        group("One", radio("told"), ask("textfield", "who", conditional={"hide": '=told != "police"'})),
        group("Two", ask("textfield", "badge"), conditional={"hide": '=told != "police"'}),
    )
    draft = {"told": "council", "who": "left over", "badge": "left over", "strange": 1}
    assert answers.applicable(asked, draft, {}, today=TODAY) == {"told": "council"}
    assert answers.applicable(asked, {**draft, "told": "police"}, {}, today=TODAY) == {
        "told": "police", "who": "left over", "badge": "left over",
    }  # fmt: skip


def test_what_a_page_without_questions_works_out_is_kept_too():
    asked = form(group("One", ask("number", "a")), group("Two", ask("expression", "b", expression="=a + 1")))
    assert answers.applicable(asked, {"a": 2}, {}, today=TODAY) == {"a": 2, "b": 3}


def test_a_time_that_is_none_is_named_at_its_box():
    sent = {"x-day": ["6"], "x-month": ["3"], "x-year": ["2026"], "x-time": ["soon"]}
    says = take(ask("datetime", subtype="datetime"), sent).problems
    assert says == {"x-time": "Thing must be a time, like 2:30pm or 14:30"}


def test_options_from_the_facts_that_have_no_value_are_left_out():
    facts = {"bodies": [None, {"label": "No value"}, [], {"id": "council", "name": "Larkmere Council"}]}
    assert take(ask("select", valuesKey="bodies"), {"x": ["council"]}, facts).values == {"x": "council"}


def test_a_box_to_tick_that_must_be_ticked_says_which():
    assert take(ask("checkbox", label="I agree", required=True), {}).problems == {"x": "Select ‘I agree’"}
