"""I14: the published numbers reconcile with the cases they are counted from."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.law.invariants.record import Record, last
from app.law.invariants.telling import was_refused_only


@dataclass(frozen=True)
class Counts:
    """The four numbers of s.104(9), and how every application stands."""

    applications: int
    not_met: int  # times it was decided that the threshold is not met
    reviews: int  # carried out: the outcome was told
    with_recommendations: int
    refused: int  # stand as not met
    met: int
    withdrawn: int  # before it was decided
    pending: int

    @property
    def reconciles(self) -> bool:
        """Whether every application stands somewhere, once, and no number is larger than what it is a part of.

        Source: ASBCPA 2014 s.104(9).
        """
        stand = self.refused + self.met + self.withdrawn + self.pending
        return self.applications == stand and self.with_recommendations <= self.reviews <= self.met + self.refused


def counts(records: Iterable[Record]) -> Counts:
    """The numbers of some cases, each counted by itself, from what happened and never from one another.

    Source: ASBCPA 2014 s.104(9)(a) to (d).
    """
    several = list(records)
    refused, met = [was_refused_only(one) for one in several], [_is_met(one) for one in several]
    decided = [a or b for a, b in zip(refused, met, strict=True)]
    return Counts(
        applications=len(several),
        not_met=sum(len(one.letters("refusal")) for one in several),
        reviews=sum(bool(one.letters("outcome")) for one in several),
        with_recommendations=sum(_has_recommended(one) for one in several),
        refused=sum(refused),
        met=sum(met),
        withdrawn=sum(one.is_withdrawn and not is_decided for one, is_decided in zip(several, decided, strict=True)),
        pending=sum(not (one.is_withdrawn or is_decided) for one, is_decided in zip(several, decided, strict=True)),
    )


def _is_met(record: Record) -> bool:
    return last(record.letters("threshold_met")) > last(record.done("decide_threshold"))


def _has_recommended(record: Record) -> bool:
    """Whether a review, not a refusal, led to a recommendation to a body."""
    told = record.letters("outcome")
    return bool(told) and any(place > last(record.done("record_panel")) for place in _given(record))


def _given(record: Record) -> list[int]:
    return record.opened("answer_recommendation")
