"""Keeping a play as a scenario: its title, and which of what came of it is expected from now on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.drawing.shaping import naming
from app.editor import drafts
from app.editor.trying import outcomes, scenarios
from app.editor.trying.acts import Play
from app.editor.trying.expected import Expected
from app.editor.trying.scenarios import Scenario
from app.store import releases
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to
from app.web.studio import stage
from app.web.studio.drafts import frame
from app.web.studio.overview import OWNERS
from app.web.studio.stage import Stage

bp = Blueprint("studio_recording", __name__, url_prefix="/studio/drafts/<uuid:draft_id>/try/keep")
Answer = str | Response | tuple[str, int]
LONGEST = 60  # characters of the name of a file


@dataclass(frozen=True)
class Offer:
    """Something that may be expected: its field and value in the form, in words, and whether it is ticked at first."""

    section: str
    value: str
    says: str
    ticked: bool


@bp.get("")
@open_to(STAFF, *OWNERS)
def shown(draft_id: UUID) -> str:
    """What came of the play, each with a box."""
    return _page(stage.needed(draft_id))


@bp.post("")
@open_to(STAFF, *OWNERS)
def kept(draft_id: UUID) -> Answer:
    """Save the play as a scenario of the draft."""
    found = stage.needed(draft_id)
    content = drafts.content(found.draft)
    title, about = at_hand.posted("title"), at_hand.posted("about")
    replaces = found.opened.name if at_hand.posted("replace") == "yes" and found.opened.name in content else ""
    try:
        scenario = Scenario(_title(title), _play(found), _expected(found), about)
        name = replaces or _name(title, content)
        seen = {name: at_hand.posted("hash") if replaces else drafts.NEW}
        written = scenarios.write(scenario)
        scenarios.read(written, name)
        drafts.save(draft_id, {name: written}, asking(), seen=seen, clock=at_hand.clock(), note=f"Scenario: {title}")
    except errors.Refused as refused:
        return _page(found, refused.problems), 422
    except errors.DrawingBroken as broken:
        return _page(found, {"title": " ".join(one.says for one in broken.problems)}), 422
    except errors.SavedMeanwhile as told:
        return _page(found, {"title": str(told)}), 409
    stage.keep(found, replace(found.opened, scenario=scenario, name=name, place=min(found.opened.place, _acts(found))))
    flash(f"Kept as the scenario ‘{scenario.title}’.", "success")
    return redirect(url_for("studio_scenarios.shown", draft_id=draft_id), code=303)


def _page(found: Stage, problems: Mapping[str, str] | None = None) -> str:
    opened, content = found.opened, drafts.content(found.draft)
    is_from = opened.name in content
    typed = request.form
    offers = list(_offers(found))
    ticked = typed.getlist("expect") if typed else [f"{one.section}|{one.value}" for one in offers if one.ticked]
    back = {"href": url_for("studio_try.shown", draft_id=found.draft.id), "text": "Back to the play"}
    return render_template(
        "studio/try_keep.html",
        sections=_sections(offers),
        ticked=ticked,
        title=typed.get("title", opened.scenario.title if opened.name else ""),
        about=typed.get("about", opened.scenario.about),
        replaces=opened.name if is_from else "",
        hash=releases.digest(content[opened.name]) if is_from else "",
        is_replaced=typed.get("replace") == "yes" if typed else True,
        to_come=len(opened.to_come) if not (found.course and found.course.is_stuck) else 0,
        errors=problems,
        **frame(found.draft, "try") | {"back": back},
    )


WORDS = {
    "path": "Goes through, in this order",
    "ends": "How it ends",
    "open": "Tasks that are open at the end",
    "dates": "Last days",
    "limits_passed": "Time limits that passed",
    "letters": "Letters",
    "tables": "What tables said last",
}


def _sections(offers: Sequence[Offer]) -> list[dict[str, Any]]:
    found = [(key, text, [one for one in offers if one.section == key]) for key, text in WORDS.items()]
    return [{"key": key, "title": text, "offers": own} for key, text, own in found if own]


def _offers(found: Stage) -> Iterator[Offer]:
    """What came of the play, as it may be expected. What a scenario expected already is ticked, else all but tables."""
    came, before = _came(found), found.opened.scenario.expected
    is_new = before.is_empty

    def name(key: str) -> str:
        return found.ground.name(found.process, key)

    for number, key in enumerate(came.path or ()):
        yield Offer("path", str(number), name(key), is_new or key in (before.path or ()))
    ends = outcomes.ENDS[came.ends or "open"]
    yield Offer("ends", "all", ends[0].upper() + ends[1:], is_new or before.ends is not None)
    yield Offer("open", "all", ", ".join(map(name, came.open or ())) or "None", is_new or before.open is not None)
    for key, day in (came.dates or {}).items():
        says = f"{outcomes.plain(key).capitalize()}: {outcomes.day(day)}"
        yield Offer("dates", key, says, is_new or key in (before.dates or {}))
    passed = ", ".join(map(name, came.limits_passed or ())) or "None"
    yield Offer("limits_passed", "all", passed, is_new or before.limits_passed is not None)
    for who, letters in (came.letters or {}).items():
        says = f"To {outcomes.to_words(who)}: {', '.join(map(outcomes.plain, letters))}"
        yield Offer("letters", who, says, is_new or who in (before.letters or {}))
    for table, said in (came.tables or {}).items():
        says = f"{outcomes.plain(table).capitalize()}: " + ", ".join(
            f"{path} is {value}" for path, value in said.items()
        )
        yield Offer("tables", table, says[:300], table in (before.tables or {}))


def _expected(found: Stage) -> Expected:
    """What was ticked, of what came of the play."""
    came, ticked = _came(found), set(request.form.getlist("expect"))
    path = tuple(key for number, key in enumerate(came.path or ()) if f"path|{number}" in ticked)
    parts: dict[str, Any] = {"path": path or None}
    for section in ("ends", "open", "limits_passed"):
        parts[section] = getattr(came, section) if f"{section}|all" in ticked else None
    for section in ("dates", "letters", "tables"):
        own = getattr(came, section) or {}
        parts[section] = {key: value for key, value in own.items() if f"{section}|{key}" in ticked} or None
    expected = Expected(**parts)
    if expected.is_empty:
        raise errors.Refused({"expect": "Tick at least one thing that you expect"})
    return expected


def _came(found: Stage) -> Expected:
    if found.course is None or found.asks_first:
        raise errors.CaseMovedOn("The play has not begun yet.")
    return outcomes.came(found.ground, found.course)


def _acts(found: Stage) -> int:
    """How many acts are kept: those that are done, and the one at which the drawing could not be followed."""
    return found.opened.place + bool(found.course and found.course.is_stuck)


def _play(found: Stage) -> Play:
    return found.opened.scenario.play.up_to(_acts(found))


def _title(title: str) -> str:
    if not title:
        raise errors.Refused({"title": "Enter what happens in it"})
    if len(title) > scenarios.LONGEST:
        raise errors.Refused({"title": f"What happens in it must be {scenarios.LONGEST} characters or fewer"})
    return title


def _name(title: str, content: Mapping[str, bytes]) -> str:
    stems = {name.partition(".")[0] for name in content if name.endswith(scenarios.ENDING)}
    return naming.key_for(title[:LONGEST], stems, "scenario") + scenarios.ENDING
