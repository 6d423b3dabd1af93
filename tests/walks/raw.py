"""The law's numbers counted once more, straight from the rows of the history, and not as the product counts them.

One pass over all lines of all cases in the order in which they were written; a case is looked at by what was said
last. It shares no code with ``app.records``: only names of letters and answers, which the law's definitions name too.
"""

import json
from collections import Counter, defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
LINES = """
    select e.case_id, c.reference, e.at, e.kind, e.subject, e.says from event e join "case" c on c.id = e.case_id
    where c.process_id = 'asb_case_review' and c.virtual_at is null order by e.id
"""


def read(rows):
    """(case, reference, day, kind, subject, what it says) of every line."""
    for case_id, reference, at, kind, subject, says in rows(LINES):
        instant = at if isinstance(at, datetime) else datetime.fromisoformat(f"{at}+00:00")
        said = says if isinstance(says, dict) else json.loads(says)
        yield str(case_id), reference, instant.astimezone(LONDON).date(), kind, subject, said


def happened(kind, said):
    """What a line may mean for a decision; None for most."""
    answers, letter = said.get("answers") or {}, said.get("letter") if kind == "effect_asked" else None
    if kind == "case_opened":
        return "applications"
    if kind == "case_closed" or letter == "review_stopped":
        return "withdrawn"
    if letter == "outcome":
        return "reviews"
    if (answers.get("threshold") or {}).get("decision") == "not met":
        return "not_met"
    return "reopened" if (answers.get("appeal") or {}).get("outcome") == "overturned" else None


FROM = {  # what must have been said last of a case for a line to count
    "applications": {None},
    "reopened": {"reviews", "not_met", "withdrawn"},
    **dict.fromkeys(("reviews", "not_met", "withdrawn"), {"applications", "reopened"}),
}


def count(rows, first, last):
    """{number: [references]} of a period, each day counted."""
    said_last, plan, listed = {}, {}, defaultdict(list)
    for case, reference, day, kind, subject, said in read(rows):
        if (kind, subject) == ("task_completed", "agree_plan"):
            plan[case] = [one["kind"] for one in said["answers"].get("agreed_actions") or []]
        name = happened(kind, said)
        if name is None or said_last.get(case) not in FROM[name]:
            continue
        said_last[case] = name
        if first <= day <= last:
            listed[name].append(reference)
            if name == "reviews" and "recommendation" in plan.get(case, ()):
                listed["with_recommendations"].append(reference)
    return dict(listed)


def waiting(rows, until):
    """The references of the cases that wait for a decision when a day has ended: found day by day, from the start."""
    came = count(rows, datetime.min.date(), until)
    balance = Counter(came.get("applications", ())) + Counter(came.get("reopened", ()))
    for name in ("not_met", "reviews", "withdrawn"):
        balance.subtract(came.get(name, ()))
    return sorted(balance.elements())


def local(rows, first, last):
    """{group.part: number} of what was counted beside, for the groups that come from the history alone."""
    lines = list(read(rows))
    agency = {said["task"]: said["agency"] for *_, kind, _, said in lines if kind == "task_opened"}
    within = [(case, kind, subject, said) for case, _, day, kind, subject, said in lines if first <= day <= last]
    opened = [said["came"] for _, kind, _, said in within if kind == "case_opened"]
    found = Counter(f"channel.{came['channel']}" for came in opened)
    found.update(f"heard.{came['heard_from']}" for came in opened)
    found["high.high"] = len({case for case, _, _, said in within if said.get("letter") == "high_risk"})
    for key, tell in ANSWERED.items():
        by_case = [(case, tell(said, agency)) for case, kind, subject, said in within if (kind, subject) == (DONE, key)]
        found.update(dict(by_case).values() if key in ONCE else [what for _, what in by_case])
    return +found


DONE = "task_completed"
ONCE = ("interview_applicant", "choose_panel")  # the last of a case counts
ANSWERED = {
    "interview_applicant": lambda said, _: f"interview.{said['answers']['interview']['result']}",
    "choose_panel": lambda said, _: f"chair.{CHAIRS.get(said['answers']['panel']['chair_service'], 'other')}",
    "decide_appeal": lambda said, _: f"appeals.{said['answers']['appeal']['outcome']}",
    "record_no_return": lambda said, agency: f"silent.{agency[said['task']]}",
}
CHAIRS = {"independent": "independent"}
