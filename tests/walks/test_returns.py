"""Every number of a return is the one that the history gives when it is counted in another way; and it adds up."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli.commands import trigger
from app.law import statistics
from app.law.statistics import Period
from app.records import behind, counting, local, pledge
from app.records import returns as reading
from app.store.picking import Line
from tests.conftest import one_kind
from tests.walks import raw, stories

database_url = pytest.fixture(one_kind)
BEGINS = "04-01"
FROM_HISTORY = {"channel", "heard", "interview", "chair", "high", "silent", "appeals"}
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))
NONE = Period(date(2020, 1, 1), date(2020, 12, 31))
APPEAL = {"appeal": {"about": "refusal", "grounds": ["threshold"], "text": "You counted wrong.", "wanted": "A review."}}
PERIODS = [MARCH, APRIL, Period(date(2026, 3, 2), date(2026, 3, 2)), Period(date(2026, 1, 1), date(2026, 12, 31)), NONE]


@pytest.fixture
def history(walk, clock):
    """A review without the agencies' answers, a refusal that is overturned in April, one that is stopped, one new."""
    stories.begin(walk, stories.THREE)
    walk.days(12)  # none of the agencies answers in time
    walk.do_all("record_no_return", "prepare_statement", "choose_panel", "send_papers")
    walk.do("record_panel", panel=stories.QUORATE, agreed_actions=[stories.ACTION])
    walk.do("say_view_of_plan", plan={"view": "agree"})
    walk.do("agree_plan", agreed_actions=[stories.ACTION, stories.RECOMMENDATION])
    stories.begin(walk, stories.lately(stories.ONE, clock().date()))
    walk.days(9)  # too long
    walk.do("decide_threshold", threshold={"decision": "not met"})
    walk.do("write_reasons", agreed_actions=[stories.ACTION])
    walk.do("accept_concern", concern={"accepted": "yes"})
    refused = walk.id
    walk.apply(**stories.TANSY)
    walk.receive("withdrawn", {"said": {"text": "I want to stop.", "at": "2026-03-12T10:00:00+00:00"}})
    walk.do("consider_withdrawal", withdrawal={"decision": "stop"})
    walk.apply(**stories.TANSY)
    clock.set(datetime(2026, 4, 7, 9, tzinfo=UTC))
    walk.id = refused
    walk.receive("appeal_received", APPEAL)
    walk.do("choose_reviewer")
    walk.do("decide_appeal", appeal={"outcome": "overturned"})
    return walk


def read(period, today=date(2026, 5, 1)):
    return reading.read(period, BEGINS, today)


def test_every_number_is_what_the_lines_themselves_give(history, rows, partnership, statements):
    """One walked history for all of it: to walk it takes longer than to count it."""
    check_what_is_asked(statements)
    check_every_number(rows)
    check_the_story()
    check_limits(rows)
    check_the_pledge(rows)
    check_the_command(partnership)


def check_every_number(rows):
    for period in PERIODS:
        found, expected = read(period), raw.count(rows, period.first, period.last)
        before, after = (raw.waiting(rows, day) for day in (period.first - timedelta(days=1), period.last))
        counted = expected | {"waiting_before": before, "waiting_after": after}
        listed = {one.name: [row.reference for row in one.rows] for one in behind.every(period)}
        for name in statistics.NUMBERS:
            assert getattr(found.numbers, name) == len(counted.get(name, [])) == len(listed[name]), (name, period)
            assert sorted(listed[name]) == sorted(counted.get(name, []))
        assert found.balances and len(set(found.totals)) == 1
        parts = {f"{group.key}.{part.key}": part for group in found.local for part in group.parts}
        assert len({group.key for group in found.local}) == len(found.local)
        told = {name: part.number for name, part in parts.items() if part.number and name.split(".")[0] in FROM_HISTORY}
        assert told == raw.local(rows, period.first, period.last)
        assert all(part.number == len(part.found) for name, part in parts.items() if name.split(".")[0] in FROM_HISTORY)


def check_the_story():
    march, april = read(MARCH), read(APRIL)
    assert march.sum_in_words == (
        "0 waiting before + 4 applications + 0 reopened = 1 not met + 1 reviews + 1 withdrawn + 1 waiting after"
    )
    assert (
        march.is_short and march.short_sum == "4 applications = 1 not met + 1 reviews + 1 withdrawn + 1 waiting after"
    )
    assert april.sum_in_words.startswith("1 waiting before + 0 applications + 1 reopened =")
    assert not april.is_short
    assert read(NONE).local == []


def check_limits(rows):
    query = r"""select t.case_id, t.milestone, max(case when t.state = 'fired' then 1 else 0 end) from timer t
        where t.state in ('fired', 'stood_down') and t.key not like '%\:near' and t.ended_at < '2026-04-01'
        group by t.case_id, t.milestone"""
    expected = {}
    for _, milestone, is_late in rows(query):
        if milestone in local.PROMISES:
            name = (milestone, "late" if is_late else "kept")
            expected[name] = expected.get(name, 0) + 1
    parts = {(group.key, part.key): part.number for group in read(MARCH).local for part in group.parts}
    found = {
        (key.removeprefix("in_time_"), end): n for (key, end), n in parts.items() if key.startswith("in_time_") and n
    }
    assert found == expected
    assert any(name[1] == "late" for name in found), "the story has late ones"


