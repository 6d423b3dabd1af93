"""What people have chosen to see on a page, kept under a name."""

from sqlalchemy import delete, or_, select

from app import errors
from app.store.db import db
from app.store.rows.people import Person
from app.store.rows.views import SavedView


def seen_by(person_id: int, page: str) -> list[tuple[SavedView, str]]:
    """The views of a person on a page and those that others share, by name, each with the name of whose it is."""
    which = (SavedView.page == page, or_(SavedView.person_id == person_id, SavedView.is_shared))
    query = select(SavedView, Person.name).join(Person, Person.id == SavedView.person_id).where(*which)
    return [(view, name) for view, name in db.session.execute(query.order_by(SavedView.name, SavedView.id))]


def own(view_id: int, person_id: int) -> SavedView:
    """A view of this person, read anew, or ``NotFound``: that others have one is not theirs to know."""
    found = db.session.get(SavedView, view_id, populate_existing=True)
    if found is None or found.person_id != person_id:
        raise errors.NotFound("We could not find that view.")
    return found


def named(person_id: int, page: str, name: str) -> SavedView | None:
    """The view that a person has under this name."""
    which = (SavedView.person_id == person_id, SavedView.page == page, SavedView.name == name)
    return db.session.scalar(select(SavedView).where(*which))


def hold(person_id: int) -> None:
    """Let only one at a time change what a person has, until the transaction ends."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def add(view: SavedView) -> None:
    """Keep a new view."""
    db.session.add(view)


def remove(view_id: int) -> None:
    """Forget a view."""
    db.session.execute(delete(SavedView).where(SavedView.id == view_id))
