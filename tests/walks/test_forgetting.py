"""What was begun and never sent is kept for 30 days, and then it is gone with its files."""

from uuid import uuid4

import pytest

from app import errors, worker
from app.intake import drafting
from app.store import drafts, tokens
from app.store.rows.drafts import Document
from app.store.transactions import transaction


@pytest.fixture
def begun(partnership, clock):
    token, file_id = drafting.begin(clock), uuid4()
    with transaction():
        drafts.add(Document(id=file_id, name="diary.txt", size=3, content=b"abc", uploaded_at=clock()))
    evidence = [{"id": str(file_id), "name": "diary.txt", "size": 3}]
    drafting.keep(tokens.hashed(token), {"application": {"evidence": evidence}}, 3, clock)
    return token


def test_after_thirty_days_a_draft_and_its_files_are_gone(begun, settings, clock, rows):
    clock.pass_(days=30, seconds=1)
    worker.drain(settings, clock)
    assert rows("select count(*) from application_draft") == rows("select count(*) from document") == [(0,)]
    with pytest.raises(errors.NotFound):
        drafting.find(begun, clock)


def test_until_then_nothing_is_touched(begun, settings, clock, rows):
    clock.pass_(days=29, hours=23)
    worker.drain(settings, clock)
    assert rows("select count(*) from document") == [(1,)]
    assert drafting.find(begun, clock).page == 3
