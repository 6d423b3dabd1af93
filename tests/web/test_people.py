"""Who has how much work: every number counted here once more from the lines of the histories; and who may see it."""

from collections import defaultdict
from datetime import datetime, timedelta
from statistics import median_low
from uuid import UUID

import pytest
from sqlalchemy import select

from app.cases import access, procedures
from app.law.calendar import LONDON
from app.status import people as status_people
from app.status import tallying
from app.status.people import close_by
from app.store import people, tasks
from app.store.db import db
from app.store.rows.cases import Task
from app.store.rows.history import Event
from app.store.rows.people import RoleGrant
from app.store.transactions import transaction
from app.tasks import claiming
from tests.walks import stories
from tests.walks.test_tallying import hours

MARIGOLD, BASIL, JUNIPER = "marigold@larkmere.example", "basil@larkmere.example", "juniper@larkmere.example"
ROWAN, HORATIO = "rowan@police.larkmere.example", "horatio@larkmere.example"
FIGURES = ("open", "late", "close", "done", "limits", "late_done")


@pytest.fixture
def busy(walk, clock):
    """Two reviews: steps were finished in time and late, some are taken, one was given back, some have nobody."""
    walk.apply(**stories.TANSY)
    first = walk.id
    walk.days(6)
    walk.do_all("acknowledge_application", "note_application", "offer_support", "confirm_reports")
    walk.days(2)
    walk.do("interview_applicant", reports=stories.THREE, chosen_agencies=stories.AGENCIES)
    walk.do("complete_matrix", risk=stories.CALM)
    walk.apply(victim={"name": "Barnaby Thistlewood"})
    take(first, walk.id, clock=clock)
    walk.days(1)
    tallying.all_of_it()
    return walk


@pytest.fixture
def taken(walk, clock):
    """A new review; Juniper and Basil have taken what they may."""
    walk.apply(**stories.TANSY)
    take(walk.id, clock=clock, back=0)
    return walk


def take(*ids, clock, back=3):
    """Whoever may take a task takes it; every third gives it back."""
    opened = db.session.scalars(select(Task).where(Task.case_id.in_(ids)).order_by(Task.name, Task.id)).all()
    for at, task in enumerate([(task.id, task.role, task.agency_key) for task in opened]):
        several = people.with_role(*task[1:])
        if several:
            claiming.take(task[0], access.who(several[0]), clock=clock)
            if back and at % back == back - 1:
                claiming.give_back(task[0], access.who(several[0]), clock=clock)


def from_the_lines(now):
    """{(role, agency, person): figures} of everybody, from the event table alone."""
    tasks, done = {}, []
    for line in db.session.scalars(select(Event).order_by(Event.case_id, Event.number)):
        says, key = line.says, line.says.get("task")
        if line.kind == "task_opened":
            tasks[key] = {"role": says["role"], "agency": says.get("agency") or "", "who": None, "at": line.at}
            tasks[key]["due"] = says.get("due_at")
        elif line.kind in ("task_taken", "task_given", "task_given_back"):
            tasks[key]["who"] = says["person"]
        elif line.kind in ("task_completed", "task_withdrawn"):
            task = tasks.pop(key)
            if line.kind == "task_completed":
                done.append((task, line.at, line.person_id))
        for moved, limit in (says.get("limits") or {}).items():
            tasks[moved]["due"] = limit.get("due_at")
    return counted(tasks.values(), done, now)


def counted(open_ones, done, now):
    found = defaultdict(lambda: dict.fromkeys(FIGURES, 0) | {"oldest": None, "took": []})
    for task in open_ones:
        row, due = found[task["role"], task["agency"], task["who"]], instant(task["due"])
        row["open"] += 1
        row["late"] += due is not None and due <= now
        row["close"] += due is not None and now < due <= close_by(now)
        row["oldest"] = min(filter(None, (row["oldest"], task["at"])))
    for task, at, who in done:
        if at.astimezone(LONDON).date() > now.astimezone(LONDON).date() - timedelta(days=30):
            row, due = found[task["role"], task["agency"], who], instant(task["due"])
            row["done"] += 1
            row["took"].append((task["at"], at))
            row["limits"] += due is not None
            row["late_done"] += due is not None and at >= due
    return found


def instant(iso):
    return datetime.fromisoformat(iso) if iso else None


def test_every_number_is_what_the_lines_of_the_histories_say(busy, clock):
    expected = from_the_lines(clock())
    found = status_people.everybody(clock=clock)
    shown = {}
    for team in found.teams:
        for one in [*team.people, team.nobodys]:
            figures = {name: getattr(one, name) for name in FIGURES}
            if any(figures.values()):
                shown[team.role, team.agency_key, one.person_id] = figures | {"oldest": one.oldest_at}
    wanted = {key: {k: v for k, v in row.items() if k != "took"} for key, row in expected.items()}
    wanted = {key: row for key, row in wanted.items() if key[0] != access.APPLICANT and (key[2] or row["open"])}
    assert shown == wanted
    totals = {name: sum(row[name] for row in wanted.values()) for name in FIGURES}
    assert all(totals[name] for name in ("open", "late", "done", "late_done")), totals
    assert found.late == totals["late"] and found.nobodys == sum(r["open"] for k, r in wanted.items() if not k[2])


def test_the_usual_time_is_the_middle_of_the_working_times(busy, clock):
    expected = from_the_lines(clock())
    closed = procedures.of(busy.case).calendars.own.holiday
    checked = 0
    for team in status_people.everybody(clock=clock).teams:
        for one in team.people:
            took = expected[team.role, team.agency_key, one.person_id]["took"]
            assert (one.usual is None) == (not took)
            if took:
                checked += 1
                exactly = median_low(hours(begun, ended, closed) for begun, ended in took) / 8
                assert one.usual == pytest.approx(exactly, abs=0.51), "it is kept in halves of a working day"
    assert checked > 1


