"""Two clicks at the same instant: one case, and the same answer to both."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from app.intake import applying, linking
from app.store import cases
from app.store.db import db
from tests.web.visitor import Visitor, apply


def at_once(app, act, times=4):
    """What several threads get that do the same at the same instant."""
    ready = Barrier(times)

    def one(_):
        with app.app_context():
            ready.wait(timeout=30)
            try:
                return act()
            except Exception as problem:
                return problem
            finally:
                db.session.remove()

    db.session.remove()
    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


def test_several_posts_at_once_give_one_case_and_one_answer(partnership, clock, rows):
    token = apply(Visitor(partnership)).at.split("/")[2]
    sent = at_once(partnership, lambda: applying.send(token, clock=clock).reference)
    assert set(sent) == {"CT-2026-0001"}, sent
    assert rows('select count(*) from "case"') == rows("select count(*) from link") == [(1,)]


def test_a_link_that_is_used_twice_at_once_works_once(partnership, walk, clock):
    case = walk.apply(victim={"name": "Tansy Applegarth"})
    token = linking.renew(case.id, clock)
    used = at_once(partnership, lambda: linking.use(token, case.reference, clock=clock))
    assert used.count(case.id) == 1 and cases.load(case.id).reference == case.reference
