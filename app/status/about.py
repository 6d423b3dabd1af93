"""Who a case is about and what matters most, in a few short facts beside the work.

An agency sees what it needs for its answer: who, where, what, and the reports made to it. How to reach the person, the
risk and how they feel is not told to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.cases import kinds, owing, procedures
from app.forms import words
from app.forms.conditions import fill, says
from app.forms.parts import Component, Form, every
from app.forms.paths import get
from app.law import wording
from app.notify import recipients
from app.store.rows.cases import Case

LISTED = "Reports they listed"
UNSAFE = {
    "voicemail_safe": "No voicemail.",
    "text_safe": "No texts.",
    "email_safe": "No emails.",
    "letters_safe": "No letters.",
}
WAYS = {"phone": "By phone", "text": "By text", "email": "By email", "letter": "By letter"}
PERSONAL = ("victim.", "applicant.", "contact.", "representative.")  # answers that have a place of their own
MOST_ANSWERS = 4  # of the form of any other procedure
BANDS = {"high": "late", "medium": "soon", "standard": "done"}


@dataclass(frozen=True)
class Fact:
    """A short fact. ``strong`` must not be missed; ``state`` gives the text the look of a tag."""

    term: str
    text: Sequence[str]
    strong: str = ""
    state: str = ""
    href: str = ""


class Said:
    """The facts of a case, said in the words of a form."""

    def __init__(self, facts: Mapping[str, Any], form: Form | None) -> None:
        self.facts = facts
        parts = every(part for page in form.pages for part in page.components) if form else ()
        self.parts: dict[str, Component] = {part.key: part for part in parts if part.key}

    def __call__(self, key: str) -> str:
        """The answer as people say it, on one line; "" where there is none."""
        value = get(self.facts, key)
        part = self.parts.get(key)
        return words.in_words(part, value, self.facts).replace("\n", ", ") if part else says(value)

    def label(self, key: str) -> str:
        """What was asked; "" where the form does not ask it."""
        return fill(self.parts[key].label, self.facts) if key in self.parts else ""


def begun_with(case: Case, release_key: str = "") -> Form | None:
    """The form with which a case began, as its release has it, or another; None where nobody filled one in."""
    key = release_key or case.release_key
    procedure = procedures.followed(key, None, case.calendar_key)
    return procedures.form(key, kinds.kind(procedure, case.process_id).form)


def facts_of(facts: Mapping[str, Any], case: Case, *, for_agency: bool = False) -> list[Fact]:
    """What is known, in the order in which it is needed; nothing that was not said yet."""
    if "period" in facts or "old_cases" in facts:  # about nobody
        return []
    form = begun_with(case)
    said = Said(facts, form)
    if case.process_id not in owing.UNDER_THE_ACT:
        return _of_any(said, form, for_agency)
    everyone = [_who(said), _what(said), _where(said), _reports(said, "Reports to you" if for_agency else LISTED)]
    if for_agency:
        told = [fact for fact in everyone if fact.text]
        return told if everyone[-1].text else [*told, Fact("Reports to you: 0", ["They named no report to you."])]
    staff = [everyone[0], _helper(said), _reach(said), *everyone[1:], _wants(said), _needs(said)]
    return [fact for fact in staff if fact.text or fact.strong] + [_risk(said)]


def _of_any(said: Said, form: Form | None, for_agency: bool) -> list[Fact]:
    """Of any other procedure: who it is about, how to reach them, and the first answers of its form."""
    known = [_who(said)] if for_agency else [_who(said), _reach(said)]
    parts = every(part for page in form.pages for part in page.components) if form else ()
    asked = [part.key for part in parts if part.key and not part.key.startswith(PERSONAL)]
    known += [Fact(said.label(key), _lines(said(key))) for key in asked if said(key)][:MOST_ANSWERS]
    return [fact for fact in known if fact.text or fact.strong]


def _lines(*lines: str) -> list[str]:
    return [line for line in lines if line]


def _who(said: Said) -> Fact:
    called = said("victim.preferred_name") or said("applicant.preferred_name")
    return Fact(
        "Who", _lines(said("victim.name") or said("applicant.name"), f"Likes to be called {called}" if called else "")
    )


def _helper(said: Said) -> Fact:
    name, limits = said("representative.name"), said("representative.limits")
    if not name:
        return Fact("Who asked for them", [])
    has_agreed = recipients.has_agreed(said.facts)
    never = _lines(
        "" if has_agreed else "The person has not agreed yet.", f"Do not tell them: {limits}" if limits else ""
    )
    return Fact("Who asked for them", _lines(name, said("representative.relationship")), " ".join(never))


def _reach(said: Said) -> Fact:
    way = str(get(said.facts, "contact.prefer") or "")
    number = said("contact.email") if way == "email" else said("contact.phone")
    times = said("contact.safe_times")
    lines = _lines(
        " ".join(_lines(WAYS.get(way, ""), number)), said("contact.through"), f"Safe times: {times}" if times else ""
    )
    never = [text for key, text in UNSAFE.items() if get(said.facts, f"contact.{key}") in ("no", False)]
    return Fact("Reach them", lines, " ".join(never))


def _what(said: Said) -> Fact:
    return Fact("What is happening", _lines(said("application.kinds"), said("application.since")))


def _where(said: Said) -> Fact:
    return Fact("Where", _lines(said("application.where"), said("victim.address")))


def _reports(said: Said, title: str) -> Fact:
    reports = get(said.facts, "reports")
    rows = [row for row in reports if isinstance(row, dict)] if isinstance(reports, list) else []
    told = said.parts.get("reported_to")
    lines = [_report(row, told, said.facts) for row in rows]
    return Fact(f"{title}: {len(rows)}", _lines(*lines))


def _report(row: Mapping[str, Any], told: Component | None, facts: Mapping[str, Any]) -> str:
    to = words.in_words(told, row.get("reported_to"), facts) if told else says(row.get("reported_to"))
    try:
        on = wording.short(wording.read_day(row.get("reported_on")))
    except ValueError:
        on = ""
    return " ".join(_lines(to, on))


def _wants(said: Said) -> Fact:
    wants = said("application.outcome_wanted")
    return Fact("Wants", [f"‘{wants}’"] if wants else [])


def _needs(said: Said) -> Fact:
    return Fact("Needs", _lines(said("contact.language"), said("contact.formats"), said("contact.adjustments")))


def _risk(said: Said) -> Fact:
    band = said("risk.band")
    if not band:
        return Fact("Risk", ["Not yet known"], state="wait")
    return Fact("Risk", [band.capitalize()], state=BANDS.get(band.lower(), "wait"))
