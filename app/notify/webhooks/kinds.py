"""What can be told, and from which lines of history it is known.

A payload is thin: what happened, in which case, and where to read more with a token. No name, no answer, no text.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.store.rows.history import Event

DECISIONS = frozenset({"threshold_met", "refusal", "appeal_outcome"})  # letters that tell the applicant of one
TEST = "test"


@dataclass(frozen=True)
class Kind:
    """Something that can be told. ``lines``: the kind of the lines it is known from."""

    says: str
    lines: str
    fits: Callable[[Event], bool] = lambda _: True


KINDS: Mapping[str, Kind] = {
    "case_opened": Kind("A case is opened", "case_opened"),
    "case_closed": Kind("A case is closed", "case_closed"),
    "task_completed": Kind("A task is finished", "task_completed"),
    "limit_missed": Kind("A time limit on a step has passed", "timer_fired", lambda line: bool(line.says.get("task"))),
    "decision_made": Kind(
        "The applicant is told of a decision", "effect_asked", lambda line: line.says.get("letter") in DECISIONS
    ),
    "incident_opened": Kind("A case is stopped until somebody has looked", "incident_opened"),
    "numbers_published": Kind(
        "The numbers of a year are published",
        "effect_asked",
        lambda line: line.says.get("service") == "publish_numbers",
    ),
}


def told_by(line: Event) -> list[str]:
    """The kinds that a line of history tells."""
    return [name for name, kind in KINDS.items() if kind.lines == line.kind and kind.fits(line)]


def payload(kind: str, line: Event, reference: str, public_url: str) -> str:
    """The body of a delivery, as it is signed."""
    about: dict[str, Any] = {"case": reference, "event": line.id, "number": line.number, "subject": line.subject}
    about["url"] = f"{public_url}/api/v1/cases/{reference}"
    return _written(kind, line.at, about)


def trial_payload(at: datetime, public_url: str) -> str:
    """The body of a delivery that only tries whether one arrives."""
    return _written(TEST, at, {"url": f"{public_url}/api"})


def _written(kind: str, at: datetime, about: Mapping[str, Any]) -> str:
    told = {"type": kind, "timestamp": at.astimezone(UTC).isoformat().replace("+00:00", "Z"), "data": about}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
