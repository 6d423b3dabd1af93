"""Deleting cases that were kept long enough: found, listed in a case of their own, decided by two people, deleted.

Each case is looked at again in the transaction that deletes it. What stays is a line in the history of the case that
decided it, and the days that the numbers of past years are counted from.
"""

import logging
from datetime import date
from typing import Any

from app import errors
from app.cases import advancing, correlating, retaining
from app.cases.advancing import Opening, Step
from app.cases.kinds import NOTICE, RETENTION, REVIEWS
from app.clock import Clock
from app.engine import snapshot
from app.law import calendar, retention, wording
from app.records import counting
from app.store import cases, history, training, yearly
from app.store.history import SYSTEM, Happened
from app.store.rows.cases import CLOSED, Case
from app.store.rows.history import DONE, Effect
from app.store.rows.yearly import Disposal
from app.store.transactions import transaction

log = logging.getLogger(__name__)
BATCH = 20  # cases that people decide on at a time
KEY = correlating.key_of(RETENTION)


def open_due(clock: Clock) -> int:
    """List the cases that were kept long enough in a case of their own, unless one is open. Gives how many."""
    today = calendar.day_of(clock())
    found = yearly.kept_long_enough(today, (NOTICE,), BATCH)
    if not found or correlating.open_of(RETENTION, KEY):
        return 0
    listed = [_row(case) for case in found]
    choices = [{"value": row["reference"], "label": row["reference"]} for row in listed]
    about = {"old_cases": {"over": listed, "choices": choices, "keep": []}}
    title = f"Old cases, {wording.short(today)} {today.year}"
    try:
        correlating.open_once(Opening(RETENTION, title, about, by=SYSTEM), KEY, clock=clock)
    except (errors.CaseMovedOn, errors.NotFound):  # another worker was faster; a release without this drawing
        return 0
    return 1


def forget_notices(clock: Clock) -> int:
    """Delete what is known of people who reported, a year after they were told or after time had passed."""
    today = calendar.day_of(clock())
    found = [case.id for case in yearly.kept_long_enough(today, (), BATCH, only=NOTICE)]
    for case_id in found:
        with transaction():
            case = yearly.case_if_there(case_id)
            if case is not None and _may_go(case, today):
                training.delete_case(case)
    return len(found)


def delete(effect: Effect, clock: Clock) -> None:
    """Delete what was decided and confirmed, and keep the rest as was said: all of it in one transaction."""
    about = effect.facts["old_cases"]
    event = Happened("cases_deleted", effect.key, clock())

    def also(case: Case) -> None:
        history.record(case, [_dealt_with(row["reference"], about, clock) for row in about["over"]])
        effect.state = DONE

    step = Step(lambda run: run.receive("cases_deleted", {}), event, also=also, request_key=f"service {effect.id.hex}")
    advancing.advance(effect.case_id, step, clock=clock)
    log.info("old cases dealt with", extra={"action": "cases_deleted", "number": len(about["over"])})


def _row(case: Case) -> dict[str, Any]:
    facts = snapshot.read(cases.snapshot(case.id))["facts"]
    return {
        "reference": case.reference,
        "ending": retaining.ENDINGS[retaining.ending(case.process_id, facts)],
        "closed_on": calendar.day_of(case.closed_at or case.opened_at).isoformat(),
        "kept_until": case.retain_until.isoformat() if case.retain_until else "",
    }


def _dealt_with(reference: str, about: dict[str, Any], clock: Clock) -> Happened:
    """Delete one case or keep it, and say which."""
    at = clock()
    case_id = yearly.id_of(reference)
    case = yearly.case_if_there(case_id) if case_id else None
    says = {"reference": reference}
    if case is None:
        return Happened("old_case_kept", reference, at, says=says | {"reason": "It is not here any more."})
    if reference in (about.get("keep") or ()):
        case.kept_because, case.kept_until = str(about["reason"]), _day(about.get("until"))
        return Happened("old_case_kept", reference, at, says=says | {"reason": case.kept_because})
    if not _may_go(case, calendar.day_of(at)):
        return Happened("old_case_kept", reference, at, says=says | {"reason": "There is a reason to keep it now."})
    says |= {"closed_on": calendar.day_of(case.closed_at or at).isoformat()}
    _keep_numbers(case, clock)
    training.delete_case(case)
    return Happened("old_case_deleted", reference, at, says=says)


def _may_go(case: Case, today: date) -> bool:
    is_over = case.status == CLOSED and case.retain_until is not None and case.retain_until < today
    return is_over and case.virtual_at is None and not retention.is_held(case.kept_because, case.kept_until, today)


def _keep_numbers(case: Case, clock: Clock) -> None:
    if case.process_id == REVIEWS:
        for matter in counting.matters(history.of_case(case.id)):
            yearly.add(Disposal(steps=counting.written(matter), deleted_at=clock()))


def _day(text: Any) -> date | None:
    return wording.read_day(text) if text else None
