"""Forms and drawings belong together: every task has its form, and what a drawing decides on has been asked."""

import re
from datetime import date

import pytest

from app.feel import parsing
from app.forms import answers, inventing, library
from tests.processes import published
from tests.processes.published import FORM_KEYS, NAMES, kind

ASKED_OUTSIDE = {"application_received", "appeal_received"}  # by the public pages
ASKED_BESIDE = {"new_incident", "withdrawn", "taking_part", "victim_feedback", "about_you"}  # by pages no drawing knows
GIVEN = {
    "appeal_window.is_over",  # by the page of whoever appeals
    "said.at",
    "said.text",  # by the page of whoever follows their case
    "agencies",
    "relevant_bodies",
    "application.received_on",
    "case.opened_on",
    "case.reference",
    "victim.name",
    "last_report.made_on",  # when reports are brought in
    "period.name",
    "period.to_on",  # when a reporting period is over
}  # when a case is opened
KEYED = {
    "textfield",
    "textarea",
    "number",
    "datetime",
    "checkbox",
    "checklist",
    "radio",
    "select",
    "filepicker",
    "dynamiclist",
}
NOT_SAID = re.compile(r"\b(please|users?|perpetrators?|submit\w*|click\w*)\b", re.IGNORECASE)

TODAY = date(2026, 7, 10)

AGREEING = ("record_panel", "agree_plan", "write_reasons")  # the forms in which actions are agreed

each_form = pytest.mark.parametrize("key", FORM_KEYS)


def wanted():
    """The forms that the drawings ask for: {form key: element id}."""
    return {
        published.properties(n)["formRef"]: n.get("id")
        for _, n in published.all_nodes()
        if "formRef" in published.properties(n)
    }


def keys(part, prefix=""):
    """The facts that a form or a part of it asks for; what a row of a list asks stands below the list."""
    for inner in part.get("components", []):
        if inner["type"] == "dynamiclist":
            yield inner["path"]
            yield from (f"{inner['path']}.{key}" for key in keys(inner))
        elif inner["type"] == "group":
            yield from keys(inner)
        elif "key" in inner:
            yield inner["key"]


def agreed(key):
    """What a form asks of each action."""
    (rows,) = (part for part in published.components(published.form(key)) if part.get("path") == "agreed_actions")
    return rows["components"]


def known():
    """Every fact that some form asks, some table answers or the engine lays down."""
    asked = {key for form in FORM_KEYS for key in keys(published.form(form))}
    drawn = [published.page(name) for name in published.PAGES]
    collected = {e.text for d in drawn for e in d.iterfind(".//b:loopDataOutputRef", NAMES)}
    items = {e.get("id") for d in drawn for e in d.iterfind(".//b:inputDataItem", NAMES)}
    tables = [published.xml(f"{table}.dmn") for table in published.TABLES]
    answered = {o.get("name") for t in tables for o in t.iterfind(".//m:output", NAMES)}
    return asked | collected | items | answered | GIVEN | {"milestone"}


def is_known(path):
    """Whether a fact, or what it is a part of, is known."""
    parts = path.split(".")
    return any(".".join(parts[:n]) in known() for n in range(1, len(parts) + 1))


def test_every_task_of_a_person_has_a_form_of_its_own_name():
    tasks = {n.get("id") for _, n in published.all_nodes() if kind(n) == "userTask"}
    assert {form: element for form, element in wanted().items() if form != element} == {}
    assert tasks <= set(wanted())


def test_every_task_of_a_person_says_what_to_do_and_names_only_known_facts():
    for _, task in published.all_nodes():
        if kind(task) == "userTask":
            said = task.findtext("b:extensionElements/s:instructionsForEndUser", "", NAMES)
            assert said, task.get("id")
            assert not NOT_SAID.search(said), task.get("id")
            assert {path for path in re.findall(r"\(\(([\w.]+)\)\)", said) if not is_known(path)} == set()


def test_every_form_is_asked_somewhere():
    assert set(FORM_KEYS) - ASKED_BESIDE == set(wanted()) - ASKED_BESIDE
    assert set(FORM_KEYS) >= ASKED_BESIDE
    assert set(FORM_KEYS) >= ASKED_OUTSIDE


@each_form
def test_a_form_can_be_read_and_has_the_name_of_its_file(key):
    form = library.read((published.FORMS / f"{key}.form").read_bytes(), f"{key}.form")
    assert form.key == key
    assert form.title


@each_form
def test_a_required_answer_says_in_its_own_words_what_is_missing(key):
    for part in published.components(published.form(key)):
        if part.get("validate", {}).get("required"):
            said = part.get("properties", {}).get("errorRequired", "")
            assert said.split()[0] in ("Enter", "Select", "Add", "Tell", "Confirm", "Name"), part["id"]


@each_form
def test_a_form_speaks_plainly(key):
    for part in published.components(published.form(key)):
        said = " ".join(str(part.get(name, "")) for name in ("label", "dateLabel", "description", "text"))
        answers = " ".join(value["label"] for value in part.get("values", []))
        assert not NOT_SAID.search(f"{said} {answers}"), part["id"]


@each_form
def test_a_page_asks_about_one_topic(key):
    for part in published.form(key)["components"]:
        assert part["type"] == "group", "a page has a title"
        assert sum(1 for inner in part["components"] if inner["type"] in KEYED) <= 13


