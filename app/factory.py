"""Putting the house together. Nothing imports this module but the server, the commands and the tests."""

import os
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from sqlalchemy import JSON

from app import clock, config
from app.clock import Clock
from app.config import Settings
from app.store import columns, db as database
from app.store.rows import cases, drafts, history, people, releases

ROWS = (cases, drafts, history, people, releases)  # imported, so that every table is known
MIGRATIONS = Path(__file__).parent / "store" / "migrations"


def create_app(settings: Settings | None = None, *, ask_time: Clock = clock.now) -> Flask:
    """The application, ready to serve. ``ask_time`` is the clock everything goes by."""
    settings = settings or config.from_environment(os.environ)
    app = Flask(__name__, template_folder="web/templates", static_folder=None)
    app.config.from_mapping(_flask_options(settings))
    _open_database(app, settings)
    return app


def _flask_options(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": database.open_options(settings.database_url),
    }


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