def test_the_page_leads_to_the_lists_behind_and_costs_the_same_however_much_there_is(busy, manager, statements):
    with statements() as few:
        page = manager.get("/status/people")
    links = page.xpath("//table//a/@href")
    assert manager.words(page.find(".//h1")).endswith("nobody yet")
    for link in links:
        number = next(a.text for a in page.xpath("//table//a") if a.get("href") == link)
        if number.isdecimal():
            listed = manager.get(link)
            assert len(listed.xpath("//main//tbody/tr")) == int(number), link
    task = db.session.scalars(select(Task).where(Task.person_id.is_not(None))).first()
    row = {c.key: getattr(task, c.key) for c in Task.__table__.columns}
    from_one = [row | {"id": UUID(int=at + 1)} for at in range(60)]
    db.session.execute(Task.__table__.insert(), from_one)
    db.session.commit()
    with statements() as many:
        manager.get("/status/people")
    assert len(few) == len(many) <= 16


@pytest.mark.parametrize(
    ("email", "status"), [(HORATIO, 200), (BASIL, 200), (JUNIPER, 403), (ROWAN, 403), ("fern@support.example", 403)]
)
def test_who_sees_everybody(counter, email, status):
    counter.sign_in(email)
    counter.get("/status/people")
    assert counter.status == status


def test_each_person_sees_their_own_page_and_nobody_elses(counter):
    counter.sign_in(ROWAN)
    own, other = (people.by_email(email).id for email in (ROWAN, BASIL))
    for address in ("", "/finished", "/handover", "/away"):
        counter.get(f"/status/people/{own}{address}")
        assert counter.status == 200, address
        counter.get(f"/status/people/{other}{address}")
        assert counter.status in (403, 404), address
    counter.post(f"/status/people/{other}/give", {"to": "0"})
    assert counter.status == 404
    counter.post(f"/status/people/{other}/away", {"first-day": "2"})
    assert counter.status == 403


def test_a_coordinator_sees_but_does_not_move_the_work_of_others(taken, counter):
    counter.sign_in(BASIL)
    page = counter.get(f"/status/people/{people.by_email(JUNIPER).id}")
    assert "Give tasks to somebody else" not in counter.words(page)
    counter.post(f"/status/people/{people.by_email(JUNIPER).id}/give", {"to": "0", "all": "yes", "sure": "yes"})
    assert counter.status == 403


def test_an_absence_is_noted_by_oneself_and_the_work_is_taken_back(taken, counter, clock):
    counter.sign_in(JUNIPER)
    juniper = people.by_email(JUNIPER)
    before = mine(juniper)
    assert before
    page = counter.get("/tasks")
    assert page.xpath("//main//a[@href='/away']")
    page = counter.get("/away", follow=True)
    today = clock().date()
    form = form_at(page, "/away")
    wrong = counter.fill(form, {"first-day": "31", "first-month": "2", "first-year": "2026"})
    assert counter.status == 422 and "Enter a day" in counter.words(wrong)
    days = {"first-day": str(today.day), "first-month": str(today.month), "first-year": str(today.year)}
    page = counter.fill(form_at(wrong, "/away"), {**days, "note": "The lift is the worst."})
    assert "You are noted as away from now on" in counter.words(page)
    assert "Away, nobody knows until when" in counter.words(page) and not mine(juniper)
    assert "You are noted as away" in counter.words(counter.get("/tasks"))
    paper = counter.get(f"/status/people/{juniper.id}/handover")
    assert "The lift is the worst." in counter.words(paper)
    page = counter.fill(form_at(counter.get("/away", follow=True), "/end"))
    assert "still open" in counter.words(page)
    page = counter.fill(form_at(page, "/take-back"))
    assert mine(juniper) == before and "came back" in counter.words(page)


def mine(person):
    db.session.rollback()
    return sorted(db.session.scalars(select(Task.id).where(Task.person_id == person.id)))


def form_at(page, end):
    return next(form for form in page.forms if (form.action or "").endswith(end))


def test_a_manager_gives_the_tasks_of_somebody_back_after_looking(taken, manager):
    juniper = people.by_email(JUNIPER)
    before = mine(juniper)
    page = manager.get(f"/status/people/{juniper.id}")
    nothing = manager.fill(form_at(page, "/give"))
    assert manager.status == 422 and "Select a task" in manager.words(nothing)
    page = manager.fill(form_at(manager.get(f"/status/people/{juniper.id}"), "/give"), {"all": True})
    assert "can go to the team" in manager.words(page.find(".//h1")) and mine(juniper) == before
    page = manager.fill(form_at(page, "/give"))
    assert "went to the team" in manager.words(page) and mine(juniper) == []


def test_the_lists_say_who_is_away(taken, counter, clock):
    day = clock().date()
    basil, horatio = (people.by_email(email) for email in (BASIL, HORATIO))
    with transaction():
        people.add(RoleGrant(person_id=horatio.id, role="Coordinator"))
    days = {"first-day": str(day.day), "first-month": str(day.month), "first-year": str(day.year)}
    counter.sign_in(HORATIO)
    counter.fill(form_at(counter.get(f"/status/people/{basil.id}/away"), "/away"), days)
    assert "Away today" in counter.words(counter.get("/status/people"))
    task = next(task for task in tasks.of_case(taken.id) if task.role == "Coordinator")
    page = counter.get(f"/tasks/{task.id}/give")
    assert "away, nobody knows until when" in counter.words(page)
    page = counter.fill(form_at(page, "/give"), {"person": str(basil.id)})
    assert counter.status == 422 and "Give the task back to the team instead" in counter.words(page)
