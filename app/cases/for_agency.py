"""What an agency is told of a case: what was asked of it, and no more.

Of the facts of the case an agency's task sees whom and where it is about, what is happening, and the reports that were
made to this agency. What belongs to its own part of the drawing, such as the action it agreed to and its earlier
answers, it sees whole. How to reach the victim, the risk, and what other agencies told stay out of its forms,
instructions and conditions.
"""

from collections.abc import Mapping
from typing import Any

from app.forms.paths import get, has, merge

TOLD = (
    "case.reference",
    "case.opened_on",
    "agencies",
    "victim.name",
    "victim.preferred_name",
    "victim.organisation",
    "victim.address",
    "application.kinds",
    "application.where",
    "application.since",
)
REPORTS = "reports"
BY_NAME = frozenset({"council", "police", "nhs"})  # whom the application form names; whoever else is one of these:
OTHERS = frozenset({"landlord", "other"})


def told(seen: Mapping[str, Any], shared: Mapping[str, Any], agency: str) -> dict[str, Any]:
    """Of the facts that a task sees, those that its agency is told. ``shared`` are the facts of the case as a whole."""
    own = {key: value for key, value in seen.items() if key not in shared or value is not shared[key]}
    found: dict[str, Any] = {}
    for path in TOLD:
        if has(shared, path):
            found = merge(found, _nested(path, get(shared, path)))
    reports = get(shared, REPORTS)
    if isinstance(reports, list):
        found[REPORTS] = [row for row in reports if isinstance(row, dict) and is_made_to(row, agency)]
    return {**found, **own}


def is_made_to(report: Mapping[str, Any], agency: str) -> bool:
    """Whether a report was made to an agency. The form names three; a landlord may be any of the others."""
    said = report.get("reported_to")
    return said == agency or (said in OTHERS and agency not in BY_NAME)


def _nested(path: str, value: Any) -> dict[str, Any]:
    for name in reversed(path.split(".")):
        value = {name: value}
    found: dict[str, Any] = value
    return found
