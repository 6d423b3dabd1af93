"""docs/conformance.md says what the program does today."""

from tests.conformance.elements import EXECUTED, KEPT, READ_AS, REFUSED, support
from tests.conformance.writing import PAGE, page


def test_the_page_is_what_the_program_does():
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.conformance.writing"


def test_no_element_of_a_process_is_refused():
    refused = [row.construct.name for row in support() if row.status == REFUSED]
    assert refused == ["choreography", "globalConversation"]


def test_every_row_says_what_becomes_of_its_element():
    rows = support()
    assert len(rows) > 100 and {row.status for row in rows} == {EXECUTED, READ_AS, KEPT, REFUSED}
    assert all(row.how for row in rows)
