"""Ranges that leave out an end, and times in zones (DMN 1.5, 10.3.1.2 items 7 and 8, 10.3.2.3.5, table 73)."""

import pytest

from app.errors import NotUnderstood
from app.feel.evaluating import value_of
from app.feel.printing import printed

VALUES = [
    ("(2..) = >2", "true"),
    ("[2..) = >= 2", "true"),
    ("(..2) = < 2", "true"),
    ("]..2] = <= 2", "true"),
    ("[< 2, > 5]", '["(< 2)", "(> 5)"]'),
    ("7 in [< 2, > 5]", "true"),
    ("3 in [< 2, > 5]", "false"),
    ("(> 5).start", "5"),
    ("(> 5).end", "null"),
    ("10 in != 9", "true"),
    ('range("[1..3]") = [1..3]', "true"),
    ('range(" ] 1 .. 3 [ ")', '"(1..3)"'),
    ('range("(..5]")', '"(<= 5)"'),
    ('range("[1..)")', '"(>= 1)"'),
    ('range("[@\\"P1D\\"..duration(\\"P2D\\")]")', '"[@\\"P1D\\"..@\\"P2D\\"]"'),
    ('range("[date and time(\\"2026-05-01T10:00:00\\")..)")', '"(>= @\\"2026-05-01T10:00:00\\")"'),
    *[
        (f'range("{text}")', "null")
        for text in ("", "[1..]", "[..1]", "(..)", "> 1", "1..2", "[3..1]", '[1..\\"a\\"]', "[a..2]", "[1+1..3]")
    ],
    ('range("[date(string(\\"2026-05-01\\"))..@\\"2026-05-02\\"]")', "null"),
    ("range(1)", "null"),
    ('time("10:00:00@Europe/London") = time("10:00:00")', "false"),
    ('time("10:00:00@Europe/London") = time("10:00:00@Europe/Paris")', "false"),
    ('time("10:00:00@Europe/London") = time("10:00:00Z")', "true"),
    ('time("10:00:00@Europe/London") > time("10:00:00@Europe/Paris")', "true"),
    ('time("10:00:00@Europe/London") < time("11:00:00")', "null"),
    ('is(time("10:00:00@Europe/Paris"), time("10:00:00+01:00"))', "true"),
    ('is(time("10:00:00Z"), time("11:00:00+01:00"))', "false"),
    ('is(@"2026-07-01T10:00:00@Europe/London", @"2026-07-01T10:00:00+01:00")', "true"),
    ("{🏠: 1}.🏠", "1"),
    ("{Größe: 2}.Größe", "2"),
    ('duration("PT0.S")', '"PT0S"'),
    ("concatenate([1], null)", "null"),
    ("before(point: 1, range: [2..3])", "true"),
    ("before(point: 5, range: [2..3])", "false"),
    ("before(range: [2..3], point: 5)", "true"),
    ("after(range1: [4..5], range2: [2..3])", "true"),
    ("after(point: 1, range: [2..3])", "false"),
    ("coincides(range1: [1..2], range2: [1..2])", "true"),
]


@pytest.mark.parametrize(("source", "value"), VALUES)
def test_an_open_range_and_a_time_in_a_zone_have_their_value(source: str, value: str) -> None:
    assert printed(value_of(source, {})) == value


@pytest.mark.parametrize("source", ["1 = = 2", "1 == 2", "[..2]", "(..2", "[1..", "> "])
def test_half_a_range_and_a_doubled_sign_are_refused(source: str) -> None:
    with pytest.raises(NotUnderstood):
        value_of(source, {})
