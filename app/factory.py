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
from app.store.rows import (
    absences,
    cases,
    drafts,
    feedback,
    history,
    numbers,
    out,
    people,
    releases,
    releasing,
    views,
    working,
    yearly,
)
from app.web import absences as absence_pages
from app.web import (
    answering,
    applying,
    beginning,
    calendars,
    emails,
    exports,
    faults,
    files,
    following,
    health,
    holding,
    home,
    incidents,
    intervening,
    letters,
    limit_changes,
    limit_working,
    metrics,
    pages,
    papers,
    processes,
    reluctance,
    returns,
    saved_views,
    security,
    signing_in,
    silence,
    speaking,
    statistics,
    status,
    task_forms,
    tasks,
    telling,
    timescales,
    tokens,
    tracking,
    training,
    webhooks,
)
from app.web import cases as case_pages
from app.web import feedback as feedback_pages
from app.web import people as people_pages
from app.web.api import explained as api_explained
from app.web.api import lists as api_lists
from app.web.studio import beginning as studio_beginning
from app.web.studio import converting as studio_converting
from app.web.studio import designing as studio_designing
from app.web.studio import drafts as studio_drafts
from app.web.studio import files as studio_files
from app.web.studio import letters as studio_letters
from app.web.studio import live_cases
from app.web.studio import outline as studio_outline
from app.web.studio import overview as studio
from app.web.studio import play_forms as studio_play_forms
from app.web.studio import playing as studio_playing
from app.web.studio import previewing as studio_previewing
from app.web.studio import questions as studio_questions
from app.web.studio import recording as studio_recording
from app.web.studio import replay as studio_replay
from app.web.studio import scenarios as studio_scenarios
from app.web.studio import steps as studio_steps
from app.web.studio import tables as studio_tables
from app.web.studio import timescales as studio_timescales
from app.web.studio import versions as studio_versions

ROWS = (
    absences,
    cases,
    drafts,
    feedback,
    history,
    numbers,
    out,
    people,
    releases,
    releasing,
    views,
    working,
    yearly,
)  # so that all are known
FOR_ANYBODY = (files, home, statistics, beginning, applying, tracking, following, telling, feedback_pages, answering)
ROOMS = (*FOR_ANYBODY, tasks, task_forms, speaking)
OF_A_CASE = (
    case_pages,
    letters,
    incidents,
    intervening,
    limit_changes,
    limit_working,
    papers,
    holding,
    training,
)
OF_EVERYTHING = (status, saved_views, processes, people_pages, absence_pages, reluctance, silence, returns)
ADMIN = (calendars, timescales, health, metrics)
OUT = (emails, exports, tokens, webhooks, api_lists, api_explained)
OF_A_FILE = (
    studio_files,
    studio_converting,
    studio_outline,
    studio_steps,
    studio_tables,
    studio_previewing,
    studio_letters,
    studio_questions,
    studio_designing,
)
TRYING = (studio_playing, studio_play_forms, studio_recording, studio_scenarios, studio_replay)
STUDIO = (studio, studio_versions, studio_beginning, studio_drafts, studio_timescales, *OF_A_FILE, *TRYING, live_cases)
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
    for room in (*ROOMS, *OF_A_CASE, *OF_EVERYTHING, *ADMIN, *OUT, *STUDIO):
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
