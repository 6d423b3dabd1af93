"""Starting everything on one machine: set up, then web pages and a worker beside them."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import click

from app import config
from app.cli.demo import MEMBERS, PASSWORD
from app.config import PREFIX, ROOT

SECRET = ROOT / "var" / "secret"  # of a demo system; a real one is given its own in the environment
WEB_WORKERS = 2
STARTING = 60  # seconds that the web pages have to answer
ENDING = 15  # seconds that a process has to end by itself


def run(*, is_demo: bool, port: int) -> None:
    """Set up and serve until interrupted. Ends everything it started."""
    environment = dict(os.environ)
    environment.setdefault(PREFIX + "PUBLIC_URL", f"http://127.0.0.1:{port}")
    if is_demo:
        environment[PREFIX + "IS_DEMO"] = "yes"
        environment.setdefault(PREFIX + "SECRET_KEY", _secret(SECRET))
    settings = config.from_environment(environment)
    config.check_may_serve(settings)
    done = subprocess.run([sys.executable, "-m", "app.factory", "setup"], check=False, env=environment, cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.returncode)  # it has said why
    web = [
        *(sys.executable, "-m", "gunicorn", "app.factory:serve()", "--bind", f"127.0.0.1:{port}"),
        *("--workers", str(WEB_WORKERS), "--timeout", "30", "--log-level", "warning", "--no-control-socket"),
    ]
    work = [sys.executable, "-m", "app.factory", "worker"]
    started = [subprocess.Popen(command, env=environment, cwd=ROOT) for command in (web, work)]  # noqa: S603
    _wait_for(port)
    _say(settings.public_url, is_demo)
    _until_one_ends(started)


def _wait_for(port: int) -> None:
    """Wait until the web pages answer, at most as long as a slow machine needs."""
    ends_at = time.monotonic() + STARTING
    while time.monotonic() < ends_at:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def _secret(path: Path) -> str:
    """The key of this demo system, made once and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def _say(url: str, is_demo: bool) -> None:
    click.echo(f"\nCase review is at {url}\nStop it with Ctrl+C. What is kept stays in {ROOT / 'var'}.")
    if is_demo:
        click.echo(f"\nSign in at {url}/sign-in as one of these made-up people, password {PASSWORD}:")
        for member in MEMBERS:
            agency = f" ({member.agency})" if member.agency else ""
            click.echo(f"  {member.email:<30} {member.name}, {member.roles[0]}{agency}")
        click.echo(f"\nApply as a victim at {url}/apply")


def _until_one_ends(started: list[subprocess.Popen[bytes]]) -> None:
    def end(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    try:
        os.wait()
    except KeyboardInterrupt:
        click.echo("Stopping.")
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(ENDING)
