"""What every route and every error owes to whoever meets it."""

import inspect
import re

import pytest

from app import errors
from app.cases.access import ADMINISTRATOR, MANAGER, PROCESS_OWNER
from app.config import Settings
from app.factory import create_app
from app.web.faults import HEADINGS, STATUS
from app.web.signing_in import EVERYBODY, MONITOR, PROGRAM, STAFF, TASK
from tests.house.tree import ROOT

LANE = re.compile(r'<bpmn:lane [^>]*name="([^"]+)"')
KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.CaseworkError) and kind is not errors.CaseworkError
]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The application, put together and never opened."""
    folder = tmp_path_factory.mktemp("house")
    return create_app(Settings(database_url=f"sqlite:///{folder / 'never.db'}", secret_key="k" * 32))


def test_every_route_has_an_access_rule(house):
    rules = [(rule.endpoint, house.view_functions[rule.endpoint]) for rule in house.url_map.iter_rules()]
    assert len(rules) > 10
    assert not [
        name
        for name, view in rules
        if getattr(view, "access", ("",))[0] not in (EVERYBODY, MONITOR, PROGRAM, STAFF, TASK)
    ]


def test_a_rule_names_only_roles_that_somebody_can_have(house):
    lanes = {name for path in (ROOT / "processes").glob("*.bpmn") for name in LANE.findall(path.read_text("utf-8"))}
    named = {role for view in house.view_functions.values() for role in view.access[1]}
    assert named <= lanes | {MANAGER, PROCESS_OWNER, ADMINISTRATOR}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_becomes_a_page(kind, house):
    assert kind in house.error_handler_spec[None][None]


def test_every_status_has_a_heading():
    assert set(STATUS.values()) <= set(HEADINGS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_stands_in_the_family_tree(kind):
    assert re.search(rf"── {kind.__name__} ", errors.__doc__)
