"""A system of one's own to look at: demo people and cases on a database of its own, served as in real use."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from app.config import PREFIX, ROOT
from tests.browser.watching import Watched

STARTING = 90  # seconds until the first answer, on a machine that is busy with other tests
ENDING = 15  # seconds that a process has to end by itself
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a demo system whose files are in ``folder``: web pages and a worker, ended afterwards."""
    with door() as opened:
        prepare(folder, address_of(opened))
        with running(folder, opened):
            yield address_of(opened)


def door() -> socket.socket:
    """A place at which a system can be served, one after another."""
    return socket.create_server(("127.0.0.1", 0), backlog=64)


def address_of(opened: socket.socket) -> str:
    """The address of a door."""
    return f"http://127.0.0.1:{opened.getsockname()[1]}"


def prepare(folder: Path, address: str) -> None:
    """Set a demo system up in ``folder``; what it writes to people leads to ``address``."""
    _run("setup", environment_of(folder, address))


@contextmanager
def running(folder: Path, opened: socket.socket) -> Iterator[None]:
    """The system in ``folder``, served at a door: web pages and a worker, ended afterwards."""
    environment = environment_of(folder, address_of(opened))
    web = (*("gunicorn", "app.factory:create_app()", "--bind", f"fd://{opened.fileno()}", "--threads", "4"), *QUIET)
    started = [
        subprocess.Popen([sys.executable, "-m", *command], env=environment, cwd=ROOT, pass_fds=[opened.fileno()])
        for command in (web, ("app.factory", "worker"))
    ]
    try:
        urlopen(address_of(opened), timeout=STARTING).close()
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(ENDING)


QUIET = ("--no-control-socket", "--log-level", "error")


def environment_of(folder: Path, address: str) -> dict[str, str]:
    """What the processes of a demo system are told, whose files are in ``folder``."""
    ours = {
        "DATABASE_URL": f"sqlite:///{folder / 'demo.db'}",
        "SECRET_KEY": "a key for tests in a browser, long enough",
        "PUBLIC_URL": address,
        "IS_DEMO": "yes",
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return others | {PREFIX + name: value for name, value in ours.items()}


def _run(command: str, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.factory", command], env=environment, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's browser, closed afterwards."""
    path = shutil.which("chromium")
    assert path, "no browser: install Debian's package chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def watched(browser: Browser, address: str, **how: object) -> Iterator[Watched]:
    """Somebody at the browser, with cookies of their own; what their pages do wrong fails at the end."""
    context = browser.new_context(base_url=address, locale="en-GB", timezone_id="Europe/London", **how)
    context.set_default_timeout(15_000)
    person = Watched(context, address)
    yield person
    context.close()
    assert not person.faults, "\n".join(person.faults)
