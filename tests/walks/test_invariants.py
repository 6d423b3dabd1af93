"""Random ways through the real drawings: whatever people answer and whatever comes in, the law’s invariants hold.

From each whole walk others branch off. The same thousand each time; twice as many and more in ``make prove``.
"""

import os
from collections import Counter

import pytest

from tests.walks.wandering import BRANCHES, KINDS, STEMS, block

BLOCKS = range(int(os.environ.get("WALKS", "4")))  # each of 258 walks
LEAST = 4  # walks of each kind


@pytest.mark.parametrize("number", BLOCKS)
def test_no_way_through_the_drawings_breaks_an_invariant(number):
    wrong, _ = block(number)
    assert wrong == []


def test_the_walks_went_everywhere(record_property):
    """Enough of each kind, so that they cannot become hollow unseen."""
    tally = sum((block(number)[1] for number in BLOCKS), Counter())
    record_property("walks", dict(tally))
    assert tally["whole"] + tally["branch"] == len(BLOCKS) * STEMS * (1 + BRANCHES) > 1_000
    assert {name: tally[name] for name in KINDS if tally[name] < LEAST} == {}
    assert tally["closed too early"] > 0
