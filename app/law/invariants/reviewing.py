"""I10, I12 and I13: that the victim has a voice, recommendations are answered, and every agency was asked."""

from collections.abc import Iterator

from app.law.invariants.record import Owed, Record, last

ANSWERS = ("return_information", "record_no_return")  # an agency's, or that it gave none


def victim_has_a_voice(record: Record) -> Iterator[Owed]:
    """I10: no panel without what the victim wants to say, and no plan without asking what they think of it.

    Source: statutory guidance of July 2025 (invited, and consulted on the plan); Ombudsman, Croydon 22 004 658.
    """
    held = last(record.done("record_panel"))
    has_met = held >= 0 and record.fact("panel.quorate") != "no"  # one that was moved has heard nobody
    if not has_met or record.is_withdrawn:
        return
    if not any(place < held for place in record.done("prepare_statement")):
        says = "The panel met without a statement of the victim, or that they want none."
        yield Owed("I10", says, "prepare_statement", at_once=True)
    if not record.fact("panel.victim_heard"):
        yield Owed("I10", "It is not recorded how the panel heard the victim.", "record_panel", at_once=True)
    heard = max(last(record.done("say_view_of_plan")), last(record.done("speak_for_victim")))
    if heard < held <= last(record.done("agree_plan")):
        says = "The plan was agreed and nobody had asked the victim about it."
        yield Owed("I10", says, "say_view_of_plan", at_once=True)


def recommendations_are_answered(record: Record) -> Iterator[Owed]:
    """I12: whoever got a recommendation has said whether they accept it.

    Source: ASBCPA 2014 s.104(7).
    """
    if record.is_withdrawn:
        return
    given, answered = record.opened("answer_recommendation"), record.done("answer_recommendation")
    begun = max(last(record.done("agree_plan")), last(record.done("accept_concern")))
    written = max(last(record.done("record_panel")), last(record.done("write_reasons")))
    recommended = [row for row in record.rows("agreed_actions") if row.get("kind") == "recommendation"]
    missing = written < begun and sum(place > begun for place in given) < len(recommended)
    if missing or len(answered) < len(given):
        yield Owed("I12", "A recommendation has not been answered.", "answer_recommendation")


def agencies_were_asked(record: Record) -> Iterator[Owed]:
    """I13: every chosen agency was asked in this review, and its answer or its silence is recorded.

    Source: ASBCPA 2014 Schedule 4 para 7; published procedure: a panel obtains information from those involved.
    """
    begun = last(record.letters("threshold_met"))
    if begun < 0 or record.is_withdrawn:
        return
    answered = {record.agency(place) for key in ANSWERS for place in record.done(key) if place > begun}
    chosen = record.fact("chosen_agencies")
    silent = {str(one) for one in chosen} - answered if isinstance(chosen, list) else set()
    if silent:
        held = last(record.done("record_panel")) > begun
        says = "Not every agency has answered, or is recorded as silent."
        yield Owed("I13", says, "ask_agency", at_once=held)
