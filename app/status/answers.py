"""Forms that were finished, to be read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.cases import procedures
from app.drawing.asking import form_key
from app.forms import drawn, summary
from app.forms.parts import Form
from app.forms.summary import Section
from app.law import wording
from app.status.about import APPLICATION
from app.status.case_file import CaseFile
from app.store.rows.cases import Case
from app.store.rows.history import Event


@dataclass(frozen=True)
class Finished:
    """One finished form. ``anchor`` is its id in the page."""

    anchor: str
    title: str
    by: str
    at: str
    sections: tuple[Section, ...]
    plain: tuple[tuple[str, str], ...] = ()  # (question, answer) of a task that has no form


def finished(file: CaseFile) -> list[Finished]:
    """The application, then every finished task, the latest first."""
    done = [event for event in file.events if event.kind == "task_completed" and "answers" in event.says]
    form = procedures.form(file.case.release_key, APPLICATION)
    found = [_finished(file, event) for event in reversed(done)]
    if form is not None and file.facts.get("application"):
        opened = wording.moment(file.case.opened_at)
        told = tuple(_told(form, file.facts, {}))
        found.insert(0, Finished("application", "What they told us", "", opened, told))
    return found


def form_of(case: Case, key: str) -> Form | None:
    """What an element of the case's drawings asks, or the form that it names; None where it names none."""
    question = procedures.of(case).asked(form_key(key))
    if question is not None:
        return drawn.of(question)
    elements = (drawing.by_id.get(key) for drawing in procedures.of(case).drawings.values())
    named = next((element.properties.get("formRef", "") for element in elements if element), "")
    return procedures.form(case.release_key, named)


def _finished(file: CaseFile, event: Event) -> Finished:
    answers: Mapping[str, Any] = event.says["answers"]
    form = form_of(file.case, event.subject)
    told = tuple(_told(form, answers, file.facts)) if form else ()
    plain = () if form else tuple(_flat(answers))
    at = wording.moment(event.at)
    return Finished(f"answer-{event.number}", str(event.says.get("name")), event.by, at, told, plain)


def _told(form: Form, answers: Mapping[str, Any], facts: Mapping[str, Any]) -> list[Section]:
    return summary.sections(form, answers, facts)


def _flat(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Answers to the plain form: its keys stand under the task's own."""
    found: list[tuple[str, str]] = []
    for key, value in answers.items():
        found += _flat(value) if isinstance(value, dict) else [(key.replace("_", " ").capitalize(), str(value or ""))]
    return [(question, answer) for question, answer in found if answer]
