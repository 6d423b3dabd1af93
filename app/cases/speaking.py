"""What somebody who works on a case says beside their tasks: into its history, to its run, and to whoever must hear it.

The run gets it as the message ``information_received`` where the drawing waits for it. Whatever the run does, history
keeps the words and the letter goes out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app import errors
from app.cases import advancing, clocks, noting, writing
from app.cases.access import Who
from app.cases.advancing import Step
from app.clock import Clock
from app.engine.run import Run
from app.store import drafts, history
from app.store.history import Happened
from app.store.rows.cases import Case
from app.store.rows.drafts import RequestKey

MESSAGE = "information_received"


@dataclass(frozen=True)
class Heard:
    """What was said: the kind of event and its subject, what history keeps, and the letter that tells of it."""

    kind: str
    subject: str
    says: Mapping[str, Any]
    letter: str
    to: str


def check(field: str, chosen: str, among: Mapping[str, str], text: str, longest: int) -> None:
    """Raise ``Refused`` naming ``field`` where nothing of ``among`` was chosen, and ``text`` where no words can stand.

    ``longest`` is in characters.
    """
    problems = {} if chosen in among else {field: "Select what it is about"}
    if not text.strip():
        problems["text"] = "Write what you want to say"
    elif len(text) > longest:
        problems["text"] = f"What you want to say must be {longest:,} characters or fewer"
    if problems:
        raise errors.Refused(problems)


def hear(case_id: UUID, heard: Heard, who: Who, *, clock: Clock, request_key: str = "") -> Case:
    """Keep what somebody says, and hand it on. The same post again is not kept twice."""
    at = clock()
    event = Happened(heard.kind, heard.subject, at, who.name, who.id, dict(heard.says))
    said = {"said": {"text": f"{who.name}: {heard.says.get('text', '')}", "at": at.isoformat()}}

    def handed(run: Run) -> None:
        if run.expects(MESSAGE):
            run.receive(MESSAGE, said)

    def tell(case: Case) -> None:
        item = {"about": heard.says.get("about"), "by": who.name}
        writing.ask_for(case, heard.letter, heard.to, item, clocks.of(case, clock)())

    try:
        return advancing.advance(case_id, Step(handed, event, tell, request_key=request_key), clock=clock)
    except (errors.CaseMovedOn, errors.CannotGoOn):  # closed, or stopped: the words are kept all the same
        return noting.write_down(case_id, lambda case: _once(case, event, tell, request_key, clock))


def _once(case: Case, event: Happened, tell: advancing.Also, request_key: str, clock: Clock) -> None:
    if request_key and drafts.answered(request_key):
        return
    history.record(case, clocks.dated(case, [event]))
    tell(case)
    if request_key:
        drafts.add(RequestKey(key=request_key, case_id=case.id, made_at=clock()))
