"""Forms that were finished, to be read again. What an agency told is read as it marked it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.cases import marking, procedures
from app.cases.access import Who
from app.cases.marking import Readable
from app.forms import summary
from app.forms.parts import Form
from app.forms.summary import Row, Section
from app.law import wording
from app.status import about
from app.status.case_file import CaseFile
from app.status.chosen import form_of
from app.store.rows.history import Event

RETURN = "information"  # the fact under which an agency's return stands
COVERED = "Hidden from you"
HIDDEN = "{} {} hidden from you. The agency marked for whom they are: {}."


@dataclass(frozen=True)
class Finished:
    """One finished form. ``anchor`` is its id in the page."""

    anchor: str
    title: str
    by: str
    at: str
    sections: tuple[Section, ...]
    plain: tuple[tuple[str, str], ...] = ()  # (question, answer) of a task that has no form
    hidden: str = ""  # that something is left out, and who may read it


def finished(file: CaseFile, who: Who) -> list[Finished]:
    """The application, then every finished task, the latest first, as this person may read them."""
    done = [event for event in file.events if event.kind == "task_completed" and "answers" in event.says]
    found = [_finished(file, event, who) for event in reversed(done)]
    if begun := _begun(file):
        found.insert(0, begun)
    return found


def _begun(file: CaseFile) -> Finished | None:
    """What was told when the case was opened; None where nobody filled in a form then."""
    release_key = procedures.release_at(file.case, file.events, 0)
    form = about.begun_with(file.case, release_key)
    if form is None or not file.facts.get("application"):
        return None
    told = tuple(_told(form, file.facts, {}))
    return Finished("application", "What they told us", "", wording.moment(file.case.opened_at), told)


def _form_then(file: CaseFile, event: Event) -> Form | None:
    """The form that was filled in: of the release that the case followed then."""
    release_key = procedures.release_at(file.case, file.events, event.number)
    return form_of(release_key, file.case.calendar_key, event.subject)


def _finished(file: CaseFile, event: Event, who: Who) -> Finished:
    answers: Mapping[str, Any] = event.says["answers"]
    if isinstance(answers.get(RETURN), dict):
        return _marked(file, event, who)
    form = _form_then(file, event)
    told = tuple(_told(form, answers, file.facts)) if form else ()
    plain = () if form else tuple(_flat(answers))
    at = wording.moment(event.at)
    return Finished(f"answer-{event.number}", str(event.says.get("name")), event.by, at, told, plain)


def _marked(file: CaseFile, event: Event, who: Who) -> Finished:
    """What an agency told, without what it marked for others: the page says that something is hidden, and from whom."""
    answers = event.says["answers"]
    may_see = marking.reader(file.procedure, who.roles, file.now)
    seen = marking.readable(answers[RETURN], may_see)
    form = _form_then(file, event)
    told = _told(form, answers | {RETURN: seen.information}, file.facts) if form else []
    sections = tuple(replace(section, rows=tuple(_covered(row, seen) for row in section.rows)) for section in told)
    left_out = [*seen.hidden.values(), *seen.entries_hidden]
    hidden = HIDDEN.format(len(left_out), "part is" if len(left_out) == 1 else "parts are", marking.who_may(left_out))
    name, at = str(event.says.get("name")), wording.moment(event.at)
    return Finished(f"answer-{event.number}", name, event.by, at, sections, hidden=hidden if left_out else "")


def _covered(row: Row, seen: Readable) -> Row:
    key = row.anchor.removeprefix(f"{RETURN}.")
    return replace(row, value=COVERED) if key in seen.hidden else row


def _told(form: Form, answers: Mapping[str, Any], facts: Mapping[str, Any]) -> list[Section]:
    return summary.sections(form, answers, facts)


def _flat(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Answers to the plain form: its keys stand under the task's own."""
    found: list[tuple[str, str]] = []
    for key, value in answers.items():
        found += _flat(value) if isinstance(value, dict) else [(key.replace("_", " ").capitalize(), str(value or ""))]
    return [(question, answer) for question, answer in found if answer]
