"""I6 to I8: that the threshold is decided as the Act says, a refusal is complete, and nobody judges their own work."""

from collections.abc import Iterator

from app.law.invariants.record import Owed, Record, last

ENOUGH = 3  # qualifying complaints; the procedures may ask for fewer, never for more
REFUSED = "not met"
DECIDED_BEFORE = ("decide_threshold", "record_panel", "agree_plan")  # what an appeal may be about


def is_refused(record: Record) -> bool:
    """Whether it was decided that the threshold is not met.

    Source: ASBCPA 2014 s.104(5), (6).
    """
    return record.fact("threshold.decision") == REFUSED or bool(record.letters("refusal"))


def enough_complaints_are_met(record: Record) -> Iterator[Owed]:
    """I6: with three qualifying complaints the threshold is met, and nobody may refuse.

    Source: ASBCPA 2014 s.104(4).
    """
    counted = record.fact("threshold.qualifying")
    if isinstance(counted, int | float) and counted >= ENOUGH and is_refused(record):
        says = "Three or more complaints qualify, so the review must be held: it cannot be refused."
        yield Owed("I6", says, "check_threshold", at_once=True)


def refusal_is_complete(record: Record) -> Iterator[Owed]:
    """I7: a refusal has somebody who decided, reasons, an authority that has accepted the concern, and a letter.

    Source: ASBCPA 2014 s.104(6); published procedure: if the threshold is not met, the right authorities are aware of
    the complaint and will act. The letter says how to appeal: Schedule 4 para 3.
    """
    if not is_refused(record) or record.is_withdrawn:
        return
    if not record.done("decide_threshold") or not record.fact("threshold.reasons"):
        yield Owed("I7", "It is not recorded who refused the review, and why.", "decide_threshold", at_once=True)
    if not record.done("write_reasons") or not record.fact("refusal.reasons"):
        yield Owed("I7", "The reasons for the refusal have not been written for the victim.", "write_reasons")
    is_accepted = _is_accepted(record)
    if not is_accepted:
        yield Owed("I7", "No authority has accepted the concern yet.", "accept_concern")
    if last(record.letters("refusal")) < last(record.done("write_reasons")):
        says = "The victim has not been told of the refusal and how to appeal."
        yield Owed("I7", says, "send_refusal", at_once=is_accepted)


def _is_accepted(record: Record) -> bool:
    answers = [row.get("concern") for row in record.rows("concern_acceptances")]
    accepted = [isinstance(one, dict) and one.get("accepted") == "yes" for one in answers]
    return bool(accepted) and all(accepted) and last(record.done("accept_concern")) > last(record.done("write_reasons"))


def nobody_judges_their_own_work(record: Record) -> Iterator[Owed]:
    """I8: who decides did not deal with the reports, who chairs is not involved, who hears an appeal decided nothing.

    Source: ASBCPA 2014 Schedule 4 para 3; statutory guidance of July 2025 (independent chair); Local Government and
    Social Care Ombudsman, Richmond 21 009 778.
    """
    if record.is_withdrawn:
        return
    if record.done("decide_threshold") and record.fact("threshold.not_involved") is not True:
        says = "Whoever decided on the threshold has not said that they took no part before."
        yield Owed("I8", says, "decide_threshold", at_once=True)
    if last(record.done("record_panel")) > last(record.done("choose_panel")) and _chair_is_involved(record):
        yield Owed("I8", "The chair of the panel works for a service that is involved.", "choose_panel", at_once=True)
    if record.done("decide_appeal") and not _reviewer_is_free(record):
        says = "The appeal was decided by somebody who took part in what it is about."
        yield Owed("I8", says, "decide_appeal", at_once=True)


def _chair_is_involved(record: Record) -> bool:
    return record.fact("panel.chair_conflict") == "yes" or record.fact("panel.chair_independent") is not True


def _reviewer_is_free(record: Record) -> bool:
    """Of the last appeal: an earlier one may be what it is about."""
    place = last(record.done("decide_appeal"))
    reviewer = record.lines[place].person_id
    before = {record.lines[one].person_id for key in DECIDED_BEFORE for one in record.done(key) if one < place}
    if record.fact("oversight.involved") == "yes":
        before |= {record.lines[one].person_id for one in record.done("note_application")}
    return record.fact("appeal.independent") is True and (reviewer is None or reviewer not in before)
