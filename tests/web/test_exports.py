"""Files to take away: the same numbers as the tables of events, nobody's name, one batch at a time."""

import csv
import io
import json
import shutil
from datetime import datetime, timedelta

import pm4py
import pyarrow.parquet
import pytest
from click.testing import CliRunner
from sqlalchemy import event

from app.cli import demo
from app.cli.commands import trigger
from app.cli.walking import Walk
from app.config import ROOT, Settings
from app.editor import loading
from app.factory import create_app
from app.law import calendar
from app.records.exporting import delimited, files
from app.records.exporting.reading import Span
from app.records.exporting.tables import TABLES
from app.store import extracts
from app.store.calendars import in_force
from app.store.db import db
from tests.conftest import SECRET, FrozenClock, emptied
from tests.house.tree import document, table_words
from tests.walks import stories

MANAGER = "marigold@larkmere.example"
EVERY = Span()
LOADS_SLOWLY = pytest.mark.filterwarnings("ignore")  # of pm4py, about libraries that would be faster


@pytest.fixture(scope="module")
def clock():
    return FrozenClock()


@pytest.fixture(scope="module")
def settings(tmp_path_factory, empty_sqlite):
    path = tmp_path_factory.mktemp("exports") / "case-review.db"
    shutil.copy(empty_sqlite, path)
    return Settings(database_url=f"sqlite:///{path}", secret_key=SECRET)


@pytest.fixture(scope="module")
def app(settings, clock, compiled_pages):
    """One history for the whole file, which nothing here changes: a review whose actions are being carried out,
    and one that nobody looked after, so that limits passed."""
    app = create_app(settings, ask_time=clock)
    app.jinja_env.bytecode_cache = compiled_pages
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        demo.settle_people(clock)
        loading.load(ROOT, by="tests", clock=clock)
        walk = Walk(settings, clock)
        walk.apply(**stories.TANSY | {"victim": {"name": "Barnaby Thistlewood"}})
        walk.days(8)
        said = {"text": "I want to stop.", "at": clock().isoformat()}
        walk.receive("withdrawn", {"said": said})
        stops = {"spoken_to": "yes", "own_wish": "yes", "safe": "yes", "decision": "stop", "reason": "They asked."}
        walk.do("consider_withdrawal", withdrawal=stops)
        stories.begin(walk, stories.THREE)
        stories.hold_review(walk)
        walk.days(2)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def partnership(app):
    yield app
    db.session.rollback()


@pytest.fixture
def two(request, tmp_path, empty_sqlite, compiled_pages):
    """An application on PostgreSQL with two cases that have just begun."""
    settings = Settings(database_url=emptied("postgresql", request, tmp_path, empty_sqlite), secret_key=SECRET)
    app = create_app(settings, ask_time=FrozenClock())
    with app.app_context():
        demo.settle_people(FrozenClock())
        loading.load(ROOT, by="tests", clock=FrozenClock())
        for _ in range(2):
            Walk(settings, FrozenClock()).apply(**stories.TANSY)
        yield app
        db.session.remove()
        db.engine.dispose()


def content(kind, name, settings, clock, which=EVERY):
    return b"".join(files.content(kind, name, which, settings, clock))


def table(name, settings, clock):
    return list(csv.DictReader(io.StringIO(content("csv", name, settings, clock).decode())))


def test_tables_say_what_the_history_says(app, settings, clock, rows):
    cases, tasks, events = (table(name, settings, clock) for name in TABLES)
    told = rows('select c.reference, count(*) from event e join "case" c on c.id = e.case_id group by c.reference')
    assert {one["case_reference"]: int(one["events"]) for one in cases} == dict(told)
    kinds = dict(rows("select kind, count(*) from event group by kind"))
    assert len(events) == sum(kinds.values())
    assert kinds["timer_fired"] and sum(int(one["limits_passed"]) for one in cases) == kinds["timer_fired"]
    outcomes = [one["outcome"] for one in tasks]
    assert outcomes.count("taken_away") == kinds["task_withdrawn"] > 0
    assert (len(outcomes), outcomes.count("completed")) == (kinds["task_opened"], kinds["task_completed"])
    assert outcomes.count("open") == rows("select count(*) from task")[0][0]
    assert sum(int(one["tasks_open"]) for one in cases) == outcomes.count("open")
    assert any(one["is_late"] == "true" for one in tasks)


def test_working_time_is_counted_in_hours_and_in_days_of_eight(app, settings, clock):
    days = calendar.Calendar("plain", lambda day: None) if in_force() else None
    assert days is None  # the package's own bank holidays count, and March has none
    for one in table("tasks", settings, clock):
        if one["ended_at"]:
            begin, end = (datetime.fromisoformat(one[key]) for key in ("opened_at", "ended_at"))
            assert float(one["working_hours"]) == pytest.approx(hours(begin, end))
            assert float(one["working_days"]) == pytest.approx(hours(begin, end) / 8, abs=1e-4)


def hours(begin, end):
    """Working time counted minute by minute, with nothing of ours but the zone."""
    at, minutes = begin, 0
    while at < end:
        here = at.astimezone(calendar.LONDON)
        minutes += here.weekday() < 5 and 9 <= here.hour < 17
        at += timedelta(minutes=1)
    return minutes / 60


