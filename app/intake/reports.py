"""Reports that agencies' own systems have logged, so that whoever reports twice hears of the right to a review.

One case for each person who reports; another report is a message to it. A report that is known changes nothing, so a
file may be brought in again. Source: statutory guidance of July 2025.
"""

from dataclasses import dataclass, replace
from typing import Any

from app import errors
from app.cases import advancing, correlating
from app.cases.advancing import Opening, Step
from app.cases.kinds import NOTICE
from app.clock import Clock
from app.engine.run import Run
from app.intake import report_files
from app.intake.report_files import Refusal, Report
from app.law import calendar
from app.store import cases, drafts, history, people
from app.store.history import Happened
from app.store.rows.cases import CLOSED, Case

MESSAGE = "report_logged"
NOTICES = ("send_notice", "tell_of_right")  # the steps that tell somebody
IMPORT = "the import of reports"


@dataclass(frozen=True)
class Outcome:
    """What became of the lines of a file."""

    first: int = 0  # of somebody who had not reported
    again: int = 0  # of somebody who had
    told: int = 0  # of somebody who is being told, or has been
    known: int = 0  # brought in before
    refused: tuple[Refusal, ...] = ()


def bring_in(content: bytes, *, clock: Clock) -> Outcome:
    """Take in a file of reports; see ``report_files``. Raises ``Refused`` for one that cannot be read."""
    bodies = [agency.key for agency in people.agencies()]
    reports, refused = report_files.read(content, bodies, calendar.day_of(clock()))
    outcome = Outcome(refused=tuple(refused))
    for report in reports:
        became = _logged(report, clock)
        outcome = replace(outcome, **{became: getattr(outcome, became) + 1})
    return outcome


def _logged(report: Report, clock: Clock) -> str:
    """Log one report, and say what became of it: a field of ``Outcome``."""
    request_key = f"report {correlating.key_of(report.body, report.reference)}"
    if drafts.answered(request_key):
        return "known"
    key = correlating.key_of(report.body, report.reporter)
    found = cases.with_key(NOTICE, key)
    standing = next((case for case in found if case.status != CLOSED), None)
    if standing is not None:
        return _again(standing, report, request_key, clock)
    if any(history.has(case.id, NOTICES) for case in found):
        return "told"
    try:
        correlating.open_once(_opening(report, request_key), key, clock=clock)
    except errors.CaseMovedOn:  # another import was faster
        return _logged(report, clock)
    return "first"


def _again(case: Case, report: Report, request_key: str, clock: Clock) -> str:
    """Tell the case of another report. Once somebody is being told, nothing more is needed."""
    event = Happened(MESSAGE, report.body, clock(), by=IMPORT, says={"reference": report.reference})
    step = Step(lambda run: _receive(run, report), event, request_key=request_key)
    try:
        advancing.advance(case.id, step, clock=clock)
    except errors.CaseMovedOn:
        return "told"
    return "again"


def _receive(run: Run, report: Report) -> None:
    reports = [*run.facts["reports"], _row(report)]
    last = max(row["reported_on"] for row in reports)
    known: dict[str, Any] = {"reports": reports, "last_report": {"made_on": last}}
    if report.email:
        known["contact"] = _contact(report)
    run.receive(MESSAGE, known)


def _opening(report: Report, request_key: str) -> Opening:
    facts = {
        "victim": {"name": report.name},
        "contact": _contact(report),
        "reports": [_row(report)],
        "last_report": {"made_on": report.reported_on.isoformat()},
    }
    return Opening(NOTICE, report.name, facts, by=IMPORT, request_key=request_key)


def _contact(report: Report) -> dict[str, str]:
    return {"email": report.email, "email_safe": "yes" if report.email else "no"}


def _row(report: Report) -> dict[str, Any]:
    """A report as the facts hold it; the body and its reference together are the report’s name."""
    return {
        "reported_to": report.body,
        "reference": report.reference,
        "reported_on": report.reported_on.isoformat(),
        "happened_on": report.happened_on.isoformat() if report.happened_on else None,
    }