def check_the_pledge(rows):
    measures = {one.key: one for promise in pledge.check(MARCH) for one in promise.measures}
    shares = {key: (one.good, one.whole) for key, one in measures.items()}
    assert shares["interviewed"] == (2, 2)
    assert shares["independent"] == shares["invited"] == shares["consulted"] == (1, 1)
    assert shares["appeal_told"] == (2, 2), "the outcome and the refusal"
    assert shares["channels"] == (1, 5)
    silent = raw.local(rows, MARCH.first, MARCH.last)
    assert len(measures["answered"].short) == sum(n for name, n in silent.items() if name.startswith("silent."))
    assert shares["assessed"] == (0, 0) and measures["assessed"].percent is None
    for one in measures.values():
        assert one.key in ("channels", "assessed") or one.good + len(one.short) == one.whole
        assert len(behind.listing(MARCH, f"pledge.{one.key}").rows) == len(one.short)


def check_the_command(partnership):
    def said(*more):
        words = ["returns", "--from", "2026-03-01", "--to", "2026-03-31", *more]
        return CliRunner().invoke(trigger, words, obj=lambda: partnership)

    data = json.loads(said("--json").output)
    assert data["numbers"] == {"applications": 4, "not_met": 1, "reviews": 1, "with_recommendations": 1}
    assert data["cases"]["reviews"] == ["CT-2026-0001"]
    assert {name: len(those) for name, those in data["cases"].items()} == {
        name: getattr(read(MARCH).numbers, name) for name in statistics.NUMBERS
    }
    assert (data["shape"], data["definitions"], data["balances"], data["published"]) == (1, "1", True, None)
    assert "Tansy" not in json.dumps(data)
    assert data["local"][0]["numbers"]["web"] == 4
    plain = said()
    assert "Applications for a review: 4\n" in plain.output and "They add up: 0 waiting before" in plain.output
    assert plain.exit_code == 0
    assert said("--definitions", "9").exit_code == 2
    wrong = CliRunner().invoke(trigger, ["returns", "--from", "2026-03-31", "--to", "2026-03-01"], obj=lambda: None)
    assert wrong.exit_code == 2 and "The last day must be the first day or later" in wrong.output


def check_what_is_asked(statements):
    with statements() as said:
        read(MARCH)
    assert len(said) <= 12
    with statements() as again:
        read(MARCH)
    assert len(again) < len(said), "what was read is at hand until a line is added"


KINDS = st.sampled_from(
    [
        ("task_completed", "decide_threshold", {"answers": {"threshold": {"decision": "not met"}}}),
        ("task_completed", "decide_threshold", {"answers": {"threshold": {"decision": "met"}}}),
        ("task_completed", "decide_appeal", {"answers": {"appeal": {"outcome": "overturned"}}}),
        ("task_completed", "decide_appeal", {"answers": {"appeal": {"outcome": "upheld"}}}),
        ("task_completed", "agree_plan", {"answers": {"agreed_actions": [{"kind": "recommendation"}]}}),
        ("effect_asked", "send_outcome", {"letter": "outcome"}),
        ("effect_asked", "send_refusal", {"letter": "refusal"}),
        ("effect_asked", "stopped", {"letter": "review_stopped"}),
        ("case_closed", "asb_case_review", {}),
    ]
)
HOURS = st.integers(0, 24 * 700)
HISTORIES = st.lists(st.tuples(HOURS, st.lists(st.tuples(st.integers(0, 900), KINDS), max_size=8)), max_size=6)
START = datetime(2025, 1, 1, tzinfo=UTC)


def lines_of(histories):
    """The lines of made-up cases: opened at an hour, and then something after each so many hours."""
    for number, (opened, happened) in enumerate(histories):
        case, at = UUID(int=number), START + timedelta(hours=opened)
        yield Line(case, at, "case_opened", "asb_case_review", {})
        for after, (kind, subject, says) in happened:
            at += timedelta(hours=after)
            yield Line(case, at, kind, subject, says)


@settings(deadline=None, max_examples=150)
@given(HISTORIES, st.lists(st.integers(1, 1200), max_size=6, unique=True))
def test_the_return_adds_up_on_any_history_however_time_is_cut(histories, cuts):
    matters = list(counting.matters(lines_of(histories)))
    edges = [START.date() - timedelta(days=1), *(START.date() + timedelta(days=cut) for cut in sorted(cuts))]
    parts = [Period(a + timedelta(days=1), b) for a, b in pairwise([*edges, date(2032, 1, 1)])]
    each = [statistics.count(matters, part) for part in parts]
    assert all(map(statistics.balances, each))
    assert all(one.waiting_after == following.waiting_before for one, following in pairwise(each))
    assert each[0].waiting_before == 0
    assert sum(one.applications for one in each) == len(histories)
    assert all(one.with_recommendations <= one.reviews for one in each)
