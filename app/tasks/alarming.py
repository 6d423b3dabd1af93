"""Raising the alarm from a task: somebody is in danger, or this is stuck. The senior officer is told at once.

Anybody with an open task can, an agency too, and nobody has to find out first whose matter it is.
"""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from app.cases import speaking
from app.cases.access import Who
from app.cases.speaking import Heard
from app.clock import Clock
from app.store.rows.cases import Case
from app.tasks import claiming

LETTER = "alarm"
ABOUT: Mapping[str, str] = MappingProxyType(
    {"danger": "Somebody may be in danger", "stuck": "This is stuck, or the wrong people have it"}
)
LONGEST = 2_000  # characters


def raise_alarm(task_id: UUID, about: str, text: str, who: Who, *, clock: Clock, request_key: str = "") -> Case:
    """Tell the senior officer and the coordinator why; history keeps it. ``about`` is a key of ``ABOUT``.

    Raises ``Refused`` naming ``about`` or ``text``, ``NotFound`` and ``CaseMovedOn`` as for the task itself.
    """
    speaking.check("about", about, ABOUT, text, LONGEST)
    task = claiming.seen(task_id, who)
    says = {"about": ABOUT[about], "text": text, "name": task.name, "task": task.id.hex}
    heard = Heard("alarm_raised", task.key, says, LETTER, "senior_officer, coordinator")
    return speaking.hear(task.case_id, heard, who, clock=clock, request_key=request_key)
