"""A draft is tried: played act by act, kept as a scenario, and its scenarios are run and shown to whoever approves."""

import json
from uuid import UUID

import pytest

from app.cases import access
from app.editor import drafts
from app.editor.trying import course as courses
from app.editor.trying import running
from app.store import people, releasing
from app.web.studio import scenarios as pages
from tests.web.studio import OTHER, OWNER, SENIOR, form_to, said, upload

DAY = {"day-day": "2", "day-month": "3", "day-year": "2026"}
SMALL = b"""<?xml version="1.0"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 id="d" targetNamespace="t"><bpmn:process id="greeting" name="Greeting" isExecutable="true">
<bpmn:startEvent id="begun" name="Begun"><bpmn:outgoing>one</bpmn:outgoing></bpmn:startEvent>
<bpmn:userTask id="greet" name="Greet them"><bpmn:incoming>one</bpmn:incoming><bpmn:outgoing>two</bpmn:outgoing>
</bpmn:userTask><bpmn:boundaryEvent id="greet_limit" name="2 working days" attachedToRef="greet" cancelActivity="false">
<bpmn:outgoing>late</bpmn:outgoing><bpmn:timerEventDefinition id="t"><bpmn:timeDuration>2 working days</bpmn:timeDuration>
</bpmn:timerEventDefinition></bpmn:boundaryEvent>
<bpmn:task id="remind" name="Remind them"><bpmn:incoming>late</bpmn:incoming><bpmn:outgoing>end</bpmn:outgoing></bpmn:task>
<bpmn:endEvent id="over" name="Over"><bpmn:incoming>two</bpmn:incoming></bpmn:endEvent>
<bpmn:endEvent id="done" name="Reminded"><bpmn:incoming>end</bpmn:incoming></bpmn:endEvent>
<bpmn:sequenceFlow id="one" sourceRef="begun" targetRef="greet"/>
<bpmn:sequenceFlow id="two" sourceRef="greet" targetRef="over"/>
<bpmn:sequenceFlow id="late" sourceRef="greet_limit" targetRef="remind"/>
<bpmn:sequenceFlow id="end" sourceRef="remind" targetRef="done"/>
</bpmn:process></bpmn:definitions>"""


@pytest.fixture
def play(owner, draft):
    """The page of a play of a small drawing that has just begun."""
    upload(owner, draft, "greeting.bpmn", SMALL)
    return begin(owner, draft, "greeting")


def begin(person, draft, process):
    page = person.get(f"{draft}/try/begin")
    form = next(one for one in page.forms if "process" in one.fields)
    return person.fill(form, {"process": process} | DAY)


def step(person, page, button):
    form = next(f for f in page.forms if f.xpath(f".//button[@value='{button}']"))
    return person.fill(form, button=button)


def test_a_play_passes_its_limits_and_says_late_until_it_is_done(owner, draft, play):
    assert "It is Monday 2 March 2026 at 9am" in said(owner, play) and "1 task is open" in said(owner, play)
    page = step(owner, play, "limit")
    assert "A time limit passed: Greet them" in said(owner, page)
    assert "Nobody has done it yet: late by 1 working day" in said(owner, page)
    page = owner.fill(form_to(page, "/wait"), {"days": "4"}, button="days")
    assert "It is Monday 9 March" in said(owner, page) or "It is Sunday 8 March" in said(owner, page)
    page = owner.fill(next(f for f in page.forms if (f.action or "").endswith("/do") and f.fields["task"] == "greet"))
    assert "It was done late" in said(owner, page) and "Greet them: done" in said(owner, page)
    again = owner.get(f"{draft}/try")
    assert "Greet them: done" in said(owner, again)
    page = step(owner, again, "back")
    assert "Still to come: 1 act" in said(owner, page) and "Next: Greet them" in said(owner, page)
    page = step(owner, page, "next")
    assert "Still to come" not in said(owner, page)
    page = step(owner, page, "again")
    assert "It is Monday 2 March 2026 at 9am" in said(owner, page) and "Still to come: 3 acts" in said(owner, page)


@pytest.mark.parametrize("typed", ["", "0", "-3", "99999", "ten"])
def test_a_number_of_days_that_is_none_is_said(owner, play, typed):
    page = owner.fill(form_to(play, "/wait"), {"days": typed}, button="days")
    assert owner.status == 422 and "Enter a number of days from 1 to 4,000" in said(owner, page)


