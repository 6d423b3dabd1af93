"""The board: what stands on it is what the histories say, counted here once more from the lines alone."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import html
from sqlalchemy import select

from app import worker
from app.cases import calendars
from app.cli.walking import Walk
from app.law import calendar
from app.store import cases
from app.store.db import db
from app.store.rows.cases import Case, Incident
from app.store.rows.history import Event
from app.store.rows.people import Agency
from app.store.transactions import transaction
from tests import kept_rows
from tests.walks import stories
from tests.walks.test_tallying import by_task, limits

NAMES = ("Tansy Applegarth", "Peony Larch", "Cosmo Dovetail", "Barnaby Thistlewood", "Lettice Quillfeather")
FILTERS = {  # what stands in the address, and which cases it shows
    "q=applegarth": {0},
    "risk=high": {1},
    "risk=unknown&q=Thistlewood": {3},
    "step=interview_applicant&q=Barnaby": {3},
    "with=agency:nhs&q=Tansy": {0},
    "with=agencies&q=Peony": {1},
    "with=role:Coordinator&q=Tansy": {0},
    "with=nobody&q=Tansy": {0},
    "with=person:2": set(),
    "with=idle&q=Tansy": set(),
    "state=stopped": {4},
    "procedure=retention": set(),
    "state=no-such-state&with=what&from=never&q=Peony": {1},
}
HIGH = stories.CALM | {"safe_tonight": "no"}


def tell(walk):
    """Five cases from Monday to Friday: one is late, one on time, one is over, one close to its limit, one stopped."""
    settings, clock = walk.settings, walk.clock
    late, fine, over, close, stopped = (Walk(settings, clock) for _ in NAMES)
    apply(late, 0)
    late.days(3)
    apply(fine, 1)
    fine.do_all("acknowledge_application", "note_application", "offer_support", "confirm_reports")
    fine.do("interview_applicant", reports=stories.THREE, chosen_agencies=stories.AGENCIES)
    fine.do("complete_matrix", risk=HIGH)
    fine.do("note_needs", needs={"found": "no"})
    fine.do_all("make_safety_plan")
    apply(over, 2)
    over.receive("withdrawn", {"said": {"text": "I want to stop.", "at": clock().isoformat()}})
    stops = {"spoken_to": "yes", "own_wish": "yes", "safe": "yes", "decision": "stop", "reason": "They asked."}
    over.do("consider_withdrawal", withdrawal=stops)
    apply(close, 3)
    close.days(1)
    worker.drain(settings, clock)  # the limits of the first pass as well
    apply(stopped, 4)
    with transaction():
        cases.stop(cases.lock(stopped.id), "", "It was stopped to be seen.", clock())
    walk.id = late.id


def apply(walk, number):
    walk.apply(**stories.TANSY | {"victim": {"name": NAMES[number]}})


@pytest.fixture
def several(walk, settled):
    """The references of the cases in the order of ``NAMES``, on the Friday."""
    kept_rows.walked(walk, tell, settled)
    found = {case.title: case.reference for case in db.session.scalars(select(Case))}
    return [found[name] for name in NAMES]


def told(clock):
    """What the lines say of each open case: {reference: [(step, agency's name or "", limit or None) of its open tasks]}.

    Training cases and what has closed are left out.
    """
    lines = list(db.session.scalars(select(Event).order_by(Event.case_id, Event.number)))
    closed = {line.case_id for line in lines if line.kind == "case_closed"}
    opened = {line.case_id for line in lines if line.kind == "case_opened"} - closed
    real = {case.id: case.reference for case in db.session.scalars(select(Case)) if case.virtual_at is None}
    agencies = {agency.key: agency.name for agency in db.session.scalars(select(Agency))}
    due, found = limits(lines), {real[case_id]: [] for case_id in opened if case_id in real}
    for first, last in by_task(lines):
        if last is None and first.case_id in opened and first.case_id in real:
            limit = due[first.says["task"]]
            agency = agencies.get(first.says.get("agency") or "", "")
            found[real[first.case_id]].append((first.subject, agency, datetime.fromisoformat(limit) if limit else None))
    return found


def state(dues, clock):
    """Late, close or fine: by the calendar, a day at a time."""
    due = min((one for one in dues if one), default=None)
    if due is not None and due <= clock():
        return "late"
    last, day, left = (due - timedelta(seconds=1)).date() if due else date.max, calendar.day_of(clock()), 0
    own = calendars.in_force().own
    while day < last and left <= 2:
        day += timedelta(days=1)
        left += not own.why_closed(day)
    return "close" if left <= 2 else "fine"


def listed(counter, address):
    """The references behind an address, of all its pages."""
    found, page = [], counter.get(address)
    while page is not None:
        found += page.xpath("//tr[@data-row]/@data-row")
        following = page.xpath("//a[@rel='next']/@href")
        page = counter.get(following[0]) if following else None
    return found


def figures(page):
    """{words of a figure: (number, address behind it)}."""
    return {
        a.text: (int(a.getparent().findtext("span")), a.get("href")) for a in page.xpath("//*[@class='app-figures']//a")
    }


@pytest.fixture
def reader(several, counter):
    """A manager, who has signed in; the cases are there."""
    counter.sign_in("marigold@larkmere.example")
    return counter


def test_a_manager_comes_to_the_board_first_and_it_says_how_it_stands(several, counter, clock):
    page = counter.sign_in("marigold@larkmere.example")
    counter.get("/tasks")
    assert counter.path == "/status" or "Status" in counter.words(page)
    page = counter.get("/status")
    states = Counter(state([due for *_, due in tasks], clock) for tasks in told(clock).values())
    assert states["late"] and states["fine"], states
    late = "1 case is late" if states["late"] == 1 else f"{states['late']} cases are late"
    assert counter.words(page.find(".//h1")).startswith(f"{late} and {states['close'] or 'none'} ")


def test_each_count_is_the_number_of_cases_behind_its_link_and_what_the_lines_say(reader, clock):
    known = told(clock)
    wanted = defaultdict(set)
    for reference, tasks in known.items():
        wanted[state([due for *_, due in tasks], clock)].add(reference)
    wanted["stopped"] = {
        db.session.get(Case, one.case_id).reference
        for one in db.session.scalars(select(Incident).where(Incident.resolved_at.is_(None)))
    }
    page = reader.get("/status")
    assert set(listed(reader, "/status")) == set(known)
    found = figures(page)
    assert len(found) == len({*wanted, "late", "close", "fine", "stopped"}) == 4
    for number, address in found.values():
        behind = listed(reader, address)
        assert len(behind) == len(set(behind)) == number
        assert set(behind) == wanted[address.partition("state=")[2]]


def test_weeks_and_agencies_lead_to_as_many_cases_as_they_say(reader, clock):
    known = told(clock)
    page = reader.get("/status")
    for link in page.xpath("//table[@aria-label='Limits that end, by week']//td/a"):
        behind = listed(reader, link.get("href"))
        assert len(behind) == int(link.text), link.get("href")
    weeks = [int(link.text) for link in page.xpath("//table[@aria-label='Limits that end, by week']//td/a")]
    later = [min((d for *_, d in tasks if d), default=None) for tasks in known.values()]
    assert sum(weeks) == sum(due is not None and calendar.day_of(due) > calendar.day_of(clock()) for due in later)
    rows = page.xpath("//table[@aria-label='Agencies that we are waiting for']/tbody/tr")
    assert rows
    for row in rows:
        name, (all_of_it, late) = reader.words(row.find("th")), row.xpath(".//a")
        with_it = {ref: [d for _, agency, d in tasks if agency == name] for ref, tasks in known.items()}
        with_it = {ref: dues for ref, dues in with_it.items() if dues}
        assert set(listed(reader, all_of_it.get("href"))) == set(with_it)
        is_late = {ref for ref, dues in with_it.items() if state(dues, clock) == "late"}
        assert (int(all_of_it.text), int(late.text)) == (len(with_it), len(is_late))
        assert set(listed(reader, late.get("href"))) == is_late


@pytest.mark.parametrize("by", ["step", "agency"])
def test_columns_count_what_stands_behind_them(reader, clock, by):
    known = told(clock)
    page = reader.get(f"/status?columns={by}")
    columns = page.xpath("//ul[@class='app-columns']/li")
    assert len(columns) > 2
    for column in columns:
        link = column.find("p/a")
        behind = listed(reader, link.get("href"))
        assert len(behind) == len(set(behind)) == int(link.text.split()[0]), reader.words(column)
        assert 0 < len(column.xpath(".//li")) <= 3 or "idle" in link.get("href")
        late = column.xpath("p/a[contains(@class, 'late')]")
        assert len(listed(reader, late[0].get("href")) if late else []) == int(late[0].text.split()[0] if late else 0)
    if by == "step":
        steps = {step for tasks in known.values() for step, *_ in tasks}
        assert len(columns) == len(steps) + any(not tasks for tasks in known.values())


def test_stopped_cases_come_first_then_the_late_ones(reader, several, clock):
    found, known = listed(reader, "/status"), told(clock)
    assert found[0] == several[4]
    dues = [min((due for *_, due in known[ref] if due), default=datetime.max.replace(tzinfo=UTC)) for ref in found[1:]]
    assert dues == sorted(dues)


def test_a_row_says_step_who_has_it_time_risk_and_last_word(reader, several):
    page = reader.get("/status?risk=high")
    (row,) = page.xpath("//tr[@data-row]")
    said = reader.words(row)
    assert row.get("data-row") == several[1]
    assert "Peony Larch, high risk" in said and "not taken yet" in said and "Told " in said
    assert "working day" in said or "Due today" in said


def test_a_filter_shows_what_fits_it(reader, several):
    for query, names in FILTERS.items():
        expected = {several[number] for number in names}
        assert set(listed(reader, f"/status?{query}")) == expected, query
        if not expected:
            page = reader.get(f"/status?{query}")
            assert "No open case fits this choice" in reader.words(page), query


def test_the_form_is_a_plain_address_with_what_was_chosen(reader):
    page = reader.get("/status?from=2026-03-02")
    form = next(form for form in page.forms if form.get("action") == "/status")
    page = reader.fill(form, {"risk": "high", "q": "peony"})
    assert "risk=high" in reader.path and "from=2026-03-02" in reader.path
    assert reader.get("/status?q=" + "x" * 500) is not None and reader.status == 200
    assert reader.get("/status?page=400") is not None and reader.status == 200


def test_a_step_stands_by_its_own_limit_not_by_what_others_have_to_do(reader, several, clock):
    reference = several[0]
    tasks = told(clock)[reference]
    late = {step for step, _, due in tasks if due and due <= clock()}
    fine = {step for step, _, due in tasks if not due or due > clock()} - late
    assert late and fine
    assert reference in listed(reader, f"/status?step={min(late)}&state=late")
    assert reference not in listed(reader, f"/status?step={min(fine)}&state=late")


def test_training_cases_never_stand_on_the_board(reader, several):
    before = listed(reader, "/status")
    reader.sign_in("horatio@larkmere.example")
    reader.post("/training", {})
    assert reader.status == 200
    assert listed(reader, "/status") == before


def ask(counter, address, tag=""):
    headers = {"X-Requested-With": "fetch"} | ({"If-None-Match": tag} if tag else {})
    return counter.client.get(address, headers=headers)


@pytest.mark.parametrize("address", ["/status", "/status?columns=step"])
def test_an_open_page_is_sent_what_changed_and_nothing_where_nothing_did(reader, several, clock, address):
    page = reader.get(address)
    tag = f'"{page.xpath("//@data-tag")[0]}"'
    again = ask(reader, address, tag)
    assert (again.status_code, again.data) == (304, b"")
    with transaction():
        cases.stop(cases.lock(cases.by_reference(several[0]).id), "", "Now this one as well.", clock())
    changed = ask(reader, address, tag)
    assert changed.status_code == 200 and changed.headers["ETag"] != tag
    parts = html.fragments_fromstring(changed.text)
    assert [part.get("data-live-part") for part in parts] == ["head", "body"]
    assert b"csrf" not in changed.data and b"<script" not in changed.data
    assert len(changed.data) < len(reader.client.get(address).data) / 1.3


def test_those_who_answer_for_the_partnership_find_it_and_nobody_else(counter):
    for who in ("horatio", "basil", "marigold"):
        counter.sign_in(f"{who}@larkmere.example")
        page = counter.get("/status")
        assert counter.status == 200
        assert page.xpath("//nav[@aria-label='Main']//a[@href='/status'][@aria-current]")
        assert page.xpath("//nav[@aria-label='Status']//a[@href='/status/agencies']")
    for who in ("rowan@police.larkmere.example", "juniper@larkmere.example", "fern@support.example"):
        counter.sign_in(who)
        for address in ("/status", "/status/views", "/status/views/new"):
            counter.get(address)
            assert counter.status == 403


def test_a_view_is_saved_found_shared_renamed_and_deleted(reader, another):
    page = reader.get("/status?risk=high&columns=step")
    (link,) = page.xpath("//a[text()='Save this view']/@href")
    page = reader.get(link)
    assert "Risk: High" in reader.words(page)
    form = next(form for form in page.forms if "views" in form.get("action"))
    page = reader.fill(form, {"name": " "})
    assert reader.status == 422 and "Enter a name" in reader.words(page)
    form = next(form for form in page.forms if "views" in form.get("action"))
    page = reader.fill(form, {"name": "High, by step"})
    assert reader.path == "/status?risk=high&columns=step"
    (tab,) = page.xpath("//nav[@aria-label='Views']//a[text()='High, by step']")
    assert tab.get("href") == reader.path and tab.get("aria-current") == "page"

    another.sign_in("basil@larkmere.example")
    assert "High, by step" not in another.words(another.get("/status"))
    page = reader.get("/status/views")
    form = next(form for form in page.forms if "views" in form.get("action"))
    reader.fill(form, {"name": "Danger", "share": True})
    page = another.get("/status")
    (tab,) = page.xpath("//nav[@aria-label='Views']//a[contains(text(), 'Danger')]")
    assert another.words(tab) == "Danger (Marigold Swift)"
    another.post(form.get("action"), {"name": "Mine now"})
    assert another.status == 404
    another.post(f"{form.get('action')}/delete", {})
    assert another.status == 404
    reader.post(f"{form.get('action')}/delete", {})
    assert "You have saved no view" in reader.words(reader.get("/status/views"))
    assert "Danger" not in another.words(another.get("/status"))


def test_two_views_of_one_person_never_have_the_same_name(reader):
    for name, query in (("One", "risk=high"), ("Two", "q=tansy"), ("One", "risk=medium")):
        reader.post(f"/status/views/new?{query}", {"name": name})
    page = reader.get("/status/views")
    assert page.xpath("//main//h2/a/@href") == ["/status?risk=medium", "/status?q=tansy"]
    form = [form for form in page.forms if "views" in form.get("action")][2]
    page = reader.fill(form, {"name": "One"})
    assert reader.status == 422 and "another view with this name" in reader.words(page)
