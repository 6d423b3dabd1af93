"""What people answer, where it matters for the way a case goes: with weights, so that most go the ordinary way.

What is not given here is made up by ``app.forms.inventing``, and chosen at random where there is a choice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from app.cli.simulating import asking
from app.cli.simulating.asking import weighted
from app.cli.simulating.hours import OfficeHours
from app.cli.simulating.story import Story

BODIES = ("police", "council", "nhs", "thistledown_homes")
SAID = "Made up. "
WORDS = ("We spoke on the phone.", "We wrote to them.", "They told us how it is now.", "We looked at the records.")
FOR_VICTIM = {
    "support": "Somebody will visit you each week.",
    "enforcement": "A warning to those who do it.",
    "communication": "One officer to call, whose name you know.",
    "policy": "Change how night calls are answered.",
}
DANGERS = {"safe_tonight": "yes", "harm_thoughts": "no", "violence": "no", "serious_harm": "no", "hate": "no"}
CALM: Mapping[str, Any] = {**DANGERS, "judgement": "as_scored", "linked": "not_known", "known": "no", "needs": []}
BANDS: Mapping[str, Mapping[str, Any]] = {
    "standard": {
        "frequency": "occasionally", "getting_worse": "no", "history": "none", "target": "area", "raises": [],
        "affected": "moderately", "health": [], "support": "good", "others": [], "daily_life": "some",
    },
    "medium": {
        "frequency": "most_weeks", "getting_worse": "one", "history": "past", "target": "household",
        "raises": ["isolation"], "affected": "a_lot", "health": ["mental"], "support": "little",
        "others": ["household"], "daily_life": "some",
    },
    "high": {
        "frequency": "daily", "getting_worse": "both", "history": "now", "target": "victim",
        "raises": ["children", "isolation"], "affected": "extremely", "health": ["physical", "mental"],
        "support": "none", "others": ["household", "children"], "daily_life": "major", "safe_tonight": "no",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What somebody knows who answers."""

    story: Story
    chance: Random
    facts: Mapping[str, Any]
    today: date
    hours: OfficeHours

    def share(self, part: float) -> bool:
        """Whether it is so, in so large a part of all cases."""
        return self.chance.random() < part

    def yes(self, part: float) -> str:
        """``yes`` in so large a part of all cases, else ``no``."""
        return "yes" if self.share(part) else "no"


def given(key: str, asked: Asked) -> dict[str, Any]:
    """The answers that matter to the task with this key."""
    return GIVEN[key](asked) if key in GIVEN else {}


def chooser(chance: Random) -> Callable[[Sequence[Any]], Any]:
    """Any of several choices, the first more often than the others."""
    return lambda several: several[0] if chance.random() < 0.5 else chance.choice(list(several))


def _interview(a: Asked) -> dict[str, Any]:
    result = weighted(a.chance, {"spoken": 92, "not_reached": 5, "declined": 3})
    reports = asking.counted(a.chance, a.facts.get("reports", []), a.story.counts)
    chosen = a.chance.sample(BODIES, a.chance.choice((1, 2, 2, 3)))
    if a.facts.get("victim", {}).get("tenure") == "housing_association" and "thistledown_homes" not in chosen:
        chosen.append("thistledown_homes")
    known = {"result": result, "conflict": "no", "account": a.chance.choice(WORDS), "outcome_wanted": "That it stops."}
    return {"interview": known, "reports": reports, "chosen_agencies": chosen}


def _matrix(a: Asked) -> dict[str, Any]:
    band = a.story.risk if "risk" not in a.facts else weighted(a.chance, {"standard": 70, "medium": 26, "high": 4})
    return {"risk": {**CALM, **BANDS[band]}}


def _threshold(a: Asked) -> dict[str, Any]:
    is_met = a.share(0.5 if a.story.risk == "high" else 0.14)
    points = a.chance.choice(("1", "2")) if is_met else a.chance.choice(("0", "1"))
    scored = dict.fromkeys(("persistence", "harm", "adequacy"), points)
    return {"threshold": {**scored, "decision": "met" if is_met else "not met"}}


def _panel_choice(a: Asked) -> dict[str, Any]:
    """A day three to six working days ahead, for the papers go out two working days before."""
    held = a.hours.day_after(a.today, a.chance.choice((3, 3, 3, 3, 4, 4, 6)))
    a.story.held_at = held
    return {
        "panel": {
            "chair_service": "independent" if a.share(0.96) else a.chance.choice(BODIES),
            "held_at": f"{held.isoformat()}T{a.chance.choice(('10:00', '14:00'))}",
            "victim_invited": a.yes(0.85),
            "place": "Larkmere Town Hall",
        }
    }


