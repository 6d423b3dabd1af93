"""What somebody asks the board for, as it stands in an address that can be sent to a colleague.

An address holds only what is chosen; what nobody understands in it is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import urlencode

from app.cases.access import APPLICANT
from app.law import calendar
from app.store import board
from app.store.board import CLOSE, FINE, LATE, STOPPED, Held, Wanted

STATES = {LATE: "Late", CLOSE: "Close to the limit", FINE: "On time", STOPPED: "Stopped"}
COLUMNS = {board.STEP: "Columns by step", board.AGENCY: "Columns by agency"}
UNKNOWN = "unknown"
RISKS = {"high": "High", "medium": "Medium", "standard": "Standard", UNKNOWN: "Not known yet"}
NAMES = {  # in the address, and here
    **{name: name for name in ("procedure", "step", "risk", "state", "columns")},
    **{"with": "holder", "q": "text", "from": "begins", "until": "ends"},
}
LONGEST = 100  # letters of one choice
LARGEST = 2**31 - 1  # number that the database can look up
AGENCIES, AGENCY, PERSON, ROLE = "agencies", "agency:", "person:", "role:"
ASKER, STAFF, NOBODY, IDLE = "asker", "staff", "nobody", "idle"
WHO = {  # who a case can wait for, beside an agency, a person or a role by name
    AGENCIES: ("An agency", Held(is_agencys=True)),
    STAFF: ("Our own staff", Held(is_agencys=False, but_role=APPLICANT)),
    NOBODY: ("Staff, not taken yet", Held(is_agencys=False, is_taken=False, but_role=APPLICANT)),
    ASKER: ("The person who asked", Held(role=APPLICANT)),
    IDLE: ("Nobody now: a day, or news", Held()),
}


@dataclass(frozen=True)
class Choice:
    """What is chosen; "" is no choice. ``begins`` and ``ends`` are days between which limits end, ISO 8601."""

    procedure: str = ""
    step: str = ""
    risk: str = ""
    holder: str = ""
    state: str = ""
    text: str = ""
    begins: str = ""
    ends: str = ""
    columns: str = ""

    def query(self, **changes: str) -> str:
        """The choice, with changes, as it stands behind ``?`` in an address."""
        changed = replace(self, **changes)
        said = ((name, getattr(changed, here)) for name, here in NAMES.items())
        return urlencode([(name, value) for name, value in said if value])

    def address(self, **changes: str) -> str:
        """The address of the board with this choice and these changes."""
        query = self.query(**changes)
        return f"/status?{query}" if query else "/status"

    @property
    def address_of_all(self) -> str:
        """The address of every open case, shown in the same way."""
        return Choice(columns=self.columns).address()

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen but how the cases stand."""
        return self != Choice(columns=self.columns)

    @property
    def is_part(self) -> bool:
        """Whether the numbers are of some cases only. They do not follow the state that is chosen."""
        return replace(self, state="", columns="") != Choice()

    @property
    def held(self) -> Held:
        """Which open tasks are asked for."""
        found = WHO[self.holder][1] if self.holder in WHO else _by_name(self.holder)
        return replace(found, key=self.step)

    @property
    def wanted(self) -> Wanted:
        """Which cases are asked for, whatever their state."""
        return Wanted(
            process_id=self.procedure,
            risk=None if not self.risk else "" if self.risk == UNKNOWN else self.risk,
            text=self.text,
            held=self.held,
            is_idle=self.holder == IDLE,
            after=calendar.end_of(_before(self.begins)) if self.begins else None,
            until=calendar.end_of(date.fromisoformat(self.ends)) if self.ends else None,
        )


def read(args: Mapping[str, str]) -> Choice:
    """The choice in an address."""
    said = {here: args.get(name, "").strip()[:LONGEST] for name, here in NAMES.items()}
    known = {"state": said["state"] in STATES, "columns": said["columns"] in COLUMNS}
    known |= {"holder": said["holder"] in WHO or _by_name(said["holder"]) != Held()}
    known |= {name: _is_day(said[name]) for name in ("begins", "ends")}
    return Choice(**{one.name: said[one.name] if known.get(one.name, True) else "" for one in fields(Choice)})


def _by_name(holder: str) -> Held:
    if holder.startswith(PERSON):
        number = holder.removeprefix(PERSON)
        is_number = number.isascii() and number.isdigit() and int(number) <= LARGEST
        return Held(person_id=int(number)) if is_number else Held()
    if holder.startswith(AGENCY):
        return Held(agency_key=holder.removeprefix(AGENCY))
    return Held(role=holder.removeprefix(ROLE)) if holder.startswith(ROLE) else Held()


def _is_day(text: str) -> bool:
    try:
        return date(1900, 1, 1) < date.fromisoformat(text) < date(9999, 1, 1)
    except ValueError:
        return False


def _before(day: str) -> date:
    return date.fromordinal(date.fromisoformat(day).toordinal() - 1)
