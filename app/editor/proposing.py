"""Publishing a draft takes two: one hands it in, and another, who saved nothing in it, approves it or sends it back."""

from collections.abc import Collection
from uuid import UUID

from app import errors
from app.cases import procedures
from app.cases.access import Who
from app.clock import Clock
from app.editor import drafts
from app.engine import library
from app.store import releases, releasing
from app.store.rows.releasing import OPEN, PROPOSED, PUBLISHED, Proposal, ReleaseDraft
from app.store.transactions import transaction

APPROVED, SENT_BACK, TAKEN_BACK = "approved", "sent_back", "taken_back"
LONGEST = 2_000  # characters of a note or reason


def hand_in(draft_id: UUID, note: str, who: Who, *, clock: Clock) -> Proposal:
    """Put a draft, as it stands, before a second person. It cannot be changed meanwhile.

    Raises ``Refused`` naming ``note`` or ``draft``: nothing is changed, or another release was published meanwhile;
    ``DrawingBroken`` with every problem that keeps it from being published.
    """
    words = _words("note", note, "Say what is different and why, for whoever approves it")
    draft = releasing.draft(draft_id)
    if not drafts.changed(draft):
        raise errors.Refused({"draft": "Nothing is different from what is live: there is nothing to publish"})
    _check_follows(draft)
    procedures.check(drafts.content(draft))
    if who.id is None:
        raise errors.NotAllowed
    with transaction():
        draft = releasing.lock(draft_id)
        if draft.state != OPEN:
            raise errors.CaseMovedOn("This draft was handed in, published or put away meanwhile.")
        draft.state = PROPOSED
        row = Proposal(draft_id=draft_id, number=draft.number, at=clock(), by=who.name, person_id=who.id, note=words)
        row.decision, row.decided_by, row.reason = "", "", ""
        releasing.add(row)
        return row


def authors(draft: ReleaseDraft) -> dict[int, str]:
    """Everybody who saved something in a draft or handed it in, by their number: they may not approve it."""
    saved = {save.person_id: save.by for save, _ in releasing.saves(draft.id)}
    return saved | {one.person_id: one.by for one in releasing.proposals(draft.id)}


def waiting(draft: ReleaseDraft) -> Proposal | None:
    """What waits for a second person; None where nothing does."""
    return next((one for one in releasing.proposals(draft.id) if not one.decision), None)


def may_decide(draft: ReleaseDraft, who: Who) -> bool:
    """Whether somebody took no part in a draft."""
    return who.id is not None and who.id not in authors(draft)


def approve(draft_id: UUID, reason: str, who: Who, *, clock: Clock) -> str:
    """Publish a draft that was handed in, and give the key of the release.

    Raises ``NotAllowed`` for whoever took part in it, ``Refused`` naming ``reason`` or ``draft``, ``CaseMovedOn``
    where nothing waits any more, ``DrawingBroken`` for what cannot be published.
    """
    words = _words("reason", reason, "Say why it may be published")
    content = drafts.content(releasing.draft(draft_id))
    procedures.check(content)
    key = library.key_of(content)
    with transaction():
        draft, proposal = _taken(draft_id)
        if not may_decide(draft, who):
            raise errors.NotAllowed("You took part in this draft. Somebody else has to approve it.")
        _check_follows(draft)
        _decide(proposal, APPROVED, words, who, clock)
        draft.state = PUBLISHED
        releases.publish(key, content, at=clock(), by=who.name, note=draft.title, draft_id=draft.id)
    return key


def send_back(draft_id: UUID, reason: str, who: Who, *, clock: Clock) -> None:
    """Open a draft that was handed in again, with the reason for whoever made it. Raises ``Refused`` without one."""
    words = _words("reason", reason, "Say what has to be different")
    with transaction():
        draft, proposal = _taken(draft_id)
        _decide(proposal, SENT_BACK, words, who, clock)
        draft.state = OPEN


def take_back(draft_id: UUID, who: Who, *, clock: Clock) -> None:
    """Whoever took part in a draft opens it again before anybody has decided."""
    with transaction():
        draft, proposal = _taken(draft_id)
        if may_decide(draft, who):
            raise errors.NotAllowed("Only somebody who took part in this draft can take it back.")
        _decide(proposal, TAKEN_BACK, "", who, clock)
        draft.state = OPEN


def deciders(draft: ReleaseDraft, people: Collection[Who]) -> list[Who]:
    """Who of these may approve a draft."""
    return [one for one in people if may_decide(draft, one)]


def _taken(draft_id: UUID) -> tuple[ReleaseDraft, Proposal]:
    draft = releasing.lock(draft_id)
    proposal = waiting(draft)
    if draft.state != PROPOSED or proposal is None:
        raise errors.CaseMovedOn("This draft does not wait for anybody now.")
    return draft, proposal


def _check_follows(draft: ReleaseDraft) -> None:
    if drafts.behind(draft) is not None:
        says = "Another release was published since this draft began. Take in what is new first"
        raise errors.Refused({"draft": says})


def _decide(proposal: Proposal, decision: str, reason: str, who: Who, clock: Clock) -> None:
    proposal.decision, proposal.reason = decision, reason
    proposal.decided_at, proposal.decided_by, proposal.decided_by_id = clock(), who.name, who.id


def _words(field: str, text: str, missing: str) -> str:
    words = text.strip()
    if not words:
        raise errors.Refused({field: missing})
    if len(words) > LONGEST:
        raise errors.Refused({field: f"Use {LONGEST:,} characters or fewer"})
    return words
