"""Who gets a letter, and where it may be sent.

Safe contact first: an e-mail goes to a victim only where they said that it is safe. Where no safe address is known,
a person has to reach them, and the message fails at once so that somebody is asked to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.engine.facts import find
from app.store import people, tasks
from app.store.rows.cases import Task
from app.store.rows.history import Effect
from app.store.rows.people import Person

VICTIM, REPRESENTATIVE, BOTH = "victim", "representative", "both"
NOT_AGREED = "not_yet"  # what a representative answers whom the victim has not asked to act for them
LANE, AGENCY = "lane:", "agency:"
HOLDER, MANAGER = "holder", "manager"  # whoever has the work that a limit watches, and who answers for them
APPLICANT = "Applicant or representative"  # the lane of the person who asked
ROLES = {"senior_officer": "Senior officer", "coordinator": "Coordinator", "victim_support": "Victim Support officer"}


@dataclass(frozen=True)
class Recipient:
    """Somebody a letter is for."""

    key: str  # "victim", an agency's key, or person:<id>
    name: str
    address: str  # e-mail; "" where none is safe or known
    problem: str = ""  # why nothing can be sent at all


def of(effect: Effect) -> list[Recipient]:
    """Everybody an effect's letter is for, each once. Where nobody is, one who cannot be reached, and why."""
    found = [who for to in effect.wants.get("to", VICTIM).split(",") for who in _of(to.strip(), effect)]
    return list({who.key: who for who in found}.values())


def _of(to: str, effect: Effect) -> list[Recipient]:
    if to == VICTIM:
        return _victim(effect.facts)
    if to == "relevant_bodies":
        return [Recipient(a.key, a.name, a.email) for a in people.agencies(relevant_only=True)]
    if to == "agency":
        return _agency(effect.item)
    if to.startswith(AGENCY):
        return _agency(to.removeprefix(AGENCY))
    if to == HOLDER:
        return _holders(effect)
    if to == MANAGER:
        return [_person(person) for person in people.with_role("Manager")]  # a partnership may have none
    role = to.removeprefix(LANE) if to.startswith(LANE) else ROLES.get(to, to)
    found = [_person(person) for person in people.with_role(role)]
    return found or [Recipient(f"role:{role}", role, "", f"Nobody is ‘{role}’ here.")]


def _person(person: Person) -> Recipient:
    return Recipient(f"person:{person.id}", person.name, person.email)


def _holders(effect: Effect) -> list[Recipient]:
    """Whoever has the work that a limit watches: who took it, else everybody in its lane; nobody once it is done.

    The person who asked is no holder: what we want of them is not chased.
    """
    item = effect.item if isinstance(effect.item, dict) else {}
    open_ones = [task for task in tasks.of_case(effect.case_id) if task.key == item.get("task")]
    return [who for task in open_ones if task.role != APPLICANT for who in _holders_of(task)]


def _holders_of(task: Task) -> list[Recipient]:
    person = people.load(task.person_id) if task.person_id else None
    if person is not None:
        return [_person(person)]
    return _agency(task.agency_key) if task.agency_key else [_person(one) for one in people.with_role(task.role)]


def is_told(facts: Mapping[str, Any], who: str) -> bool:
    """Whether ``VICTIM`` or ``REPRESENTATIVE`` hears of the case: who may not act for the victim never does."""
    updates = (find(facts, "representative.updates_to") if has_agreed(facts) else None) or VICTIM
    return updates in (who, BOTH)


def has_agreed(facts: Mapping[str, Any]) -> bool:
    """Whether the victim has agreed that somebody asks for them: when they applied, or since, to an officer."""
    applied = find(facts, "representative.authority") != NOT_AGREED
    return bool(applied or find(facts, "representative.agreed") == "yes")


def _victim(facts: Mapping[str, Any]) -> list[Recipient]:
    """The victim, and their representative where updates go to them."""
    found = []
    if is_told(facts, VICTIM):
        is_safe = find(facts, "contact.email_safe") in ("yes", True)
        address = find(facts, "contact.email") or ""
        found.append(Recipient(VICTIM, find(facts, "victim.name") or "", address if is_safe else ""))
    if is_told(facts, REPRESENTATIVE):
        name = find(facts, "representative.name") or ""
        found.append(Recipient(REPRESENTATIVE, name, find(facts, "representative.email") or ""))
    return found


def _agency(item: Any) -> list[Recipient]:
    key = item.get("agency") if isinstance(item, dict) else item
    found = [Recipient(a.key, a.name, a.email) for a in people.agencies() if a.key == key]
    return found or [Recipient(f"agency:{key}", str(key), "", f"There is no agency ‘{key}’ here.")]
