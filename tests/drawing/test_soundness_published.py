"""Nothing is said against the published procedure, also where its forms and tables are known."""

import pytest

from app.drawing import reading
from app.drawing.soundness import foretelling
from tests.processes import published
from tests.processes.test_forms import known


def choices(part):
    """{path: its choices, or None for any} of a form or a part of it."""
    found = {}
    for one in part.get("components", []):
        if one["type"] == "group":
            found |= choices(one)
        elif one["type"] == "dynamiclist":
            found[one["path"]] = None
        elif "key" in one:
            offered = one.get("values") if one["type"] in ("radio", "select") else None
            found[one["key"]] = frozenset(value["value"] for value in offered) if offered else None
    return found


FIELDS = {key: choices(published.form(key)) for key in published.FORM_KEYS}


@pytest.mark.parametrize("page", published.PAGES)
def test_nothing_is_said_where_forms_tables_and_roles_are_known(page):
    drawing = reading.read((published.PROCESSES / f"{page}.bpmn").read_bytes(), page)
    asked = {path for form in FIELDS.values() for path in form}
    given = dict.fromkeys(known() - asked | {"threshold.decision"})  # which a table gives beside a form
    roles = {lane.name for lane in drawing.lanes}
    said = foretelling.findings(drawing, roles=roles, fields=FIELDS, given=given)
    meant = {(element, "cuts_off") for element in published.CUTS_OFF}
    assert [(one.element, one.kind, one.says) for one in said if (one.element, one.kind) not in meant] == []
