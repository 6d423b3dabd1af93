"""An agency without an account answers by the link in its letter: that one task, and nothing else."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from app import errors, worker
from app.cases import access, procedures, training
from app.cases.access import Who
from app.intake import linking
from app.notify import answer_links, sending
from app.notify.recipients import Recipient
from app.notify.sending import Postroom
from app.store import drafts, history, tasks, tokens
from app.store.transactions import transaction
from app.tasks import by_link
from tests.walks import stories
from tests.web.test_tasks_forms import form_of

LINK = re.compile(r"http://127\.0\.0\.1:8000(/answer/[\w-]{43})")
BASIL, ROWAN = "basil@larkmere.example", "rowan@police.larkmere.example"
ANN = {"name": "Ann Reed", "email": "ann.reed@police.larkmere.example", "acts": ["yes"]}
CONFIRMED = {"confirmation.received": "none", "confirmation.contact": "Ann Reed, 101"}
BY = "Ann Reed (Larkmere Police, by link)"


@pytest.fixture
def asked(walk):
    """A case of which all bodies have just been told."""
    walk.apply(**stories.TANSY)
    worker.drain(walk.settings, walk.clock)
    return walk


def letters_to(walk, agency, letter="new_application"):
    return [m for m in history.messages(walk.id, agency) if m.letter == letter]


def link_to(walk, agency, letter="new_application"):
    """The link in the newest letter of that kind to an agency."""
    return LINK.search(letters_to(walk, agency, letter)[0].html)[1]


def task_of(walk, agency, key="confirm_reports"):
    return next(t for t in tasks.of_case(walk.id) if (t.key, t.agency_key) == (key, agency))


def begin(counter, address, **changed):
    page = counter.get(address)
    form = next(f for f in page.forms if "/answer/" in f.action and f.action != "/answer/leave")
    return counter.fill(form, ANN | changed)


def kinds(walk):
    return [event.kind for event in history.of_case(walk.id)]


def test_a_letter_that_asks_an_agency_brings_a_link_and_one_to_the_senior_officer_does_not(asked):
    assert all(link_to(asked, agency) for agency in ("police", "council", "nhs", "thistledown_homes"))
    (senior,) = [m for m in history.messages(asked.id) if m.recipient.startswith("person:")]
    assert senior.letter == "new_application"
    assert "/answer/" not in senior.html


def test_following_the_link_changes_nothing_and_names_nobody(asked, counter, rows):
    before = kinds(asked), rows("select hash, tries, ends_at from link")
    page = counter.get(link_to(asked, "police"))
    said = counter.words(page)
    assert "Confirm the reports" in said
    assert "Larkmere Police" in said
    assert "Schedule 4, paragraph 7" in said
    assert "section 115 of the crime and disorder act 1998" in said.lower()
    assert "Tansy" not in said
    assert (kinds(asked), rows("select hash, tries, ends_at from link")) == before
    assert not rows("select id from reading")


def test_an_agency_answers_without_an_account_and_history_says_who(asked, counter):
    page = begin(counter, link_to(asked, "police"))
    assert counter.path == f"/tasks/{task_of(asked, 'police').id}"
    assert "Tansy Applegarth" in counter.words(page)
    page = counter.fill(form_of(page), CONFIRMED)
    assert counter.words(page.find(".//h1")).startswith("Done:")
    assert not page.xpath("//a[starts-with(@href, '/cases') or starts-with(@href, '/tasks')]")
    came, done = (next(e for e in history.of_case(asked.id) if e.kind == k) for k in ("link_opened", "task_completed"))
    assert (came.by, came.says["email"], came.says["agency"]) == (BY, ANN["email"], "police")
    assert (done.by, done.person_id) == (BY, None)


def test_who_looked_by_a_link_is_written_down_by_name(asked, counter, rows):
    begin(counter, link_to(asked, "police"))
    assert (None, BY, "task confirm_reports") in rows("select person_id, name, page from reading")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "Enter your name"),
        ({"name": "x" * 300}, "200 characters or fewer"),
        ({"email": "nobody"}, "Enter your work email address"),
        ({"acts": []}, "Select that you answer for Larkmere Police"),
    ],
)
def test_who_does_not_say_who_they_are_gets_no_further(asked, counter, changed, says):
    page = begin(counter, link_to(asked, "police"), **changed)
    assert counter.status == 422
    assert says in counter.words(page)
    assert "link_opened" not in kinds(asked)
    counter.get(f"/tasks/{task_of(asked, 'police').id}", follow=False)
    assert counter.status == 303


def test_a_link_opens_its_own_task_and_no_other_page(asked, counter):
    begin(counter, link_to(asked, "police"))
    others = [t for t in tasks.of_case(asked.id) if t.id != task_of(asked, "police").id]
    pages = [f"/tasks/{t.id}" for t in others] + [f"/tasks/{t.id}/1" for t in others]
    pages += ["/tasks", "/cases", f"/cases/{asked.case.reference}", f"/cases/{asked.case.reference}/answers"]
    pages += [f"/tasks/{task_of(asked, 'police').id}/give", "/admin/health", "/track/review"]
    for address in pages:
        counter.get(address, follow=False)
        assert (counter.status, "sign-in" in (counter.response.location or "")) in ((303, True), (404, False)), address


@pytest.mark.parametrize("what", ["1", "1/draft", "check", "take", "give-back"])
def test_a_link_sends_nothing_to_another_task(asked, counter, what):
    begin(counter, link_to(asked, "police"))
    other = task_of(asked, "council")
    before = kinds(asked)
    counter.post(f"/tasks/{other.id}/{what}", CONFIRMED, follow=False)
    assert (counter.status, kinds(asked)) == (303, before)
    assert drafts.of_task(other.id) is None


def test_two_links_in_one_browser_do_not_mix(asked, counter):
    police = begin(counter, link_to(asked, "police"))
    begin(counter, link_to(asked, "council"), email="ivy@council.example", name="Ivy")
    counter.fill(form_of(police), CONFIRMED)
    (done,) = [e for e in history.of_case(asked.id) if e.kind == "task_completed"]
    assert (done.by, done.says["task"]) == (BY, form_of(police).action.split("/")[2].replace("-", ""))


def test_a_colleague_goes_on_with_the_draft_by_the_same_link(asked, counter, another):
    page = begin(counter, link_to(asked, "police"))
    counter.fill(form_of(page), {"confirmation.contact": "Desk 4"}, button="save")
    assert "Saved." in counter.response.text
    page = begin(another, link_to(asked, "police"), name="Bo Lark")
    assert form_of(page).fields["confirmation.contact"] == "Desk 4"
    assert "somebody with your organisation’s link" in another.words(page)


def test_a_link_that_has_done_its_work_says_who_answered(asked, counter, another):
    address = link_to(asked, "police")
    counter.fill(form_of(begin(counter, address)), CONFIRMED)
    page = another.get(address)
    assert another.status == 410
    assert f"{BY} finished this task" in another.words(page)
    another.post(address, ANN)
    assert another.status == 410
    assert kinds(asked).count("link_opened") == 1


def test_the_second_of_two_colleagues_is_told_who_was_faster_and_loses_nothing(asked, counter, another):
    first = begin(counter, link_to(asked, "police"))
    second = begin(another, link_to(asked, "police"), name="Bo Lark")
    counter.fill(form_of(first), CONFIRMED)
    page = another.fill(form_of(second), CONFIRMED | {"confirmation.more": "A call on Sunday"})
    assert another.status == 409
    assert "Ann Reed" in another.words(page)
    assert "A call on Sunday" in another.words(page)


def test_a_double_press_gets_the_first_answer_again(asked, counter):
    page = begin(counter, link_to(asked, "police"))
    form = form_of(page)
    counter.fill(form, CONFIRMED)
    first = counter.path
    counter.path = form.action
    counter.fill(form, CONFIRMED)
    assert (counter.path, counter.status) == (first, 200)
    assert kinds(asked).count("task_completed") == 1


def test_a_task_that_a_time_limit_closed_says_so(walk, counter):
    stories.begin(walk, stories.THREE)
    worker.drain(walk.settings, walk.clock)
    address = link_to(walk, "police", "agency_request")
    walk.days(20)
    page = counter.get(address)
    assert counter.status == 410
    assert "The time limit" in counter.words(page)


def test_a_reminder_brings_a_new_link_and_the_old_one_ends(walk, counter):
    stories.begin(walk, stories.THREE)
    worker.drain(walk.settings, walk.clock)
    old = link_to(walk, "police", "agency_request")
    page = begin(counter, old)
    walk.days(9)
    new = link_to(walk, "police", "agency_reminder")
    ended = counter.get(old)
    assert "This link has ended" in counter.words(ended)
    counter.post(old, ANN)
    assert counter.status == 410
    assert "What we need" not in counter.response.text
    counter.fill(form_of(page), {"information.involved": "no", "information.person": "Ann"})  # who has begun goes on
    assert counter.status == 200
    counter.get(new)
    assert counter.status == 410  # answered


def test_a_link_ends_after_its_days_and_a_new_one_goes_to_the_agency_alone(asked, counter, clock):
    address = link_to(asked, "police")
    clock.pass_(days=31)
    worker.drain(asked.settings, clock)  # letters about the limit that passed bring links too
    page = counter.get(address)
    assert "This link has ended" in counter.words(page)
    for _ in range(5):
        counter.post(f"{address}/new", {"email": "thief@example.com"})
    worker.drain(asked.settings, clock)
    new = letters_to(asked, "police", "answer_link")
    assert len(new) == 3
    assert {letter.address for letter in new} == {"asb@police.larkmere.example"}
    live = [LINK.search(letter.html)[1] for letter in new]
    statuses = []
    for found in live:
        counter.get(found)
        statuses.append(counter.status)
    assert sorted(statuses) == [200, 410, 410]


def test_a_link_lets_only_so_many_people_begin(asked, counter, monkeypatch):
    monkeypatch.setattr(by_link, "MOST_PEOPLE", 1)
    begin(counter, link_to(asked, "police"))
    counter.post(link_to(asked, "police"), ANN)
    assert counter.status == 410
    assert kinds(asked).count("link_opened") == 1


def test_only_the_hash_of_a_link_is_kept_where_letters_leave_the_house(walk, rows):
    posted = []
    walk.apply(**stories.TANSY)
    sending.sweep(
        Postroom(replace(walk.settings, channel="smtp"), posted.append, procedures.of, procedures.letters_of),
        walk.clock,
    )
    (sent,) = [post.html for post in posted if post.address == "asb@police.larkmere.example"]
    token = LINK.search(sent)[1].rsplit("/", 1)[1]
    (kept,) = letters_to(walk, "police")
    assert answer_links.HERE in kept.html
    assert token not in kept.html
    assert (tokens.hashed(token),) in rows("select hash from link")
    assert (token,) not in rows("select hash from link")


def test_guessed_links_all_meet_the_same_page(asked, counter):
    victims = linking.renew(asked.id, asked.clock)
    for token in ("x", "A" * 43, tokens.make(), victims, answer_links.HERE):
        page = counter.get(f"/answer/{token}")
        assert counter.status == 404
        assert "We could not find that link." in counter.words(page)
        counter.post(f"/answer/{token}", ANN)
        assert counter.status == 404
        counter.post(f"/answer/{token}/new", {})
        assert counter.status == 404


def test_an_agencys_link_opens_no_page_of_the_person_who_asked(asked, counter):
    token = link_to(asked, "police").rsplit("/", 1)[1]
    counter.post(f"/track/{token}", {"reference": asked.case.reference})
    assert counter.status == 404
    counter.get("/track/review")
    assert counter.status == 404


def test_a_post_without_its_token_begins_nothing(asked, counter, app):
    app.config["WTF_CSRF_ENABLED"] = True
    counter.post(link_to(asked, "police"), ANN)
    assert counter.status == 400
    assert "link_opened" not in kinds(asked)


def test_a_training_case_has_no_links(asked, counter):
    copy = training.copy(asked.id, Who(None, "Basil Tamarind", ()), clock=asked.clock)
    mine = next(t for t in tasks.of_case(copy.id) if (t.key, t.agency_key) == ("confirm_reports", "police"))
    letter = history.effects(asked.id, "tell_all_bodies")[0]
    assert (
        answer_links.asked(copy, letter, Recipient("police", "Larkmere Police", "asb@police.larkmere.example")) is None
    )
    token = tokens.make()
    row = linking.made(token, copy.id, asked.clock)
    row.task_id = mine.id
    with transaction():
        drafts.add(row)
    counter.get(f"/answer/{token}")
    assert counter.status == 404


def test_whoever_has_signed_in_for_the_agency_goes_straight_to_the_task(asked, counter):
    counter.sign_in(ROWAN)
    page = counter.get(link_to(asked, "police"))
    assert page.xpath(f"//a[@href='/tasks/{task_of(asked, 'police').id}']")
    assert not page.xpath("//input[@name='acts']")
    assert f"/tasks/{task_of(asked, 'police').id}" in counter.client.get("/tasks?tab=nobodys").text


def test_an_officer_who_follows_the_link_does_not_answer_in_two_names(asked, counter):
    counter.sign_in(BASIL)
    begin(counter, link_to(asked, "police"))
    counter.get(f"/cases/{asked.case.reference}", follow=False)
    assert counter.status == 303  # signed out


def test_a_closed_page_stays_closed_on_this_device(asked, counter):
    page = begin(counter, link_to(asked, "police"))
    counter.fill(next(f for f in page.forms if f.action == "/answer/leave"))
    counter.get(f"/tasks/{task_of(asked, 'police').id}", follow=False)
    assert counter.status == 303


def test_a_forged_memory_of_a_link_opens_nothing(asked, counter):
    task = task_of(asked, "police")
    with counter.client.session_transaction() as session:
        session["answers"] = {str(task.id): {"link": "f" * 64, "name": "X", "until": "2030-01-01T00:00:00+00:00"}}
    counter.get(f"/tasks/{task.id}", follow=False)
    assert counter.status == 303


def test_somebody_by_a_link_may_do_one_task_and_see_no_case(asked):
    who = by_link.someone(BY, task_of(asked, "police").id)
    open_tasks = tasks.of_case(asked.id)
    assert [t.id for t in open_tasks if access.may_do(who, t)] == [who.task_id]
    with pytest.raises(errors.NotFound):
        access.check_may_see_case(who, open_tasks)


def test_a_link_to_a_task_that_never_was_says_nothing(asked, counter):
    token = tokens.make()
    row = linking.made(token, asked.id, asked.clock)
    row.task_id = uuid4()
    with transaction():
        drafts.add(row)
    counter.get(f"/answer/{token}")
    assert counter.status == 404
