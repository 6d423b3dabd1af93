"""Whatever a browser sends, the answer is JSON and words: nothing raises, nothing grows without bounds."""

import json
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import DrawingBroken
from app.forms import answers, asking, library, prose, summary
from app.forms.entries import Upload
from app.forms.parts import SUPPORTED
from tests.forms.form_samples import FACTS, TODAY, ask, everything, schema

FORM = everything()
NAMES = (
    *("victim.name", "victim.email", "victim.phone", "harm", "rooms", "cost", "born-day", "born-month", "born-year"),
    *("call", "panel.held_at-day", "panel.held_at-time", "agree", "kinds", "tags", "contact", "best_time", "area"),
    *("evidence", "evidence-kept", "evidence-remove", "reports-rows", "reports.0.what", "reports.1.when-month"),
    *("reports.0.told", "reports.0.photos-kept", "action", "score", "reference", "typename", "__class__"),
)
WORDS = st.sampled_from(
    [
        "",
        "1",
        "2",
        "31",
        "phone",
        "police",
        "true",
        "NaN",
        "1e999",
        "add:reports",
        "remove:reports:0",
        "save",
        "d1",
        "{{1}}",
        "2026",
    ]
)
POSTED = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), st.lists(WORDS | st.text(), max_size=3))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", "what", "when"]) | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
KEPT = st.dictionaries(
    st.sampled_from(["victim", "rooms", "born", "panel", "kinds", "evidence", "reports", "area", "agree", "call"]), JSON
)
slowly = partial(settings, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@slowly(max_examples=60)
@given(POSTED, KEPT)
def test_whatever_is_posted_gives_json_values_and_messages(posted, kept):
    facts = FACTS | kept
    uploads = {"evidence": [Upload("d7", "a\x00.jpg", 3)]}
    for page in FORM.pages:
        submission = answers.take(page, posted, facts, uploads=uploads, today=TODAY)
        json.dumps([submission.values, submission.typed], allow_nan=False).encode()
        assert all(isinstance(says, str) and says for says in submission.problems.values())
        assert asking.questions(page, facts, submission)


@slowly(max_examples=60)
@given(KEPT)
def test_whatever_a_draft_holds_can_be_checked_and_read(kept):
    found = answers.check_all(FORM, kept, FACTS, today=TODAY)
    assert set(found) <= {1, 2}
    json.dumps(answers.applicable(FORM, kept, FACTS, today=TODAY), allow_nan=False)
    assert summary.sections(FORM, kept, FACTS)


@slowly(max_examples=60)
@given(POSTED)
def test_a_page_that_has_no_problems_has_none_when_it_is_checked_again(posted):
    page = FORM.pages[1]
    submission = answers.take(page, posted, {}, today=TODAY)
    if submission.action == "continue" and not submission.problems:
        assert 2 not in answers.check_all(FORM, submission.values, {}, today=TODAY)


WRITTEN = (
    st.sampled_from(["=1", "={", "{{a}}", "a.b", "date", "time", "x", "true", 0, -1, 1e300, 10**30, True, [], {}, None])
    | JSON
)
ATTRIBUTES = st.sampled_from(
    [
        *(
            "label",
            "description",
            "values",
            "valuesKey",
            "valuesExpression",
            "subtype",
            "decimalDigits",
            "defaultValue",
        ),
        *("readonly", "multiple", "accept", "appearance", "columns", "dataSource", "text", "path", "expression"),
        *("properties", "conditional", "validate", "components", "disallowPassedDates", "serializeToString"),
    ]
)
LIMITS = st.dictionaries(
    st.sampled_from(["required", "min", "max", "minLength", "maxLength", "pattern", "validationType"]), WRITTEN
)


@slowly(max_examples=300)
@given(st.sampled_from(sorted(SUPPORTED)), st.dictionaries(ATTRIBUTES, WRITTEN, max_size=4), LIMITS, WORDS)
def test_whatever_an_author_writes_is_refused_in_words_or_works(kind, attributes, limits, word):
    component = {**ask(kind, "x", validate=limits), **attributes}
    try:
        form = library.read(json.dumps(schema(ask("textfield", "y"), component)), "odd.form")
    except DrawingBroken as broken:
        assert all(problem.says for problem in broken.problems)
        return
    posted = {"x": [word], "x-day": [word], "x-month": ["3"], "x-year": ["2026"], "x-rows": ["1"]}
    for page in form.pages:
        submission = answers.take(page, posted, {}, today=TODAY)
        json.dumps(submission.values, allow_nan=False)
        assert all(node.kind for node in asking.questions(page, {}, submission))
    summary.sections(form, {"x": word}, {})


def test_a_megabyte_in_every_box_is_cut_to_what_a_person_can_shorten():
    posted = {name: ["a" * 1_000_000] for name in NAMES}
    submission = answers.take(FORM.pages[0], posted, {}, today=TODAY)
    assert len(json.dumps(submission.typed)) < 2_000_000
    assert submission.problems["victim.name"] == "Full name must be 4,000 characters or fewer"


def test_a_pattern_cannot_be_made_to_run_for_long():
    posted = {"victim.email": ["a@" + "a." * 20_000], "victim.phone": [" " * 40_000 + "1"], "cost": ["1" * 40_000]}
    assert len(answers.take(FORM.pages[0], posted, {}, today=TODAY).problems) >= 3


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        '<a href="data:text/html,x" style="color:red" onclick="x()">x</a>',
        "<iframe src=//evil.example></iframe>",
        "<p style='position:fixed'>x</p>",
    ],
)
def test_what_an_author_writes_cannot_run(text):
    html = prose.html(text)
    assert not any(bad in html for bad in ("<script", "<img", "javascript:", "data:", "style=", "onclick", "<iframe"))


@pytest.mark.parametrize(
    "text", ["**bold** _em_ `code`", "[x](https://evil.example)", "<b>x</b>", "# h", "1. a", "&lt;b&gt;", "a\n\n- b"]
)
def test_what_a_person_writes_is_shown_as_it_is(text):
    shown = prose.html(f"Told: {prose.literal(text)}")
    assert not any(tag in shown for tag in ("<strong", "<em", "<code", "<a ", "<b>", "<h", "<ol", "<ul", "<li"))


def test_an_expression_in_an_answer_is_never_worked_out():
    facts = {
        "secret": "hidden",
        "bodies": ["{{secret}}", {"value": "b", "label": "=secret"}],
        "victim": {"name": "{{secret}}"},
    }
    page = library.read(
        json.dumps(schema(ask("select", "a", valuesKey="bodies", label="For {{victim.name}}"))), "a.form"
    ).pages[0]
    (node,) = asking.questions(page, facts)
    assert [choice.label for choice in node.choices] == ["{{secret}}", "=secret"]
    assert node.label == "For {{secret}} (optional)"
