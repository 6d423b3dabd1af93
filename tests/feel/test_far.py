"""Years beyond Python's calendar, and nanoseconds (DMN 1.5, 10.3.2.3.4 to 10.3.2.3.7)."""

import pytest

from app.feel.evaluating import evaluate, value_of
from app.feel.printing import printed

WRITTEN = [
    ('date("-0044-03-15")', '"-0044-03-15"'),
    ('date("123456-02-28")', '"123456-02-28"'),
    ('date("999999999-12-31")', '"999999999-12-31"'),
    ('date("1999999999-12-31")', "null"),
    ('date("012345-12-31")', "null"),
    ('date("+12345-12-31")', "null"),
    ('date("12345-02-30")', "null"),
    ("date(12345, 6, 7)", '"12345-06-07"'),
    ('date("12345-06-07").year', "12345"),
    ('date and time("-0044-03-15T10:00:00.5+01:35")', '"-0044-03-15T10:00:00.5+01:35"'),
    ('date and time("12345-06-07T10:00:00@Europe/London").timezone', '"Europe/London"'),
    ('date and time("2026-05-01T10:00:00.000000001Z")', '"2026-05-01T10:00:00.000000001Z"'),
    ('date and time(@"12345-06-07", @"10:00:00")', '"12345-06-07T10:00:00"'),
    ('date(@"12345-06-07T10:00:00")', '"12345-06-07"'),
    ('time(@"12345-06-07T10:00:00")', '"10:00:00"'),
    ("time(10, 20, 30.123456789)", '"10:20:30.123456789"'),
    ('time("10:20:30.123456789").second', "30.123456789"),
    ('time("10:20:30.123456789@Europe/London").minute', "20"),
    ('time("10:20:30.120000000")', '"10:20:30.12"'),
    ('@"12345-06-07" > @"2026-05-01"', "true"),
    ('@"12345-06-07" = @"2026-05-01"', "false"),
    ('@"12345-06-07" = @"12345-06-07"', "true"),
    ('@"12345-06-07" != @"12345-06-08"', "true"),
    ('@"-0044-03-15" in [@"-0100-01-01"..@"2026-05-01"]', "true"),
    ('sort([@"12345-06-07", @"2026-05-01"])', '["2026-05-01", "12345-06-07"]'),
    ('is(@"12345-06-07", @"12345-06-07")', "true"),
    ('@"12345-06-07" instance of date', "true"),
    ('{on: @"12345-06-07"}', '{"on": "12345-06-07"}'),
]


@pytest.mark.parametrize(("source", "value"), WRITTEN)
def test_what_is_far_or_fine_is_read_compared_and_written(source: str, value: str) -> None:
    assert printed(value_of(source, {})) == value


@pytest.mark.parametrize(
    "source",
    [
        '@"12345-06-07" + @"P1D"',
        '@"12345-06-07" - @"2026-05-01"',
        '@"12345-06-07T10:00:00" + @"P1M"',
        '@"10:20:30.123456789" + @"PT1H"',
        '@"10:20:30.123456789" < @"10:20:31"',
        'for on in @"12345-06-07"..@"12345-06-09" return on',
        'last day of month(@"12345-06-07")',
        'day of week(@"12345-06-07")',
        'week of year(@"12345-06-07")',
        'day of year(@"12345-06-07")',
    ],
)
def test_nothing_is_counted_with_them(source: str) -> None:
    assert evaluate(source, {}) is None
