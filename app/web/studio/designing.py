"""The form designer: a form of a draft is put together, and seen at once as our pages show it."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from flask import Blueprint, jsonify, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.editor import catalogue, drafts, files, naming
from app.editor.surroundings import Surroundings
from app.forms import asking as forms_asking
from app.forms import library, paging
from app.forms.nodes import Question
from app.forms.parts import ANSWERED, Page, flat
from app.store import releases, releasing
from app.web import security
from app.web.signing_in import STAFF, open_to
from app.web.studio.drafts import frame
from app.web.studio.overview import OWNERS, READERS

bp = Blueprint("studio_designing", __name__, url_prefix="/studio/drafts/<uuid:draft_id>/files/<name>/design")


@bp.get("")
@open_to(STAFF, *OWNERS)
def shown(draft_id: UUID, name: str) -> Response:
    """The designer for a form."""
    draft = releasing.draft(draft_id)
    text = _form(drafts.file(draft, name), name)
    back = {"href": url_for("studio_files.shown", draft_id=draft_id, name=name), "text": "Back to the file"}
    about = {"name": name, "title": naming.title(name, text), "hash": releases.digest(text), "back": back}
    return security.for_editors(render_template("studio/design.html", **frame(draft, "") | about))


@bp.get("/catalogue")
@open_to(STAFF, *READERS)
def listed(draft_id: UUID, name: str) -> Response:
    """What may be put into a form and which facts are known, as JSON."""
    content = drafts.content(releasing.draft(draft_id))
    return jsonify(catalogue.for_forms(Surroundings(content)))


@bp.post("/preview")
@open_to(STAFF, *READERS)
def previewed(draft_id: UUID, name: str) -> Response:
    """A form that is not saved yet, as our pages show it before anything is known.

    ``{content}`` in; ``{html, says}`` out, where ``says`` is why it cannot be shown, else "".
    """
    releasing.draft(draft_id)
    text = _form(str(request.get_json().get("content") or "").encode(), name)
    try:
        files.check(name, text)
        form = library.read(text, name)
    except errors.DrawingBroken:
        return jsonify(html="", says="It cannot be shown until what is wrong with it is mended. This is how it was.")
    pages = [_page(page) for page in form.pages]
    return jsonify(html=render_template("studio/designed.html", form=form, pages=pages), says="")


def _form(text: bytes, name: str) -> bytes:
    if files.kind(name) != "form":
        raise errors.NotFound("Only a form can be designed as a form.")
    return text


def _page(page: Page) -> dict[str, Any]:
    """A page with what it shows, and the questions that its conditions leave out until more is known."""
    shown = forms_asking.questions(page, {})
    names = set(_names(shown))
    asked = [part for part, _ in flat(page.components) if part.type in ANSWERED | {"dynamiclist"}]
    return {
        "title": paging.title(page, {}),
        "condition": page.hide,
        "questions": shown,
        "left_out": [part.label for part in asked if part.hide and part.key not in names],
    }


def _names(questions: Iterable[Question]) -> Iterator[str]:
    for question in questions:
        yield question.name
        yield from _names(question.questions)
        for choice in question.choices:
            yield from _names(choice.reveals)
