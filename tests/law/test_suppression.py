"""Small local numbers are not told, and cannot be worked out from the others."""

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.law import suppression
from app.law.suppression import HIDDEN


@pytest.mark.parametrize("number, says", [(0, "0"), (1, "Fewer than 5"), (4, "Fewer than 5"), (5, "5"), (44, "44")])
def test_a_small_number_that_stands_alone_is_not_told(number, says):
    assert suppression.shown(number) == says


TABLE = [
    # parts of a whole that is known                  as published, - for what is not told
    ("nothing small", (12, 0, 7), "12 0 7"),
    ("all none", (0, 0), "0 0"),
    ("one small: the next smallest goes too", (12, 3, 7, 0), "12 - - 0"),
    ("two small", (12, 3, 2, 7), "12 - - 7"),
    ("two of 1 each can only be 1 each: one more", (12, 1, 1, 7), "12 - - -"),
    ("one small, one other", (20, 4), "- -"),
    ("one small, the rest none: nothing is told", (3, 0, 0), "- - -"),
    ("1 and 1 and nothing else", (1, 1, 0), "- - -"),
    ("5 is told", (5, 5), "5 5"),
]


@pytest.mark.parametrize("parts, says", [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_parts_of_a_whole_hide_one_another(parts, says):
    assert " ".join(suppression.shown_parts(parts)).replace(HIDDEN, "-") == says


@settings(deadline=None)
@given(st.lists(st.integers(0, 7), min_size=2, max_size=4))
def test_no_small_number_can_be_worked_out_from_the_whole_and_what_is_told(parts):
    told = suppression.shown_parts(parts)
    hidden = [place for place, says in enumerate(told) if says == HIDDEN]
    assume(hidden)
    left = sum(parts[place] for place in hidden)
    least = 0 if len(hidden) == len(parts) else 1  # a part that is none is told, unless nothing is
    possible = [them for them in product(range(least, left + 1), repeat=len(hidden)) if sum(them) == left]
    for at, place in enumerate(hidden):
        assert len({them[at] for them in possible}) > 1, f"{parts[place]} of {parts} can be worked out"
    assert not [number for number, says in zip(parts, told, strict=True) if 0 < number < 5 and says != HIDDEN]
