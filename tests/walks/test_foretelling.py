"""The letters that finishing a task would send: shown to whoever may see the case, while nothing is kept or sent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.cases import access, procedures, training
from app.cases.access import Who
from app.notify import recipients
from app.store import cases, history, people, tasks
from app.store.db import db
from app.store.rows.history import Effect
from app.store.tasks import Place
from app.tasks import asked, foretelling
from tests.conftest import one_kind
from tests.walks import stories, tiny

database_url = pytest.fixture(one_kind)  # nothing here hangs on which of the two it is

GIVEN = {
    "contact_officer": {"name": "Basil Tamarind", "phone": "020 7946 0134", "deputy": "Juniper Wick"},
    "contact": {"way_checked": "yes"},
}
STUCK = tiny.process(
    "stuck",
    tiny.task("work") + tiny.gateway("ask") + tiny.letter("tell") + tiny.end("done"),
    tiny.flow("begun", "work", "ask")
    + tiny.flow("ask", "tell", condition='answer = "yes"')
    + tiny.flow("tell", "done"),
)
INSIDE = tiny.process(
    "inside",
    tiny.task("work") + tiny.letter("tell", "high_risk", "senior_officer") + tiny.end("done"),
    tiny.flow("begun", "work", "tell", "done"),
)
DONE = {"work": {"outcome": "done"}}
UNDRAWN = ("", None)  # the lane of a task that stands in none


@pytest.fixture
def basil(partnership):
    return access.who(people.by_email("basil@larkmere.example"))


@pytest.fixture
def begun(walk):
    walk.apply(**stories.TANSY)
    return walk


@pytest.fixture
def foretell(settings, clock):
    """What finishing an open task of a walk would send."""

    def foretold(case_id, key, who, answers, **changed):
        now = asked.load(tiny.task_of(case_id, key), who, clock=clock)
        return foretelling.letters(now, answers, who, replace(settings, **changed), clock=clock)

    return foretold


@pytest.fixture
def small(app, clock):
    """Somebody who may do every task of the small drawings."""
    tiny.publish(clock)
    return Who(1, "Basil Tamarind", (Place(*UNDRAWN), Place("Coordinator", None)))


def publish(drawing, clock):
    """Make one drawing the live release, after the small ones."""
    clock.at += timedelta(seconds=1)
    procedures.publish({"1.bpmn": drawing}, by="tests", note="", clock=clock)


def rows():
    """All that is kept of cases."""
    found = []
    for table in ("effect", "message", "event", "task", "timer", "snapshot"):
        found.append(db.session.execute(db.text(f"select * from {table} order by 1, 2")).all())
    return found


def test_a_letter_is_foretold_with_its_reader_its_way_and_its_facts(begun, basil, foretell):
    (told,) = foretell(begun.id, "acknowledge_application", basil, GIVEN, channel="smtp")
    assert told.letter.subject == "We have your application"
    assert "Basil Tamarind" in told.letter.html
    assert [(who.name, way) for who, way in told.to] == [("Tansy Applegarth", "by email to tansy@larkmere.example")]
    assert told.leaves
    known = {fact.question: (fact.asked_in, fact.answer) for fact in told.known}
    assert known["Who stands in for them?"] == ("Acknowledge the application", "Juniper Wick")
    assert known["The day we promise: panel"][1].startswith("Monday 16")
    assert "What should we call you?" in [fact.question for fact in told.unknown]


def test_nothing_is_kept_and_nothing_is_sent(begun, basil, foretell):
    before, revision = rows(), begun.case.revision
    foretell(begun.id, "acknowledge_application", basil, GIVEN)
    db.session.commit()
    assert rows() == before
    assert begun.case.revision == revision
    assert history.messages(begun.id) == []


def test_what_was_foretold_is_what_is_sent(begun, basil, foretell):
    (told,) = foretell(begun.id, "acknowledge_application", basil, GIVEN)
    begun.do("acknowledge_application", **GIVEN)
    begun.days(0)
    (sent,) = [message for message in history.messages(begun.id) if message.letter == "acknowledgement"]
    assert sent.html.replace("h1", "h2") == told.letter.html


def test_no_letter_is_foretold_while_an_answer_is_missing(begun, basil, foretell):
    assert foretell(begun.id, "acknowledge_application", basil, {}) == ()


def test_an_agency_is_shown_no_letter_of_the_case(walk, foretell):
    stories.begin(walk, stories.ONE)
    walk.do("decide_threshold", threshold={"decision": "not met", "reasons": "One incident."})
    action = stories.ACTION | {"agency": "police"}
    walk.do("write_reasons", agreed_actions=[action], refusal={"reasons": "One incident."})
    rowan = access.who(people.by_email("rowan@police.larkmere.example"))
    answers = {"concern": {"accepted": "yes", "person": "Rowan", "action": "We call.", "follow_up_on": "2026-03-20"}}
    assert foretell(walk.id, "accept_concern", rowan, answers) == ()
    above = Who(rowan.id, rowan.name, (*rowan.places, Place("Coordinator", None)))
    told = foretell(walk.id, "accept_concern", above, answers)
    given = f"Case {walk.case.reference}: an action for you"
    assert [one.letter.subject for one in told] == ["Why there will be no review, and who will help", given]


def test_the_same_letter_to_several_is_shown_once_with_everybody_who_gets_it(begun, settings, clock, partnership):
    for_all = Effect(case_id=begun.id, kind="letter", wants={"letter": "new_application", "to": "relevant_bodies"})
    for_all.facts, for_all.item = begun.facts, None
    written = list(foretelling._written(begun.case, [for_all], settings, clock()))
    assert len(written) == len(people.agencies(relevant_only=True)) > 1
    assert len({letter.html for letter, _ in written}) == 1


def test_a_letter_to_a_colleague_does_not_leave_the_house(small, clock, foretell):
    publish(INSIDE, clock)
    (told,) = foretell(tiny.begin("inside", clock).id, "work", small, DONE)
    ((who, way),) = told.to
    assert who.is_colleague
    assert way == "cannot be sent: Nobody is ‘Senior officer’ here. Somebody is asked to pass it on"
    assert not told.leaves


def test_where_the_drawing_cannot_be_followed_no_letter_is_shown_and_nothing_breaks(small, clock, foretell):
    publish(STUCK, clock)
    case = tiny.begin("stuck", clock, answer="no")
    assert foretell(case.id, "work", small, DONE) == ()
    assert cases.incidents() == []
    assert len(tasks.of_case(case.id)) == 1


def test_a_letter_that_cannot_be_written_keeps_nobody_from_finishing(small, clock, foretell):
    assert foretell(tiny.begin("wrongly", clock).id, "work", small, DONE) == ()


@pytest.mark.parametrize(
    ("email_safe", "channel", "way"),
    [
        ("yes", "notify", "by email to tansy@applegarth.example"),
        ("no", "smtp", "no safe address: somebody is asked to reach them"),
        ("no", "file", "kept here: somebody has to pass it on"),
    ],
)
def test_the_way_of_a_letter_is_said(small, clock, foretell, email_safe, channel, way):
    facts = tiny.VICTIM | {"contact": tiny.VICTIM["contact"] | {"email_safe": email_safe}}
    (told,) = foretell(tiny.begin("lettered", clock, **facts).id, "work", small, DONE, channel=channel)
    assert [said for _, said in told.to] == [way]
    assert [fact.answer for fact in told.known if fact.question == "Update, text"] == ["Nothing new."]


def test_letters_of_a_training_case_are_said_to_be_kept(begun, basil, clock, foretell):
    copy = training.copy(begun.id, basil, clock=clock)
    (told,) = foretell(copy.id, "acknowledge_application", basil, GIVEN, channel="smtp")
    ((_, way),) = told.to
    assert way == "written to be read here: letters of a training case are never sent"


def test_a_letter_in_another_language_is_foretold_in_it(begun, basil, clock, foretell, walk):
    walk.apply(**stories.TANSY | {"contact": stories.TANSY["contact"] | {"language": "French"}})
    (told,) = foretell(walk.id, "acknowledge_application", basil, GIVEN)
    assert told.letter.subject == "Nous avons reçu votre demande"
    assert "We have your application" in told.letter.html


def test_a_letter_costs_no_more_statements_for_many_facts(begun, basil, foretell, statements):
    with statements() as said:
        foretell(begun.id, "acknowledge_application", basil, GIVEN)
    assert len(said) <= 14


ACTS = {"name": "Basil Applegarth", "email": "basil@applegarth.example", "authority": "not_yet"}


def sent_to(to, letter, item=None, **facts):
    wants = {"letter": letter, "to": to}
    return [(who.key, who.name, who.problem) for who in recipients.of(Effect(wants=wants, facts=facts, item=item))]


def test_before_the_victim_agrees_a_representative_is_only_asked_for_that_agreement():
    assert sent_to("representative", "consent_chase", representative=ACTS) == [
        ("representative", "Basil Applegarth", "")
    ]
    refused = "The victim has not agreed that somebody acts for them."
    assert sent_to("representative", "outcome", representative=ACTS) == [("representative", "", refused)]
    agreed = ACTS | {"agreed": "yes"}
    assert sent_to("representative", "outcome", representative=agreed) == [("representative", "Basil Applegarth", "")]


def test_a_fact_that_names_agencies_is_an_addressee(partnership):
    found = sent_to("chosen_agencies", "agency_invitation", chosen_agencies=["police", "council"])
    assert [key for key, _, _ in found] == ["police", "council"]
    assert sent_to("chosen_agencies", "agency_invitation", chosen_agencies=[]) == []
    assert sent_to("chosen_agencies", "agency_invitation")[0][2] == "Nobody is ‘chosen_agencies’ here."
    beside = sent_to("victim, chosen_agencies", "review_stopped", victim={"name": "Tansy"})
    assert [key for key, _, _ in beside] == ["victim"], "who stops before anybody was asked"


def test_a_letter_to_both_reads_a_list_of_agencies_once(partnership):
    facts = {"victim": {"name": "Tansy"}, "chosen_agencies": ["police", "police"]}
    assert [key for key, _, _ in sent_to("victim, chosen_agencies", "panel_moved", **facts)] == ["victim", "police"]


def test_whoever_answers_for_an_agency_is_named_by_it(partnership):
    ((key, name, problem),) = sent_to("agency_chief", "agency_escalation", item="police")
    assert (key, problem) == ("police", "")
    assert name.startswith("The chief officer of ")
