"""Answering one task by a link, without an account: who came by it, and what they may do.

Looking at a link changes nothing. Whoever begins says who they are and that they answer for the agency; history keeps
it, and the link lets them do this one task. An unknown link, a link to a case and one to a training case are the same
to whoever asks.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app import errors
from app.cases import noting, writing
from app.cases.access import Who
from app.clock import Clock
from app.store import cases, drafts, history, people, tasks, tokens
from app.store.history import Happened
from app.store.rows.cases import Case, Task
from app.store.rows.drafts import Link
from app.store.rows.people import Agency

MOST_PEOPLE = 20  # who may begin by one link
LETTER = "answer_link"
A_DAY, MOST_A_DAY = timedelta(days=1), 3  # new links to one task that are sent in a day
LONGEST = 200  # characters of a name or an address
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Asked:
    """What a link asks for. ``task`` is None once it is not open any more."""

    hash: str
    task_id: UUID
    case: Case
    task: Task | None
    agency: Agency | None
    has_ended: bool  # the link, not the task


def look(token: str, *, clock: Clock) -> Asked:
    """What a link asks for. Raises ``NotFound`` where it is none of ours."""
    link = drafts.link(tokens.hashed(token))
    if link is None or link.task_id is None:
        raise errors.NotFound("We could not find that link.")
    case = cases.load(link.case_id)
    if case.virtual_at is not None:
        raise errors.NotFound("We could not find that link.")
    task = next((task for task in tasks.of_case(case.id) if task.id == link.task_id), None)
    key = task.agency_key if task else None
    agency = next((agency for agency in people.agencies() if agency.key == key), None)
    has_ended = link.ends_at <= clock() or link.tries >= MOST_PEOPLE
    return Asked(link.hash, link.task_id, case, task, agency, has_ended)


@dataclass(frozen=True)
class Told:
    """What somebody who comes by a link says of themselves."""

    name: str
    email: str
    acts_for_agency: bool


def begin(token: str, told: Told, *, clock: Clock) -> tuple[str, Who]:
    """Let somebody begin: the hash of their link, and who they are from now on. History says that they came.

    Raises ``Refused`` with what is missing, ``NotFound`` for a link that is none of ours, and ``CaseMovedOn`` when the
    link has ended or the task is not open any more.
    """
    asked = look(token, clock=clock)
    agency = asked.agency
    if asked.has_ended or asked.task is None or agency is None:
        raise errors.CaseMovedOn("This link has ended.")
    _check(told, agency.name)
    who = someone(f"{told.name} ({agency.name}, by link)", asked.task_id)
    says = {"name": asked.task.name, "task": asked.task_id.hex, "agency": agency.key, "email": told.email}
    line = Happened("link_opened", asked.task.key, clock(), who.name, says=says)

    def count(_: Case) -> None:
        link = drafts.lock_link(asked.hash)
        if link is None or not _is_open(link, clock()):
            raise errors.CaseMovedOn("This link has ended.")
        link.tries += 1

    noting.write_down(asked.case.id, count, [line])
    return asked.hash, who


def someone(name: str, task_id: UUID) -> Who:
    """Somebody who came by a link."""
    return Who(None, name, (), task_id=task_id)


def is_of(link_hash: str, task_id: UUID) -> bool:
    """Whether a link is there and leads to this task. One that ended meanwhile lets nobody begin, but go on."""
    link = drafts.link(link_hash)
    return link is not None and link.task_id == task_id


def renew(token: str, *, clock: Clock) -> None:
    """Send a new link to the agency's own address, three times a day at most; whether it was sent is not told.

    Raises ``NotFound`` for a link that is none of ours and ``CaseMovedOn`` when the task is not open any more.
    """
    asked = look(token, clock=clock)
    if asked.task is None or asked.agency is None:
        raise errors.CaseMovedOn("This task is not open any more.")
    at, item = clock(), {"task": asked.task_id.hex, "name": asked.task.name}
    to = f"agency:{asked.agency.key}"

    def ask(case: Case) -> None:
        lately = [effect for effect in history.effects(case.id, LETTER) if effect.made_at > at - A_DAY]
        if sum(effect.item == item for effect in lately) < MOST_A_DAY:
            writing.ask_for(case, LETTER, to, item, at)

    noting.write_down(asked.case.id, ask)


def _is_open(link: Link, at: datetime) -> bool:
    return link.ends_at > at and link.tries < MOST_PEOPLE


def _check(told: Told, agency: str) -> None:
    problems = {}
    if not told.name:
        problems["name"] = "Enter your name"
    elif len(told.name) > LONGEST:
        problems["name"] = f"Your name must be {LONGEST} characters or fewer"
    if len(told.email) > LONGEST or not EMAIL.fullmatch(told.email):
        problems["email"] = "Enter your work email address, such as name@example.org"
    if not told.acts_for_agency:
        problems["acts"] = f"Select that you answer for {agency}, or close this page"
    if problems:
        raise errors.Refused(problems)
