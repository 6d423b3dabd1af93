"""What somebody gets by e-mail: turned off and on by themselves."""

import pytest


@pytest.mark.parametrize(
    ("address", "first", "then"),
    [("marigold", "Turn it off", "Send it to me"), ("basil", "Send it to me", "Turn it off")],
)
def test_the_digest_is_turned_off_and_on(counter, address, first, then):
    counter.sign_in(f"{address}@larkmere.example")
    page = counter.get("/emails")
    form = page.xpath("//main//form")[0]
    assert counter.words(form) == first
    page = counter.fill(form)
    assert counter.words(page.xpath("//main//form")[0]) == then


def test_an_agency_has_no_digest_to_turn_on(counter):
    counter.sign_in("rowan@police.larkmere.example")
    page = counter.get("/emails")
    assert not page.xpath("//main//form")
    counter.post("/emails", {"wanted": "yes"})
    assert counter.status == 403
