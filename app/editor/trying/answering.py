"""The forms of a play: what is asked, with what is known around it, and what of the answers is kept.

The forms are checked as in a real case. What is made up is made up anew each time, so a play goes on when a form asks
otherwise; of several choices it takes the author's example, else the first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import errors
from app.cases import access, for_agency, marking
from app.cases.telling import agency_of
from app.editor.trying.acts import Play, Record, Tell
from app.editor.trying.ground import Ground
from app.editor.trying.stand import Stand
from app.engine.run import OpenTask, Run
from app.forms import answers as checking
from app.forms import inventing, paths
from app.forms.parts import Component, Form, Page
from app.law import calendar

TEXT = "said.text"  # where the words of a message go that has no form
SAID = Component("said", "textarea", TEXT, "What does it say?", limits={"maxLength": 4_000})


@dataclass(frozen=True)
class Asking:
    """A form that is put before somebody. ``facts`` are what they may know of the case."""

    form: Form
    facts: Mapping[str, Any]
    today: date

    def kept(self, answers: Mapping[str, Any], *, made_up: bool) -> Record:
        """The answers as the case keeps them. Raises ``Refused`` with what is wrong with them."""
        given = self._made_up(answers) if made_up else answers
        problems = checking.check_all(self.form, given, self.facts, today=self.today)
        if problems:
            raise errors.Refused({field: says for page in problems.values() for field, says in page.items()})
        return checking.applicable(self.form, given, self.facts, today=self.today)

    def _made_up(self, answers: Mapping[str, Any]) -> Record:
        try:
            return inventing.invent(self.form, self.facts, today=self.today, given=answers)
        except inventing.NotAccepted as refused:
            raise errors.Refused(refused.problems) from None


def of_start(ground: Ground, play: Play) -> Asking | None:
    """The form with which a play begins; None where nothing is asked."""
    form = ground.start_form(play.process)
    return Asking(form, play.known, calendar.day_of(play.starts_at)) if form else None


def of_task(ground: Ground, play: Play, stand: Stand, run: Run, task: OpenTask) -> Asking:
    """The form of an open task. An agency sees of the case what it would see in a real one."""
    facts: Mapping[str, Any] = run.seen_by(task.id)
    if task.role == access.AGENCIES:
        facts = for_agency.told(facts, run.facts, agency_of(task.item) or "")
    form = ground.form_of(play.process, task.form, task.key, task.name)
    return Asking(form, facts, calendar.day_of(stand.at))


def of_message(ground: Ground, play: Play, stand: Stand, message: str) -> Asking:
    """The form of a message, by its name; without one it is words alone."""
    return Asking(message_form(ground, play, message), stand.facts, calendar.day_of(stand.at))


def message_form(ground: Ground, play: Play, message: str) -> Form:
    """The form that has the name of a message, or the plain one."""
    title = ground.messages(play.process).get(message, message)
    return ground.form(message) or Form(message, title, (Page(1, title, (SAID,)),))


def of_finished(answers: Record) -> Record:
    """The answers to a task as a case records them: what is marked not to be recorded is left out."""
    return marking.recorded(answers)


def received(ground: Ground, play: Play, stand: Stand, act: Tell) -> Record:
    """What a message hands to the drawing. Raises ``Refused`` where it has a form that the answers do not fit."""
    if ground.form(act.message) is None:
        given = dict(act.answers) or ({"said": {"text": inventing.MADE_UP}} if act.made_up else {})
    else:
        given = of_message(ground, play, stand, act.message).kept(act.answers, made_up=act.made_up)
    return paths.merge(given, {"said": {"at": stand.at.isoformat()}}) if "said" in given else given
