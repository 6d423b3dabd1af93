"""A dynamic list: rows are added, removed, kept as typed, and left out when blank."""

from app.forms import answers, asking
from app.forms.answers import Upload
from tests.forms.form_samples import REPORTS, TODAY, ask, form, group, page

PAGE = page(REPORTS)
TWO = {
    "reports-rows": ["2"],
    "reports.0.what": ["Music until 3am"],
    "reports.0.when-day": ["6"],
    "reports.0.when-month": ["Feb"],
    "reports.0.when-year": ["2026"],
    "reports.0.told": ["council"],
    "reports.1.what": ["A kicked door"],
}


def take(posted, facts=None, page=PAGE, **more):
    return answers.take(page, posted, facts or {}, today=TODAY, **more)


def whats(submission):
    return [row["what"] for row in submission.values["reports"]]


def test_each_row_is_a_record_of_its_own():
    submission = take(TWO)
    assert submission.problems == {} and submission.action == "continue"
    assert submission.values["reports"][0] == {
        "what": "Music until 3am", "when": "2026-02-06", "told": "council", "who": None, "photos": [],
    }  # fmt: skip


def test_a_new_list_shows_one_blank_row():
    (node,) = asking.questions(PAGE, {})
    assert [row.legend for row in node.rows] == ["Report 1"] and node.can_add and not node.can_remove
    assert node.rows[0].questions[0].name == "reports.0.what"


def test_adding_keeps_what_was_typed_and_scolds_nobody():
    submission = take(TWO | {"action": ["add:reports"], "reports.1.when-day": ["yesterday"]})
    assert (submission.action, submission.problems) == ("add", {})
    (node,) = asking.questions(PAGE, {}, submission)
    assert [row.legend for row in node.rows] == ["Report 1", "Report 2", "Report 3"] and node.can_remove
    assert node.rows[1].questions[1].boxes[0].value == "yesterday"
    assert [question.value for question in node.rows[2].questions][:2] == ["", ""]


def test_a_row_that_was_added_is_still_there_after_the_draft_was_kept():
    kept = take(TWO | {"action": ["add:reports"]}).values
    (node,) = asking.questions(PAGE, kept)
    assert len(node.rows) == 3


def test_removing_takes_away_that_row_only():
    submission = take(TWO | {"action": ["remove:reports:0"]})
    assert (submission.action, submission.problems) == ("remove", {})
    assert whats(submission) == ["A kicked door"]
    assert asking.questions(PAGE, {}, submission)[0].rows[0].questions[0].value == "A kicked door"


def test_removing_or_adding_what_is_not_there_changes_nothing():
    assert whats(take(TWO | {"action": ["remove:reports:99"]})) == whats(take(TWO))
    assert take(TWO | {"action": ["add:victim"]}).action == "continue"
    assert take(TWO | {"action": ["remove:reports:0:1"]}).action == "continue"


def test_blank_rows_are_left_out_and_the_others_keep_their_messages():
    posted = TWO | {"reports-rows": ["4"], "reports.3.when-year": ["2026"]}
    submission = take(posted)
    assert whats(submission) == ["Music until 3am", "A kicked door", None]
    assert list(submission.problems) == ["reports.2.what", "reports.2.when-day"]
    (node,) = asking.questions(PAGE, {}, submission)
    assert node.rows[2].questions[0].error == "Report 3: Enter what happened"


def test_a_list_that_is_needed_asks_for_its_first_row():
    assert take({"reports-rows": ["1"]}).problems == {"reports.0.what": "Enter what happened"}
    assert take({}).problems == {"reports": "Tell us about at least one report"}


def test_a_list_that_may_stay_empty_does():
    optional = page(ask("dynamiclist", "notes", components=[ask("textfield", "note", required=True)]))
    assert take({"notes-rows": ["3"]}, page=optional) == answers.Submission(
        {"notes": []}, {}, {"notes": []}, "continue"
    )


