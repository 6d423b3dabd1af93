"""Who may do what.

A person's roles are the names of lanes, each for one agency or for all, and the product's own roles below. The
drawing says which lane a task stands in; nothing else decides whose task it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app import errors
from app.store.rows.cases import Task
from app.store.rows.people import Person
from app.store.tasks import Place

MANAGER = "Manager"
PROCESS_OWNER = "Process owner"
ADMINISTRATOR = "Administrator"
AGENCIES = "Agencies"
APPLICANT = "Applicant or representative"  # the lane of the person who asked; they answer on their own page
WITHOUT_TASKS = frozenset({MANAGER, PROCESS_OWNER, ADMINISTRATOR})
EVERY_CASE = {MANAGER, ADMINISTRATOR, "Coordinator", "Senior officer", "Community safety officer"}
EVERY_CASE |= {"Panel chair", "Victim Support officer", "Mental health professional"}


@dataclass(frozen=True)
class Who:
    """A person who has signed in, or answers by a link, as the rest of the system sees them."""

    id: int | None  # None for somebody who answers by a link
    name: str
    places: tuple[Place, ...]
    role: str = ""  # for the line that says who is signed in: their agency, else their first role
    task_id: UUID | None = None  # the one task of somebody who answers by a link; they have no places

    @property
    def roles(self) -> frozenset[str]:
        """The names of their roles."""
        return frozenset(place.role for place in self.places)


def who(person: Person) -> Who:
    """The person with their places."""
    places = tuple(Place(grant.role, grant.agency_key) for grant in person.roles)
    first = person.roles[0] if person.roles else None
    role = "" if first is None else first.agency.name if first.agency else first.role
    return Who(person.id, person.name, places, role)


def may_do(person: Who, task: Task) -> bool:
    """Whether a task stands in a lane of this person: for an agency's task, in that agency. By a link, only its own."""
    if person.task_id is not None:
        return task.id == person.task_id
    return any(
        place.role == task.role and (place.agency_key is None or task.agency_key in (None, place.agency_key))
        for place in person.places
    )


def check_may_do(person: Who, task: Task) -> None:
    """Raises ``NotFound`` for a task of another lane or agency: that it exists is not theirs to know."""
    if not may_do(person, task):
        raise errors.NotFound("We could not find that task.")


def check_may_see_case(person: Who, open_tasks: Sequence[Task]) -> None:
    """Raises ``NotFound`` unless the person's role works with every case, or one of its open tasks is theirs.

    An agency sees a case on its own tasks only, never as a whole.
    """
    works_here = any(may_do(person, task) for task in open_tasks if task.role != AGENCIES and task.agency_key is None)
    if not (person.roles & EVERY_CASE or works_here):
        raise errors.NotFound("We could not find that case.")


def check_has_role(person: Who, *roles: str) -> None:
    """Raises ``NotAllowed`` unless the person has one of these roles."""
    if not person.roles & set(roles):
        raise errors.NotAllowed
