"""Letters that did not arrive: their case is told, so that somebody reaches the person another way."""

import logging

from app import errors
from app.cases import advancing
from app.cases.advancing import Step
from app.clock import Clock
from app.store import history, sessions
from app.store.history import Happened
from app.store.rows.cases import Case
from app.store.rows.history import Message

log = logging.getLogger(__name__)
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

    key = f"undelivered {message_id.hex}"  # two workers may read it at once: the case is told once
    step = Step(lambda run: run.receive(MESSAGE, {"undelivered": says}), event, also=told, request_key=key)
    case_id, stands = message.case_id, f"A letter to {message.name or message.recipient} did not arrive."
    try:
        advancing.advance(case_id, step, clock=clock)
    except sessions.Unreachable:
        raise
    except Exception as problem:  # the drawing has no place for it, or nobody foresaw what it does with it
        if not isinstance(problem, errors.CaseworkError):
            log.exception("letter not reported", extra={"action": "letter_not_reported", "letter": str(message_id)})
        advancing.note(case_id, event, told, says=stands, clock=clock, request_key=key)
    return True
