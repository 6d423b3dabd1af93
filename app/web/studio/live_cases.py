"""Moving open cases to a release: what it would do, the choices, a reason, and what became of them.

Who may not see every case sees references here, and no names.
"""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases import procedures
from app.cases.access import EVERY_CASE, PROCESS_OWNER
from app.editor import moving_cases, moving_releases, release_words, way_back
from app.editor.moving_releases import CANNOT, CHOICE, CLEAN, RULES, Became, Look
from app.engine.crossing import KEEP, Way
from app.store import cases, releases
from app.store.rows.cases import CLOSED, Case
from app.web import at_hand, moving
from app.web.signing_in import STAFF, asking, open_to
from app.web.studio.overview import READERS

bp = Blueprint("live_cases", __name__)
MOVERS = (PROCESS_OWNER, "Senior officer")
GOES = "goes-"  # before the id of a step that is gone, in the name of a field
MOST = 200  # cases that are looked at beside a draft, and rows of a table
WORST = (CANNOT, CHOICE, CLEAN)  # the order of a table
STAYS = ""  # the choice to leave a case where it is
Answer = str | Response | tuple[str, int]


@bp.get("/studio/releases/<key>/cases")
@open_to(STAFF, *READERS)
def shown(key: str) -> str:
    """What moving every open case to the release would do."""
    return _page(key)


@bp.post("/studio/releases/<key>/cases")
@open_to(STAFF, *MOVERS)
def moved(key: str) -> Answer:
    """Look again with other choices, or move every case that can."""
    if at_hand.posted("do") != "move":
        return _page(key)
    try:
        there, after = releases.release(key).key, at_hand.posted("after")
        became = moving_releases.move_all(there, _way(), moving.why(), clock=at_hand.clock(), after=after)
    except errors.Refused as refused:
        return _page(key, refused.problems), 422
    if became.left:
        return _page(key, became=became)
    flash(release_words.outcome(became), "warning" if became.failed or became.left else "success")
    return redirect(url_for("live_cases.shown", key=key), code=303)


@bp.get("/cases/<reference>/release")
@open_to(STAFF, *MOVERS)
def one(reference: str) -> str:
    """Which release one case follows, and what moving it would do."""
    return _one(cases.by_reference(reference))


@bp.post("/cases/<reference>/release")
@open_to(STAFF, *MOVERS)
def one_moved(reference: str) -> Answer:
    """Look at another release, move the case there, or move it back."""
    case, do = cases.by_reference(reference), at_hand.posted("do")
    if do not in ("move", "back"):
        return _one(case)
    try:
        if do == "back":
            way_back.take(case.id, moving.why(), clock=at_hand.clock())
        else:
            key = releases.release(at_hand.posted("release")).key
            moving_releases.move(case.id, key, _way(), moving.why(), clock=at_hand.clock())
    except errors.Refused as refused:
        return _one(case, refused.problems), 422
    flash(f"{case.reference} follows another version of the procedure now.", "success")
    return redirect(url_for("live_cases.one", reference=case.reference), code=303)


def consequence(content: dict[str, bytes]) -> dict[str, Any] | None:
    """What publishing these files would mean for open cases, if they were moved; None where they are not whole."""
    try:
        there = procedures.drawn(content)
    except errors.DrawingBroken:
        return None
    newest = cases.open_cases()[-MOST:]
    said = _words(moving_releases.look(there, "", Way(KEEP), clock=at_hand.clock(), only=newest))
    return {**said, "is_sample": len(newest) == MOST}


def _way() -> Way:
    chosen = {name.removeprefix(GOES): to for name, to in request.form.items() if name.startswith(GOES)}
    return Way(at_hand.posted("rule") or KEEP, {name: to for name, to in chosen.items() if to != STAYS})


def _look(key: str, only: tuple[UUID, ...] = ()) -> Look:
    there = procedures.drawn(releases.files(key))
    return moving_releases.look(there, key, _way(), clock=at_hand.clock(), only=only)


def _words(look: Look) -> dict[str, Any]:
    """A look as templates show it: {says, cases: [{reference, title, …}], choices, more}."""
    may_see = bool(asking().roles & EVERY_CASE)
    rows = [
        {
            "reference": case.reference,
            "title": case.title if may_see else "",
            "state": {CLEAN: "done", CHOICE: "soon"}.get(case.outcome, "late"),
            "outcome": release_words.OUTCOMES[case.outcome],
            "lines": release_words.lines(case, look.at),
            "is_late": release_words.is_late(case, look.at),
        }
        for case in sorted(look.cases, key=lambda case: WORST.index(case.outcome))[:MOST]
    ]
    named = {one.key: one.name for case in look.cases for one in case.lost}
    chosen = _way().goes
    choices = [
        {"field": GOES + key, "name": named[key], "places": places, "chosen": chosen.get(key, STAYS)}
        for key, places in look.choices.items()
    ]
    return {
        "says": release_words.summary(look),
        "cases": rows,
        "choices": choices,
        "may_see": may_see,
        "more": len(look.cases) - len(rows),
    }


def _page(key: str, problems: dict[str, str] | None = None, became: Became | None = None) -> str:
    release = releases.release(key)
    return render_template(
        "studio/live_cases.html",
        release=release,
        look=_words(_look(key)),
        became=became,
        outcome=release_words.outcome(became) if became else "",
        went=at_hand.number("went") + became.moved + len(became.failed) if became else 0,
        back={"href": url_for("studio.release", key=key), "text": "Back to the release"},
        **_form(problems),
    )


def _one(case: Case, problems: dict[str, str] | None = None) -> str:
    every = releases.every()
    chosen = at_hand.posted("release") or next((one.key for one in every if one.key != case.release_key), "")
    numbers = {one.key: len(every) - place for place, one in enumerate(every)}
    is_open = case.status != CLOSED
    may_see = bool(asking().roles & EVERY_CASE)
    home = url_for("cases.overview", reference=case.reference) if may_see else url_for("studio.shown")
    return render_template(
        "studio/case_release.html",
        case=case,
        is_open=is_open,
        own=releases.release(case.release_key),
        numbers=numbers,
        others=[one for one in every if one.key != case.release_key],
        chosen=chosen,
        look=_words(_look(chosen, (case.id,))) if chosen and is_open else None,
        way=way_back.of(case, clock=at_hand.clock()),
        back={"href": home, "text": "Back to the case" if may_see else "Back to the drawing office"},
        **_form(problems),
    )


def _form(problems: dict[str, str] | None) -> dict[str, Any]:
    return {
        "rules": RULES,
        "rule": _way().rule,
        "reason": at_hand.posted("reason", lines=True)[: moving_cases.LONGEST * 2],
        "may_move": bool(asking().roles & set(MOVERS)),
        "errors": problems,
    }
