"""The play that somebody has open in a draft, with the files that it goes on, and doing one act more of it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from app import errors
from app.editor import drafts
from app.editor.trying import ground as grounds
from app.editor.trying import plays
from app.editor.trying.acts import Act, Finish
from app.editor.trying.course import Course
from app.editor.trying.ground import Ground
from app.editor.trying.plays import Opened
from app.editor.trying.stand import Stand
from app.engine.run import OpenTask
from app.store import releasing
from app.store.rows.releasing import ReleaseDraft
from app.web import at_hand
from app.web.signing_in import asking


@dataclass(frozen=True)
class Stage:
    """A play in a draft. ``course`` is None, and ``problem`` says why, where these files cannot be played."""

    draft: ReleaseDraft
    ground: Ground
    opened: Opened
    course: Course | None
    problem: str = ""

    @property
    def process(self) -> str:
        """The process that is played."""
        return self.opened.scenario.play.process

    @property
    def stand(self) -> Stand:
        """Where it stands. Raises ``CaseMovedOn`` where it could not begin."""
        if self.course is None or self.course.stand is None:
            raise errors.CaseMovedOn(self.problem or "This play cannot begin with the files as they are now.")
        return self.course.stand

    @property
    def asks_first(self) -> bool:
        """Whether somebody has to send a form before it begins."""
        return self.course is not None and plays.asks_first(self.ground, self.opened)


def load(draft_id: UUID) -> Stage | None:
    """The play of the person who asks; None where they have none open."""
    draft, opened = releasing.draft(draft_id), plays.kept(draft_id, asking())
    return None if opened is None else of(draft, opened)


def needed(draft_id: UUID) -> Stage:
    """The play of the person who asks. Raises ``NotFound`` for none."""
    found = load(draft_id)
    if found is None:
        raise errors.NotFound("You have no play open in this draft. Begin one first.")
    return found


def of(draft: ReleaseDraft, opened: Opened) -> Stage:
    """A play on the files of a draft as they are now."""
    on = grounds.ground(drafts.content(draft))
    try:
        return Stage(draft, on, *plays.follow(on, opened))
    except errors.DrawingBroken as broken:
        says = " ".join(f"{one.file}: {one.says}" for one in broken.problems)
        return Stage(draft, on, opened, None, says)
    except errors.NotFound as gone:
        return Stage(draft, on, opened, None, str(gone))


def keep(stage: Stage, opened: Opened) -> None:
    """Keep the play as it stands now."""
    plays.keep(stage.draft.id, asking(), opened, clock=at_hand.clock())


def act(stage: Stage, what: Act) -> None:
    """Do one act more, and keep it. Raises ``Refused``, naming ``act`` or fields of a form, where it cannot.

    Where the drawing cannot be followed any further the act is kept all the same: that is what the play has found.
    """
    move(stage, lambda opened: opened.then(what))


def move(stage: Stage, change: Callable[[Opened], Opened]) -> None:
    """Change how far a play has come, and keep it. Raises as ``act``."""
    moved = change(stage.opened)
    after = of(stage.draft, moved)
    if after.course is None:
        raise errors.Refused({"act": after.problem})
    failure = after.course.failure
    if failure is not None and not after.course.is_stuck and moved.place > stage.opened.place:
        raise errors.Refused(dict(failure.problems) or {"act": failure.says})
    keep(stage, moved)


def meant(stand: Stand, task: OpenTask) -> Finish:
    """The act that finishes an open task, with no more said than is needed to mean this one."""
    same = [one for one in stand.open if one.key == task.key]
    whom = stand.whom(task)
    if len(same) == 1:
        return Finish(task.key)
    if whom and [stand.whom(one) for one in same].count(whom) == 1:
        return Finish(task.key, whom=whom)
    return Finish(task.key, number=same.index(task) + 1)


def task(stage: Stage, key: str, number: int) -> OpenTask:
    """An open task by its key, and which of those from 1. Raises ``CaseMovedOn`` where it is not open any more."""
    same = [one for one in stage.stand.open if one.key == key]
    if not 1 <= number <= len(same):
        raise errors.CaseMovedOn("That task is not open in the play any more.")
    return same[number - 1]
