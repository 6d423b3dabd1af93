"""All that a case still owes. I14 is about many cases (``counting``); I15, that every access is logged, is about pages;
I16 is about what a letter says (``telling``)."""

from collections.abc import Callable, Iterator

from app.law.invariants import deciding, knowing, reviewing, telling
from app.law.invariants.record import Owed, Record

INVARIANTS: tuple[Callable[[Record], Iterator[Owed]], ...] = (
    knowing.senior_officer_knows,
    knowing.bodies_know,
    knowing.somebody_has_spoken,
    knowing.risk_is_known,
    knowing.high_risk_is_acted_on,
    deciding.enough_complaints_are_met,
    deciding.refusal_is_complete,
    deciding.nobody_judges_their_own_work,
    telling.victim_is_told,
    reviewing.victim_has_a_voice,
    telling.outcome_is_whole,
    reviewing.recommendations_are_answered,
    reviewing.agencies_were_asked,
)


def owed(record: Record) -> list[Owed]:
    """What a case owes before it can close, in the order of the invariants; empty for one that may close.

    Source: ASBCPA 2014 ss.104 and 105 and Schedule 4, and the published procedure, as each invariant says.
    """
    return [one for invariant in INVARIANTS for one in invariant(record)]


def broken(record: Record) -> list[Owed]:
    """What a case that rests may not owe, however early it is: it should have been done in the same step.

    Source: as for ``owed``.
    """
    return [one for one in owed(record) if one.at_once]
