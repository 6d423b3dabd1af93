"""Ending a session of the database outside a web request, and knowing that it is away."""

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
