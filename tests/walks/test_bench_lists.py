"""The bench of lists in its small form: every page answers, and asks the same of the database with few and with many."""

import re

from app import clock as real
from app.cli import lists
from app.factory import create_app
from app.store.db import db
from tests.conftest import emptied

LINE = re.compile(r".+: p50 .*, \d+ statements \(the same\), .* kB, 200")


def test_pages_about_many_cases_answer_and_ask_the_same_with_many(request, tmp_path, empty_sqlite):
    url, made = emptied("postgresql", request, tmp_path, empty_sqlite), []

    def make(given):
        made.append(create_app(given))
        return made[0]

    first, *pages = lists.report(make, url, lists.Plan(tasks=60, closed=40, times=2), real.now)
    with made[0].app_context():
        db.engine.dispose()
    tasks, closed = re.search(r"([\d,]+) open tasks, ([\d,]+) closed cases", first).groups()
    assert int(tasks) >= 30 and closed == "40"
    assert [line for line in pages if not LINE.fullmatch(line)] == []
    assert len(pages) == 12
