"""A letter that a person, and not a drawing, asks for: kept with the case and written by the worker."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from app.cases import clocks
from app.store import history
from app.store.rows.cases import Case
from app.store.rows.history import Effect


def ask_for(
    case: Case, letter: str, to: str, item: Mapping[str, Any], at: datetime, facts: Mapping[str, Any] | None = None
) -> None:
    """Ask for ``letter``; ``to`` as a drawing says it. Call it in the transaction of what the letter is about."""
    history.add(
        Effect(
            id=uuid4(),
            case_id=case.id,
            key=letter,
            kind="letter",
            wants={"letter": letter, "to": to},
            item=dict(item),
            facts=dict(facts or {}),
            made_at=at,
            next_try_at=clocks.for_worker(case, at),
        )
    )
