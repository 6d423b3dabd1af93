"""Saved views: what somebody chose on a page, under a name of theirs. A view is a link, and holds no cases.

Everybody sees their own and those that others share; only whose it is may change it.
"""

from dataclasses import dataclass

from app import errors
from app.cases.access import Who
from app.clock import Clock
from app.store import saved_views
from app.store.rows.views import SavedView
from app.store.transactions import transaction

BOARD = "board"
LONGEST_NAME = 60
MOST = 30  # of one person on one page


@dataclass(frozen=True)
class View:
    """A view as somebody sees it. ``by`` is whose it is, "" for one's own."""

    id: int
    name: str
    query: str
    is_shared: bool
    by: str


def seen_by(who: Who, page: str) -> list[View]:
    """One's own views of a page, then those that others share, each by name."""
    found = [
        View(view.id, view.name, view.query, view.is_shared, "" if view.person_id == who.id else name)
        for view, name in saved_views.seen_by(who.id or 0, page)
    ]
    return sorted(found, key=lambda view: bool(view.by))


def save(who: Who, page: str, name: str, query: str, *, is_shared: bool, clock: Clock) -> None:
    """Keep a choice under a name. One that they have under this name already is replaced.

    Raises ``Refused`` for a name that is none, or where they have too many.
    """
    person_id, name = who.id or 0, _name(name)
    with transaction():
        saved_views.hold(person_id)
        view = saved_views.named(person_id, page, name)
        if view is None:
            if sum(not one.by for one in seen_by(who, page)) >= MOST:
                raise errors.Refused({"name": f"You have {MOST} saved views. Delete one before you save another"})
            saved_views.add(view := SavedView(person_id=person_id, page=page, name=name))
        view.query, view.is_shared, view.saved_at = query, is_shared, clock()


def change(view_id: int, who: Who, name: str, *, is_shared: bool) -> None:
    """Give a view of one's own another name, and share it or not. Raises ``NotFound`` or ``Refused``."""
    name = _name(name)
    with transaction():
        saved_views.hold(who.id or 0)
        view = saved_views.own(view_id, who.id or 0)
        other = saved_views.named(view.person_id, view.page, name)
        if other is not None and other.id != view.id:
            raise errors.Refused({"name": "You have another view with this name. Choose a different name"})
        view.name, view.is_shared = name, is_shared


def delete(view_id: int, who: Who) -> None:
    """Forget a view of one's own. Raises ``NotFound``."""
    with transaction():
        saved_views.remove(saved_views.own(view_id, who.id or 0).id)


def _name(said: str) -> str:
    name = " ".join(said.split())
    if not name:
        raise errors.Refused({"name": "Enter a name for this view"})
    if len(name) > LONGEST_NAME:
        raise errors.Refused({"name": f"Enter a name of {LONGEST_NAME} letters or fewer"})
    return name
