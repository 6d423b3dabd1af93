"""What tests share: a clock that only moves when told, and the same application on SQLite and on PostgreSQL."""

import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import psycopg
import pytest
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event, text
from werkzeug.routing import Rule

from app.cli import demo
from app.config import ROOT, Settings
from app.editor import loading
from app.factory import create_app
from app.records import enrolling
from app.store.db import db
from tests import kept_rows, server

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KINDS = ("sqlite", "postgresql")
SECRET = "a secret for tests only, thirty-two characters"
HERE = Path(__file__).parent
ADMIN_URL = "postgresql://root@127.0.0.1:5432/postgres"
LONGEST_FIRST = ("browser", "walks", "drawing", "web", "engine", "processes", "editor", "store")  # of the folders here


def pytest_collection_modifyitems(items):
    """Folders with long files come first, so that at the end all processes have something small to do.

    Files are given out in this order with ``--no-loadscope-reorder``; else those with the fewest tests would come last,
    and these are the longest: they are in a browser.
    """
    place = {name: number for number, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: place.get(item.path.relative_to(HERE).parts[0], len(place)))


class FrozenClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def set(self, at: datetime) -> None:
        self.at = at

    def pass_(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock():
    return FrozenClock()


@pytest.fixture(scope="session")
def worker_name(request):
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory):
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_url(worker_name, tmp_path_factory, request):
    """A migrated PostgreSQL database of this test process alone: ours to create, on the server that is there."""
    admin = os.environ.get("TEST_DATABASE_URL") or reachable(ADMIN_URL) or started(request)
    name = f"case_review_tests_{worker_name}_{os.getpid()}"
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)")
        connection.execute(f"create database {name}")
    url = "postgresql+psycopg://" + admin.split("://", 1)[1].rsplit("/", 1)[0] + f"/{name}"
    migrated(url)
    yield url
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


def reachable(url):
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return None
    return url


def started(request):
    """A server of our own, from installed binaries. Without any, these tests are left out, but never in CI."""
    missing = "no PostgreSQL: set TEST_DATABASE_URL, or install the package postgresql"
    if not server.binaries() and not os.environ.get("CI"):
        pytest.skip(missing)
    assert server.binaries(), missing
    own = server.Server()
    request.addfinalizer(own.remove)
    return own.url


def migrated(url):
    app = create_app(Settings(database_url=url, secret_key=SECRET))
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=KINDS)
def database_url(request, tmp_path, empty_sqlite):
    """An empty database, once of each kind."""
    return emptied(request.param, request, tmp_path, empty_sqlite)


def emptied(kind, request, tmp_path, empty_sqlite):
    """The URL of an empty database of a kind."""
    if kind == "sqlite":
        path = tmp_path / "case-review.db"
        shutil.copy(empty_sqlite, path)
        return f"sqlite:///{path}"
    url = request.getfixturevalue("postgresql_url")
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        kept_rows.empty(connection)
    return url


def one_kind(request, tmp_path, empty_sqlite):
    """An empty database: each test on one of the two kinds, by its name, and on the other in ``make prove``."""
    place = zlib.crc32(request.node.name.encode()) + bool(os.environ.get("OTHER_DATABASE"))
    return emptied(getattr(request, "param", KINDS[place % 2]), request, tmp_path, empty_sqlite)


@pytest.fixture
def settings(database_url):
    return Settings(database_url=database_url, secret_key=SECRET)


@pytest.fixture(scope="session")
def compiled_pages(tmp_path_factory):
    """Where each template is kept compiled: to compile them anew for each test takes half a second."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("compiled")))


@pytest.fixture
def app(settings, clock, compiled_pages):
    """The application on an empty database, inside its context."""
    app = create_app(settings, ask_time=clock)
    app.jinja_env.bytecode_cache = compiled_pages
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session", autouse=True)
def one_hash():
    """The one password of all demo people is hashed once: that takes a tenth of a second, as it should."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(enrolling, "generate_password_hash", lru_cache(enrolling.generate_password_hash))
        yield


@pytest.fixture(scope="session", autouse=True)
def one_writer_of_each_address():
    """How an address is written is compiled once for all applications: anew for each it takes a fifth of a second."""
    written, compile_builder = {}, Rule._compile_builder

    def once(rule, append_unknown=True):
        key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), append_unknown)
        return written.get(key) or written.setdefault(key, compile_builder(rule, append_unknown))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Rule, "_compile_builder", once)
        yield


@pytest.fixture(scope="session")
def settled():
    """The rows of a partnership that was settled once, by the database and the instant: {table: rows}."""
    return {}


@pytest.fixture
def partnership(app, clock, settled):
    """The application with the demo people and the published procedure."""
    known = (db.engine.dialect.name, clock())
    if known not in settled:
        demo.settle_people(clock)
        loading.load(ROOT, by="tests", clock=clock)
        settled[known] = kept_rows.every()
    else:
        kept_rows.put_back(settled[known])
    return app


@pytest.fixture
def rows(app):
    """A way to look at the tables themselves: ``rows("select ...")`` gives tuples."""
    return lambda query, **values: [tuple(row) for row in db.session.execute(text(query), values)]


@pytest.fixture
def statements(app):
    """A way to count: ``with statements() as said:`` collects every statement that is sent to the database."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        said: list[str] = []
        engine = db.engine

        def note(connection, cursor, statement, *_):
            said.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield said
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting
