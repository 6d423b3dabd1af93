"""How long people take over each task: working hours from when it opens, drawn anew for each.

A log-normal law: most are near the middle, a few take several times as long. Some agencies are slow; one gets slower.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import log
from random import Random

HOURS: Mapping[str, tuple[float, float]] = {  # the middle, in working hours; and how far it spreads
    "acknowledge_application": (5, 0.65),
    "confirm_reports": (8, 0.6),
    "note_application": (6, 0.7),
    "offer_support": (7, 0.7),
    "interview_applicant": (6, 0.55),
    "complete_matrix": (0.4, 0.5),
    "note_needs": (0.2, 0.5),
    "decide_threshold": (5, 0.7),
    "write_reasons": (3, 0.7),
    "accept_concern": (10, 0.8),
    "prepare_statement": (10, 0.5),
    "return_information": (11, 0.5),
    "record_no_return": (5, 0.6),
    "advise_on_needs": (16, 0.7),
    "make_safety_plan": (3, 0.6),
    "check_safety": (4, 0.6),
    "choose_panel": (3, 0.6),
    "send_papers": (4, 0.6),
    "record_panel": (3, 0.6),
    "say_view_of_plan": (7, 0.8),
    "speak_for_victim": (4, 0.6),
    "agree_plan": (3, 0.6),
    "answer_recommendation": (38, 0.5),
    "check_action": (14, 0.7),
    "review_progress": (60, 0.5),
    "plan_closing": (10, 0.7),
    "say_view_of_closing": (12, 0.7),
    "close_case": (8, 0.7),
    "choose_reviewer": (6, 0.6),
    "decide_appeal": (44, 0.4),
    "point_elsewhere": (8, 0.6),
    "record_incident": (4, 0.6),
    "read_information": (5, 0.7),
    "consider_withdrawal": (6, 0.6),
    "update_victim": (6, 0.6),
    "reach_another_way": (4, 0.6),
    "step_in": (7, 0.7),
    "record_agreement": (12, 0.7),
    "check_numbers": (50, 0.4),
    "approve_publication": (30, 0.4),
    "assess_effectiveness": (200, 0.4),
    "consult_on_changes": (200, 0.4),
}
ORDINARY = (8.0, 0.7)
AGENCY = {"police": 0.9, "council": 0.85, "nhs": 1.75, "thistledown_homes": 1.0}  # times as long
WORSE = "thistledown_homes"  # takes up to so much longer at the end of the last year:
BY_THE_END = 2.1
A_YEAR = timedelta(days=365)
NEVER = {"nhs": 0.1, "thistledown_homes": 0.04}  # returns that never come
SILENT = 0.45  # victims who do not say what they think of the plan in time
LONGEST = 900.0  # hours: nothing lies for longer


def working_hours(key: str, agency: str | None, at: datetime, present: datetime, chance: Random) -> float:
    """How many working hours a task takes that opens at ``at``; before the slowness of a person and of the season."""
    middle, spread = HOURS.get(key, ORDINARY)
    hours = chance.lognormvariate(log(middle), spread)
    return min(hours * AGENCY.get(agency or "", 1.0) * _worse(agency, at, present), LONGEST)


def is_never_done(key: str, agency: str | None, chance: Random) -> bool:
    """Whether nobody does a task until time takes it away."""
    if key == "return_information":
        return chance.random() < NEVER.get(agency or "", 0.01)
    return key == "say_view_of_plan" and chance.random() < SILENT


def _worse(agency: str | None, at: datetime, present: datetime) -> float:
    into = 1 - (present - at) / A_YEAR  # 0 a year ago, 1 now
    return 1 + (BY_THE_END - 1) * max(0.0, into) if agency == WORSE else 1.0
