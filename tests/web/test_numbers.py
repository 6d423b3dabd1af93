"""Procedures in numbers: every number on the pages, counted once more from the lines of the history alone."""

from collections import Counter
from datetime import date, datetime
from statistics import median

import pytest

from app.cases import procedures
from app.law.calendar import LONDON
from app.status import tallying
from app.status.numbers import calibrating, foreseen, overview
from app.store import cases, tasks, timers
from tests.kept_rows import walked
from tests.walks import stories
from tests.walks.test_tallying import by_task, every_line, hours, late_and_stopped, limits

PAGE = "/status/processes/asb_case_review"
HEADS = ("Open now", "Late now", "Done", "Usual time", "Nine in ten within", "Limit", "Limits missed")


@pytest.fixture
def stopped(walk, settled):
    walked(walk, late_and_stopped, settled)
    return walk.case


def table(page, caption):
    """{first cell: {head: text}} of the table with a caption that begins so."""
    found = next(t for t in page.iter("table") if " ".join(t.findtext("caption").split()).startswith(caption))
    heads = [" ".join(head.text_content().split()) for head in found.find("thead/tr")]
    rows = {}
    for row in found.iterfind("tbody/tr"):
        cells = [" ".join(cell.text_content().split()) for cell in row]
        name = " ".join((row.find("th/a") if row.find("th/a") is not None else row.find("th")).text_content().split())
        rows[name] = dict(zip(heads[1:], cells[1:], strict=True))
    return rows


def counted(lines=None):
    """{name of a task: (done, limits that ended, missed)} of the review, or of some lines, from the lines alone."""
    lines = lines or [line for line in every_line() if line.case_id == reviewed().id]
    due, found = limits(lines), {}
    for first, last in by_task(lines):
        if last is None:
            continue
        done, ended, missed = found.get(first.says["name"], (0, 0, 0))
        limit = due[first.says["task"]]
        is_late = bool(limit) and last.at >= datetime.fromisoformat(limit)
        counts = bool(limit) and (is_late or last.kind == "task_completed")
        is_done = last.kind == "task_completed"
        found[first.says["name"]] = (done + is_done, ended + counts, missed + is_late)
    return found


def reviewed():
    return next(case for case in cases.listed("", "", 0, 10)[0] if case.process_id == "asb_case_review")


def test_every_number_in_the_table_is_what_the_lines_say(stopped, manager):
    rows = table(manager.get(PAGE), "Steps of ASB case review")
    open_now = Counter(task.name for task in tasks.of_case(stopped.id))
    for name, (done, ended, missed) in counted().items():
        row = rows[name]
        assert row["Done"] == (str(done) if done else "–"), name
        assert row["Open now"] == (str(open_now[name]) if open_now[name] else "–"), name
        assert row["Limits missed"].endswith(f"{missed} of {ended}") if ended else row["Limits missed"] == "–", name
    assert sum(missed for _, _, missed in counted().values()) > 0


def test_the_board_says_how_many_limits_were_kept(stopped, manager):
    ended = sum(number for _, number, _ in counted(every_line()).values())
    missed = sum(late for _, _, late in counted(every_line()).values())
    words = " ".join(manager.get("/status").text_content().split())
    assert f"limits were kept, {ended - missed} of {ended}." in words


def test_a_step_leads_to_the_cases_behind_it(stopped, manager):
    page = manager.get(PAGE)
    page = manager.get(page.xpath("//a[.='Acknowledge the application']/@href")[0])
    rows = table(page, "Those that ended last")
    assert rows[stopped.reference]["How"] == "Done"
    assert rows[stopped.reference]["Limit"] == "Late"
    done, _, missed = counted()["Acknowledge the application"]
    by_team = table(page, "Acknowledge the application by agency or team")["Coordinator"]
    assert by_team["Done"] == str(done) and by_team["Limits missed"] == f"100%, {missed} of {missed}"
    months = table(page, "Month by month")
    assert [row["Missed"] for row in months.values() if row["Missed"] != "0"] == [str(missed)]


def test_answers_are_said_in_the_words_of_the_form(stopped, manager):
    page = manager.get(f"{PAGE}/steps/asb_case_review/consider_withdrawal")
    words = " ".join(page.text_content().split())
    assert "What was answered" in words and "They asked." not in words
    assert all(row["How often"] == "1" for t in ("Have you",) for row in table(page, t).values())


@pytest.mark.parametrize("measure", ["now", "time", "share", "late", "many"])
def test_each_measure_is_painted_and_said(stopped, manager, measure):
    page = manager.get(f"{PAGE}?show={measure}")
    warm = page.xpath("//*[name()='svg' and contains(@class, 'd-drawing')]//*[contains(@class, 'is-heat-')]")
    said = page.xpath("//*[name()='desc']")[0].text_content()
    assert bool(warm) == (said != "Nothing was counted here.")
    assert warm or measure == "now"


def test_a_drawing_that_is_called_has_a_page_of_its_own(stopped, manager):
    page = manager.get(PAGE)
    manager.get(page.xpath("//nav//a[.='Assess the risk']/@href")[0])
    assert manager.status == 200 and "drawing=assess_risk" in manager.path