def test_a_step_that_is_gone_is_named_and_the_play_goes_on_from_there(owner, draft, play):
    page = owner.fill(form_to(play, "/do"))
    upload(
        owner, draft, "greeting.bpmn", SMALL.replace(b'"greet"', b'"welcome"').replace(b"Greet them", b"Welcome them")
    )
    page = owner.get(f"{draft}/try")
    assert "Act 1 cannot be done any more" in said(owner, page)
    assert "‘greet’ is not in the drawings any more" in said(owner, page) and "Welcome them" in said(owner, page)
    page = owner.fill(next(f for f in page.forms if f.xpath(".//button[@value='skip']")), button="skip")
    assert "cannot be done" not in said(owner, page) and "1 task is open" in said(owner, page)


def test_the_real_form_checks_makes_up_and_is_sent(owner, draft):
    page = begin(owner, draft, "asb_case_review")
    assert "Nobody has applied yet" in said(owner, page)
    form = lambda page: next(f for f in page.forms if f.xpath(".//button[@value='made_up']"))  # noqa: E731
    page = owner.get(f"{draft}/try/form/begin/start/1")
    page = owner.fill(form(page), button="continue")
    assert owner.status == 422 and page.xpath("//*[contains(@class, 'govuk-error-summary')]//a")
    page = owner.fill(form(page), button="made_up")
    page = owner.fill(form(page), button="continue")
    assert "tasks are open" in said(owner, page) or "task is open" in said(owner, page)
    letter = page.xpath("//a[contains(@href, '/try/letters/')]/@href")
    assert letter
    assert "cannot be written" not in said(owner, owner.get(letter[0]))


def test_a_play_is_kept_as_a_scenario_that_fails_when_the_drawing_says_otherwise(owner, draft, play, clock):
    page = owner.fill(form_to(play, "/do"))
    page = owner.get(f"{draft}/try/keep")
    page = owner.fill(form_to(page, "/keep"), {"title": " "})
    assert owner.status == 422 and "Enter what happens in it" in said(owner, page)
    page = owner.fill(form_to(page, "/keep"), {"title": "Somebody is greeted", "about": "It is polite."})
    assert "Kept as the scenario ‘Somebody is greeted’" in said(owner, page)
    kept = json.loads(owner.client.get(f"{draft}/files/somebody_greeted.scenario/content").data)
    assert kept["expects"]["ends"] == "closed" and "greet" in kept["expects"]["path"]
    only(draft, "somebody_greeted.scenario", clock)
    assert "1 of 1 end as expected" in said(owner, owner.get(f"{draft}/scenarios"))
    page = owner.get(f"{draft}/scenarios/covered/greeting.bpmn")
    assert "Not tried by any scenario" in said(owner, page) and "Remind them" in said(owner, page)
    upload(owner, draft, "greeting.bpmn", SMALL.replace(b'"greet"', b'"welcome"'))
    page = owner.get(f"{draft}/scenarios")
    assert "0 of 1 end as expected" in said(owner, page) and "Act 1 cannot be done" in said(owner, page)


def only(draft, name, clock):
    """Take the other scenarios out of a draft, so that few have to run."""
    row = releasing.draft(UUID(draft.rpartition("/")[2]))
    seen = {one: key for one, key in drafts.hashes(row).items() if one.endswith(".scenario") and one != name}
    who = next(access.who(one) for one in people.everybody() if one.email == OWNER)
    drafts.save(row.id, dict.fromkeys(seen), who, seen=seen, clock=clock)


def test_scenarios_run_for_a_moment_and_go_on_when_the_page_asks_again(owner, draft, monkeypatch):
    running.RESULTS.clear()
    monkeypatch.setattr(pages, "SECONDS", 0.2)
    page = owner.get(f"{draft}/scenarios")
    assert "going on" in said(owner, page) and page.xpath("//noscript/meta[@http-equiv='refresh']")
    first = int(page.xpath("//progress/@value")[0])
    page = owner.get(f"{draft}/scenarios")
    assert int(page.xpath("//progress/@value")[0]) > first


