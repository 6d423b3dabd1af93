"""Links by which somebody follows their own case, and getting a new one.

A link lives 30 days, is used once, and ends after ten wrong references. Whatever goes wrong, the answer is the same,
so that nobody learns which references, links or addresses exist. Only the hash of a link is kept, and the letter that
carries it.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from app import errors
from app.cases import procedures
from app.clock import Clock
from app.config import Settings
from app.engine import snapshot
from app.engine.facts import find
from app.notify import letters, sending
from app.notify.channels import channel
from app.notify.recipients import REPRESENTATIVE, VICTIM, Recipient, is_told
from app.notify.sending import Postroom
from app.store import cases, drafts, history, tokens
from app.store.rows.cases import Case
from app.store.rows.drafts import Link
from app.store.rows.history import DONE, Effect, Message
from app.store.transactions import transaction

LIVES = timedelta(days=30)
TRIES = 10
LETTER = "track_link"
A_DAY, MOST_A_DAY = timedelta(days=1), 3  # new links that one case sends in a day


def made(token: str, case_id: UUID, clock: Clock) -> Link:
    """The row of a new link."""
    return Link(hash=tokens.hashed(token), case_id=case_id, created_at=clock(), ends_at=clock() + LIVES, tries=0)


def renew(case_id: UUID, clock: Clock) -> str:
    """A new link to a case for somebody who is following it at this moment."""
    token = tokens.make()
    with transaction():
        drafts.add(made(token, case_id, clock))
    return token


def use(token: str, reference: str, *, clock: Clock) -> UUID:
    """Use a link up and give its case. Raises ``NotFound``, the same for everything that is not right."""
    hashed = tokens.hashed(token)
    with transaction():
        link = drafts.lock_link(hashed)
        if link is not None and link.task_id is None and _is_fresh(link, clock):
            case = cases.load(link.case_id)
            if case.reference == tidy(reference) and case.virtual_at is None:
                link.used_at = clock()
                return link.case_id
            link.tries += 1
    raise errors.NotFound("That link and reference do not work together.")


def _is_fresh(link: Link, clock: Clock) -> bool:
    return link.used_at is None and link.ends_at > clock() and link.tries < TRIES


def tidy(reference: str) -> str:
    """A reference as it is kept, however somebody typed it: ``ct 2026 0001`` is ``CT-2026-0001``."""
    return "-".join(reference.upper().replace("-", " ").split())


def send_new(reference: str, email: str, settings: Settings, *, clock: Clock) -> None:
    """Send a new link where reference and address belong together and the address is safe; else do nothing.

    The caller says the same in either case.
    """
    try:
        case = cases.by_reference(tidy(reference))
    except errors.NotFound:
        return
    facts = snapshot.read(cases.snapshot(case.id))["facts"]
    who = _whose(facts, email)
    if who is None or case.virtual_at is not None or _is_too_often(case, clock):
        return
    token = tokens.make()
    url = f"{settings.public_url}/track/{token}"
    postroom = Postroom(settings, channel(settings), procedures.of, procedures.letters_of)
    values = sending.values_of(case, facts, {"url": url}, postroom, clock()) | {"recipient": who}
    letter = letters.write(LETTER, values, procedures.letters_of(case))
    with transaction():
        drafts.add(made(token, case.id, clock))
        history.add(*_letter(case, who, letter.subject, letter.html, settings, clock))


def _whose(facts: dict[str, Any], email: str) -> Recipient | None:
    """Whose safe address this is: that of the person or of whoever acts for them."""
    wanted = email.strip().casefold()
    if not wanted:
        return None
    if find(facts, "contact.email_safe") == "yes" and str(find(facts, "contact.email") or "").casefold() == wanted:
        return Recipient(VICTIM, find(facts, "victim.name") or "", find(facts, "contact.email"))
    acts = REPRESENTATIVE, find(facts, "representative.name") or "", find(facts, "representative.email")
    may_know = is_told(facts, REPRESENTATIVE)
    return Recipient(*acts) if may_know and str(acts[2] or "").casefold() == wanted else None


def _is_too_often(case: Case, clock: Clock) -> bool:
    lately = [m for m in history.messages(case.id) if m.letter == LETTER and m.made_at > clock() - A_DAY]
    return len(lately) >= MOST_A_DAY


def _letter(
    case: Case, who: Recipient, subject: str, html: str, settings: Settings, clock: Clock
) -> tuple[Effect, Message]:
    """The letter, and the effect that it answers: asked for by the person and not by a drawing."""
    effect = Effect(
        id=uuid4(),
        case_id=case.id,
        key=LETTER,
        kind="letter",
        wants={"letter": LETTER, "to": who.key},
        facts={},
        made_at=clock(),
        state=DONE,
        next_try_at=clock(),
    )
    message = Message(
        id=uuid4(),
        case_id=case.id,
        effect_id=effect.id,
        letter=LETTER,
        recipient=who.key,
        name=who.name,
        address=who.address,
        channel=settings.channel,
        subject=subject,
        html=html,
        made_at=clock(),
        next_try_at=clock(),
    )
    return effect, message
