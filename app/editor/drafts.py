"""Drafts of a release: beginning one, saving files in it, and going back to an earlier save.

A draft is the release that it is based on and what its saves say otherwise. Every save is kept. What somebody else
saved meanwhile is never overwritten: who saves says which content they began from.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from app import errors
from app.cases.access import Who
from app.clock import Clock
from app.editor import files
from app.store import releases, releasing
from app.store.rows.releases import Release
from app.store.rows.releasing import DROPPED, OPEN, Editing, ReleaseDraft, ReleaseSave
from app.store.transactions import transaction

LONGEST = 200  # characters of a title or note
STAYS = timedelta(seconds=90)  # that somebody counts as editing after their page last said so
NEW = ""  # what somebody has seen who adds a file
ADDED, CHANGED, REMOVED = "added", "changed", "removed"
Hashes = Mapping[str, str]  # {name of a file: hash of its content}
Changes = Mapping[str, str | None]  # the same; None for a file that is taken away


@dataclass(frozen=True)
class Saved:
    """What a save left. ``hashes`` are those of the files that it wrote, "" for those that it took away."""

    number: int
    at: datetime
    hashes: Hashes


@dataclass(frozen=True)
class Turn:
    """What one save writes, or takes away (None), and what is noted with it."""

    written: Mapping[str, bytes | None]
    note: str = ""


@dataclass(frozen=True)
class Behind:
    """What was published since a draft began. ``both`` are the files that the draft changed as well."""

    release: Release
    theirs: tuple[str, ...]
    both: tuple[str, ...]


def begin(title: str, who: Who, *, clock: Clock) -> ReleaseDraft:
    """A new draft of the live release. Raises ``Refused`` naming ``title``."""
    at, live = clock(), releases.live().key
    times = {"made_at": at, "touched_at": at}
    row = ReleaseDraft(
        id=uuid4(), title=_title(title), based_on=live, follows=live, made_by=who.name, state=OPEN, number=0, **times
    )
    with transaction():
        releasing.add(row)
    return row


def hashes(draft: ReleaseDraft, number: int | None = None) -> dict[str, str]:
    """The files of a draft as its last save left them, or an earlier one: {name: hash}."""
    found: dict[str, str | None] = {**releasing.hashes_of(draft.based_on)}
    found |= releasing.changes(draft.id, draft.number if number is None else number)
    return {name: one for name, one in sorted(found.items()) if one is not None}


def content(draft: ReleaseDraft, number: int | None = None) -> dict[str, bytes]:
    """The files of a draft with their content: {name: bytes}."""
    named = hashes(draft, number)
    found = releasing.contents(named.values())
    return {name: found[one] for name, one in named.items()}


def file(draft: ReleaseDraft, name: str, number: int | None = None) -> bytes:
    """One file of a draft, or ``NotFound``."""
    named = hashes(draft, number)
    if name not in named:
        raise errors.NotFound("We could not find that file in this draft.")
    return releasing.contents([named[name]])[named[name]]


def changed(draft: ReleaseDraft) -> dict[str, str]:
    """What a draft does to the release it follows: {name: ``added``, ``changed`` or ``removed``}."""
    return differences(releasing.hashes_of(draft.follows), hashes(draft))


def differences(before: Hashes, after: Hashes) -> dict[str, str]:
    """What became of each file that is not the same: {name: ``added``, ``changed`` or ``removed``}."""
    found = dict.fromkeys(before.keys() - after.keys(), REMOVED) | dict.fromkeys(after.keys() - before.keys(), ADDED)
    found |= {name: CHANGED for name in before.keys() & after.keys() if before[name] != after[name]}
    return dict(sorted(found.items()))


def save(
    draft_id: UUID, written: Mapping[str, bytes | None], who: Who, *, seen: Hashes, clock: Clock, note: str = ""
) -> Saved:
    """Write files, or take them away (None), in one save. What changes nothing makes none.

    ``seen`` are the hashes of what the person began from, ``NEW`` for a file that was not there. Raises
    ``SavedMeanwhile`` where a file is another by now, ``DrawingBroken`` for what may not be kept, ``CaseMovedOn``
    for a draft that is not open, ``Refused`` naming ``file`` for too many files.
    """
    return save_in_turn(draft_id, (Turn(written, note),), who, seen=seen, clock=clock)


def save_in_turn(draft_id: UUID, turns: Sequence[Turn], who: Who, *, seen: Hashes, clock: Clock) -> Saved:
    """Several saves, each beginning from what the one before left: all of them or none. Gives the last; as ``save``."""
    for turn in turns:
        for name, text in turn.written.items():
            if text is not None:
                files.check(name, text)
    at = clock()
    saved = Saved(0, at, {})
    with transaction():
        draft = _open(draft_id)
        for turn in turns:
            saved = _save(draft, turn, who, seen, at)
            seen = {**seen, **saved.hashes}
    return saved


def restore(draft_id: UUID, number: int, who: Who, *, clock: Clock) -> Saved:
    """A new save, with every file as an earlier save left it; 0 is the release that the draft began from."""
    says = f"As it was at save {number}" if number else "As the release was"
    return _become(draft_id, lambda draft: _at(draft, number), says, who, clock)


def take_over(draft_id: UUID, release_key: str, who: Who, *, clock: Clock) -> Saved:
    """A new save with every file as a release has it: how an earlier release is brought back."""
    releases.release(release_key)
    return _become(draft_id, lambda _: releasing.hashes_of(release_key), "As an earlier release is", who, clock)


def behind(draft: ReleaseDraft) -> Behind | None:
    """What the live release says otherwise than the one that the draft follows; None where it is the same."""
    live = releases.live()
    if live.key == draft.follows:
        return None
    theirs, own = differences(releasing.hashes_of(draft.follows), releasing.hashes_of(live.key)), changed(draft)
    return Behind(live, tuple(name for name in theirs if name not in own), tuple(n for n in theirs if n in own))


def catch_up(draft_id: UUID, who: Who, *, clock: Clock) -> Saved:
    """Take in what was published since: files that the draft did not touch. What both changed stays as in the draft."""
    with transaction():
        draft = _open(draft_id)
        found = behind(draft)
        if found is None:
            return Saved(draft.number, draft.touched_at, {})
        live = releasing.hashes_of(found.release.key)
        taken = {name: live.get(name) for name in found.theirs}
        draft.follows = found.release.key
        return _write(draft, taken, who, "With what was published meanwhile", clock(), taken)


def rename(draft_id: UUID, title: str) -> None:
    """Another title. Raises ``Refused`` naming ``title``."""
    with transaction():
        _open(draft_id).title = _title(title)


def drop(draft_id: UUID) -> None:
    """Put a draft away. Its saves stay on record."""
    with transaction():
        _open(draft_id).state = DROPPED


def edits(draft_id: UUID, name: str, who: Who, *, clock: Clock) -> list[Editing]:
    """Note that somebody has a file open, and give who else has."""
    at = clock()
    with transaction():
        releasing.edits(Editing(draft_id=draft_id, name=name, person_id=_person(who), by=who.name, seen_at=at))
    beside = releasing.editing([draft_id], at - STAYS)
    return [one for one in beside if one.name == name and one.person_id != who.id]


def stops_editing(draft_id: UUID, name: str, who: Who) -> None:
    """Note that somebody has closed a file."""
    with transaction():
        releasing.stops_editing(draft_id, name, _person(who))


def _open(draft_id: UUID) -> ReleaseDraft:
    draft = releasing.lock(draft_id)
    if draft.state != OPEN:
        raise errors.CaseMovedOn("This draft cannot be changed now: it was handed in, published or put away.")
    return draft


def _save(draft: ReleaseDraft, turn: Turn, who: Who, seen: Hashes, at: datetime) -> Saved:
    standing = hashes(draft)
    wanted = {name: None if text is None else releases.digest(text) for name, text in turn.written.items()}
    differing = {name: one for name, one in wanted.items() if one != standing.get(name)}
    _check_seen(draft, differing, standing, seen)
    if len(standing.keys() | wanted.keys()) > files.MOST:
        raise errors.Refused({"file": f"A release has at most {files.MOST:,} files"})
    releases.keep(turn.written[name] or b"" for name, one in differing.items() if one is not None)
    return _write(draft, differing, who, turn.note, at, wanted)


def _at(draft: ReleaseDraft, number: int) -> dict[str, str]:
    if not 0 <= number <= draft.number:
        raise errors.NotFound("This draft has no such save.")
    return hashes(draft, number)


def _become(draft_id: UUID, wanted: Callable[[ReleaseDraft], Hashes], says: str, who: Who, clock: Clock) -> Saved:
    """One save after which the draft has just these files."""
    with transaction():
        draft = _open(draft_id)
        then, now = wanted(draft), hashes(draft)
        differing: dict[str, str | None] = {name: one for name, one in then.items() if now.get(name) != one}
        differing |= dict.fromkeys(now.keys() - then.keys())
        return _write(draft, differing, who, says, clock(), differing)


def _check_seen(draft: ReleaseDraft, written: Changes, standing: Hashes, seen: Hashes) -> None:
    for name in written:
        if seen.get(name, NEW) != standing.get(name, NEW):
            last = releasing.last_save(draft.id, name)
            raise errors.SavedMeanwhile(name, last.by if last else "", last.at if last else None)


def _write(draft: ReleaseDraft, written: Changes, who: Who, note: str, at: datetime, wanted: Changes) -> Saved:
    """Keep one save. Gives it with the hashes of all that was ``wanted``, of which some may have stood already."""
    if written:
        draft.number, draft.touched_at = draft.number + 1, at
        own = {"by": who.name, "person_id": _person(who), "note": note[:LONGEST]}
        releasing.add(ReleaseSave(draft_id=draft.id, number=draft.number, at=at, **own))
        releasing.change(draft.id, draft.number, written)
    return Saved(draft.number, draft.touched_at, {name: one or "" for name, one in wanted.items()})


def _person(who: Who) -> int:
    if who.id is None:
        raise errors.NotAllowed
    return who.id


def _title(title: str) -> str:
    words = " ".join(title.split())
    if not words:
        raise errors.Refused({"title": "Enter what this draft is about"})
    if len(words) > LONGEST:
        raise errors.Refused({"title": f"What it is about must be {LONGEST} characters or fewer"})
    return words
