"""Getting to one's own case: the link, the reference, and a new link for a lost one."""

import hashlib

import pytest

from app.intake import linking
from app.store import cases
from tests.web.visitor import Visitor, applied


@pytest.fixture
def visitor(partnership):
    return applied(partnership)


def link_on(visitor):
    return visitor.page.get_element_by_id("link").get("value").replace("http://127.0.0.1:8000", "")


def reference_on(visitor):
    return visitor.page.xpath("string(//h1/following::strong[1])")


def test_the_link_and_the_reference_together_open_the_review(visitor, partnership):
    link, reference = link_on(visitor), reference_on(visitor)
    other = Visitor(partnership).open(link).press("Open my case", reference=reference)
    assert other.at == "/track/review" and reference in other.text
    assert other.heading == "We are going to talk to you"


@pytest.mark.parametrize("typed", ["ct-2026-0001", " CT 2026 0001 ", "Ct-2026 0001"])
def test_a_reference_is_known_however_it_is_typed(visitor, partnership, typed):
    other = Visitor(partnership).open(link_on(visitor)).press("Open my case", reference=typed)
    assert other.at == "/track/review"


def test_opening_a_link_does_not_use_it_up(visitor, partnership, rows):
    link = link_on(visitor)
    for _ in range(3):
        Visitor(partnership).open(link)
    assert rows("select used_at, tries from link") == [(None, 0)]


def test_only_the_hash_of_a_link_is_kept(visitor, rows):
    token = link_on(visitor).rsplit("/", 1)[1]
    assert rows("select hash from link") == [(hashlib.sha256(token.encode()).hexdigest(),)]
    assert token not in str(rows("select * from application_draft")) + str(rows("select * from event"))


def test_a_link_works_once(visitor, partnership):
    link, reference = link_on(visitor), reference_on(visitor)
    Visitor(partnership).open(link).press("Open my case", reference=reference)
    again = Visitor(partnership).open(link).press("Open my case", reference=reference)
    assert again.status == 404 and again.heading == "That did not work"


def test_a_link_ends_after_30_days(visitor, partnership, clock):
    link, reference = link_on(visitor), reference_on(visitor)
    clock.pass_(days=30)
    late = Visitor(partnership).open(link).press("Open my case", reference=reference)
    assert late.status == 404 and late.heading == "That did not work"


def test_a_link_ends_after_ten_wrong_references(visitor, partnership):
    link, reference = link_on(visitor), reference_on(visitor)
    other = Visitor(partnership)
    for number in range(10):
        assert other.open(link).press("Open my case", reference=f"CT-2026-{number + 100}").status == 404
    assert other.open(link).press("Open my case", reference=reference).status == 404


def test_every_wrong_pair_gets_the_same_page(visitor, partnership, clock):
    link, reference = link_on(visitor), reference_on(visitor)
    wrong = Visitor(partnership).open(link).press("Open my case", reference="CT-2026-9999").text
    unknown = Visitor(partnership).open("/track/" + "A" * 43).press("Open my case", reference=reference).text
    Visitor(partnership).open(link).press("Open my case", reference=reference)
    used = Visitor(partnership).open(link).press("Open my case", reference=reference).text
    assert wrong == unknown == used


def test_the_review_is_closed_after_two_hours(visitor, partnership, clock):
    other = Visitor(partnership).open(link_on(visitor)).press("Open my case", reference=reference_on(visitor))
    clock.pass_(hours=2)
    assert other.open("/track/review").status == 404


@pytest.mark.parametrize(
    "address", ["/track/review", "/track/say", "/track/appeal", "/track/appeal/1", "/track/appeal/check"]
)
def test_without_a_link_nothing_of_a_case_is_shown(visitor, partnership, address):
    assert Visitor(partnership).open(address).status == 404


def test_closing_the_review_forgets_it_on_this_device(visitor, partnership):
    other = Visitor(partnership).open(link_on(visitor)).press("Open my case", reference=reference_on(visitor))
    other.press("Close my review on this device")
    assert other.open("/track/review").status == 404


def test_somebody_who_follows_a_review_can_take_a_link_for_the_next_time(visitor, partnership):
    reference = reference_on(visitor)
    other = Visitor(partnership).open(link_on(visitor)).press("Open my case", reference=reference)
    other.press("Give me a link for the next time")
    assert Visitor(partnership).open(link_on(other)).press("Open my case", reference=reference).at == "/track/review"


def test_a_new_link_goes_to_the_safe_address_of_the_case(visitor, partnership, rows):
    reference = reference_on(visitor)
    asking = Visitor(partnership).open("/track")
    asking.press("Send me a new link", reference=reference, email=" Tansy@Home.example ")
    assert asking.heading == "Look at your email"
    address, html = rows("select address, html from message where letter = 'track_link'")[0]
    assert address == "tansy@home.example"
    link = html.split('href="http://127.0.0.1:8000')[1].split('"')[0]
    assert Visitor(partnership).open(link).press("Open my case", reference=reference).at == "/track/review"


def test_asking_for_a_link_is_answered_the_same_whatever_is_true(visitor, partnership, rows):
    reference = reference_on(visitor)
    pairs = [
        (reference, "tansy@home.example"),
        (reference, "other@home.example"),
        ("CT-2026-9999", "tansy@home.example"),
    ]
    answers = {
        Visitor(partnership).open("/track").press("Send me a new link", reference=one, email=two).text
        for one, two in pairs
    }
    assert len(answers) == 1
    assert rows("select count(*) from message where letter = 'track_link'") == [(1,)]


def test_no_link_goes_to_an_address_that_is_not_safe(partnership, walk, settings, clock, rows):
    case = walk.apply(contact={"prefer": "phone", "email": "tansy@home.example", "email_safe": "no"})
    linking.send_new(case.reference, "tansy@home.example", settings, clock=clock)
    assert rows("select count(*) from message where letter = 'track_link'") == [(0,)]


def test_three_new_links_a_day_are_enough(visitor, partnership, settings, clock, rows):
    for _ in range(5):
        linking.send_new(reference_on(visitor), "tansy@home.example", settings, clock=clock)
    assert rows("select count(*) from message where letter = 'track_link'") == [(3,)]


def test_a_form_without_reference_or_address_says_what_to_enter(partnership):
    visitor = Visitor(partnership).open("/track").press("Send me a new link")
    assert visitor.status == 422 and len(visitor.problems) == 2


def test_the_link_is_not_among_the_letters(visitor, partnership, settings, clock):
    reference = reference_on(visitor)
    linking.send_new(reference, "tansy@home.example", settings, clock=clock)
    other = Visitor(partnership).open(link_on(visitor)).press("Open my case", reference=reference)
    assert cases.by_reference(reference) and "Your new link" not in other.text
