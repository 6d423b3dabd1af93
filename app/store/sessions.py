"""Ending a session of the database outside a web request, and knowing that it is away."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import InterfaceError, OperationalError

from app.store.db import db

Unreachable = (OperationalError, InterfaceError)  # also what ended a connection, see ``db``; never one bad row


def end() -> None:
    """Let go of the connection, so that the next round reads everything anew. One that was cut is given up."""
    try:
        db.session.remove()
    except Unreachable:
        db.session().invalidate()
        db.session.remove()


@contextmanager
def hurried() -> Iterator[None]:
    """Go on before the disk has written: only for what is made up and can be made again.

    The end of this program loses nothing; a power cut may lose everything. What was written meanwhile is on the disk
    when the block ends, and what follows is as durable as ever.
    """
    end()
    db.engine.dispose()
    event.listen(db.engine, "connect", _hurry)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", _hurry)
        end()
        db.engine.dispose()
        if db.engine.dialect.name == "sqlite":
            with db.engine.connect() as connection:
                connection.rollback()
                connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _hurry(connection: Any, _: Any) -> None:
    if db.engine.dialect.name == "sqlite":
        connection.execute("PRAGMA synchronous=OFF")
        return
    connection.autocommit = True  # else a transaction that is rolled back would take the setting with it
    connection.execute("SET synchronous_commit = off")
    connection.autocommit = False
