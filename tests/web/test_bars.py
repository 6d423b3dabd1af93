"""Bars repeat a table: each as high as its number says, with all of it in words."""

import pytest

from app.web import bars
from app.web.bars import HEIGHT, Amount


def test_the_highest_bar_fills_the_picture_and_the_others_are_in_proportion():
    painted = bars.bars("k", "Cases", [Amount("2025", 10), Amount("2026", 5), Amount("2027", 0)]).bars
    assert [bar.height for bar in painted] == [HEIGHT, HEIGHT / 2, 0]
    assert {bar.y + bar.height for bar in painted} == {146}, "all stand on the same ground"
    assert [bar.middle for bar in painted] == sorted(bar.middle for bar in painted)


@pytest.mark.parametrize(
    "part_words, says", [("", "Police: 8"), ("late", "Police: 8, of which 2 late")], ids=["whole", "with a part"]
)
def test_a_picture_is_said_in_words(part_words, says):
    picture = bars.bars("k", "Cases", [Amount("Police", 8, 2)], most=16, part_words=part_words)
    assert picture.says == says
    assert (picture.bars[0].height, picture.bars[0].part) == (HEIGHT / 2, HEIGHT / 8)


def test_nothing_to_show_is_no_fault():
    assert bars.bars("k", "Cases", []).bars == ()
