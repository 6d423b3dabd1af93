"""A drawing of a draft in words, to be changed by one wish at a time; each wish is one save, and can be undone."""

from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from app import errors
from app.cases.access import Who
from app.clock import Clock
from app.drawing import reading
from app.drawing.model import Drawing, Process
from app.drawing.outlining.known import known
from app.drawing.shaping import listing
from app.drawing.shaping.listing import ListedStep
from app.drawing.shaping.values import Shaped
from app.editor import drafts, files
from app.editor.surroundings import Surroundings
from app.store import releases, releasing
from app.store.rows.releasing import ReleaseDraft, ReleaseSave

Wish = Callable[[bytes], Shaped]


def steps(name: str, around: Surroundings) -> tuple[ListedStep, ...]:
    """The steps of a drawing among its files, in the order of its outline. Raises ``DrawingBroken``."""
    tables = [table for _, table in around.tables.values()]
    return listing.steps(around.files[name], name, known(list(_readable(around)), tables))


def taken(name: str, around: Surroundings) -> frozenset[str]:
    """The ids of the elements of every other drawing, which no new step may get."""
    return frozenset(id_ for one in _readable(around) if one.file != name for id_ in one.by_id)


def processes(name: str, around: Surroundings) -> tuple[Process, ...]:
    """What stands in a drawing: each process with its id, name and what it is about."""
    return tuple(reading.read(around.files[name], name).processes)


def grant(
    draft_id: UUID, name: str, wish: Wish, who: Who, *, clock: Clock, beside: Mapping[str, bytes] | None = None
) -> Shaped:
    """Keep a drawing as a wish makes it, with the files that it brings along, and give what was done.

    The wish is granted on the drawing as it stands now, so two people who change different steps do not meet. Raises
    ``Refused`` with fields of the wish, ``NotFound`` where its step is gone, ``DrawingBroken``, ``SavedMeanwhile``.
    """
    draft = releasing.draft(draft_id)
    before = drafts.file(draft, name)
    shaped = wish(before)
    written = {name: shaped.content, **(beside or {})}
    seen = {name: releases.digest(before), **dict.fromkeys(beside or {}, drafts.NEW)}
    drafts.save(draft_id, written, who, seen=seen, clock=clock, note=shaped.says)
    return shaped


def last(draft: ReleaseDraft, name: str) -> ReleaseSave | None:
    """The save that can be undone: the last one of a drawing, where nothing else was saved with it."""
    found = releasing.last_save(draft.id, name)
    if found is None or [name] != next((named for one, named in releasing.saves(draft.id) if one is found), None):
        return None
    return found if name in drafts.hashes(draft, found.number - 1) else None


def undo(draft_id: UUID, name: str, number: int, who: Who, *, clock: Clock) -> None:
    """Make a drawing what it was before a save. Raises ``CaseMovedOn`` where that is no longer its last one."""
    draft = releasing.draft(draft_id)
    found = last(draft, name)
    if found is None or found.number != number:
        raise errors.CaseMovedOn("Something else was saved meanwhile. Look at the drawing again.")
    before = drafts.file(draft, name, number - 1)
    seen = {name: drafts.hashes(draft)[name]}
    drafts.save(draft_id, {name: before}, who, seen=seen, clock=clock, note=f"Undone: {found.note}")


def _readable(around: Surroundings) -> Iterator[Drawing]:
    for name, content in around.files.items():
        if files.kind(name) == "bpmn":
            try:
                yield reading.read(content, name)
            except errors.DrawingBroken:
                continue  # the findings of that file say why
