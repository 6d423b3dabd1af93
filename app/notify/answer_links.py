"""The link by which an agency answers one task without an account: where a letter has it, and making it.

A letter that asks an agency for something is kept with ``HERE`` in the place of its link. The link is made when the
letter leaves, so that only its hash is ever kept; where no letter leaves the house, the kept one is all there is and
has it. A new link to a task ends the older ones.
"""

from datetime import timedelta
from uuid import UUID

from markupsafe import Markup

from app.clock import Clock
from app.config import Settings
from app.notify.recipients import REPRESENTATIVE, VICTIM, Recipient
from app.store import drafts, tasks, tokens
from app.store.rows.cases import Case, Task
from app.store.rows.drafts import Link
from app.store.rows.history import Effect, Message

LIVES = timedelta(days=30)
HERE = "(Only the letter itself shows the link.)"
GONE = "(This has been answered, or its time is over.)"
KEPT_HERE = "file"  # the channel by which nothing leaves the house
ASKS = {  # the task that a letter asks for; letters about a limit name the step it watches
    "new_application": "confirm_reports",
    "agency_request": "return_information",
    "agency_reminder": "return_information",
    "agency_escalation": "return_information",
}

GIVES = "action_given"  # the letter with which an agency gets an action or a recommendation


def asked(case: Case, effect: Effect, who: Recipient) -> UUID | None:
    """The task that a letter asks this agency to do; None for anybody else, or where it is not clear which one.

    A training case has no links: its letters reach nobody.
    """
    if who.is_colleague or who.key in (VICTIM, REPRESENTATIVE):
        return None
    open_ones = [task for task in tasks.of_case(case.id) if task.agency_key == who.key and _is_meant(task, effect)]
    return open_ones[0].id if len(open_ones) == 1 and case.virtual_at is None else None


def _is_meant(task: Task, effect: Effect) -> bool:
    """Whether a task is the one that a letter is about: by its key, its id, or what the agency is given to do."""
    item = effect.item if isinstance(effect.item, dict) else {}
    if effect.wants.get("letter") == GIVES:
        return bool(task.item == effect.item)
    return ASKS.get(effect.wants.get("letter", ""), item.get("task")) in (task.key, task.id.hex)


def put_in(message: Message, settings: Settings, clock: Clock) -> str:
    """The HTML of a letter as it leaves, with its link; in the transaction in which it is taken to be sent."""
    if message.task_id is None:
        return message.html
    open_keys = [task.id for task in tasks.of_case(message.case_id)]
    link = _made(message.case_id, message.task_id, settings, clock) if message.task_id in open_keys else GONE
    html = message.html.replace(HERE, link)
    if message.channel == KEPT_HERE:
        message.html = html
    return html


def _made(case_id: UUID, task_id: UUID, settings: Settings, clock: Clock) -> str:
    token, at = tokens.make(), clock()
    drafts.end_links_to(task_id, at)
    drafts.add(
        Link(hash=tokens.hashed(token), case_id=case_id, task_id=task_id, created_at=at, ends_at=at + LIVES, tries=0)
    )
    url = f"{settings.public_url}/answer/{token}"
    return Markup('<a href="{url}">{url}</a>').format(url=url)
