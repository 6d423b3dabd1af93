"""Demonstration cases at different steps, made by walking the real procedure with the clock set back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.cli.walking import Walk
from app.clock import Clock
from app.config import Settings
from app.law import calendar
from app.law.calendars import Calendars
from app.store import cases

NOON = 12


@dataclass
class SetBack:
    """A clock that starts in the past and is moved by the walk, never past the present."""

    at: datetime
    present: Clock

    def __call__(self) -> datetime:
        """The instant it stands at."""
        return self.at

    def set(self, at: datetime) -> None:
        """Move it, at most to the present."""
        self.at = min(at, self.present())


def settle_cases(settings: Settings, clock: Clock) -> None:
    """Put the demo cases in place, once."""
    _, there = cases.listed("", "", 0, 1)
    if not there:
        for story, working_days_ago in STORIES:
            walk = Walk(settings, SetBack(_back(clock(), working_days_ago), clock))
            story(walk)
            walk.until(clock())


def _back(present: datetime, working_days: int) -> datetime:
    """Noon in London, some working days ago."""
    *_, last = calendar.count_working_days(calendar.day_of(present), -working_days, Calendars().own)
    return datetime(last.day.year, last.day.month, last.day.day, NOON, tzinfo=calendar.LONDON).astimezone(
        present.tzinfo
    )


def _report(walk: Walk, days_ago: int, what: str, to: str, response: str) -> dict[str, Any]:
    day = (calendar.day_of(walk.clock()) - timedelta(days=days_ago)).isoformat()
    return {"happened_on": day, "reported_on": day, "what": what, "reported_to": to, "response": response}


def _apply(walk: Walk, name: str, what: str, kinds: list[str], wanted: str, **contact: str) -> list[dict[str, Any]]:
    """An application with three reports; gives the reports as the officer will count them."""
    reports = [
        _report(walk, 60, f"{what} It was the first time I told anyone.", "council", "nothing"),
        _report(walk, 35, f"{what} It got worse.", "police", "acknowledged"),
        _report(walk, 8, f"{what} It has not stopped.", "landlord", "nothing"),
    ]
    walk.apply(
        victim={"name": name, "address": "12 Teasel House, Larkmere", "tenure": "housing_association"},
        contact={"prefer": "phone", "phone": "07700 900731", "voicemail_safe": "no", "letters_safe": "no", **contact},
        application={
            "in_danger": "no",
            "applying_as": "victim",
            "kinds": kinds,
            "where": "On the stairs and outside my door",
            "impact": "I do not sleep. I do not go out after dark.",
            "outcome_wanted": wanted,
        },
        reports=reports,
    )
    return [report | {"incident": number, "asb": "yes"} for number, report in enumerate(reports, 1)]


CALM = {"safe_tonight": "yes", "harm_thoughts": "no", "violence": "no", "serious_harm": "no", "judgement": "as_scored"}
CALM |= {"frequency": "most_weeks", "history": "none", "target": "household", "hate": "no", "support": "little"}


def _started(walk: Walk) -> None:
    """Came in lately: nothing is done yet but the first sending."""
    _apply(walk, "Barnaby Thistlewood", "He shouts threats through the wall.", ["threats", "neighbours"], "To sleep.")


def _waiting(walk: Walk) -> None:
    """Acknowledged, but nobody has talked to the victim in time: the senior officer is asked to step in."""
    _apply(walk, "Lettice Quillfeather", "Loud music until four in the morning.", ["noise"], "Quiet after eleven.")
    walk.days(1)
    walk.do_all("acknowledge_application", "note_application", "offer_support")


def _assessed(walk: Walk, counted: list[dict[str, Any]], risk: dict[str, Any]) -> None:
    walk.do_all("acknowledge_application", "note_application", "offer_support", "confirm_reports")
    walk.days(1)
    walk.do("interview_applicant", reports=counted, chosen_agencies=["police", "council", "thistledown_homes"])
    walk.do("complete_matrix", risk=risk)
    walk.do("note_needs", needs={"found": "no"})


def _deciding(walk: Walk) -> None:
    """One incident told to three agencies: the coordinator has to decide."""
    counted = _apply(
        walk, "Cosmo Dovetail", "A dog was set on me.", ["animals", "intimidation"], "To walk up my stairs."
    )
    _assessed(walk, [report | {"incident": 1} for report in counted], CALM)


def _asking(walk: Walk) -> None:
    """The review has begun and the agencies are asked; one has answered. The risk is high."""
    counted = _apply(
        walk, "Peony Larch", "Threats on the stairs, and a brick.", ["threats", "vandalism"], "To feel safe."
    )
    _assessed(walk, counted, CALM | {"safe_tonight": "no"})
    walk.do_all("make_safety_plan", "prepare_statement")
    walk.days(2)


def _planning(walk: Walk) -> None:
    """The panel has met, and the victim is asked what she thinks of the plan."""
    counted = _apply(
        walk,
        "Tansy Applegarth",
        "A group blocks the door.",
        ["groups", "intimidation"],
        "To go in and out.",
        prefer="email",
        email="tansy@larkmere.example",
        email_safe="yes",
    )
    _assessed(walk, counted, CALM)
    walk.do("prepare_statement", statement={"text": "I do not go out after dark. I want to go in and out again."})
    walk.do("return_information")
    walk.do("choose_panel", panel={"chair": "Clementine Dray", "chair_service": "independent", "place": "Town Hall"})
    walk.do("send_papers")
    walk.days(2)
    there = [{"agency": key, "person": "Made up", "present": "present"} for key in ("police", "council", "nhs")]
    actions = [
        _action(walk, "police", "enforcement", "Patrol on Fridays.", "Walk past your door on Fridays."),
        _action(walk, "thistledown_homes", "support", "Fit a door closer and a spyhole.", "Mend your front door."),
    ]
    walk.do("record_panel", panel={"attendance": there}, agreed_actions=actions)


def _action(walk: Walk, agency: str, sort: str, what: str, for_victim: str) -> dict[str, Any]:
    due_on = (calendar.day_of(walk.clock()) + timedelta(days=21)).isoformat()
    told = {"what": what, "for_victim": for_victim, "measure": "No reports for 4 weeks."}
    return {"kind": "action", "type": sort, "agency": agency, "due_on": due_on, **told}


STORIES: tuple[tuple[Callable[[Walk], None], int], ...] = (
    (_planning, 5),
    (_asking, 6),
    (_deciding, 4),
    (_waiting, 5),
    (_started, 1),
)
