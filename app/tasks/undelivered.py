"""Letters that did not arrive: their case is told, so that somebody reaches the person another way."""

from app import errors
from app.cases import advancing
from app.cases.advancing import Step
from app.clock import Clock
from app.store import history
from app.store.history import Happened
from app.store.rows.cases import Case
from app.store.rows.history import Message

MESSAGE = "message_failed"  # what the drawing calls it
BATCH = 20


def report(clock: Clock) -> int:
    """Tell the case of each letter that failed for good. Gives how many were told."""
    return sum(_report(message, clock) for message in history.unreported_messages(BATCH))


def _report(message: Message, clock: Clock) -> bool:
    message_id = message.id
    says = {"letter": message.letter, "name": message.name, "recipient": message.recipient, "problem": message.problem}
    event = Happened("message_failed", message.letter, clock(), says=says)

    def told(case: Case) -> None:
        history.message(message_id).is_reported = True

    step = Step(lambda run: run.receive(MESSAGE, {"undelivered": says}), event, also=told)
    try:
        advancing.advance(message.case_id, step, clock=clock)
    except (errors.CaseMovedOn, errors.CannotGoOn):
        advancing.note(message.case_id, event, told, says=f"A letter to {says['name']} did not arrive.", clock=clock)
    return True
