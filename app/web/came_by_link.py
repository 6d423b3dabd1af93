"""Who came by a link to one task, as this browser remembers it: for one working day, and for a few tasks."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import session

from app.cases.access import Who
from app.tasks import by_link
from app.web import at_hand

KEY = "answers"  # in the session: {a task's id: {"link": its hash, "name": a name, "until": an instant}}
STAYS = timedelta(hours=12)
MOST = 4  # tasks; a cookie is small


def remember(link_hash: str, who: Who) -> None:
    """Remember who came. Somebody who has signed in here is signed out, so that nobody answers in another's name."""
    kept = {task: came for task, came in _kept().items() if task != str(who.task_id)}
    session.clear()
    until = (at_hand.clock()() + STAYS).isoformat()
    kept[str(who.task_id)] = {"link": link_hash, "name": who.name, "until": until}
    session[KEY] = dict(list(kept.items())[-MOST:])


def who(task_id: UUID | None) -> Who | None:
    """Who came by a link to this task, while it lasts."""
    kept = _kept().get(str(task_id))
    if task_id is None or kept is None or datetime.fromisoformat(kept["until"]) <= at_hand.clock()():
        return None
    return by_link.someone(kept["name"], task_id) if by_link.is_of(kept["link"], task_id) else None


def forget() -> None:
    """Forget everybody who came by a link in this browser."""
    session.pop(KEY, None)


def _kept() -> dict[str, Any]:
    kept = session.get(KEY)
    return kept if isinstance(kept, dict) else {}
