"""The four numbers of section 104(9), and that every application is accounted for (I14)."""

import hashlib
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.law import definitions, statistics
from app.law.statistics import APPLIED, NOT_MET, REOPENED, REVIEWED, WITHDRAWN, Matter, Numbers, Period, Step

A_DAY = timedelta(days=1)
YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))
KINDS = [APPLIED, NOT_MET, REVIEWED, WITHDRAWN, REOPENED]


def matter(*steps):
    """A matter of (kind, day) or (kind, day, with recommendations)."""
    return Matter(tuple(Step(kind, date.fromisoformat(on), *more) for kind, on, *more in steps))


@pytest.mark.parametrize(
    "today, begins, first, last",
    [
        ("2026-04-01", (4, 1), "2025-04-01", "2026-03-31"),
        ("2026-03-31", (4, 1), "2024-04-01", "2025-03-31"),
        ("2027-01-15", (1, 1), "2026-01-01", "2026-12-31"),
        ("2028-03-01", (3, 1), "2027-03-01", "2028-02-29"),
    ],
)
def test_a_period_is_over_on_the_day_after_its_last(today, begins, first, last):
    period = statistics.last_period(date.fromisoformat(today), begins)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["", "4", "13-01", "02-30", "01-29", "x-y"])
def test_a_beginning_that_is_no_day_of_every_year_is_refused(text):
    with pytest.raises(ValueError):
        statistics.begin_of(text)


def test_each_number_is_counted_in_the_period_in_which_it_happened():
    matters = [
        matter((APPLIED, "2025-03-20"), (NOT_MET, "2025-04-01")),
        matter((APPLIED, "2025-05-01"), (REVIEWED, "2025-06-01", True)),
        matter((APPLIED, "2025-05-02"), (REVIEWED, "2026-03-31")),
        matter((APPLIED, "2025-05-03"), (WITHDRAWN, "2025-05-09")),
        matter((APPLIED, "2026-03-31"), (REVIEWED, "2026-04-20", True)),
    ]
    assert statistics.count(matters, YEAR) == Numbers(
        applications=4,
        not_met=1,
        reviews=2,
        with_recommendations=1,
        withdrawn=1,
        reopened=0,
        waiting_before=1,
        waiting_after=1,
    )


def test_an_appeal_that_is_right_reopens_a_refusal_and_both_are_counted():
    found = statistics.count(
        [matter((APPLIED, "2025-05-01"), (NOT_MET, "2025-06-01"), (REOPENED, "2025-07-01"), (REVIEWED, "2025-08-01"))],
        YEAR,
    )
    assert (found.applications, found.not_met, found.reopened, found.reviews) == (1, 1, 1, 1)
    assert statistics.balances(found)


def test_what_ends_after_it_was_settled_is_not_counted_twice():
    found = statistics.count(
        [
            matter(
                (APPLIED, "2025-05-01"), (REVIEWED, "2025-06-01"), (WITHDRAWN, "2025-07-01"), (WITHDRAWN, "2025-08-01")
            )
        ],
        YEAR,
    )
    assert (found.reviews, found.withdrawn, found.waiting_after) == (1, 0, 0)


days = st.dates(date(2024, 1, 1), date(2027, 1, 1))
some_matters = st.lists(
    st.lists(st.tuples(st.sampled_from(KINDS), days), max_size=6).map(
        lambda steps: Matter(tuple(Step(kind, on) for kind, on in sorted(steps, key=lambda step: step[1])))
    ),
    max_size=8,
)


@given(some_matters)
def test_every_application_is_accounted_for_whatever_happened(matters):
    found = statistics.count(matters, YEAR)
    assert statistics.balances(found)
    assert found.waiting_before >= 0 <= found.waiting_after


@given(some_matters)
def test_what_waits_when_a_period_ends_waits_when_the_next_begins(matters):
    after = Period(date(2026, 4, 1), date(2027, 3, 31))
    assert statistics.count(matters, YEAR).waiting_after == statistics.count(matters, after).waiting_before


def test_each_number_is_as_long_as_the_list_behind_it():
    first = matter((APPLIED, "2025-05-01"), (NOT_MET, "2025-06-01"), (REOPENED, "2025-07-01"))
    second = matter((APPLIED, "2025-05-02"), (REVIEWED, "2025-06-02", True))
    listed = statistics.behind([first, second], YEAR)
    assert {name: [str(one.step.on) for one in those] for name, those in listed.items() if those} == {
        "applications": ["2025-05-01", "2025-05-02"],
        "not_met": ["2025-06-01"],
        "reopened": ["2025-07-01"],
        "reviews": ["2025-06-02"],
        "with_recommendations": ["2025-06-02"],
        "waiting_after": ["2025-07-01"],
    }
    assert [one.matter for one in listed["waiting_after"]] == [first]


@given(some_matters, st.lists(days, max_size=5, unique=True))
def test_periods_that_follow_one_another_fit_together_however_time_is_cut(matters, cuts):
    edges = [date(2023, 12, 31), *sorted(cuts), date(2027, 1, 2)]
    parts = [Period(a + A_DAY, b) for a, b in pairwise(edges)]
    each = [statistics.count(matters, part) for part in parts]
    whole = statistics.count(matters, Period(parts[0].first, parts[-1].last))
    assert all(map(statistics.balances, each))
    assert all(one.waiting_after == following.waiting_before for one, following in pairwise(each))
    flows = set(statistics.NUMBERS) - {"waiting_before", "waiting_after"}
    assert {name: sum(getattr(one, name) for one in each) for name in flows} == {
        name: getattr(whole, name) for name in flows
    }
    assert (each[0].waiting_before, each[-1].waiting_after) == (whole.waiting_before, whole.waiting_after)


def test_every_edition_has_words_and_a_way_of_counting_and_the_newest_is_in_use():
    assert set(definitions.EDITIONS) == set(statistics.EDITIONS)
    assert list(definitions.EDITIONS)[-1] == statistics.DEFINITIONS
    for version, edition in definitions.EDITIONS.items():
        assert edition.version == version
        assert sorted(one.name for one in edition.definitions) == sorted(statistics.NUMBERS)


def test_a_changed_definition_is_a_new_edition_and_the_old_one_counts_as_before(monkeypatch):
    def second_refusals_too(matter):
        return iter(matter.steps)

    matters = [matter((APPLIED, "2025-05-01"), (NOT_MET, "2025-06-01"), (NOT_MET, "2025-07-01"))]
    monkeypatch.setattr(statistics, "EDITIONS", {**statistics.EDITIONS, "2": second_refusals_too})
    assert statistics.count(matters, YEAR, "2").not_met == 2
    assert statistics.count(matters, YEAR, "1").not_met == 1
    with pytest.raises(KeyError):
        statistics.count(matters, YEAR, "3")


def test_the_first_edition_is_frozen():
    """What it says may be read from a published number: change nothing here, add an edition."""
    said = "".join(f"{one.name}{one.words}{one.counts}{one.source}" for one in definitions.edition("1").definitions)
    assert hashlib.sha256(said.encode()).hexdigest()[:16] == "ccf31d4ff23cc84f"
