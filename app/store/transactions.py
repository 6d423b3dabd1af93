"""The one door to a commit."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy.orm.exc import StaleDataError

from app import errors
from app.store.db import WRITING, db


@contextmanager
def transaction() -> Iterator[None]:
    """All of it is saved, or none of it. The only place in the system that commits.

    What was read before is let go first, so that everything read inside is as it is now. On SQLite the write lock
    is taken at the beginning.
    """
    db.session.commit()
    db.session.connection(execution_options={WRITING: True})
    try:
        yield
        db.session.commit()
    except StaleDataError as problem:
        db.session.rollback()
        raise errors.CaseMovedOn from problem
    except BaseException:
        db.session.rollback()
        raise


def together() -> AbstractContextManager[object]:
    """What changes of rows within the block is written once, at its end or later; queries within do not see it."""
    return db.session.no_autoflush