def test_parquet_has_the_same_rows_with_types(app, settings, clock):
    for name in TABLES:
        read = pyarrow.parquet.read_table(io.BytesIO(content("parquet", name, settings, clock)))
        assert read.column_names == list(TABLES[name].columns)
        as_text = [[delimited._cell(value) for value in row.values()] for row in read.to_pylist()]
        assert as_text == [list(row.values()) for row in table(name, settings, clock)]


def test_no_file_names_anybody_or_says_what_they_wrote(app, settings, clock, rows):
    said = "".join(
        content(kind, name, settings, clock).decode("utf-8", "replace")
        for kind in files.FORMATS
        for name in files.names(kind)
    )
    names = [name for (name,) in rows("select name from person")]
    assert "Horatio Plume" in names
    for secret in (
        *names,
        "Tansy",
        "Applegarth",
        "Thistlewood",
        "Threats on the stairs",
        "Mediation",
        "larkmere.example",
    ):
        assert secret not in said, secret


@LOADS_SLOWLY
def test_logs_load_in_pm4py_with_the_counts_of_the_table_of_events(app, settings, clock, rows, tmp_path):
    for kind in ("xes", "ocel", "ocel-sqlite"):
        (tmp_path / f"log.{kind}").write_bytes(content(kind, files.LOG, settings, clock))
    cases, events = rows('select (select count(*) from "case"), (select count(*) from event)')[0]
    named = {
        (
            says["name"]
            if kind in ("task_opened", "task_completed", "task_withdrawn", "effect_asked")
            else f"{kind} {subject}"
        )
        for kind, subject, says in (
            (k, s, json.loads(t)) for k, s, t in rows("select kind, subject, cast(says as text) from event")
        )
    }
    log = pm4py.read_xes(str(tmp_path / "log.xes"))
    assert (log["case:concept:name"].nunique(), len(log), log["concept:name"].nunique()) == (cases, events, len(named))
    done = log[log["lifecycle:transition"] == "complete"]
    assert (done["kind"] == "task_completed").sum() == done["working_hours"].notna().sum() > 0
    opened, letters = rows(
        "select (select count(*) from event where kind = 'task_opened'), "
        "(select count(*) from event where kind = 'effect_asked' and cast(says as text) like '%\"letter\"%')"
    )[0]
    for ocel in (
        pm4py.read_ocel2_json(str(tmp_path / "log.ocel")),
        pm4py.read_ocel2_sqlite(str(tmp_path / "log.ocel-sqlite")),
    ):
        assert (len(ocel.events), ocel.events["ocel:activity"].nunique()) == (events, len(named))
        kinds = ocel.objects["ocel:type"].value_counts()
        assert (kinds["case"], kinds["task"], kinds["letter"]) == (cases, opened, letters)
        parts = set(ocel.relations["ocel:qualifier"])
        assert parts == {"happens in", "opens", "finishes", "withdraws", "is for", "is done by", "asks for"}


def test_a_person_has_the_same_code_in_every_file_and_it_follows_from_the_secret(app, settings, clock, rows):
    coded = {one["person"] for one in table("tasks", settings, clock)} - {""}
    assert coded == {one["person"] for one in table("events", settings, clock)} - {""}
    assert len(coded) == rows("select count(distinct person_id) from event where person_id is not null")[0][0]


def test_cases_are_read_a_batch_at_a_time(two):
    said = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    found = extracts.opened_between(None, None, 1)
    next(found)
    assert len([one for one in said if one.startswith("SELECT")]) == 3  # a case, its lines, its tasks
    assert len(list(found)) == 1


def test_only_cases_opened_in_the_days_asked_for_are_in_a_file(app, settings, clock):
    opened = {one["opened_at"][:10] for one in table("cases", settings, clock)}
    last = max(datetime.fromisoformat(day).date() for day in opened)
    which = files.span(last, last)
    found = content("csv", "cases", settings, clock, which).decode().splitlines()
    assert (len(opened), len(found)) == (2, 2)


def test_a_text_that_a_spreadsheet_would_work_out_gets_a_quote():
    assert delimited._cell('=HYPERLINK("http://elsewhere.example")').startswith("'=")
    assert delimited._cell(-1.5) == "-1.5"


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described(name):
    described = document("docs/exports.md").split(f"### {name}.")[1].split("### ")[0]
    assert table_words(described) - {"column"} == set(TABLES[name].columns)


def test_managers_take_files_away_and_nobody_else(counter):
    counter.sign_in("basil@larkmere.example")
    counter.get("/status/exports/csv/cases")
    assert counter.status == 403
    counter.sign_in(MANAGER)
    page = counter.get("/status/exports?year=2025-04-01")
    for link in page.xpath("//main//a[@download]/@href"):
        counter.get(link, buffered=True)
        assert counter.status == 200 and counter.response.data
        assert counter.response.headers["Content-Disposition"].startswith("attachment")
        assert "from=2025-04-01" in link
    counter.get("/status/exports/csv/cases?from=yesterday")
    assert counter.status == 422
    counter.get("/status/exports/csv/people")
    assert counter.status == 404


def test_the_command_writes_the_files_that_are_asked_for(app, tmp_path):
    def run(*words):
        return CliRunner().invoke(trigger, ["export", *words, "--out", str(tmp_path / "out")], obj=lambda: app)

    assert run("csv", "--what", "cases,events", "--from", "2026-03-01").exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"cases.csv", "events.csv"}
    assert run("xes").exit_code == 0
    assert "Expected some of" in run("csv", "--what", "people").output
    assert "must not be before" in run("ocel", "--from", "2026-03-02", "--to", "2026-03-01").output
