"""How likely a limit is missed, and whether such forecasts came true: small histories with answers known beforehand."""

from datetime import date

import pytest

from app.status.numbers import measures
from app.status.numbers.calibrating import POINTS, calibration
from app.status.numbers.forecasting import ENOUGH, WEIGHT, history, prior
from app.store.tallies import Used


def used(number, size, *, late=False, month=1, key="interview", agency=""):
    return Used(date(2026, month, 1), "review", key, agency, size, late, number)


def test_without_any_history_the_stated_prior_counts():
    found = history([]).likely("review", "interview", "", 0.5)
    assert found.value == pytest.approx(prior(0.5)) == pytest.approx(0.2 + 0.7 * 0.25)
    assert (found.of, found.whose) == (0, "prior")


def test_a_limit_that_has_passed_is_late():
    assert history([]).likely("review", "interview", "", 1.0).value == 1.0


@pytest.mark.parametrize(
    "share, of, missed",
    [(0.0, 100, 10), (0.25, 60, 10), (0.5, 60, 10), (0.75, 20, 10), (0.95, 10, 10)],
)
def test_only_those_that_were_still_open_count(share, of, missed):
    past = history([used(40, 2), used(40, 10), used(10, 18), used(10, 22, late=True)])
    found = past.likely("review", "interview", "", share)
    assert (found.of, found.missed) == (of, missed)
    behind = missed / of if of >= ENOUGH else prior(share)
    assert found.value == pytest.approx((missed + WEIGHT * behind) / (of + WEIGHT))


def test_an_agency_with_enough_of_its_own_is_judged_by_its_own():
    slow = [used(5, 5, agency="nhs"), used(20, 25, late=True, agency="nhs")]
    quick = [used(75, 5, agency="police")]
    past = history([*slow, *quick])
    nhs, police = (past.likely("review", "interview", agency, 0.0) for agency in ("nhs", "police"))
    assert (nhs.of, nhs.missed, nhs.whose) == (25, 20, "agency")
    assert (police.of, police.missed) == (75, 0)
    few = history([used(ENOUGH - 1, 25, late=True, agency="nhs"), *quick]).likely("review", "interview", "nhs", 0.0)
    assert few.whose == "step" and few.of == 75 + ENOUGH - 1


def test_a_step_without_history_is_judged_by_the_procedure():
    found = history([used(30, 5), used(10, 30, late=True)]).likely("review", "panel", "", 0.0)
    assert found.whose == "whole" and found.value == pytest.approx(0.25)


def test_likelihood_grows_with_the_time_that_is_used():
    past = history([used(50, size) for size in range(20)] + [used(100, 30, late=True)])
    values = [past.likely("review", "interview", "", share / 20).value for share in range(20)]
    assert values == sorted(values)


def test_forecasts_are_made_from_earlier_months_only():
    record = calibration([used(100, 10, month=1), used(100, 25, late=True, month=2)])
    assert record.number == 100 * len(POINTS), "the first month had nothing to go by"
    assert record.late == record.number
    at_the_start = record.bands[0]
    assert at_the_start.number == 300 and at_the_start.forecast == pytest.approx(0.0), "0, 25 and 50 per cent used"
    assert sum(band.late for band in record.bands) == record.late


def test_a_steady_world_is_forecast_well():
    months = [[used(70, 8, month=m), used(30, 24, late=True, month=m)] for m in range(1, 13)]
    record = calibration(one for month in months for one in month)
    for band in record.bands:
        if band.number:
            assert abs(band.forecast - band.came) < 0.05
    assert record.error < record.plain_error


@pytest.mark.parametrize(
    "value, words",
    [
        (None, ""),
        (0.05, "less than a quarter of a day"),
        (0.5, "half a day"),
        (1.0, "1 day"),
        (1.25, "1¼ days"),
        (2.0, "2 days"),
        (9.9, "10 days"),
        (25.4, "25 days"),
    ],
)
def test_working_days_are_said_as_people_say_them(value, words):
    assert measures.days(value) == words


@pytest.mark.parametrize(
    "value, words", [(None, ""), (0.0, "0%"), (0.004, "less than 1%"), (0.146, "15%"), (1.0, "100%")]
)
def test_shares_are_said_as_people_say_them(value, words):
    assert measures.percent(value) == words


@pytest.mark.parametrize(
    "sizes, middle", [({}, None), ({0: 1}, 0.25), ({2: 10}, 1.25), ({0: 1, 10: 1}, 0.5), ({0: 1, 4: 3, 8: 1}, 2.25)]
)
def test_the_middle_is_where_half_were_quicker(sizes, middle):
    assert measures.middle(sizes, 0.5, 2) == middle
