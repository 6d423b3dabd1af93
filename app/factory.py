"""Putting the house together. Nothing imports this module but the server, the commands and the tests."""

import os
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from sqlalchemy import JSON

from app import clock, config
from app.cli import logs
from app.cli.commands import trigger
from app.clock import Clock
from app.config import Settings
from app.store import columns
from app.store import db as database
from app.store.rows import cases, drafts, history, people, releases, working
from app.web import (
    applying,
    calendars,
    faults,
    files,
    following,
    health,
    home,
    incidents,
    letters,
    limit_changes,
    limit_working,
    metrics,
    pages,
    security,
    signing_in,
    task_forms,
    tasks,
    timescales,
    tracking,
    training,
)
from app.web import cases as case_pages

ROWS = (cases, drafts, history, people, releases, working)  # imported, so that every table is known
ROOMS = (files, home, applying, tracking, following, tasks, task_forms)
OF_A_CASE = (case_pages, letters, incidents, limit_changes, limit_working, training)
ADMIN = (calendars, timescales, health, metrics)
MIGRATIONS = Path(__file__).parent / "store" / "migrations"


def create_app(settings: Settings | None = None, *, ask_time: Clock = clock.now) -> Flask:
    """The application, ready to serve. ``ask_time`` is the clock everything goes by."""
    settings = settings or config.from_environment(os.environ)
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.open_options(settings.database_url),
        SETTINGS=settings,
        CLOCK=ask_time,
    )
    _open_database(app, settings)
    security.protect(app, settings)
    pages.register(app, settings, ask_time)
    faults.register(app)
    signing_in.register(app)
    for room in (*ROOMS, *OF_A_CASE, *ADMIN):
        app.register_blueprint(room.bp)
    return app


def _open_database(app: Flask, settings: Settings) -> None:
    if settings.is_embedded:
        Path(settings.database_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    database.db.init_app(app)
    Migrate(app, database.db, directory=str(MIGRATIONS), render_item=_rendered)
    with app.app_context():
        database.prepare(database.db.engine)


def _rendered(kind: str, column: Any, context: Any) -> Any:
    """Our own column types as the types they stand for, so that migrations need none of our code."""
    if kind == "type" and isinstance(column, columns.Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(column, JSON):
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def serve() -> Flask:
    """The application for a web server: refused unless its settings are safe to serve pages with."""
    logs.write_to_stderr()
    app = create_app()
    config.check_may_serve(app.config["SETTINGS"])
    return app


def main() -> None:
    """The command ``trigger``."""
    logs.write_to_stderr()
    trigger(obj=create_app)


if __name__ == "__main__":
    main()
