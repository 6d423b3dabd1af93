"""The test rows of a decision table: what it is asked, and what it must answer.

They stand in ``extensionElements`` of the decision, in a namespace of our own, so that they travel with the file and
with the release; other tools keep them as they are. Values are FEEL, in lists written as JSON.
"""

import json
from dataclasses import dataclass

from lxml import etree

from app import errors
from app.drawing.decision_models import child

OURS = "urn:trigger:tables"
ROW = f"{{{OURS}}}testRow"
LISTS = {"input": "given", "output": "expected"}
MOST = 100


@dataclass(frozen=True)
class TestRow:
    """What a table is asked, one FEEL value for each question, and what it must answer, one for each output."""

    __test__ = False  # it is no test of pytest

    given: tuple[str, ...]
    expected: tuple[str, ...]


def read(logic: etree._Element) -> tuple[TestRow, ...]:
    """The test rows of a ``decisionTable``; those that cannot be read are left out."""
    found = (_test_row(one) for one in _elements(logic))
    return tuple(one for one in found if one is not None)


def keep(logic: etree._Element, test: TestRow) -> None:
    """A test row more. ``Refused`` names ``test``."""
    if len(_elements(logic)) >= MOST:
        raise errors.Refused({"test": f"A table keeps at most {MOST} test rows."})
    made = etree.SubElement(_extensions(logic), ROW, nsmap={"trigger": OURS})
    made.set("given", json.dumps(test.given, ensure_ascii=False))
    made.set("expected", json.dumps(test.expected, ensure_ascii=False))


def drop(logic: etree._Element, number: int) -> None:
    """A test row less; the first is 0. ``NotFound`` where it is gone."""
    found = _readable(logic)
    if not 0 <= number < len(found):
        raise errors.NotFound("This test row is no longer there.")
    _extensions(logic).remove(found[number])


def add_value(logic: etree._Element, kind: str) -> None:
    """A value more in each test row, for a new column at the end."""
    for test in _readable(logic):
        values = json.loads(test.get(LISTS[kind], "[]"))
        test.set(LISTS[kind], json.dumps([*values, "null"], ensure_ascii=False))


def drop_value(logic: etree._Element, kind: str, number: int) -> None:
    """A value less in each test row, for a column that is taken away."""
    for test in _readable(logic):
        values = json.loads(test.get(LISTS[kind], "[]"))
        test.set(LISTS[kind], json.dumps(values[:number] + values[number + 1 :], ensure_ascii=False))


def _extensions(logic: etree._Element) -> etree._Element:
    decision = _decision(logic)
    found = child(decision, "extensionElements")
    if found is None:
        found = etree.Element(f"{{{etree.QName(logic).namespace}}}extensionElements")
        said = child(decision, "description")
        decision.insert(0 if said is None else 1, found)
    return found


def _decision(logic: etree._Element) -> etree._Element:
    parent = logic.getparent()
    return logic if parent is None else parent


def _elements(logic: etree._Element) -> list[etree._Element]:
    extensions = child(_decision(logic), "extensionElements")
    return [] if extensions is None else [one for one in extensions if one.tag == ROW]


def _readable(logic: etree._Element) -> list[etree._Element]:
    return [one for one in _elements(logic) if _test_row(one) is not None]


def _test_row(element: etree._Element) -> TestRow | None:
    try:
        given, expected = (json.loads(element.get(name, "")) for name in ("given", "expected"))
    except (ValueError, RecursionError):
        return None
    if not all(isinstance(one, list) and all(isinstance(text, str) for text in one) for one in (given, expected)):
        return None
    return TestRow(tuple(given), tuple(expected))
