"""The letters of a play: whom each would go to, and what would stand in it. Nothing is kept or sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from app import errors
from app.config import Settings
from app.editor.trying import moving
from app.editor.trying.acts import Play
from app.editor.trying.ground import Ground
from app.editor.trying.stand import Asked
from app.engine.facts import find
from app.forms.letters import own
from app.notify import channels, recipients, sending
from app.notify.letters import Letter
from app.notify.recipients import AGENCY, CHOSEN, REPRESENTATIVE, VICTIM, Recipient
from app.notify.sending import Postroom
from app.store.rows.cases import Case
from app.store.rows.history import Effect

SAFE = (VICTIM, REPRESENTATIVE)  # whom facts alone say whether they may be written to
OF_ONE = {"agency": AGENCY, "agency_chief": "agency_chief:"}  # whom the item of a letter names


@dataclass(frozen=True)
class Written:
    """A letter to one recipient."""

    to: Recipient
    letter: Letter


def whom(asked: Asked) -> tuple[str, ...]:
    """Whom a letter goes to, each once: ``victim``, ``representative``, ``agency:police``, ``senior_officer`` …

    Who may not be written to is left out, such as somebody whom the victim has not asked to act for them.
    """
    effect = _effect(asked)
    named = (one.strip() for one in asked.wants.get("to", VICTIM).split(","))
    return tuple(dict.fromkeys(key for to in named for key in _whom(to, effect)))


def _whom(to: str, effect: Effect) -> Iterator[str]:
    if to in SAFE:
        yield from (who.key for who in recipients.ADDRESSEES[to](effect) if not who.problem)
    elif to in OF_ONE:
        item = effect.item.get("agency") if isinstance(effect.item, dict) else effect.item
        yield f"{OF_ONE[to]}{item or ''}"
    elif to == CHOSEN:
        yield from (f"{AGENCY}{key}" for key in find(effect.facts, CHOSEN) or ())
    else:
        yield to


def written(ground: Ground, play: Play, asked: Asked, settings: Settings) -> tuple[Written, ...]:
    """A letter as each of its recipients would get it; people are those who are here now.

    Raises ``CannotGoOn`` where there is no such letter.
    """
    case, effect, texts = _case(play), _effect(asked), own.beside(ground.around.letters)
    postroom = Postroom(settings, channels.channel(settings), lambda _: ground.procedure(play.process), lambda _: texts)
    values = sending.values_of(case, asked.facts, asked.item, postroom, asked.at)
    to = recipients.of(effect) or [Recipient(name, name.replace("_", " "), "") for name in whom(asked)]
    try:
        return tuple(Written(who, sending.addressed(asked.letter, values, who, texts)) for who in to)
    except errors.CaseworkError:
        raise
    except Exception as problem:  # a template and facts that nobody foresaw: told as what it is
        raise errors.CannotGoOn(f"The letter ‘{asked.letter}’ cannot be written with what is known.") from problem


def _case(play: Play) -> Case:
    """The case as a letter sees it. It is no row: nobody adds it."""
    return Case(
        id=uuid4(),
        reference=moving.REFERENCE,
        process_id=play.process,
        title="",
        opened_at=play.starts_at,
        virtual_at=play.starts_at,
    )


def _effect(asked: Asked) -> Effect:
    return Effect(
        id=uuid4(), case_id=uuid4(), key=asked.key, wants=dict(asked.wants), item=asked.item, facts=asked.facts
    )