def _panel(a: Asked) -> dict[str, Any]:
    there = BODIES if a.share(0.96) or a.story.times.get("record_panel/None", 0) > 1 else BODIES[:2]
    present = [{"agency": key, "person": "Somebody of theirs", "present": "present"} for key in there]
    panel = {"attendance": present, "minutes_approved": "yes"}
    return {"panel": panel, "agreed_actions": plan(a, a.chance.choice((1, 1, 2, 2, 3)))}


def plan(a: Asked, number: int) -> list[dict[str, Any]]:
    """So many actions or recommendations, each with its agency and its day."""
    return [_action(a) for _ in range(number)]


def _action(a: Asked) -> dict[str, Any]:
    sort = a.chance.choice(list(FOR_VICTIM))
    return {
        "kind": "recommendation" if sort == "policy" or a.share(0.1) else "action",
        "type": sort,
        "what": FOR_VICTIM[sort],
        "for_victim": FOR_VICTIM[sort],
        "agency": weighted(a.chance, {"council": 35, "police": 28, "thistledown_homes": 30, "nhs": 7}),
        "due_on": (a.today + timedelta(days=a.chance.choice((14, 21, 21, 28, 42)))).isoformat(),
        "measure": "No reports for four weeks.",
    }


def _again(a: Asked) -> dict[str, Any]:
    """Whether a review has done enough; a second time round nearly always."""
    return {"progress": {"decision": "enough" if a.share(0.9) else "not enough", "risk_now": "standard"}}


def _appeal_decided(a: Asked) -> dict[str, Any]:
    outcome = "overturned" if a.share(0.3) else "upheld"
    tested = [{"ground": "How it was decided", "upheld": "yes" if outcome == "overturned" else "no", "why": SAID}]
    return {"appeal": {"outcome": outcome, "tested": tested}}


def _update(a: Asked) -> dict[str, Any]:
    how = weighted(a.chance, {"letter": 84, "spoken": 8, "declined": 7, "not_safe": 1})
    return {"update": {"how": how, "next_on": a.hours.day_after(a.today, 8).isoformat()}}


def _returned(a: Asked) -> dict[str, Any]:
    involved = weighted(a.chance, {"yes": 84, "no": 13, "declined": 3})
    return {"information": {"involved": involved, "mental_health": "victim" if a.share(0.05) else "no"}}


GIVEN: Mapping[str, Callable[[Asked], dict[str, Any]]] = {
    "interview_applicant": _interview,
    "complete_matrix": _matrix,
    "note_needs": lambda a: {"needs": {"found": a.yes(0.07)}},
    "note_application": lambda a: {"oversight": {"involved": a.yes(0.02)}, "threshold": {"waived": "no"}},
    "offer_support": lambda a: {
        "support": {"result": weighted(a.chance, {"accepted": 55, "declined": 28, "not_reached": 17})}
    },
    "confirm_reports": lambda a: {
        "confirmation": {"received": weighted(a.chance, {"all": 48, "some": 30, "none": 10, "not_ours": 12})}
    },
    "decide_threshold": _threshold,
    "write_reasons": lambda a: {"agreed_actions": plan(a, 1)},
    "accept_concern": lambda a: {"concern": {"accepted": a.yes(0.96)}},
    "return_information": _returned,
    "choose_panel": _panel_choice,
    "record_panel": _panel,
    "say_view_of_plan": lambda a: {
        "plan": {"view": weighted(a.chance, {"agree": 62, "change": 20, "disagree": 10, "no_view": 8})}
    },
    "agree_plan": lambda a: {"agreed_actions": plan(a, a.chance.choice((1, 1, 2, 2, 3)))},
    "answer_recommendation": lambda a: {
        "recommendation": {"answer": weighted(a.chance, {"accepted": 76, "in_part": 14, "rejected": 10})}
    },
    "check_action": lambda a: {"check": {"done": a.yes(0.92)}},
    "check_safety": lambda a: {"safety": {"still_high": a.yes(0.18)}},
    "review_progress": _again,
    "say_view_of_closing": lambda a: {"closing": {"reached": a.yes(0.9), "agreed": a.yes(0.93)}},
    "choose_reviewer": lambda a: {"appeal": {"reviewer_kind": "senior_officer"}},
    "decide_appeal": _appeal_decided,
    "consider_withdrawal": lambda a: {"withdrawal": {"decision": "stop" if a.share(0.8) else "go_on", "safe": "yes"}},
    "update_victim": _update,
    "step_in": lambda a: {
        "late": {
            "step": weighted(a.chance, {"chased": 58, "reassigned": 22, "done_already": 20}),
            "reason": a.chance.choice(WORDS),
        }
    },
    "check_numbers": lambda a: {"returns": {"right": "yes"}},
    "approve_publication": lambda a: {"returns": {"approved": "yes"}},
    "assess_effectiveness": lambda a: {"effectiveness": {"change": a.yes(0.5)}},
    "confirm_deletion": lambda a: {"old_cases": {"confirmed": "yes"}},
}
