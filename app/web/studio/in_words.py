"""What the pages of a drawing in words share: the drawing with its steps, granting a wish, and the frame around."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app import errors
from app.drawing.shaping.listing import ListedStep
from app.drawing.shaping.values import Shaped
from app.editor import catalogue, drafts, files, naming, wishing
from app.editor.surroundings import Surroundings
from app.store import releasing
from app.store.rows.releasing import ReleaseDraft
from app.web import at_hand
from app.web.signing_in import asking
from app.web.studio import wishes
from app.web.studio.drafts import frame, roles

PREFIX = "/studio/drafts/<uuid:draft_id>/files/<name>/outline"
Answer = str | Response | tuple[str, int]
Problems = Mapping[str, str]


@dataclass(frozen=True)
class At:
    """A drawing of a draft with what stands around it."""

    draft: ReleaseDraft
    name: str
    around: Surroundings
    steps: tuple[ListedStep, ...]

    def step(self, element: str) -> ListedStep:
        """One of its steps, or ``NotFound``."""
        found = next((one for one in self.steps if one.element == element), None)
        if found is None:
            raise errors.NotFound("This step is no longer in the drawing.")
        return found

    @property
    def base(self) -> str:
        """The address of the outline."""
        return url_for("studio_outline.shown", draft_id=self.draft.id, name=self.name)


def opened(draft_id: UUID, name: str) -> At:
    """A drawing of a draft. Raises ``NotFound``, and ``DrawingBroken`` where it cannot be read."""
    draft = releasing.draft(draft_id)
    around = Surroundings(drafts.content(draft))
    if name not in around.files or files.kind(name) != "bpmn":
        raise errors.NotFound("We could not find that drawing in this draft.")
    return At(draft, name, around, wishing.steps(name, around))


def asked(at: At, made: Callable[[], wishes.Asked], again: Callable[[Problems], str]) -> Answer:
    """Grant the wish that ``made`` reads from what was posted, or show the page ``again`` with what is wrong."""
    try:
        found = made()
    except errors.Refused as refused:
        return again(refused.problems), 422
    return granted(at, found.wish, again, found.beside)


def granted(
    at: At, wish: wishing.Wish, again: Callable[[Problems], str], beside: Mapping[str, bytes] | None = None
) -> Answer:
    """Grant a wish and lead back to the outline, or show the page ``again`` with what is wrong."""
    try:
        done: Shaped = wishing.grant(at.draft.id, at.name, wish, asking(), clock=at_hand.clock(), beside=beside)
    except errors.Refused as refused:
        return again(refused.problems), 422
    flash(done.says, "success")
    for name in beside or {}:
        flash(f"{naming.title(name, (beside or {})[name])} ({name}) is new: look at it among the files.", "success")
    return redirect(f"{at.base}#{done.element}", code=303)


def others(at: At, own: ListedStep | None) -> list[dict[str, str]]:
    """The steps that another may lead to, or stand behind."""
    return [
        {"value": one.element, "text": f"{one.number + ' ' if one.number else ''}{one.name or one.says or one.element}"}
        for one in at.steps
        if one is not own and one.kind not in ("happening", "frame")
    ]


def render(template: str, at: At, problems: Problems | None, **more: Any) -> str:
    """A page of the outline with what every one of them shows."""
    shown = frame(at.draft, "") | {"back": {"href": at.base, "text": "Back to the drawing in words"}} | more
    return render_template(
        f"studio/outline/{template}.html",
        name=at.name,
        title=naming.title(at.name, at.around.files[at.name]),
        outline=at.base,
        lists=catalogue.catalogue(at.around, roles()),
        errors=problems,
        NEW=wishes.NEW,
        **shown,
    )
