"""Feedback: kept, counted, and the links by which it is given."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from app.store.db import db
from app.store.rows.feedback import Feedback, FeedbackLink


def add(row: Feedback | FeedbackLink) -> None:
    """Keep a new row."""
    db.session.add(row)


def link(link_hash: str) -> FeedbackLink | None:
    """The link with this hash, read anew."""
    return db.session.get(FeedbackLink, link_hash, populate_existing=True)


def lock_link(link_hash: str) -> FeedbackLink | None:
    """The link with this hash, held until the transaction ends, so that it is used once."""
    query = select(FeedbackLink).where(FeedbackLink.hash == link_hash)
    return db.session.scalar(query.with_for_update().execution_options(populate_existing=True))


def counts(form: str, process_id: str, first: str, last: str) -> tuple[int, dict[str, dict[str, int]]]:
    """How many answered a form in the months from ``first`` to ``last`` (2026-03), and {question: {answer: how many}}.

    Words of one's own are not counted.
    """
    which = (Feedback.form == form, Feedback.process_id == process_id, Feedback.month.between(first, last))
    rows = list(db.session.scalars(select(Feedback.answers).where(*which)))
    found: dict[str, Counter[str]] = {}
    for answers in rows:
        for question, answer in _chosen(answers):
            found.setdefault(question, Counter())[answer] += 1
    return len(rows), {question: dict(counted) for question, counted in sorted(found.items())}


def _chosen(answers: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """(question, answer) of every choice; free text stands under ``text`` and is left out."""
    for record in answers.values():
        for question, answer in record.items():
            several = answer if isinstance(answer, list) else [answer]
            yield from ((question, str(one)) for one in several if one is not None and question != "text")
