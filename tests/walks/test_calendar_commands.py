"""The commands about calendars and agreed times, as an administrator types them. Their clock is the machine's."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from app import clock as real
from app.cli.commands import trigger
from app.law.calendar import day_of
from app.store import calendars as editions
from app.store import cases
from app.store.db import db
from tests.walks import agreed, tiny


@pytest.fixture
def clock(clock):
    clock.set(real.now())
    return clock


@pytest.fixture(autouse=True)
def published(app, clock):
    agreed.publish(clock)


@pytest.fixture
def command(app):
    def run(*words):
        found = CliRunner().invoke(trigger, list(words), obj=lambda: app)
        db.session.rollback()
        db.session.expire_all()
        return found

    return run


def closed(clock):
    """A working day in which every case that begins now has its three working days."""
    day = day_of(clock()) + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.isoformat()


def key_of(found):
    return found.output.rsplit(" ", 1)[1].strip()


def test_a_day_is_added_looked_at_and_applied(command, clock):
    case = tiny.begin("panelled", clock)
    added = command("calendars", "add", closed(clock), "Offices closed")
    assert added.exit_code == 0 and added.output.startswith("New: ")
    key = key_of(added)
    shown = command("calendars", "preview", key)
    assert shown.output.startswith("1 open case: 1 limit would end later.\n")
    assert f"{case.reference}: interview, from " in shown.output
    found = json.loads(command("calendars", "preview", key, "--json").output)
    assert (found["open"], found["would_move"], len(found["limits"])) == (1, [case.reference], 1)
    done = command("calendars", "apply", key, "--by", "Marigold Swift", "--reason", "Decided by the board")
    assert (done.exit_code, done.output) == (0, "1 open case moved.\n")
    assert cases.load(case.id).calendar_key == key
    again = command("calendars", "apply", key, "--by", "Marigold Swift", "--reason", "Decided by the board")
    assert again.output == "No case had to be moved.\n"
    listed = command("calendars", "list", "--year", closed(clock)[:4]).output
    assert "Offices closed (this partnership); added by the command line on" in listed
    assert f"{key} in force: proposed by the command line" in listed


def test_the_list_is_of_one_calendar_and_one_year_where_asked(command):
    listed = command("calendars", "list", "--calendar", "scotland", "--year", "2027").output
    assert "Tuesday 30\u00a0November 2027: Saint Andrew's Day (Scotland); the package holidays" in listed
    assert "Easter Monday" not in listed


def test_a_day_that_is_known_is_no_change(command):
    found = command("calendars", "add", "2027-12-27", "Christmas Day", "--calendar", "england-and-wales")
    assert (found.exit_code, found.output) == (
        0,
        "Known already, no change: 1.\nNothing is new. No edition was proposed.\n",
    )


def test_a_day_is_removed_again(command):
    key = key_of(command("calendars", "remove", "2027-12-27", "--calendar", "local"))
    command("calendars", "apply", key, "--by", "Marigold Swift", "--reason", "We are open")
    listed = command("calendars", "list", "--calendar", "local", "--year", "2027").output
    assert "counts as a working day (this partnership)" in listed
    assert command("calendars", "remove", "2027-12-27").exit_code == 1


def test_a_file_is_imported_whole_or_not_at_all(command, tmp_path):
    file = tmp_path / "closed.csv"
    file.write_text("day,name\n2027-12-24,Offices closed\n31/12/2027,Offices closed\n")
    found = command("calendars", "import", str(file), "--note", "The board")
    assert found.exit_code == 1
    assert "Nothing was kept.\nline 3: ‘31/12/2027’ is not a day. Expected a day such as 2027-12-24." in found.output
    assert editions.editions() == []
    file.write_text("day,name\n2027-12-24,Offices closed\n2027-12-27,Christmas Day\n")
    found = command("calendars", "import", str(file), "--note", "The board")
    assert found.output.startswith(
        "Known already, no change: 1.\nNew: Friday 24\u00a0December 2027, Offices closed (this partnership)\n"
    )
    assert [row.note for row in editions.editions()] == ["The board"]


def test_a_bank_holiday_that_was_moved_is_pointed_at(command, tmp_path):
    days = ("2027-01-01", "2027-03-26", "2027-03-29", "2027-05-07", "2027-05-31")  # May Day is on the 3rd otherwise
    events = [{"title": "A bank holiday", "date": day} for day in days]
    file = tmp_path / "bank-holidays.json"
    file.write_text(json.dumps({"england-and-wales": {"events": events}}))
    found = command("calendars", "import", str(file), "--note", "As GOV.UK published them").output
    assert "Known already, no change: 4." in found
    assert "New: Friday 7\u00a0May 2027, A bank holiday (England and Wales)" in found
    assert "Not in the file, and left as it is: Monday 3\u00a0May 2027, May Day (England and Wales)." in found


def test_an_unknown_edition_is_said_in_a_line(command):
    found = command("calendars", "preview", "nonesuch")
    assert (found.exit_code, found.output) == (1, "Error: There is no edition of the calendars ‘nonesuch’.\n")


def test_agreed_times_are_looked_at_and_moved_to(command, clock):
    case = tiny.begin("panelled", clock)
    now = agreed.publish(clock, interview="5 working days")
    shown = command("timescales", "preview").output
    assert "0 open cases follow them." in shown and "1 open case follows them." in shown
    assert "To leave them so, do nothing.\n- Interview: time limit ‘3 working days’ becomes" in shown
    assert "1 open case: 1 limit would end later." in shown
    assert json.loads(command("timescales", "preview", "--json").output)["would_move"] == [case.reference]
    done = command("timescales", "move", "--by", "Marigold Swift", "--reason", "Agreed by the board")
    assert (done.exit_code, done.output) == (0, "1 open case moved.\n")
    assert cases.load(case.id).timescales_key == now
    assert command("timescales", "preview").output.splitlines()[1] == "1 open case: no time limit would move."


def test_a_command_ends_with_1_when_a_case_was_stopped(command, clock):
    case = tiny.begin("panelled", clock)
    agreed.publish(clock, interview="")
    done = command("timescales", "move", "--by", "Marigold Swift", "--reason", "Agreed by the board")
    assert done.exit_code == 1
    assert done.output == f"No case had to be moved. Stopped, for somebody to look at: {case.reference}.\n"
