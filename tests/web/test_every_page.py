"""Rules that every route keeps."""

from uuid import UUID

import pytest

from app.web.signing_in import EVERYBODY, MONITOR, PROGRAM, STAFF, TASK

EXAMPLE = {"UUIDConverter": UUID(int=7), "IntegerConverter": 7}


def addresses(app, rule_wanted):
    """An address of every page that a GET reaches, by its access rule."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and app.view_functions[rule.endpoint].access[0] == rule_wanted:
            values = {name: EXAMPLE.get(type(c).__name__, "example") for name, c in rule._converters.items()}
            yield adapter.build(rule.endpoint, values)


def test_every_view_says_who_may_open_it(app):
    shut = [
        rule.endpoint for rule in app.url_map.iter_rules() if not hasattr(app.view_functions[rule.endpoint], "access")
    ]
    assert not shut


def test_every_access_rule_is_a_known_one(app):
    rules = {view.access[0] for view in app.view_functions.values()}
    assert rules <= {EVERYBODY, MONITOR, PROGRAM, STAFF, TASK}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_staff_page_sends_a_stranger_to_sign_in(app, counter):
    found = [*addresses(app, STAFF), *addresses(app, TASK)]
    assert "/tasks" in found
    for address in found:
        counter.get(address, follow=False)
        assert (counter.status, counter.response.location.split("?")[0]) == (303, "/sign-in"), address
