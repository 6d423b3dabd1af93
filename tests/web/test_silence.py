"""The page that shows who has not heard from us."""

import pytest

from tests.walks import stories


@pytest.fixture
def case(walk):
    return walk.apply(**stories.TANSY)


def test_a_manager_sees_who_has_waited_too_long_and_since_when(case, walk, manager):
    page = manager.get("/admin/silence")
    assert "Everybody has heard from us in time" in manager.words(page)
    walk.days(18)
    manager.sign_in("marigold@larkmere.example")  # the day is over
    page = manager.get("/admin/silence")
    said = manager.words(page)
    assert "1 person has not heard from us in time" in said and case.reference in said
    assert "Monday 2 March: they asked for a review." in said and "Monday 16 March" in said


def test_who_will_have_waited_too_long_soon_is_shown_as_well(case, walk, manager):
    walk.days(10)
    manager.sign_in("marigold@larkmere.example")
    said = manager.words(manager.get("/admin/silence"))
    assert "Everybody has heard from us in time" in said and "next 2 working days" in said


@pytest.mark.parametrize(("email", "status"), [("basil@larkmere.example", 200), ("rowan@police.larkmere.example", 403)])
def test_an_agency_does_not_see_it(case, counter, email, status):
    counter.sign_in(email)
    counter.get("/admin/silence")
    assert counter.status == status
