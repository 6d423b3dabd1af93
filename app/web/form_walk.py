"""A form asked page by page, the same for an application, an appeal and an answer: one topic a page, then a check.

Whatever is sent is kept, right or wrong, before anything is said about it. Everything works without a script.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from app.clock import Clock
from app.forms import answers as taking
from app.forms import asking, files, paging, summary
from app.forms.answers import Submission
from app.forms.parts import Form, Page
from app.forms.paths import merge
from app.intake import drafting, uploading
from app.law import calendar
from app.web import uploads

Answer = Response | str | tuple[str, int]
ACCEPTED = 204  # kept, and nothing to say


@dataclass(frozen=True)
class FormWalk:
    """One form on its way. ``facts`` are what is known around the form, ``answers`` what has been kept so far."""

    form: Form
    facts: Mapping[str, Any]
    answers: Mapping[str, Any]
    base: str  # the address below which the pages stand
    start: str  # the address before the first page
    later: str  # the address after *save and come back later*
    today: date
    save: Callable[[Mapping[str, Any], int], None]
    send: str = "Send"  # the words on the last button
    caption: str = ""

    @property
    def around(self) -> dict[str, Any]:
        """The facts with the answers so far."""
        return merge(self.facts, self.answers)

    def missing(self) -> dict[int, dict[str, str]]:
        """What still stands in the way: {page number: {field name: message}}."""
        return taking.check_all(self.form, self.answers, self.facts, today=self.today)

    def address(self, number: int) -> str:
        """The address of a page."""
        return f"{self.base}/{number}"

    def change(self, number: int) -> str:
        """The address of a page that is opened from the check, and leads back to it."""
        return f"{self.base}/{number}?change=yes"

    @property
    def check(self) -> str:
        """The address of the check."""
        return f"{self.base}/check"

    def resume(self) -> str:
        """Where somebody goes on who comes back: the first page that is not complete, else the check."""
        missing = self.missing()
        return self.address(min(missing)) if missing else self.check


def in_case(form: Form, facts: Mapping[str, Any], key: str, base: str, start: str, send: str, clock: Clock) -> FormWalk:
    """The walk through a form that belongs to a case, kept under ``key`` until it is sent."""
    return FormWalk(
        form=form,
        facts=facts,
        answers=drafting.answers_in_case(key),
        base=base,
        start=start,
        later=start,
        today=calendar.day_of(clock()),
        save=lambda answers, number: drafting.keep(key, answers, number, clock),
        send=send,
        caption=form.title,
    )


def show(walk: FormWalk, number: int) -> Answer:
    """A page of the form; one that does not apply leads on to the next that does."""
    found = next((page for page in paging.pages(walk.form, walk.around) if page.number == number), None)
    if found is None:
        after = paging.page_after(walk.form, number, walk.around)
        return redirect(walk.address(after.number) if after else walk.check, code=303)
    return _page(walk, found)


def take(walk: FormWalk, number: int, *, then: Callable[[FormWalk], str | None] = lambda _: None) -> Answer:
    """A page that was sent. ``then`` may name another address to go to before the next page."""
    page = next((page for page in walk.form.pages if page.number == number), None)
    if page is None:
        return redirect(walk.check, code=303)
    given, refused = uploads.keep(page)
    posted = request.form.to_dict(flat=False)
    submission = taking.take(page, posted, walk.around, uploads=given, today=walk.today)
    walk = _kept(walk, number, submission)
    if is_autosave():
        return Response(status=ACCEPTED)
    submission = replace(submission, problems={**submission.problems, **refused})
    if submission.problems:
        return _page(walk, page, submission), 422
    if submission.action in ("add", "remove"):
        return _page(walk, page, submission)
    if submission.action == "save":
        return redirect(walk.later, code=303)
    return redirect(then(walk) or _next(walk, number), code=303)


def check(walk: FormWalk, problems: Mapping[str, str] | None = None) -> Answer:
    """Everything that was answered, to read once more before it is sent; and what is still missing."""
    missing = walk.missing()
    links = [
        {"text": says, "href": f"{walk.change(number)}#{name}"}
        for number, fields in missing.items()
        for name, says in fields.items()
    ]
    last = paging.pages(walk.form, walk.around)[-1]
    html = render_template(
        "public/check.html",
        walk=walk,
        sections=summary.sections(walk.form, walk.answers, walk.facts),
        links=links,
        errors=problems,
        back={"href": walk.address(last.number)},
    )
    return (html, 422) if problems else html


def is_autosave() -> bool:
    """Whether the page saves itself: a script sent it, and nobody waits for a page."""
    return request.headers.get("X-Autosave") == "1" or request.args.get("autosave") == "1"


def _kept(walk: FormWalk, number: int, submission: Submission) -> FormWalk:
    """The walk with what was sent, kept; files that were taken out are deleted."""
    answers = merge(walk.answers, submission.values)
    walk.save(answers, number)
    gone = set(files.ids(walk.answers)) - set(files.ids(answers))
    if gone:
        uploading.remove(gone)
    return replace(walk, answers=answers)


def _next(walk: FormWalk, number: int) -> str:
    if "change" in request.args:
        later = [missing for missing in walk.missing() if missing > number]
        return walk.change(min(later)) if later else walk.check
    after = paging.page_after(walk.form, number, walk.around)
    return walk.address(after.number) if after else walk.check


def _page(walk: FormWalk, page: Page, submission: Submission | None = None) -> str:
    around = walk.around
    applying = [one.number for one in paging.pages(walk.form, around)]
    before = paging.page_before(walk.form, page.number, around)
    is_change = "change" in request.args
    back = walk.check if is_change else walk.address(before.number) if before else walk.start
    action = walk.change(page.number) if is_change else walk.address(page.number)
    return render_template(
        "public/form_page.html",
        walk=walk,
        title=paging.title(page, around),
        part=applying.index(page.number) + 1 if page.number in applying else 1,
        parts=len(applying),
        questions=asking.questions(page, around, submission),
        errors=submission.problems if submission else {},
        multipart=page.takes_files,
        action=action,
        autosave=f"{action}{'&' if is_change else '?'}autosave=1",
        back={"href": back},
    )
