"""Cases that are stopped: what is wrong and where, in words; and starting them again."""

from dataclasses import dataclass

from app import errors
from app.cases import noting, procedures
from app.cases.access import Who
from app.clock import Clock
from app.law import wording
from app.store import cases, history
from app.store.history import Happened
from app.store.rows.cases import Case, Incident

LONGEST = 1_000  # characters of a reason


@dataclass(frozen=True)
class Stopped:
    """A case that cannot move until somebody has looked."""

    incident: Incident
    case: Case
    where: str  # the step at which it stopped, in words; "" when it is not known
    since: str


def stopped() -> list[Stopped]:
    """Every stopped case, the longest standing first."""
    return [_stopped(incident, case) for incident, case in cases.incidents()]


def one(incident_id: int) -> Stopped:
    """One stopped case. Raises ``NotFound`` for an unknown incident, ``CaseMovedOn`` for one that is over."""
    incident = cases.incident(incident_id)
    if incident.resolved_at is not None:
        raise errors.CaseMovedOn(f"{incident.resolved_by} has started this case again already.")
    return _stopped(incident, cases.load(incident.case_id))


def resolve(incident_id: int, reason: str, who: Who, *, clock: Clock) -> Case:
    """Let a stopped case go on, so that the worker or a person can try again; its letters that failed too.

    Raises ``Refused`` without a reason, ``CaseMovedOn`` when somebody else has done it already.
    """
    reason = reason.strip()
    if not reason or len(reason) > LONGEST:
        wrong = "Enter what you found and did" if not reason else f"Use {LONGEST:,} characters or fewer"
        raise errors.Refused({"reason": wrong})
    found = one(incident_id)
    at = clock()

    def start(case: Case) -> None:
        incident = one(incident_id).incident
        incident.resolved_at, incident.resolved_by = at, who.name
        case.is_stopped, case.attempts, case.leased_until = False, 0, None
        history.try_again(case.id, at)

    says = {"incident": incident_id, "reason": reason}
    line = Happened("incident_resolved", found.incident.element, at, who.name, who.id, says)
    return noting.write_down(found.case.id, start, [line])


def _stopped(incident: Incident, case: Case) -> Stopped:
    elements = (drawing.by_id.get(incident.element) for drawing in procedures.of(case).drawings.values())
    where = next((element.name for element in elements if element), "")
    return Stopped(incident, case, where, wording.moment(incident.opened_at))
