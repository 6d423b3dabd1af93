"""What each agency told for a panel, item by item as its markings allow, or that it told nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.cases import marking, procedures
from app.forms.parts import KEYED, Component, flat
from app.forms.paths import get
from app.forms.words import in_words, row_in_words
from app.law import calendar, wording
from app.status.case_file import CaseFile

FORM = "return_information"


@dataclass(frozen=True)
class Return:
    """One agency's answer as one reader sees it."""

    agency: str
    is_own: bool
    rows: tuple[tuple[str, str], ...]  # what was asked, what was said
    silence: str = ""  # instead of rows: that no answer came
    is_masked: bool = False  # something is for the chair only


def asked(facts: Mapping[str, Any]) -> list[str]:
    """The keys of the agencies that were asked."""
    found = facts.get("chosen_agencies")
    return [key for key in found if isinstance(key, str)] if isinstance(found, list) else []


def by_agency(facts: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What came of asking, by agency; the last, where one was asked twice."""
    found = facts.get("agency_returns")
    return {str(row.get("for")): row for row in found if isinstance(row, dict)} if isinstance(found, list) else {}


def of(file: CaseFile, roles: frozenset[str], own: set[str], *, is_member: bool) -> list[Return]:
    """The answer of every agency that was asked, or that none came. ``own`` are the agencies that the reader is of."""
    told = by_agency(file.facts)
    return [_return(file, key, told.get(key, {}), roles, key in own, is_member) for key in asked(file.facts)]


def _return(
    file: CaseFile, key: str, told: Mapping[str, Any], roles: frozenset[str], is_own: bool, is_member: bool
) -> Return:
    name, information = file.agencies.get(key, key), told.get("information")
    if not isinstance(information, Mapping):
        return Return(name, is_own, (), silence=_silence(file, key, told if is_member else {}))
    may_see = marking.reader(file.procedure, roles, file.now, own=is_own)
    seen = marking.readable(information, lambda said: said != marking.NOT_RECORDED and may_see(said))
    form = procedures.form(file.case.release_key, FORM)
    parts = [part for page in form.pages for part, _ in flat(page.components)] if form else []
    rows = [row for part in parts if part.type in KEYED for row in _said(part, seen.information, file.facts)]
    left_out = [*seen.hidden.values(), *seen.entries_hidden]
    return Return(name, is_own, tuple(rows), is_masked=bool(left_out) and is_member)


def _said(part: Component, information: Mapping[str, Any], facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The rows of one question; none where nothing was said that may be read."""
    value = get({"information": information}, part.key)
    if value in (None, "", []) or part.key.endswith("marking"):
        return []
    if part.type != "dynamiclist":
        return [(part.label, in_words(part, value, facts))]
    return [(part.label, row_in_words(part, row, facts)) for row in value if isinstance(row, dict)]


def _silence(file: CaseFile, key: str, told: Mapping[str, Any]) -> str:
    """That no answer came, and since when one has been asked for."""
    days = [e.at for e in file.events if (e.kind, e.subject, e.says.get("agency")) == ("task_opened", FORM, key)]
    since = f" Asked on {wording.day(calendar.day_of(days[-1]))}." if days else ""
    reason = get(told, "no_return.reason")
    return f"No return.{since}" + (f" They said: {reason}" if reason else "")
