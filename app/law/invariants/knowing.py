"""I1 to I5: that those who must know do, that somebody spoke to the victim, and that a high risk is acted on."""

from collections.abc import Iterator

from app.law.invariants.record import Owed, Record

BANDS = ("standard", "medium", "high")
TOLD_OF_HIGH_RISK = ("senior_officer", "agency:police", "lane:Victim Support officer")


def senior_officer_knows(record: Record) -> Iterator[Owed]:
    """I1: the senior officer is told of every application, and notes it.

    Source: published procedure: one senior officer is aware of every application, whether successful or not.
    """
    if not record.letters("new_application", "senior_officer"):
        yield Owed("I1", "The senior officer has not been told of the application.", "tell_all_bodies", at_once=True)
    if not record.done("note_application"):
        yield Owed("I1", "The senior officer has not noted the application.", "note_application")


def bodies_know(record: Record) -> Iterator[Owed]:
    """I2: every application is passed on to all relevant bodies.

    Source: ASBCPA 2014 s.104(3)(b).
    """
    if not record.letters("new_application", "relevant_bodies"):
        says = "The application has not been passed on to all the relevant bodies."
        yield Owed("I2", says, "tell_all_bodies", at_once=True)


def somebody_has_spoken(record: Record) -> Iterator[Owed]:
    """I3: whoever asked was interviewed, or it is recorded how they were tried and what they said.

    Source: published procedure: each victim who applies is interviewed by a community safety officer.
    """
    if record.is_withdrawn:
        return
    if not record.done("interview_applicant") or not record.fact("interview.result"):
        yield Owed("I3", "The interview has not been held, nor recorded why it could not be.", "interview_applicant")
    elif record.fact("interview.result") == "not_reached" and not record.fact("interview.attempts"):
        yield Owed("I3", "It is not recorded how we tried to reach them for the interview.", "interview_applicant")


def risk_is_known(record: Record) -> Iterator[Owed]:
    """I4: the risk was assessed, and has a band.

    Source: statutory guidance of July 2025: assess the risk to the victim in every case; published procedure.
    """
    if record.is_withdrawn:
        return
    if not record.done("complete_matrix") or record.fact("risk.band") not in BANDS:
        yield Owed("I4", "The risk has not been assessed.", "complete_matrix")


def high_risk_is_acted_on(record: Record) -> Iterator[Owed]:
    """I5: a high risk is told at once, whatever else happens, and stays somebody's work until it is brought down.

    Source: published procedure: cases that are high risk are immediately escalated.
    """
    raised = [record.letters("high_risk", to) for to in TOLD_OF_HIGH_RISK]
    if record.fact("risk.band") == "high" and not all(raised):
        says = "The risk is high, and not all of the senior officer, the police and Victim Support were told."
        yield Owed("I5", says, "high_risk", at_once=True)
    if not any(raised):
        return
    plans, checks = len(record.done("make_safety_plan")), len(record.done("check_safety"))
    begun = len(raised[1])  # the police are told once for each plan; a second alarm goes to the plan that there is
    if "make_safety_plan" in record.open or plans < begun or record.fact("safety.still_high") == "yes":
        yield Owed("I5", "The risk is high, and the safety plan has not been made.", "make_safety_plan")
    elif "check_safety" in record.open or checks < plans:
        yield Owed("I5", "Nobody has checked yet whether the people at high risk are safe now.", "check_safety")