def test_a_row_has_conditions_of_its_own():
    posted = TWO | {"reports.0.told": ["other"], "reports.1.told": ["police"], "reports.1.who": ["left over"]}
    submission = take(posted)
    assert submission.problems == {"reports.0.who": "Report 1: Enter your answer to ‘Who else?’"}
    assert submission.values["reports"][1]["who"] is None
    (node,) = asking.questions(PAGE, {}, submission)
    (told,) = (question for question in node.rows[1].questions if question.name == "reports.1.told")
    assert [question.name for question in told.choices[2].reveals] == ["reports.1.who"]


def test_a_row_sees_the_answers_around_it():
    inner = ask("textfield", "note", required=True, conditional={"hide": "=parent.quiet = true"})
    both = page(ask("checkbox", "quiet"), ask("dynamiclist", "notes", components=[inner, ask("textfield", "b")]))
    sent = {"notes-rows": ["1"], "notes.0.b": ["x"]}
    assert take(sent, page=both).problems == {"notes.0.note": "Enter thing"}
    assert take(sent | {"quiet": ["true"]}, page=both).problems == {}


def test_a_million_rows_are_fifty():
    assert len(take({"reports-rows": ["9999"], "action": ["add:reports"]}).typed["reports"]) == 50
    assert take({"reports-rows": ["1000000"]}).typed["reports"] == []


def test_files_move_with_their_row():
    facts = {
        "reports": [{"what": "a", "photos": []}, {"what": "b", "photos": [{"id": "d1", "name": "b.jpg", "size": 1}]}]
    }
    posted = {
        "reports-rows": ["2"],
        "reports.0.what": ["a"],
        "reports.1.what": ["b"],
        "reports.1.photos-kept": ["d1", "d9"],
    }
    fresh = {"reports.1.photos": [Upload("d2", "c.png", 1)]}
    submission = take(posted | {"action": ["remove:reports:0"]}, facts, uploads=fresh)
    assert [file["id"] for file in submission.values["reports"][0]["photos"]] == ["d1", "d2"]


def test_a_draft_is_checked_row_by_row_and_kept_without_blank_rows():
    asked = form(group("Your reports", REPORTS))
    draft = {
        "reports": [{"what": None}, {"what": "A kicked door", "when": {"day": "31", "month": "2", "year": "2026"}}]
    }
    found = answers.check_all(asked, draft, {}, today=TODAY)
    assert found == {1: {"reports.0.when-day": "Date it happened must be a real date, like 27 3 2026"}}
    draft["reports"][1]["when"] = "2026-02-06"
    assert len(answers.applicable(asked, draft, {}, today=TODAY)["reports"]) == 1


def browser(submission=None, facts=None):
    """What a browser would send back from the page as it is shown: the marks, and what stands in the boxes."""
    (node,) = asking.questions(PAGE, facts or {}, submission)
    sent = {"reports-rows": [str(len(node.rows))]}
    for row in node.rows:
        sent[f"reports.{row.index}-was"] = list(row.marks)
        sent[f"reports.{row.index}.what"] = [row.questions[0].value]
    return sent


KEPT = {"reports": [{"what": "Music", "officer": "A"}, {"what": "A door", "officer": "B"}]}


def officers(submission):
    return [row.get("officer") for row in submission.values["reports"]]


def test_what_another_form_put_in_a_row_stays_with_that_row():
    sent = browser(facts=KEPT)
    sent["reports.1.what"] = ["A kicked door"]
    submission = take(sent, KEPT)
    assert (whats(submission), officers(submission)) == (["Music", "A kicked door"], ["A", "B"])
    kept = answers.applicable(form(group("Page", REPORTS)), submission.values, KEPT, today=TODAY)
    assert [row["officer"] for row in kept["reports"]] == ["A", "B"]


def test_it_also_stays_when_a_row_goes_whether_or_not_the_draft_was_kept_in_between():
    removed = take(browser(facts=KEPT) | {"action": ["remove:reports:0"]}, KEPT)
    assert officers(removed) == ["B"]
    assert officers(take(browser(removed, KEPT), KEPT)) == ["B"]
    draft = answers.merge(KEPT, removed.values)
    assert officers(take(browser(removed, draft), draft)) == ["B"]
    assert officers(take(browser(facts=draft), draft)) == ["B"]


def test_a_mark_that_fits_no_row_brings_nothing():
    assert officers(take(TWO | {"reports.0-was": ["0" * 16, "x" * 9_999]}, KEPT)) == [None, None]
