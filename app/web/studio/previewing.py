"""A form of a draft as people will see it: the same questions, checks and words, and nothing is kept."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from app import errors
from app.editor import drafts, files
from app.forms import answers as taking
from app.forms import asking as forms_asking
from app.forms import library, paging
from app.forms.answers import Submission
from app.forms.parts import Form
from app.law import calendar
from app.store import releasing
from app.web import at_hand
from app.web.signing_in import STAFF, open_to
from app.web.studio.drafts import frame
from app.web.studio.overview import READERS

bp = Blueprint("studio_previewing", __name__, url_prefix="/studio/drafts/<uuid:draft_id>/files/<name>/preview")
Answer = str | tuple[str, int]


@bp.get("")
@open_to(STAFF, *READERS)
def shown(draft_id: UUID, name: str) -> str:
    """One page of the form, ``?page=1``; the first without."""
    return _page(draft_id, name, _form(draft_id, name))


@bp.post("")
@open_to(STAFF, *READERS)
def checked(draft_id: UUID, name: str) -> Answer:
    """What the form says to what was typed. Nothing is kept."""
    form = _form(draft_id, name)
    today = calendar.day_of(at_hand.clock()())
    submission = taking.take(form.pages[_number(form)], request.form.to_dict(flat=False), {}, today=today)
    page = _page(draft_id, name, form, submission)
    return (page, 422) if submission.problems else page


def _form(draft_id: UUID, name: str) -> Form:
    content = drafts.file(releasing.draft(draft_id), name)
    if files.kind(name) != "form":
        raise errors.NotFound("Only a form can be seen as a form.")
    try:
        return library.read(content, name)
    except errors.DrawingBroken:
        raise errors.NotFound("This form cannot be shown yet. Its file says what to mend.") from None


def _number(form: Form) -> int:
    """Which page, the first is 0."""
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 4 else 0
    if not 1 <= number <= len(form.pages):
        raise errors.NotFound("This form has no such page.")
    return number - 1


def _page(draft_id: UUID, name: str, form: Form, submission: Submission | None = None) -> str:
    draft = releasing.draft(draft_id)
    number = _number(form)
    around = submission.values if submission else {}
    page = form.pages[number]
    own = url_for("studio_previewing.shown", draft_id=draft_id, name=name)
    back = {"href": url_for("studio_files.shown", draft_id=draft_id, name=name), "text": "Back to the file"}
    return render_template(
        "studio/preview.html",
        title=paging.title(page, around),
        questions=forms_asking.questions(page, around, submission),
        addresses=[f"{own}?page={one}" for one in range(1, len(form.pages) + 1)],
        number=number + 1,
        action=f"{own}?page={number + 1}",
        passed=submission is not None and not submission.problems,
        name=name,
        errors=submission.problems if submission else {},
        **frame(draft, "") | {"back": back},
    )
