"""The database handle, and how each database is opened.

SQLite is opened for a file that must survive a power cut: write-ahead log, full synchronisation, foreign keys,
deleted bytes overwritten. A writing transaction takes the write lock when it begins, so it never fails half way.
"""

from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, ExceptionContext, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase

WRITING = "writing"  # execution option: this transaction will write
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000", "secure_delete=ON")


class Base(DeclarativeBase):
    """What all rows have in common."""


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def open_options(url: str) -> dict[str, Any]:
    """Options for the engine of this database."""
    quiet = {"hide_parameters": True}  # what people told us does not go into the log with an error
    if url.startswith("sqlite"):
        return quiet | {"connect_args": {"timeout": 30, "check_same_thread": False}}
    return quiet | {
        "pool_pre_ping": True,
        "pool_size": 5,
        "connect_args": {"options": "-c idle_in_transaction_session_timeout=30000"},
    }


def prepare(engine: Engine) -> None:
    """Make every new connection of ``engine`` durable, and its loss plain; once per engine."""
    event.listen(engine, "handle_error", _lost, retval=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _lost(context: ExceptionContext) -> BaseException | None:
    """What ended a connection is an ``OperationalError``, whatever PostgreSQL calls it.

    A session that was idle for too long in a transaction ends with an internal error, as if it were our mistake.
    """
    given = context.sqlalchemy_exception
    if not context.is_disconnect or given is None or isinstance(given, OperationalError):
        return None
    return OperationalError(given.statement, given.params, context.original_exception, hide_parameters=True)


def _open_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