@each_form
def test_a_condition_of_a_form_uses_what_was_asked(key):
    asked = {part.get("key") for part in published.components(published.form(key))}  # within a row, by its own name
    for part in published.components(published.form(key)):
        if hide := part.get("conditional", {}).get("hide"):
            used = parsing.names(parsing.parse(hide.removeprefix("=")))
            assert {path for path in used if path not in asked and not is_known(path)} == set(), part["id"]


def test_every_fact_that_a_drawing_decides_on_is_asked_or_answered():
    used = {
        (flow.get("id"), path)
        for name in published.PAGES
        for flow in published.flows(name)
        if (said := flow.findtext("b:conditionExpression", "", NAMES))
        for path in parsing.names(parsing.parse(said))
    }
    assert used
    assert {one for one in used if not is_known(one[1])} == set()


@pytest.mark.parametrize("table", sorted(set(published.TABLES) - {"who_may_see"}))  # asked about one item, by no form
def test_every_fact_that_a_table_looks_at_is_asked_or_answered(table):
    file = published.xml(f"{table}.dmn")
    expressions = [
        e for d in file.iterfind("m:decision", NAMES) for e in d.iterfind(".//m:inputExpression/m:text", NAMES)
    ]
    expressions += file.iterfind("m:decision/m:literalExpression/m:text", NAMES)
    required = {
        part.get("name")
        for kind in ("decision", "businessKnowledgeModel")
        for part in file.iterfind(f"m:{kind}", NAMES)
    }
    used = {path for text in expressions for path in parsing.names(parsing.parse(text.text))}
    assert {path for path in used if not is_known(path) and path.split(".")[0] not in required} == set()


def test_every_answer_that_a_drawing_waits_for_can_be_given():
    """A condition ``fact = "word"`` on a question names one of its answers."""
    offered: dict[str, set[str]] = {}
    for form in FORM_KEYS:
        for part in published.components(published.form(form)):
            if part["type"] == "radio":
                offered.setdefault(part["key"], set()).update(value["value"] for value in part["values"])
    offered["threshold.decision"] |= {cells[1].strip('"') for _, cells in published.rows("threshold")}
    for name in published.PAGES:
        for flow in published.flows(name):
            for path, word in re.findall(r'([\w.]+) !?= "([^"]+)"', flow.findtext("b:conditionExpression", "", NAMES)):
                path = path.replace("acceptance.", "").replace("carry_out_action_for.", "")
                assert word in offered.get(path, {word}), flow.get("id")


def test_the_public_form_asks_what_the_threshold_is_counted_from():
    asked = set(keys(published.form("application_received")))
    assert asked >= {
        "reports.happened_on",
        "reports.reported_on",
        "reports.reported_to",
        "application.applying_as",
    }
    assert set(keys(published.form("interview_applicant"))) >= {
        f"reports.{k}" for k in ("happened_on", "reported_on", "incident", "asb")
    }


def test_the_officers_list_of_reports_keeps_all_that_the_applicant_said():
    """A list that is asked again replaces the one before."""
    said = {key for key in keys(published.form("application_received")) if key.startswith("reports")}
    assert said <= set(keys(published.form("interview_applicant")))


@pytest.mark.parametrize("key", AGREEING)
def test_an_action_says_what_who_and_by_when_wherever_it_is_agreed(key):
    said = {part["key"]: part for part in agreed(key)}
    must = {
        name for name, part in said.items() if part.get("validate", {}).get("required") and "conditional" not in part
    }
    assert must == {"kind", "type", "what", "for_victim", "agency", "due_on", "measure"}


def test_an_action_is_asked_for_in_the_same_words_wherever_it_is_agreed():
    first, *others = (agreed(key) for key in AGREEING)
    assert all(other == first for other in others)


def test_a_community_remedy_asks_what_the_victim_would_like():
    """ASBCPA 2014 s.102: reasonable efforts to obtain the victim's view."""
    asked = {part["key"]: part["conditional"]["hide"] for part in agreed("agree_plan") if "conditional" in part}
    for key in ("victim_view_sought", "victim_view", "officer_reason_if_not_followed"):
        assert asked[key].startswith('=type != "community_remedy"')


def test_a_panel_counts_for_itself_if_enough_services_are_there():
    form = library.read((published.FORMS / "record_panel.form").read_bytes(), "record_panel.form")
    facts = {"agencies": [{"value": key, "label": key} for key in ("police", "council", "nhs", "landlord")]}

    def counted(*there):
        rows = [{"agency": agency, "person": "Ash Fen", "present": present} for agency, present in there]
        made = answers.applicable(form, {"panel": {"attendance": rows, "quorate": "yes"}}, facts, today=TODAY)
        return made["panel"]["quorate"]

    present = [(agency, "present") for agency in ("police", "council", "nhs")]
    assert counted(*present) == "yes"
    assert counted(*present[:2], ("nhs", "apologies"), ("landlord", "conflict")) == "no"
    assert counted(*present[:2], ("police", "present")) == "no", "two people of one service are one service"


@each_form
def test_a_form_can_be_finished(key):
    """Answers made up for every question that applies leave nothing to put right."""
    form = library.read((published.FORMS / f"{key}.form").read_bytes(), f"{key}.form")
    facts = {
        "agencies": [{"value": "police", "label": "Larkmere Police"}, {"value": "council", "label": "Larkmere Council"}]
    }
    made = inventing.invent(form, facts, today=TODAY)
    assert answers.check_all(form, made, facts, today=TODAY) == {}
