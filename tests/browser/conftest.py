"""One browser for all tests of a process and one server for those of a file; each test has cookies of its own."""

import shutil
from datetime import timedelta

import pytest

from app import clock
from app.config import from_environment
from app.factory import create_app
from app.law import calendar
from app.store.db import db
from tests.browser.serving import address_of, chromium, door, environment_of, prepare, running, watched

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 640}  # WCAG 1.4.10 begins here
MOBILE = {"is_mobile": True, "has_touch": True}


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A demo system that was set up once, and the door at which its copies are served."""
    with door() as opened:
        folder = tmp_path_factory.mktemp("prepared")
        prepare(folder, address_of(opened))
        yield folder, opened


@pytest.fixture(scope="module")
def folder(prepared, tmp_path_factory):
    """A copy of the demo system for one file of tests: what those of another do is not seen in it."""
    copy = tmp_path_factory.mktemp("served")
    shutil.copytree(prepared[0], copy, dirs_exist_ok=True)
    return copy


@pytest.fixture(scope="module")
def address(prepared, folder):
    """A demo system, served."""
    with running(folder, prepared[1]):
        yield address_of(prepared[1])


@pytest.fixture
def inside(address, folder):
    """The demo system from inside, for what no page can bring about."""
    app = create_app(from_environment(environment_of(folder, address)))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture
def person(browser, address):
    """Somebody at a desk, with JavaScript."""
    with watched(browser, address, viewport=DESKTOP) as found:
        yield found


@pytest.fixture
def plain(browser, address):
    """Somebody at a desk whose browser runs no scripts."""
    with watched(browser, address, viewport=DESKTOP, java_script_enabled=False) as found:
        yield found


@pytest.fixture(params=[(PHONE, True), (NARROW, False)], ids=["with scripts", "narrow and without scripts"])
def phone(browser, address, request):
    """Somebody with a small phone: once with scripts, and once without and as narrow as a page must bear."""
    screen, has_scripts = request.param
    with watched(browser, address, **MOBILE, viewport=screen, java_script_enabled=has_scripts) as found:
        yield found


@pytest.fixture
def phone_with_scripts(browser, address):
    """Somebody with a small phone, for what only scripts do."""
    with watched(browser, address, **MOBILE, viewport=PHONE) as found:
        yield found


@pytest.fixture
def yesterday():
    """The day before the server's: people tell of days that have passed."""
    return calendar.day_of(clock.now()) - timedelta(days=1)


@pytest.fixture
def draft(person):
    """The address of a draft that a process owner, who has signed in, has begun."""
    person.sign_in("linnet@larkmere.example")
    return person.begin_draft("Offer mediation")
