"""Ending a session of the database outside a web request, and knowing that it is away."""

from sqlalchemy.exc import InterfaceError, OperationalError

from app.store.db import db

Unreachable = (OperationalError, InterfaceError)  # what is wrong with one row only is none of these


def end() -> None:
    """Let go of the connection, so that the next round reads everything anew."""
    db.session.remove()
