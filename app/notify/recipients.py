"""Who gets a letter, and where it may be sent.

Safe contact first: an e-mail goes to a victim only where they said that it is safe. Where no safe address is known,
a person has to reach them, and the message fails at once so that somebody is asked to.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.engine.facts import find
from app.store import people, tasks
from app.store.rows.cases import Task
from app.store.rows.history import Effect
from app.store.rows.people import Person

VICTIM, REPRESENTATIVE, BOTH = "victim", "representative", "both"
NOT_AGREED = "not_yet"  # what a representative answers whom the victim has not asked to act for them
ASKS_AGREEMENT = "consent_chase"  # the one letter that a representative gets before the victim has agreed
LANE, AGENCY = "lane:", "agency:"
PERSON, ROLE = "person:", "role:"  # how the keys of colleagues begin
CHOSEN = "chosen_agencies"  # the fact that names those who are asked, and whoever it names
HOLDER = "holder"  # whoever has the work that a limit watches
APPLICANT = "Applicant or representative"  # the lane of the person who asked
SENIOR_OFFICER = "Senior officer"
ROLES = {"senior_officer": SENIOR_OFFICER, "coordinator": "Coordinator", "victim_support": "Victim Support officer"}


@dataclass(frozen=True)
class Recipient:
    """Somebody a letter is for."""

    key: str  # "victim", an agency's key, or person:<id>
    name: str
    address: str  # e-mail; "" where none is safe or known
    problem: str = ""  # why nothing can be sent at all

    @property
    def is_colleague(self) -> bool:
        """Whether they work here: for everybody else a letter leaves the house."""
        return self.key.startswith((PERSON, ROLE))


def of(effect: Effect) -> list[Recipient]:
    """Everybody an effect's letter is for, each once. Where nobody is, one who cannot be reached, and why."""
    wanted = effect.wants.get("to", VICTIM)
    found = [who for to in wanted.split(",") for who in _of(to.strip(), effect)]
    if not found and wanted.strip() == CHOSEN and find(effect.facts, CHOSEN) is None:
        found = _instead(CHOSEN)  # a letter that is for nobody but those who were never chosen
    return list({who.key: who for who in found}.values())


def _of(to: str, effect: Effect) -> list[Recipient]:
    if to in ADDRESSEES:
        return ADDRESSEES[to](effect)
    if to.startswith(AGENCY):
        return _agency(to.removeprefix(AGENCY))
    if isinstance(keys := find(effect.facts, to), list):  # a fact that names agencies
        return _agencies(keys)
    role = to.removeprefix(LANE) if to.startswith(LANE) else ROLES.get(to, to)
    return [_person(person) for person in people.with_role(role)] or _instead(role)


def _instead(role: str) -> list[Recipient]:
    """Nobody has a role. What the senior officer would hear, those hear who can put one in place: it is never lost."""
    nobody = Recipient(f"{ROLE}{role}", role, "", f"Nobody is ‘{role}’ here.")
    return [nobody, *(_of_managers() if role == SENIOR_OFFICER else [])]


def _of_managers() -> list[Recipient]:
    return [_person(person) for person in people.with_role("Manager")]


def _person(person: Person) -> Recipient:
    return Recipient(f"{PERSON}{person.id}", person.name, person.email)


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
    """The victim, or whoever else asked, and their representative where updates go to them."""
    found = []
    if is_told(facts, VICTIM):
        is_safe = find(facts, "contact.email_safe") in ("yes", True)
        address = find(facts, "contact.email") or ""
        name = find(facts, "victim.name") or find(facts, "applicant.name") or ""
        found.append(Recipient(VICTIM, name, address if is_safe else ""))
    if is_told(facts, REPRESENTATIVE):
        found.append(_acting(facts))
    return found


def _representative(effect: Effect) -> Recipient:
    """Whoever asked for the victim. Until the victim has agreed, only to be asked for that agreement."""
    if effect.wants.get("letter") != ASKS_AGREEMENT and not has_agreed(effect.facts):
        return Recipient(REPRESENTATIVE, "", "", "The victim has not agreed that somebody acts for them.")
    return _acting(effect.facts)


def _acting(facts: Mapping[str, Any]) -> Recipient:
    name, email = (find(facts, f"representative.{key}") or "" for key in ("name", "email"))
    return Recipient(REPRESENTATIVE, name, email)


def _agency(item: Any) -> list[Recipient]:
    key = item.get("agency") if isinstance(item, dict) else item
    found = [Recipient(a.key, a.name, a.email) for a in people.agencies() if a.key == key]
    return found or [Recipient(f"agency:{key}", str(key), "", f"There is no agency ‘{key}’ here.")]


def _agencies(keys: Iterable[Any]) -> list[Recipient]:
    return [who for key in keys for who in _agency(key)]


def _bodies(_: Effect) -> list[Recipient]:
    return [Recipient(a.key, a.name, a.email) for a in people.agencies(relevant_only=True)]


def _chief(effect: Effect) -> list[Recipient]:
    """Whoever answers for the agency that a task is for: we only know the agency's own address."""
    return [replace(who, name=f"The chief officer of {who.name}") for who in _agency(effect.item)]


def _managers(_: Effect) -> list[Recipient]:
    return [_person(person) for person in people.with_role("Manager")]  # a partnership may have none


ADDRESSEES: Mapping[str, Callable[[Effect], list[Recipient]]] = {
    VICTIM: lambda effect: _victim(effect.facts),
    "applicant": lambda effect: _victim(effect.facts),  # the same person, in procedures that know no victims
    REPRESENTATIVE: lambda effect: [_representative(effect)],
    "relevant_bodies": _bodies,
    "agency": lambda effect: _agency(effect.item),
    CHOSEN: lambda effect: _agencies(find(effect.facts, CHOSEN) or []),  # nobody before they are chosen
    "agency_chief": _chief,
    HOLDER: _holders,
    "manager": _managers,
}
