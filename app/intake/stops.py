"""The stops of a case review as the person who asked sees them, and the elements of the drawing behind each.

The one table to change when the drawing changes. A procedure that is not in it shows the names of its steps.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.store.rows.history import Event


@dataclass(frozen=True)
class Stop:
    """One stop on the line.

    ``work`` are the tasks that belong to it, ``ends`` the elements whose finishing ends it; the start of any later
    stop's work ends it too. ``heading`` is the answer to *what is happening now*; ``says`` goes with it, with
    ``{day}`` where a day is promised.
    """

    key: str
    ahead: str
    now: str
    done: str
    heading: str = ""
    says: str = ""
    work: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    milestone: str = ""  # in the table of agreed timescales
    limits: frozenset[str] = frozenset()  # timers that watch it
    says_known: str = ""  # said instead where more is known, with ``{text}`` for it
    is_ours: bool = True  # whether it is us who are late with it


def _ids(text: str) -> frozenset[str]:
    return frozenset(text.split())


MET, REFUSED, APPEALED = "announce_review", "send_refusal", "appeal_received"
STOPPED = "review_stopped"  # the letter that says that the review was stopped, as they asked
_ASKED = Stop("asked", "You ask", "You ask", "You asked for a review")
_TALKED = Stop(
    "talked",
    "We talk to you",
    "We talk to you",
    "We talked to you",
    "We are going to talk to you",
    "A community safety officer will talk to you by {day}. You do not have to do anything now.",
    work=_ids("interview_applicant"),
    ends=_ids("interview_applicant"),
    milestone="interview",
    limits=_ids("interview_applicant_late"),
)
_DECIDED = Stop(
    "decided",
    "We decide",
    "We decide if there will be a review",
    "We decided that there will be a review",
    "We are deciding about your review",
    "We will tell you what we decide by {day}.",
    work=_ids("decide_threshold write_reasons accept_concern"),
    ends=_ids(f"{MET} {REFUSED}"),
    milestone="threshold",
    limits=_ids("decide_threshold_late"),
)
_ASKING = Stop(
    "asking",
    "We ask everyone what they did",
    "We ask everyone what they did",
    "We asked everyone what they did",
    "We are asking everyone what they did",
    "The police, the council and others tell us by {day} what they know and what they did.",
    work=_ids("return_information record_no_return prepare_statement"),
    milestone="return_information",
    limits=_ids("return_information_late"),
)
_MEETING = Stop(
    "meeting",
    "We all meet",
    "We all meet",
    "We all met",
    "We are getting ready to meet about your case",
    "We will meet by {day}. You can take part, or someone can speak for you.",
    says_known="The meeting is on {text} You can take part, or someone can speak for you.",
    work=_ids("choose_panel send_papers record_panel"),
    ends=_ids("record_panel"),
    milestone="panel",
    limits=_ids("hold_panel_late"),
)
_PLAN = Stop(
    "plan",
    "You see the plan before it is final",
    "You see the plan before it is final",
    "The panel heard what you want",
    "You can say what you think of the plan",
    "Read the plan and tell us by {day}. If you do not want to, Victim Support speaks for you.",
    says_known="The time to answer is over. {text}",
    is_ours=False,
    work=_ids("say_view_of_plan speak_for_victim"),
    ends=_ids("say_view_of_plan speak_for_victim"),
    milestone="plan_view",
    limits=_ids("say_view_of_plan_late"),
)
_WRITING = Stop(
    "writing",
    "We write to you with the result",
    "We write to you with the result",
    "We wrote to you with the result",
    "We are writing to you with the result",
    "You will get our letter with the plan by {day}.",
    work=_ids("agree_plan"),
    ends=_ids("send_outcome"),
    milestone="outcome",
    limits=_ids("agree_plan_late"),
)
_APPEAL = Stop(
    "appeal",
    "We look at your appeal",
    "We look at your appeal",
    "We answered your appeal",
    "We are looking at your appeal",
    "Someone senior who took no part in the decision looks at it. You will hear by {day}.",
    work=_ids("choose_reviewer decide_appeal"),
    ends=_ids("decide_appeal"),
    milestone="appeal",
    limits=_ids("review_appeal_late"),
)
_CLOSED = Stop(
    "closed",
    "We check that it was done, and close",
    "We do what we agreed, and check that it was done",
    "We closed your case",
    "We are doing what we agreed",
    "Each action has a day, and we check that it is done. We keep you informed.",
    work=_ids("do_action answer_recommendation check_action review_progress close_case"),
    ends=_ids("case_closed"),
    limits=_ids("review_progress_late"),
)
_REFUSED = Stop(
    "decided",
    _DECIDED.ahead,
    _DECIDED.now,
    "We decided that there will be no review",
    ends=_DECIDED.ends,
    work=_DECIDED.work,
)
_HELPED = Stop(
    "closed",
    _CLOSED.ahead,
    "Others help you, and we check that they do",
    _CLOSED.done,
    "There will be no review, but you will get help",
    "Our letter says why, and who helps you now. We check that they do. You can ask for an appeal.",
    work=_CLOSED.work,
    ends=_CLOSED.ends,
    limits=_CLOSED.limits,
)

MEETING = "meeting"  # the key of the stop at which the panel meets
AS_ASKED = "We stopped your review, as you asked"
BEFORE = (_ASKED, _TALKED, _DECIDED)
REVIEW = (*BEFORE, _ASKING, _MEETING, _PLAN, _WRITING, _CLOSED)
REVIEW_APPEALED = (*REVIEW[:-1], _APPEAL, _CLOSED)
REFUSAL = (_ASKED, _TALKED, _REFUSED, _HELPED)
REFUSAL_APPEALED = (_ASKED, _TALKED, _REFUSED, _APPEAL, _HELPED)
LINES: Mapping[str, tuple[Stop, ...]] = {"asb_case_review": REVIEW}


def line(process_id: str, *, refused: bool, appealed: bool) -> tuple[Stop, ...] | None:
    """The stops of a procedure; None where it has no table of its own."""
    if process_id not in LINES:
        return None
    if refused:
        return REFUSAL_APPEALED if appealed else REFUSAL
    return REVIEW_APPEALED if appealed else LINES[process_id]


def is_stopping(event: Event) -> bool:
    """Whether this is the letter with which a review ends because the person asked us to stop."""
    return event.kind == "effect_asked" and event.says.get("letter") == STOPPED
