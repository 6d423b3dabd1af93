"""Whoever reports a second time in any 6 months hears of the right to a review, once."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app import errors, worker
from app.cases.kinds import NOTICE
from app.cli.commands import trigger
from app.intake import reports
from app.store.db import db
from app.store.rows.cases import Case
from tests.conftest import one_kind
from tests.walks.tiny import at_once

database_url = pytest.fixture(one_kind)  # nothing here hangs on which of the two it is

HEAD = "reporter,name,email,reported_on,happened_on,body,reference\n"
FERN = "F1,Fern Hollow,fern@hollow.example"
MOSS = "M7,Moss Underhill,"


@pytest.fixture
def bring(partnership, clock):
    """Bring in lines, each (who, reported_on, reference[, body])."""
    clock.set(datetime(2026, 11, 2, 9, tzinfo=UTC))

    def bring(*lines):
        text = HEAD + "".join(f"{who},{on},,{rest[0] if rest else 'council'},{ref}\n" for who, on, ref, *rest in lines)
        return reports.bring_in(text.encode(), clock=clock)

    return bring


@pytest.fixture
def work(settings, clock):
    return lambda: worker.drain(settings, clock)


def notices(rows):
    return rows("select letter, recipient, address from message where letter = 'second_report_notice'")


def standing():
    db.session.rollback()
    query = select(Case).where(Case.process_id == NOTICE).order_by(Case.reference)
    return [
        (case.title, case.status) for case in db.session.scalars(query, execution_options={"populate_existing": True})
    ]


def test_a_second_report_in_6_months_brings_one_letter_and_the_case_ends(bring, work, rows, clock):
    done = bring((FERN, "2026-05-05", "A1"), (MOSS, "2026-10-01", "A2"), (FERN, "2026-11-01", "A3"))
    assert (done.first, done.again, done.refused) == (2, 1, ())
    work()
    assert notices(rows) == [("second_report_notice", "victim", "fern@hollow.example")]
    clock.pass_(days=4)
    work()
    assert standing() == [("Fern Hollow", "closed"), ("Moss Underhill", "open")]
    assert bring((FERN, "2026-11-05", "A9")).told == 1
    work()
    assert len(notices(rows)) == 1


@pytest.mark.parametrize(
    "first, second, told", [("2026-05-01", "2026-10-31", True), ("2026-05-01", "2026-11-01", False)]
)
def test_six_months_begin_with_the_day_of_the_earlier_report(bring, work, rows, first, second, told):
    bring((FERN, first, "A1"), (FERN, second, "A2"))
    work()
    assert bool(notices(rows)) is told


def test_a_third_report_counts_with_the_second(bring, work, rows):
    bring((FERN, "2025-12-01", "A1"), (FERN, "2026-06-20", "A2"), (FERN, "2026-11-01", "A3"))
    work()
    assert len(notices(rows)) == 1


def test_the_same_file_again_changes_nothing(bring, work, rows):
    lines = (FERN, "2026-10-05", "A1"), (MOSS, "2026-10-06", "A2"), (FERN, "2026-11-01", "A3")
    bring(*lines)
    work()
    before = standing(), notices(rows), rows("select count(*) from event")
    assert bring(*lines).known == 3
    work()
    assert (standing(), notices(rows), rows("select count(*) from event")) == before


def test_the_same_numbers_of_two_bodies_are_two_people(bring, work, rows):
    bring((FERN, "2026-10-05", "A1"), (MOSS.replace("M7", "F1"), "2026-10-06", "A1", "police"))
    work()
    assert notices(rows) == []
    assert [title for title, _ in standing()] == ["Fern Hollow", "Moss Underhill"]


def test_where_no_safe_email_is_known_a_coordinator_tells_them(bring, work, rows, clock):
    bring((MOSS, "2026-10-05", "A1"), (MOSS, "2026-10-09", "A2"))
    work()
    assert rows("select key, role from task") == [("tell_of_right", "Coordinator")]
    assert notices(rows) == []
    clock.pass_(days=9)
    work()
    assert ("limit_missed",) in rows("select letter from message")


def test_a_letter_that_came_back_is_made_up_for_by_a_person(bring, work, rows):
    bring((FERN, "2026-10-05", "A1"), (FERN, "2026-10-09", "A2"))
    work()
    db.session.execute(db.text("update message set state = 'failed', problem = 'No such address.'"))
    db.session.commit()
    work()
    assert rows("select key from task") == [("tell_of_right",)]


def test_after_6_months_without_another_report_the_case_ends_and_a_year_later_it_is_forgotten(bring, work, rows, clock):
    bring((FERN, "2026-10-05", "A1"))
    clock.set(datetime(2027, 4, 7, 9, tzinfo=UTC))
    work()
    assert standing() == [("Fern Hollow", "closed")]
    clock.set(datetime(2028, 4, 8, 9, tzinfo=UTC))
    work()
    assert rows("select count(*) from event") == [(0,)]
    assert standing() == []


def test_two_imports_at_once_open_one_case(bring, partnership, clock, rows):
    line = (HEAD + FERN + ",2026-10-05,,council,A1\n").encode()
    other = (HEAD + FERN + ",2026-10-06,,council,A2\n").encode()
    done = at_once(
        partnership,
        lambda: reports.bring_in(line, clock=clock),
        lambda: reports.bring_in(other, clock=clock),
    )
    assert sorted((one.first, one.again) for one in done) == [(0, 1), (1, 0)]
    assert len(standing()) == 1


def test_a_wrong_line_is_refused_with_its_column_and_the_others_are_kept(bring):
    done = bring(
        (FERN, "yesterday", "A1"),
        (MOSS, "2026-10-05", "A2"),
        (FERN, "2027-01-01", "A3"),
        (MOSS, "2026-10-06", "A4", "x"),
    )
    assert [(one.line, one.column) for one in done.refused] == [(2, "reported_on"), (4, "reported_on"), (5, "body")]
    assert done.first == 1
    assert not any("Fern" in one.expected for one in done.refused)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a,b\n1,2\n", b'reporter,name\n"'])
def test_a_file_that_is_no_table_of_reports_is_refused_whole(bring, partnership, clock, content):
    with pytest.raises(errors.Refused):
        reports.bring_in(content, clock=clock)


def test_its_cases_have_references_of_their_own(bring, rows, walk):
    bring((FERN, "2026-10-05", "A1"))
    walk.apply()
    assert sorted(rows('select reference from "case"')) == [("CT-2026-0001",), ("SR-2026-0001",)]


def test_the_command_brings_in_a_file_and_names_wrong_lines(partnership, clock, tmp_path):
    file = tmp_path / "reports.csv"
    file.write_text(HEAD + f"{FERN},2026-02-05,,council,A1\n{FERN},soon,,council,A2\n")
    done = CliRunner().invoke(trigger, ["reports", "import", str(file)], obj=lambda: partnership)
    assert done.exit_code == 1
    assert "1 first report" in done.output.replace("\u00a0", " ")
    assert "Line 3, column reported_on: expected a day such as 2026-03-31, not in the future." in done.output
    assert "Fern" not in done.output
