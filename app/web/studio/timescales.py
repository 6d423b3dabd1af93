"""Every time limit of a draft as a table with what it comes to in dates, and changing each with an ordinary form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.editor import drafts
from app.editor.time_limits import changing, dating, listing, running, saying
from app.editor.time_limits.changing import Typed
from app.editor.time_limits.dating import Dated
from app.forms import days
from app.law import wording
from app.law.calendar import day_of
from app.store import releases, releasing
from app.store.rows.releasing import ReleaseDraft
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to
from app.web.studio import changed_limits
from app.web.studio.drafts import frame
from app.web.studio.overview import OWNERS, READERS

bp = Blueprint("studio_timescales", __name__, url_prefix="/studio/drafts/<uuid:draft_id>/timescales")
Answer = str | Response | tuple[str, int]
Problems = Mapping[str, str]
BOXES = ("day", "month", "year")
FROM = "from"


@dataclass(frozen=True)
class Row:
    """One row of the page. ``running`` open cases have the limit running, ``others`` the same with other words."""

    dated: Dated
    running: int
    others: int
    promise: str  # what is published about it; "" for nothing
    warning: str  # where the draft gives more time
    says: str  # what the draft changes


@bp.get("")
@open_to(STAFF, *READERS)
def shown(draft_id: UUID) -> Answer:
    """The limits, counted from the day that was chosen; with ``change``, the form for one of them."""
    try:
        day = _day(request.args)
    except errors.Refused as refused:
        return _page(draft_id, _today(), request.args.get("change", ""), refused.problems), 422
    return _page(draft_id, day, request.args.get("change", ""))


@bp.post("")
@open_to(STAFF, *OWNERS)
def changed(draft_id: UUID) -> Answer:
    """Another length for a limit, or another time to warn."""
    key, day = at_hand.posted("limit"), _posted_day()
    wanted = Typed(*(at_hand.posted(field) for field in ("amount", "unit", "words", "warn")))
    try:
        done = changing.change(draft_id, key, wanted, asking(), seen=at_hand.posted("hash"), clock=at_hand.clock())
    except errors.Refused as refused:
        return _page(draft_id, day, key, refused.problems), 422
    except errors.SavedMeanwhile as told:
        says = f"{told} Look at the limit as it is now, then change it again."
        return _page(draft_id, day, key, {"hash": says}), 409
    flash(f"{done.says}.", "success")
    for place in done.left:
        says = f"The clock on ‘{place.name}’ in ‘{place.title}’ still reads ‘{place.label}’. Look at its words."
        flash(says, "warning")
    page = url_for("studio_timescales.shown", draft_id=draft_id)
    return redirect(f"{page}?{FROM}={day.isoformat()}#{key}", code=303)


def _page(draft_id: UUID, day: date, chosen: str, problems: Problems | None = None) -> str:
    draft = releasing.draft(draft_id)
    content = drafts.content(draft)
    own = listing.listed(content)
    live = listing.listed(releases.files(releases.live().key))
    rows = _rows(dating.dated(live.limits, own.limits, day), day)
    opened = own.limits.get(chosen)
    framed = frame(draft, "timescales")
    if opened is None or not framed["may_edit"]:
        chosen = ""
    return render_template(
        "studio/timescales.html",
        parts=[
            ("Agreed for all cases", "agreed", [row for row in rows if row.dated.limit.is_agreed]),
            ("Written on a step", "own", [row for row in rows if not row.dated.limit.is_agreed]),
        ],
        differing=[row for row in rows if row.dated.differs],
        name=saying.name,
        day=day,
        said_day=wording.day(day, year=True),
        boxes=_boxes(day, problems),
        examples=dating.examples(_today()),
        unreadable=own.unreadable,
        chosen=chosen,
        typed=_typed(opened, problems) if opened and chosen else None,
        units=changing.UNITS,
        hash=releases.digest(content[opened.file]) if opened else "",
        tables=_table_of(draft, content),
        errors=problems,
        **framed,
    )


def _rows(found: list[Dated], day: date) -> list[Row]:
    counts = running.cases()
    rows = []
    last = {one.limit.milestone: one.key for one in found if one.limit.is_agreed}
    for one in found:
        live = one.now.limit if one.now else None
        others = 0
        if one.limit.is_agreed and last[one.limit.milestone] == one.key:
            known = [row.now.limit for row in found if row.now and row.limit.milestone == one.limit.milestone]
            others = counts.beside(one.limit.milestone, known)
        says = saying.change(one, day) if one.differs else ""
        promise, warning = changed_limits.promise(one), changed_limits.warning(one)
        rows.append(Row(one, counts.of(live) if live else 0, others, promise, warning, says))
    return rows


def _typed(limit: listing.TimeLimit, problems: Problems | None) -> Typed:
    """What stands in the form: what somebody typed, else what the draft says."""
    if problems and request.method == "POST":
        return Typed(*(request.form.get(field, "") for field in ("amount", "unit", "words", "warn")))
    return changing.typed(limit)


def _table_of(draft: ReleaseDraft, content: Mapping[str, bytes]) -> str:
    """The address of the table of agreed times; "" where there is none."""
    found = listing.table(content)
    return url_for("studio_tables.shown", draft_id=draft.id, name=found[0], table=found[1].id) if found else ""


def _today() -> date:
    return day_of(at_hand.clock()())


def _day(given: Mapping[str, str]) -> date:
    """The day that was chosen, today for none. Raises ``Refused`` naming its first box."""
    boxes = days.spread({box: given.get(f"{FROM}-{box}", "").strip() for box in BOXES})
    whole = given.get(FROM, "").strip()
    if not whole and not any(boxes.values()):
        return _today()
    try:
        found = date.fromisoformat(whole) if whole else days.read_day(boxes["day"], boxes["month"], boxes["year"])
    except ValueError:
        raise errors.Refused({f"{FROM}-day": "Enter a day, such as 24 12 2026"}) from None
    if not dating.FIRST <= found <= dating.LAST:
        years = f"{dating.FIRST.year} to {dating.LAST.year}"
        raise errors.Refused({f"{FROM}-day": f"Enter a day in the years {years}"})
    return found


def _posted_day() -> date:
    try:
        return _day(request.form)
    except errors.Refused:
        return _today()


def _boxes(day: date, problems: Problems | None) -> list[dict[str, str]]:
    if problems and f"{FROM}-day" in problems:
        return [{"name": box, "value": request.args.get(f"{FROM}-{box}", "")} for box in BOXES]
    return [{"name": box, "value": str(getattr(day, box))} for box in BOXES]