def test_two_parts_stand_beside_each_other(stopped, manager):
    page = manager.get(f"{PAGE}?show=late&with=before")
    assert len(page.xpath("//section//*[name()='svg' and contains(@class, 'd-drawing')]")) == 2
    done, _, _ = counted()["Acknowledge the application"]
    row = table(page, "Steps of ASB case review")["Acknowledge the application"]
    assert row["Done"] == f"{done}–", "nothing had happened in the time before"


def test_a_part_has_only_its_own_numbers(stopped, manager):
    of_coordinators = table(manager.get(f"{PAGE}?role=Coordinator"), "Steps of")
    assert of_coordinators["Acknowledge the application"]["Done"] == "1"
    assert "Offer support to the victim" not in of_coordinators
    before = manager.get(f"{PAGE}?show=time&from=2024-01&to=2024-03")
    assert "nothing to show" in before.findtext(".//h1")
    of_police = table(manager.get(f"{PAGE}?agency=police"), "Steps of")
    assert of_police["Confirm the reports"]["Done"] == "1"


def test_usual_times_are_the_middle_of_what_the_lines_say(stopped, clock):
    closed = procedures.of(stopped).calendars.own.holiday
    took = {}
    for first, last in by_task([line for line in every_line() if line.case_id == stopped.id]):
        if last is not None and last.kind == "task_completed":
            took.setdefault(first.subject, []).append(hours(first.at, last.at, closed) / 8)
    rows = {row.step.key: row.step for row in overview.of("asb_case_review", {}, clock=clock).rows}
    for key, days in took.items():
        assert rows[key].usual == pytest.approx(median(days), abs=0.5), f"{key}: exact to half a day"
        assert rows[key].most >= rows[key].usual
        assert rows[key].hours / 8 == pytest.approx(sum(days), abs=0.02)


def test_a_forecast_rests_on_the_limits_that_the_lines_have(stopped, walk, clock):
    walk.apply(**stories.TANSY)
    walk.receive("withdrawn", {"said": {"text": "I want to stop.", "at": walk.clock().isoformat()}})
    tallying.all_of_it()
    lines = every_line()
    due = limits(lines)
    ended = {}
    for first, last in by_task(lines):
        limit = due[first.says["task"]]
        if last is not None and limit:
            is_late = last.at >= datetime.fromisoformat(limit)
            if is_late or last.kind == "task_completed":
                ended.setdefault(first.subject, []).append(is_late)
    found = {one.limit.key: one for one in foreseen.forecasts(clock=clock, reference=walk.case.reference)}
    assert found["acknowledge_application"].likely.missed == 1
    assert found["consider_withdrawal"].likely.of == 1, "a step in an event sub-process has the history of its drawing"
    assert set(found) == {task.key for task in tasks.of_case(walk.id) if task.due_at}
    for key, one in found.items():
        told = ended.get(key, [])
        assert (one.likely.of, one.likely.missed) == (len(told), sum(told)), "nothing of any limit is used yet"
        assert one.percent < 100 and (not told or f"Of {len(told)} earlier" in one.reason)


def test_the_record_of_forecasts_is_that_of_every_limit_that_ended_since(stopped, walk, clock):
    clock.pass_(days=40)
    late_and_stopped(walk)
    record = calibrating.record(date(2026, 1, 1))
    closed = procedures.of(stopped).calendars.own.holiday
    lines, number, late = every_line(), 0, 0
    starts = {line.says["task"]: line.says.get("start_at") for line in lines if line.kind == "task_opened"}
    due = limits(lines)
    for opened, last in by_task(lines):
        end = due[opened.says["task"]] and datetime.fromisoformat(due[opened.says["task"]])
        if last is None or not end or last.at.astimezone(LONDON).date() < date(2026, 4, 1):
            continue
        is_late = last.at >= end
        if is_late or last.kind == "task_completed":
            start = min(datetime.fromisoformat(starts[opened.says["task"]]), opened.at)
            share = 100 if is_late else min(99, round(100 * hours(start, last.at, closed) / hours(start, end, closed)))
            points = sum(share >= 100 * point for point in calibrating.POINTS)
            number, late = number + points, late + (points if is_late else 0)
    assert late and number > late
    assert (record.number, record.late) == (number, late)


def test_the_limit_of_several_steps_together_is_foreseen_too(walk, clock, counter):
    stories.begin(walk, stories.THREE)
    walk.do_all("prepare_statement", "return_information")
    found = {one.limit.key: one for one in foreseen.forecasts(clock=clock)}
    open_tasks = {task.key for task in tasks.of_case(walk.id)}
    beside = set(found) - open_tasks
    frames = {timer.task_key for timer in timers.waiting(walk.id) if timer.task_key} - open_tasks
    assert beside == frames == {"hold_panel"}
    assert found["hold_panel"].limit.name == "Hold the panel" and found["hold_panel"].days == 10
    assert found["hold_panel"].reason.startswith("Several steps together, day ")
    counter.sign_in("marigold@larkmere.example")
    page = counter.get(f"/cases/{walk.case.reference}")
    page = counter.get(page.xpath("//a[contains(., 'How likely each of them')]/@href")[0])
    rows = page.xpath("(//table)[1]/tbody/tr")
    assert len(rows) == len(found) and all(walk.case.reference in row.text_content() for row in rows)
    assert "no open limit" in counter.get("/status/forecast?case=CT-1999-0001").text_content()


