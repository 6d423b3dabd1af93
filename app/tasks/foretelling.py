"""The letters that finishing a task would send, each with the facts it uses: written to be read, never kept or sent.

The run is woken in memory, the task is finished with the answers of its draft, and what the run asks for then is
written as it would be. Nothing of it is kept.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import errors
from app.cases import access, clocks, keeping, procedures, telling
from app.cases.access import Who
from app.clock import Clock
from app.config import Settings
from app.engine.run import Run
from app.forms import answers as forms
from app.forms.parts import Form
from app.notify import channels, recipients, sending
from app.notify.letters import Letter
from app.notify.recipients import Recipient
from app.notify.sending import Postroom
from app.store.rows.cases import Case
from app.store.rows.history import Effect
from app.tasks import used
from app.tasks.asked import Asked
from app.tasks.used import Used

log = logging.getLogger(__name__)
HERE = "file"  # the channel by which nothing leaves the house


@dataclass(frozen=True)
class Foretold:
    """A letter as it would go out, to whom, how it reaches each, and the facts it uses."""

    letter: Letter
    to: tuple[tuple[Recipient, str], ...]
    known: tuple[Used, ...]
    unknown: tuple[Used, ...]  # it would say more if these were known

    @property
    def leaves(self) -> bool:
        """Whether it is for somebody outside."""
        return not all(who.is_colleague for who, _ in self.to)


def letters(
    now: Asked, answers: Mapping[str, Any], who: Who, settings: Settings, *, clock: Clock
) -> tuple[Foretold, ...]:
    """The letters that would go out if the task were finished with these answers.

    None while answers are missing, where the drawing cannot be followed (finishing says so), and for somebody who
    may not see the whole case.
    """
    at = clocks.of(now.case, clock)()
    try:
        access.check_may_see_case(who, [now.task])
        effects = _asked_for(now, answers, at)
    except (errors.NotFound, errors.CannotGoOn):
        return ()
    found: dict[str, Foretold] = {}
    for letter, whom in _written(now.case, effects, settings, at):
        way = (whom, _way(now.case, whom, settings))
        if letter.html in found:
            same = found[letter.html]
            found[letter.html] = Foretold(letter, (*same.to, way), same.known, same.unknown)
        else:
            facts = used.in_words(letter.used, _forms(now), now.around)
            known, unknown = (tuple(fact for fact in facts if bool(fact.answer) is there) for there in (True, False))
            found[letter.html] = Foretold(letter, (way,), known, unknown)
    return tuple(found.values())


def _asked_for(now: Asked, answers: Mapping[str, Any], at: datetime) -> list[Effect]:
    """The letters that the run asks for when the task is finished in memory."""
    if forms.check_all(now.form, answers, now.facts, today=now.today):
        return []
    run = Run.wake(now.snapshot, procedures.of(now.case), at=at, opened_at=now.case.opened_at)
    run.complete(now.task.id, forms.applicable(now.form, answers, now.facts, today=now.today))
    run.settle()
    telling.remember_told(run, at)
    return [effect for effect in keeping.asked_for(now.case, run, at) if effect.kind == "letter"]


def _written(case: Case, effects: list[Effect], settings: Settings, at: datetime) -> Iterator[tuple[Letter, Recipient]]:
    """Each letter with its recipient. One that cannot be written is left out."""
    if not effects:
        return
    room = _room(settings)
    values, texts = sending.values_of(case, effects[0].facts, None, room, at), room.letters_of(case)
    for effect in effects:
        for who in recipients.of(effect):
            given = {**values, "facts": effect.facts, "item": effect.item, "is_copy": True}
            try:
                yield sending.addressed(effect.wants["letter"], given, who, texts), who
            except Exception:  # the worker meets it again, and stops the case: nobody is kept from finishing
                says = {"action": "letter_not_foretold", "case": str(case.id), "letter": effect.wants["letter"]}
                log.exception("letter not foretold", extra=says)


def _room(settings: Settings) -> Postroom:
    return Postroom(settings, channels.channel(settings), procedures.of, procedures.letters_of)


def _way(case: Case, who: Recipient, settings: Settings) -> str:
    """How a letter reaches somebody, in words."""
    if case.virtual_at is not None:
        return "written to be read here: letters of a training case are never sent"
    if who.problem:
        return f"cannot be sent: {who.problem} Somebody is asked to pass it on"
    if settings.channel == HERE:
        return "kept here: somebody has to pass it on"
    return f"by email to {who.address}" if who.address else "no safe address: somebody is asked to reach them"


def _forms(now: Asked) -> Iterator[Form]:
    """The form of the task, then all others of its release."""
    yield now.form
    yield from procedures.forms_of(now.case.release_key).values()
