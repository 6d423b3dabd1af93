"""What Victim Support does for a victim at any time: add to their statement, and ask for an update for them."""

from collections.abc import Mapping
from types import MappingProxyType

from app.cases import access, speaking
from app.cases.access import Who
from app.cases.speaking import Heard
from app.clock import Clock
from app.store import cases
from app.store.rows.cases import Case

ROLE = "Victim Support officer"
LETTER = "victim_support_said"
WHAT: Mapping[str, str] = MappingProxyType(
    {"update_wanted": "Ask for an update for the victim", "statement_added": "Add to the victim’s statement"}
)
LONGEST = 4_000  # characters


def say(reference: str, what: str, text: str, who: Who, *, clock: Clock, request_key: str = "") -> Case:
    """Keep it in the case and tell the coordinator. ``what`` is a key of ``WHAT``.

    Raises ``Refused`` naming ``what`` or ``text``, ``NotAllowed`` for anybody but Victim Support.
    """
    access.check_has_role(who, ROLE)
    case = cases.by_reference(reference)
    speaking.check("what", what, WHAT, text, LONGEST)
    heard = Heard(what, "victim_support", {"about": WHAT[what], "text": text}, LETTER, "coordinator")
    return speaking.hear(case.id, heard, who, clock=clock, request_key=request_key)
