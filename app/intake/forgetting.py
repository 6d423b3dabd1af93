"""Forgetting what was begun and never sent, with the files that were sent along. Source: domain rule, 30 days."""

from app.clock import Clock
from app.forms import files
from app.intake.drafting import KEPT
from app.store import drafts
from app.store.transactions import transaction

BATCH = 20


def sweep(clock: Clock) -> int:
    """Delete drafts that nobody has touched for 30 days, and their files. Gives how many."""
    before = clock() - KEPT
    if not drafts.untouched_since(before, BATCH):
        return 0
    with transaction():
        old = drafts.untouched_since(before, BATCH)
        for draft in old:
            if draft.case_id is None:
                drafts.drop_documents(list(files.ids(draft.answers)))
            drafts.drop_application(draft.link_hash)
    return len(old)
