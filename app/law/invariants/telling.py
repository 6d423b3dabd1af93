"""I9, I11 and I16: that the victim hears of every step, hears the whole outcome, and nothing that is closed to them."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.law.invariants.deciding import is_refused
from app.law.invariants.record import Owed, Record, last

OPEN_TO_THE_VICTIM = "panel_and_victim"  # how an agency marks what it tells us
MOVED_ON = ("appeal_outcome", "appeal_elsewhere")  # the letters that answer an appeal


def victim_is_told(record: Record) -> Iterator[Owed]:
    """I9: the victim or representative is told of the receipt, the decision, the panel, the outcome, delays, the end.

    Source: ASBCPA 2014 s.104(6), (8); statutory guidance of July 2025 (updates, and when and why a case is closed).
    """
    if record.is_withdrawn:
        yield from _stopped(record)
        return
    yield from _begun(record)
    yield from _met(record)
    yield from _appealed(record)
    if len(record.letters("update_late")) < len(record.done("step_in")):
        yield Owed("I9", "The victim has not been told why something is late.", "step_in", at_once=True)
    if (record.is_closed or record.done("close_case")) and not record.letters("closure"):
        yield Owed("I9", "The victim has not been told that the case is closed.", "case_closed", at_once=True)


def _stopped(record: Record) -> Iterator[Owed]:
    if not record.letters("review_stopped"):
        yield Owed("I9", "The victim has not been told that the review was stopped.", "review_stopped", at_once=True)


def _begun(record: Record) -> Iterator[Owed]:
    if not record.letters("acknowledgement"):
        yield Owed("I9", "The application has not been acknowledged.", "acknowledge_application")
    if not (record.letters("threshold_met") or record.letters("refusal")):
        is_met = record.fact("threshold.decision") == "met" and "decide_threshold" not in record.open
        yield Owed("I9", "The victim has not been told whether the threshold is met.", "check_threshold", is_met)


def _met(record: Record) -> Iterator[Owed]:
    """What must be told in a review: the panel's day, or why they are not invited, and then the outcome."""
    begun, chosen = last(record.letters("threshold_met")), last(record.done("choose_panel"))
    invited = max(last(record.letters("panel_invitation")), last(record.letters("no_invitation")))
    if invited < chosen and "choose_panel" not in record.open:
        yield Owed("I9", "The victim has not been told when the panel meets.", "choose_panel")
    if last(record.letters("outcome")) < max(begun, last(record.done("agree_plan"))):
        yield Owed("I9", "The victim has not been told the outcome of the review.", "send_outcome")


def _appealed(record: Record) -> Iterator[Owed]:
    answered = sorted(place for name in MOVED_ON for place in record.letters(name))
    if len(answered) < len(record.received("appeal_received")):
        yield Owed("I9", "The appeal has not been answered.", "decide_appeal")
    elif record.fact("appeal.outcome") == "overturned" and last(record.letters("threshold_met")) < last(answered):
        yield Owed("I9", "The appeal was won, and the review has not begun again.", "announce_review", at_once=True)


def outcome_is_whole(record: Record) -> Iterator[Owed]:
    """I11: the outcome says what was found, what was recommended, or that nothing was, and how to appeal.

    Source: ASBCPA 2014 s.104(8); Ombudsman, Lewisham 23 008 061 (no clear explanation). The way to appeal is in the
    letter itself.
    """
    if not record.letters("outcome") or record.is_withdrawn:
        return
    if not record.fact("plan.findings_in_plain_words"):
        yield Owed("I11", "The outcome does not say what was found.", "agree_plan", at_once=True)
    if not record.fact("plan.recommendations_in_plain_words"):
        says = "The outcome does not say what was recommended, or that nothing was."
        yield Owed("I11", says, "agree_plan", at_once=True)


def closed_words(facts: Mapping[str, Any]) -> Iterator[str]:
    """I16: what no letter to the victim or the representative may say: the words that were marked as closed to them.

    Source: UK GDPR Article 5(1)(c) and Article 9; published procedure (markings of what agencies tell).
    """
    panel, advice = facts.get("panel"), facts.get("advice")
    if isinstance(panel, Mapping):
        yield str(panel.get("closed_notes") or "")
    if isinstance(advice, Mapping) and advice.get("share") != "yes":
        yield str(advice.get("text") or "")
    for row in facts.get("agency_returns") or ():
        told = row.get("information") if isinstance(row, Mapping) else None
        if isinstance(told, Mapping):
            yield from _texts(told)


def says_what_is_closed(facts: Mapping[str, Any], letter: str) -> list[str]:
    """I16: the closed words that a letter to the victim carries; none may.

    Source: as for ``closed_words``.
    """
    return [words for words in closed_words(facts) if words and words in letter]


def was_refused_only(record: Record) -> bool:
    """Whether the last that was decided is a refusal: no appeal has led to a review since.

    Source: ASBCPA 2014 s.104(9)(b).
    """
    return is_refused(record) and last(record.letters("threshold_met")) < last(record.done("decide_threshold"))


def _texts(told: Mapping[str, Any]) -> Iterator[str]:
    """What an agency wrote in its own words and did not open to the victim: each entry has a marking of its own."""
    yield str(told.get("vulnerabilities") or "")
    marking = told.get("marking")
    if marking != OPEN_TO_THE_VICTIM:
        for key in ("tools_used", "tools_not_used", "support_offered", "open_actions", "gaps", "proposals"):
            yield str(told.get(key) or "")
    for entry in told.get("events") or ():
        if isinstance(entry, Mapping) and (entry.get("marking") or marking) != OPEN_TO_THE_VICTIM:
            yield from (str(entry.get(key) or "") for key in ("event", "answer", "outcome"))