def test_whoever_approves_says_that_they_have_seen_what_fails(owner, another, draft, clock):
    only(draft, "numbers_not_approved.scenario", clock)
    upload(owner, draft, "wrong.scenario", scenario(process="yearly_numbers", expects={"ends": "closed"}))
    owner.fill(form_to(owner.get(f"{draft}/release"), "/hand-in"), {"note": "Fewer."})
    another.sign_in(OTHER)
    page = another.get(f"{draft}/release")
    assert "Not as expected" in said(another, page) and "does not stop a release" in said(another, page)
    page = another.fill(form_to(page, "/decide"), {"reason": "Good."}, button="approve")
    assert another.status == 422 and "tick that you have" in said(another, page)
    page = another.fill(form_to(page, "/decide"), {"seen": True}, button="approve")
    assert another.status == 200 and "The release is live" in said(another, page)


def scenario(**more):
    return json.dumps({"title": "T", "process": "greeting", "acts": [], "expects": {}} | more).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"no json",
        b"[" * 100_000,
        scenario(process=["greeting"]),
        scenario(acts=[{"do": "wait", "days": 999_999_999}]),
        scenario(acts=[{"do": "run", "code": "import os"}]),
        scenario(acts=[{"do": "apply", "answers": {"typename": "x"}}]),
        scenario(starts_on="9999-12-31"),
    ],
)
def test_a_hostile_scenario_is_refused_in_words_and_stops_nothing(owner, draft, clock, content):
    only(draft, "hostile.scenario", clock)
    upload(owner, draft, "hostile.scenario", content)
    page = owner.get(f"{draft}/try/begin")
    if any("scenario" in one.fields for one in page.forms):
        page = owner.fill(next(f for f in page.forms if "scenario" in f.fields), {"scenario": "hostile.scenario"})
        assert owner.status == 422 and page.xpath("//*[contains(@class, 'govuk-error-summary')]")
        page = owner.get(f"{draft}/scenarios")
        assert owner.status == 200 and "0 of 1 end as expected" in said(owner, page)


def test_each_person_has_a_play_of_their_own_and_readers_keep_no_scenario(owner, another, draft, play):
    another.sign_in(SENIOR)
    assert "Begin a new play" in said(another, another.get(f"{draft}/try"))
    begin(another, draft, "greeting")
    another.get(f"{draft}/try/keep")
    assert another.status == 403
    another.sign_in("juniper@larkmere.example")
    another.get(f"{draft}/try")
    assert another.status == 403


def test_a_scenario_is_gone_through_changed_and_kept_in_its_place(owner, draft, clock):
    only(draft, "greeted.scenario", clock)
    upload(owner, draft, "greeting.bpmn", SMALL)
    acts = [{"do": "wait", "days": 1}, {"do": "finish", "task": "greet", "made_up": True}]
    expects = {"ends": "closed", "limits_passed": []}
    upload(
        owner, draft, "greeted.scenario", scenario(title="In time", starts_on="2026-03-02", acts=acts, expects=expects)
    )
    page = owner.get(f"{draft}/try/begin?scenario=greeted.scenario")
    page = owner.fill(next(f for f in page.forms if "scenario" in f.fields))
    assert "Still to come: 2 acts" in said(owner, page) and "Next: Time passes: 1 day" in said(owner, page)
    page = owner.fill(form_to(page, "/wait"), {"days": "7"}, button="days")  # in the place of the day that was to come
    assert "Still to come: 1 act" in said(owner, page) and "Nobody has done it yet: late by" in said(owner, page)
    courses.STANDS.clear()  # a server that was started again remembers nothing
    page = step(owner, owner.get(f"{draft}/try"), "next")
    page = owner.fill(form_to(page, "/do"))  # somebody is reminded
    assert "The case is closed" in said(owner, page)
    page = owner.fill(form_to(owner.get(f"{draft}/try/keep"), "/keep"), {"title": "Too late"})
    assert "1 of 1 end as expected" in said(owner, page) and "Too late" in said(owner, page)
    kept = json.loads(owner.client.get(f"{draft}/files/greeted.scenario/content").data)
    assert kept["acts"][0] == {"do": "wait", "days": 7} and kept["expects"]["limits_passed"] == ["greet"]
