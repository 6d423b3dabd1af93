"""The agenda and the papers of a panel, made from what everybody sent: who may open them, and what each reader sees.

Members of the panel see all but what is marked for the chair. An agency that was asked sees its own answer at once,
the rest when the papers have gone out, and of that only what the coordinator put in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import errors
from app.cases import access, clocks, procedures
from app.cases.access import Who
from app.clock import Clock
from app.forms.paths import get
from app.forms.words import in_words
from app.law import wording
from app.status import about, agenda, case_file, returns
from app.status.about import Fact, Said
from app.status.agenda import Item
from app.status.case_file import CaseFile
from app.status.returns import Return
from app.store import cases, tasks

MEMBERS = access.EVERY_CASE - {access.MANAGER, access.ADMINISTRATOR}
Row = tuple[str, str]  # what was asked, what was said

STATEMENT, INTERVIEW, ADVICE = "prepare_statement", "interview_applicant", "advise_on_needs"  # forms
WRITTEN = (  # a part of the papers: its key in ``papers.included``, its title, the form, the facts
    ("statement", "The victim’s voice", STATEMENT, ("statement.how", "statement.text")),
    ("statement", "What Victim Support thinks", STATEMENT, ("statement.support_view",)),
    (
        "interview",
        "The interview",
        INTERVIEW,
        ("interview.result", "interview.account", "interview.outcome_wanted", "interview.taking_part"),
    ),
    ("advice", "Health and care advice", ADVICE, ("advice.safeguarding", "advice.text")),
)


@dataclass(frozen=True)
class Part:
    """One part of the papers. ``note`` says what its readers must know."""

    title: str
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True)
class Report:
    """A report as the panel sees it."""

    happened: str
    what: str
    told: str
    done: str
    counts: str


@dataclass(frozen=True)
class Papers:
    """What one reader sees."""

    file: CaseFile
    held_at: datetime | None
    agenda: tuple[Item, ...]
    facts: Sequence[Fact]
    reports: tuple[Report, ...]
    risk: str
    parts: tuple[Part, ...]
    returns: tuple[Return, ...]
    is_sent: bool
    is_member: bool


def opened(reference: str, who: Who, *, clock: Clock) -> Papers:
    """The papers of this case, and a line that says who read them. ``NotFound`` where they are not theirs to read."""
    case = cases.by_reference(reference)
    file = CaseFile(case, clocks.of(case, clock)(), tasks.of_case(case.id))
    own = {place.agency_key for place in who.places if place.role == access.AGENCIES and place.agency_key}
    asked = own & set(returns.asked(file.facts))
    if not (who.roles & MEMBERS or asked):
        raise errors.NotFound("We could not find these papers.")
    case_file.look(case.id, who, "papers", clock=clock)
    return _papers(file, who.roles, asked)


def _papers(file: CaseFile, roles: frozenset[str], own: set[str]) -> Papers:
    is_member = bool(roles & MEMBERS)
    is_sent = bool(get(file.facts, "papers.sent_on"))
    included = _included(file.facts, is_member, is_sent)
    answered = returns.of(file, roles, own, is_member=is_member)
    others = is_member or "returns" in included
    has_application = "application" in included
    return Papers(
        file=file,
        held_at=wording.read_instant(get(file.facts, "panel.held_at")),
        agenda=agenda.of(file),
        facts=_application(file) if has_application else (),
        reports=tuple(_reports(file)) if has_application else (),
        risk=_risk(file.facts) if "risk" in included else "",
        parts=tuple(_parts(file, included, is_member)),
        returns=tuple(one for one in answered if others or one.is_own),
        is_sent=is_sent,
        is_member=is_member,
    )


def _included(facts: Mapping[str, Any], is_member: bool, is_sent: bool) -> frozenset[str]:
    """The parts that a reader gets: members all, an agency those that were put in once they have gone out."""
    if is_member:
        return frozenset({"application", "interview", "risk", "statement", "returns", "advice"})
    return frozenset(get(facts, "papers.included") or ()) if is_sent else frozenset()


def _application(file: CaseFile) -> list[Fact]:
    short = about.facts_of(file.facts, file.case, for_agency=True)[:-1]  # the reports stand below, one by one
    said = Said(file.facts, about.begun_with(file.case))
    more = (("What it does to them", "application.impact"), ("Wants", "application.outcome_wanted"))
    return [*short, *(Fact(term, [said(key)]) for term, key in more if said(key))]


def _risk(facts: Mapping[str, Any]) -> str:
    """The band alone: what the person answered stays with those who assess the risk."""
    return str(get(facts, "risk.band") or "").capitalize()


def _reports(file: CaseFile) -> list[Report]:
    form = procedures.form(file.case.release_key, INTERVIEW)
    asked = Said(file.facts, form).parts
    rows = get(file.facts, "reports")

    def told(row: Mapping[str, Any], key: str) -> str:
        return in_words(asked[key], row.get(key), file.facts) if key in asked else str(row.get(key) or "")

    return [
        Report(
            told(row, "happened_on"),
            told(row, "what"),
            f"{told(row, 'reported_to')}, {told(row, 'reported_on')}",
            told(row, "response"),
            _counts(number, file.facts),
        )
        for number, row in enumerate(rows if isinstance(rows, list) else [])
    ]


def _counts(number: int, facts: Mapping[str, Any]) -> str:
    """Whether a report counts, and why not, as the table said it."""
    weighed = get(facts, "threshold.complaints")
    if not isinstance(weighed, list) or number >= len(weighed):
        return "Not yet known"
    return "Yes" if weighed[number].get("qualifies") else f"No. {weighed[number].get('why', '')}"


def _parts(file: CaseFile, included: frozenset[str], is_member: bool) -> list[Part]:
    return [
        part
        for key, title, form, keys in WRITTEN
        if key in included and (part := _part(file, title, form, keys, is_member)) is not None
    ]


def _part(file: CaseFile, title: str, form: str, keys: Sequence[str], is_member: bool) -> Part | None:
    said = Said(file.facts, procedures.form(file.case.release_key, form))
    unagreed = get(file.facts, "statement.agreed") == "no"
    shown = [key for key in keys if is_member or not (unagreed and key == "statement.text")]
    rows = tuple((said.label(key), said(key)) for key in shown if said(key))
    note = ""
    if form == ADVICE:
        note = "The applicant does not see this." if get(file.facts, "advice.share") != "yes" else ""
    elif "statement.text" in keys and unagreed:
        note = "The victim has not agreed to this text yet: it is not for the agencies."
    return Part(title, rows, note) if rows else None
