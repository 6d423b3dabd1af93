"""For how long a closed case is kept."""

from datetime import date

import pytest

from app.law import retention


@pytest.mark.parametrize(
    "closed, years, until",
    [("2026-04-20", 6, "2032-04-20"), ("2028-02-29", 3, "2031-02-28"), ("2026-04-20", 0, "2026-04-20")],
)
def test_years_after_closing_end_on_the_corresponding_day(closed, years, until):
    assert retention.kept_until(date.fromisoformat(closed), years).isoformat() == until


@pytest.mark.parametrize(
    "because, until, held",
    [
        ("", None, False),
        ("A court", None, True),
        ("A court", date(2026, 4, 20), True),
        ("A court", date(2026, 4, 19), False),
    ],
)
def test_a_reason_holds_until_the_end_of_its_day(because, until, held):
    assert retention.is_held(because, until, date(2026, 4, 20)) is held
