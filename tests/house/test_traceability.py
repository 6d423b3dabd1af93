"""Each sentence of the account and each subsection of the Act leads to an element and to a test."""

import re

import pytest

from app.editor import folders
from tests.house.tree import CODE, ROOT, document

PAGE = "docs/traceability.md"
ACT = {f"104({n})" for n in (1, 2, 4, 5, 6, 7, 8, 9, 11, 12)} | {"104(3)(a)", "104(3)(b)", "period"}
ACT |= {f"Schedule 4 para {n}" for n in range(1, 10)}
ACCOUNT = {f"S{n}" for n in range(1, 35)}


def rows():
    """{row: (what does it, tests)}."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in document(PAGE).splitlines()]
    return {row[0]: (row[2], row[3]) for row in cells if len(row) == 4 and row[0] not in ("row", "---")}


def written():
    return " ".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py"))


def test_every_sentence_and_every_subsection_has_its_row():
    assert set(rows()) == ACT | ACCOUNT


@pytest.mark.parametrize("row", sorted(ACT | ACCOUNT))
def test_a_row_says_what_does_it_and_which_test_would_fail(row):
    does, named = rows()[row]
    found = CODE.findall(named)
    assert does and found
    assert [name for name in found if f"def {name}(" not in written()] == []


def test_every_element_that_is_named_is_in_the_procedure():
    """A word in code that looks like an id is an element, a table, a form or a fact of one."""
    files = folders.paths(ROOT)
    drawn = " ".join(path.read_text("utf-8") for path in files) + " ".join(path.stem for path in files)
    named = {word for does, _ in rows().values() for word in CODE.findall(does) if re.fullmatch(r"[a-z][a-z_.]+", word)}
    assert named
    assert {word for word in named if word not in drawn} == set()
