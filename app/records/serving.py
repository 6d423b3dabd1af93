"""Carrying out what drawings ask for beside letters: the service tasks that this product knows.

At least once: each is written so that a second time changes nothing. One that fails three times, or that nobody
knows, stops its case.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

from app import errors
from app.cases import advancing
from app.clock import Clock
from app.records import deleting, publishing
from app.store import cases, history, sessions
from app.store.rows.history import DONE, FAILED, Effect
from app.store.transactions import transaction

log = logging.getLogger(__name__)
KIND, ATTEMPTS, BATCH = "service", 3, 20
PAUSE = timedelta(minutes=5)
SERVICES: Mapping[str, Callable[[Effect, Clock], None]] = {
    "count_numbers": publishing.count,
    "publish_numbers": publishing.publish,
    "delete_cases": deleting.delete,
}


def sweep(clock: Clock) -> int:
    """Carry out the services that are due. Gives how many were tried."""
    tried = 0
    while tried < BATCH and (effect_id := _take(clock)):
        try:
            _carry_out(effect_id, clock)
        except sessions.Unreachable:
            raise
        except Exception as problem:  # one that fails does not hold up the others
            log.exception("service failed", extra={"action": "service_failed", "effect": str(effect_id)})
            _give_up_on(effect_id, isinstance(problem, errors.CannotGoOn), clock)
        tried += 1
    return tried


def _take(clock: Clock) -> UUID | None:
    """The next one, put off so that nobody else carries it out meanwhile."""
    if not history.waiting_effects(clock(), 1, KIND):
        return None
    with transaction():
        found = next(iter(history.waiting_effects(clock(), 1, KIND)), None)
        if found is None:
            return None
        found.attempts += 1
        found.next_try_at = clock() + PAUSE
        return found.id


def _carry_out(effect_id: UUID, clock: Clock) -> None:
    effect = history.effect(effect_id)
    if effect is None:
        return
    if cases.load(effect.case_id).virtual_at is not None:  # a training case touches nothing that is real
        _mark(effect_id, DONE)
        return
    service = SERVICES.get(effect.wants.get("service", ""))
    if service is None:
        raise errors.CannotGoOn("The drawing asks for something that this system cannot do.", element=effect.key)
    service(effect, clock)


def _mark(effect_id: UUID, state: str) -> None:
    with transaction():
        effect = history.effect(effect_id)
        if effect is not None:
            effect.state = state


def _give_up_on(effect_id: UUID, is_final: bool, clock: Clock) -> None:
    """After three tries, or at once where trying is no use, stop the case so that a person looks at it."""
    effect = history.effect(effect_id)
    if effect is not None and (is_final or effect.attempts >= ATTEMPTS):
        case_id, key = effect.case_id, effect.key
        _mark(effect_id, FAILED)
        advancing.stop(case_id, key, "What the drawing asks for could not be done.", clock=clock)
