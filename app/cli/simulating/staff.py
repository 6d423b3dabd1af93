"""Who does the tasks: the demo people, and more of them where the work of years needs a team. All of them invented."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from random import Random

from app.cases import access
from app.cases.access import AGENCIES, Who
from app.cli.simulating.hours import OfficeHours
from app.records.enrolling import Member
from app.store import people

SLOT = 600  # seconds for which finishing one task keeps somebody from finishing another
OFFICER, COORDINATOR, SENIOR = "Community safety officer", "Coordinator", "Senior officer"
MORE = (
    Member("Bramble Inkwell", "bramble@larkmere.example", "020 7946 0150", (OFFICER,)),
    Member("Dunstan Larkrise", "dunstan@larkmere.example", "020 7946 0151", (OFFICER,)),
    Member("Eglantine Moss", "eglantine@larkmere.example", "020 7946 0152", (OFFICER,)),
    Member("Florian Peabody", "florian@larkmere.example", "020 7946 0153", (COORDINATOR,)),
    Member("Greta Windfall", "greta@larkmere.example", "020 7946 0154", (COORDINATOR,)),
    Member("Hyacinth Bellwether", "hyacinth@larkmere.example", "020 7946 0155", (SENIOR,)),
    Member("Inigo Marchbanks", "inigo@larkmere.example", "020 7946 0156", (SENIOR,)),
    Member("Jessamy Cobnut", "jessamy@larkmere.example", "020 7946 0157", ("Panel chair",)),
    Member("Kester Birdsong", "kester@support.example", "020 7946 0158", ("Victim Support officer",)),
    Member("Lavender Quince", "lavender@police.larkmere.example", "020 7946 0159", (AGENCIES,), "police"),
    Member("Mungo Saltmarsh", "mungo@council.larkmere.example", "020 7946 0160", (AGENCIES,), "council"),
    Member("Nerissa Dovecote", "nerissa@thistledown.example", "020 7946 0161", (AGENCIES,), "thistledown_homes"),
)
SHARES = {"Juniper Wick": 2.6, "Nettie Thornapple": 1.6, "Basil Tamarind": 1.3}  # of the work; everybody else 1
PACES = {"Juniper Wick": 1.55, "Dunstan Larkrise": 0.8, "Greta Windfall": 0.85, "Inigo Marchbanks": 1.2}


@dataclass(frozen=True)
class Doer:
    """Somebody who does a task, and how slow they are: 1 is ordinary."""

    who: Who
    pace: float = 1.0


class Staff:
    """Everybody who works here, read once; and when each of them is busy."""

    def __init__(self, hours: OfficeHours) -> None:
        self.hours = hours
        self._of_place: dict[tuple[str, str | None], list[Who]] = {}
        self._busy: dict[str, set[int]] = {}

    def pick(self, role: str, agency: str | None, barred: Collection[int], chance: Random) -> Doer:
        """Somebody whose task it is and whom nothing keeps from it; where nobody here is, somebody from elsewhere."""
        place = (role, agency)
        if place not in self._of_place:
            self._of_place[place] = [access.who(person) for person in people.with_role(role, agency)]
        free = [who for who in self._of_place[place] if who.id not in barred]
        if not free:
            return Doer(Who(None, role, ()))
        (who,) = chance.choices(free, [SHARES.get(one.name, 1.0) for one in free])
        return Doer(who, PACES.get(who.name, 1.0))

    def book(self, name: str, at: datetime) -> datetime:
        """The first instant from ``at`` on at which somebody has the time, in office hours."""
        busy = self._busy.setdefault(name, set())
        slot = int(at.timestamp()) // SLOT
        while slot in busy:
            at = self.hours.after(at, SLOT / 3600)
            slot = int(at.timestamp()) // SLOT
        busy.add(slot)
        return at