def test_what_cannot_be_read_is_passed_over(stopped, manager):
    manager.get(f"{PAGE}?from=yesterday&to=0000-00&months=many&show=everything&with=nobody&version=x&drawing=x")
    assert manager.status == 200
    manager.get("/status/processes/no_such_process")
    assert manager.status == 404
    manager.get(f"{PAGE}/steps/asb_case_review/no_such_step")
    assert manager.status == 404


def test_pages_take_the_same_statements_however_many_cases_there_are(stopped, walk, manager, statements):
    pages = (PAGE, "/status/processes", f"{PAGE}/steps/asb_case_review/confirm_reports", "/status/forecast")
    few = [_count(manager, statements, page) for page in pages]
    for _ in range(2):
        walk.apply(**stories.TANSY)
    tallying.all_of_it()
    assert [_count(manager, statements, page) for page in pages] == few
    assert max(few) <= 20


def _count(manager, statements, page):
    manager.get(page)
    with statements() as said:
        manager.get(page)
    return len(said)


@pytest.mark.parametrize("who", ["rowan@police.larkmere.example", "fern@support.example"])
def test_only_those_who_answer_for_the_partnership_see_numbers(stopped, counter, who):
    counter.sign_in(who)
    for page in (PAGE, "/status/processes", "/status/forecast"):
        counter.get(page)
        assert counter.status == 403


def test_an_open_limit_has_a_likelihood_and_a_reason(walk, counter):
    walk.apply(**stories.TANSY)
    walk.days(1)
    tallying.all_of_it()
    counter.sign_in("marigold@larkmere.example")
    rows = counter.get("/status/forecast")
    found = [" ".join(row.text_content().split()) for row in rows.xpath("(//table)[1]/tbody/tr")]
    due = [task for task in tasks.of_case(walk.id) if task.due_at]
    assert len(found) == len(due)
    assert any("Waiting for Larkmere Police, day 1 of 3." in row and "no history yet" in row for row in found)
    walk.days(20)
    counter.sign_in("marigold@larkmere.example")
    page = counter.get("/status/forecast")
    late = [task for task in tasks.of_case(walk.id) if task.due_at and task.due_at <= walk.clock()]
    assert f"{len(late)} more are late already" in " ".join(page.text_content().split())
    counter.get(page.xpath("//main//a[contains(@href, 'state=late')]/@href")[0])
    assert counter.status == 200


def test_a_case_can_be_looked_at_as_of_any_moment(stopped, manager):
    address = f"/cases/{stopped.reference}/drawing"
    lines = [line for line in every_line() if line.case_id == stopped.id]
    steps = sorted({line.at for line in lines})
    for step, at in enumerate(steps, 1):
        page = manager.get(f"{address}?step={step}")
        until = [line for line in lines if line.at <= at]
        still = Counter(first.says["name"] for first, last in by_task(until) if last is None)
        rows = page.xpath("//table[caption[contains(., 'Tasks, those that were open')]]/tbody/tr")
        shown = Counter(
            " ".join(row.find("th").text_content().split())
            for row in rows
            if row.xpath("td[@data-label='Until']/*[contains(@class, 'govuk-tag')]")
        )
        assert shown == still, f"step {step}"
        assert len(rows) == len(by_task(until))
    manager.get(f"{address}/asb_case_review/state?step=1")
    first = manager.response.json["elements"]
    assert first["acknowledge_application"]["state"] == "now"
    manager.get(f"{address}/asb_case_review/state")
    assert manager.response.json["elements"]["acknowledge_application"] == {"state": "done", "badge": "was late"}


def test_limits_and_lateness_stand_on_the_elements(stopped, manager, clock):
    address = f"/cases/{stopped.reference}/drawing"
    opened = manager.get(f"{address}?step=1")
    assert "2 days left" in "".join(svg.text_content() for svg in opened.iter("svg")).replace("\xa0", " ")
    words = [item.text_content() for item in opened.xpath("//ul[@class='app-plain']/li")]
    assert any("acknowledge the application: happening now (2" in word.lower().replace("\xa0", " ") for word in words)
    assert manager.get(f"{address}?step=99999").xpath("//h2[.='Where this is now']")


def test_finished_work_is_known_by_who_did_it(stopped, manager):
    page = manager.get(f"/cases/{stopped.reference}/drawing")
    done = [line for line in every_line() if line.case_id == stopped.id and line.kind == "task_completed"]
    text = " ".join(page.xpath("//table")[-1].text_content().split())
    assert all(line.by in text for line in done)
