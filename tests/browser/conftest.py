"""One server and one browser for all tests of a file's process; each test has cookies of its own."""

from datetime import timedelta

import pytest

from app import clock
from app.law import calendar
from tests.browser.serving import chromium, served, watched

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 640}  # WCAG 1.4.10 begins here
MOBILE = {"is_mobile": True, "has_touch": True}


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """A demo system, served."""
    with served(tmp_path_factory.mktemp("served")) as found:
        yield found


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
