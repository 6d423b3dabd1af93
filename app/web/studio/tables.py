"""A decision table of a draft: changed row by row with ordinary forms, tried, and edited as a table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.drawing import tabling
from app.drawing.decisions import DecisionTable
from app.drawing.examples import TestRow
from app.editor import drafts, files, inspecting, naming, table_trying
from app.editor.surroundings import Surroundings
from app.store import releases, releasing
from app.store.rows.releasing import ReleaseDraft
from app.web import at_hand, security
from app.web.signing_in import STAFF, asking, open_to
from app.web.studio.drafts import frame, roles
from app.web.studio.overview import OWNERS, READERS

bp = Blueprint("studio_tables", __name__, url_prefix="/studio/drafts/<uuid:draft_id>/files/<name>")
Answer = str | Response | tuple[str, int]
Problems = Mapping[str, str]
POLICIES = {  # which rows count, and what that means
    "UNIQUE": ("Only one row may fit", "If two rows fit the same case, the case stops and somebody is told."),
    "FIRST": (
        "The first row that fits",
        "Rows are read from the top. Those below it are not looked at.",
    ),
    "ANY": ("Any row that fits", "Several rows may fit, as long as they all give the same answer."),
    "PRIORITY": ("The most important answer", "Of the rows that fit, the answer counts that stands first in its list."),
    "COLLECT": ("Every row that fits", "All answers together, in no special order."),
    "RULE ORDER": (
        "Every row that fits, in the order of the rows",
        "All answers together, from the top to the bottom.",
    ),
    "OUTPUT ORDER": ("Every row that fits, the most important first", "All answers together, by the list of answers."),
}
MOVES = {"up": -1, "down": 1}


@dataclass(frozen=True)
class At:
    """A table of a draft with what stands around it."""

    draft: ReleaseDraft
    name: str
    around: Surroundings
    table: DecisionTable

    @property
    def base(self) -> str:
        """The address of the table."""
        return url_for("studio_tables.shown", draft_id=self.draft.id, name=self.name, table=self.table.id)

    @property
    def hash(self) -> str:
        """Which content the page was made from."""
        return releases.digest(self.around.files[self.name])


@bp.get("/table-editor")
@open_to(STAFF, *OWNERS)
def editor(draft_id: UUID, name: str) -> Response:
    """The editor for the tables of a file."""
    draft = releasing.draft(draft_id)
    text = drafts.file(draft, name)
    if files.kind(name) != "dmn":
        raise errors.NotFound("Only decision tables can be edited as tables.")
    back = {"href": url_for("studio_files.shown", draft_id=draft_id, name=name), "text": "Back to the file"}
    shown = frame(draft, "") | {"back": back, "name": name, "title": naming.title(name, text)}
    return security.for_editors(
        render_template(
            "studio/tables/editor.html", hash=releases.digest(text), around_tables=_tables(draft, name), **shown
        )
    )


@bp.get("/tables/<table>")
@open_to(STAFF, *READERS)
def shown(draft_id: UUID, name: str, table: str) -> str:
    """The table with what may be done to it, and a place to try it."""
    return _table(_at(draft_id, name, table))


@bp.post("/tables/<table>")
@open_to(STAFF, *OWNERS)
def changed(draft_id: UUID, name: str, table: str) -> Answer:
    """A row moved, copied, added or taken away; or another rule for which row counts."""
    at, act = _at(draft_id, name, table), at_hand.posted("action")
    row = at_hand.number("row", -1)
    acts: dict[str, tuple[Callable[..., bytes], tuple[Any, ...], str]] = {
        "copy": (lambda *a: tabling.add_row(*a, copied=True), (row,), f"Row {row + 1} copied"),
        "add": (tabling.add_row, (row,), f"A row added after row {row + 1}" if row >= 0 else "A row added"),
        "remove": (tabling.remove_row, (row,), f"Row {row + 1} taken away"),
        "policy": (tabling.set_policy, (at_hand.posted("policy"),), "Which rows count is changed"),
        "drop": (tabling.drop_test, (row,), f"Test row {row + 1} taken away"),
    }
    acts |= {way: (tabling.move_row, (row, by), f"Row {row + 1} moved {way}") for way, by in MOVES.items()}
    if act not in acts:
        raise errors.NotFound("That cannot be done to a table.")
    change, more, says = acts[act]
    return _saved(at, lambda text: change(text, name, table, *more), says, lambda problems: _table(at, problems))


@bp.get("/tables/<table>/rows/<int:number>")
@open_to(STAFF, *OWNERS)
def row(draft_id: UUID, name: str, table: str, number: int) -> str:
    """One row: a box for each cell."""
    return _row(_at(draft_id, name, table), number)


@bp.post("/tables/<table>/rows/<int:number>")
@open_to(STAFF, *OWNERS)
def row_changed(draft_id: UUID, name: str, table: str, number: int) -> Answer:
    """Other cells in a row."""
    at = _at(draft_id, name, table)
    cells = [at_hand.posted(f"cell.{n}") for n in range(len(at.table.inputs) + len(at.table.outputs))]
    note = at_hand.posted("note", lines=True)
    return _saved(
        at,
        lambda text: tabling.change_row(text, name, table, number - 1, cells, note),
        f"Row {number} changed",
        lambda problems: _row(at, number, problems),
    )


@bp.get("/tables/<table>/columns")
@open_to(STAFF, *OWNERS)
def columns(draft_id: UUID, name: str, table: str) -> str:
    """The questions and answers of the table."""
    return _columns(_at(draft_id, name, table))


@bp.post("/tables/<table>/columns")
@open_to(STAFF, *OWNERS)
def columns_changed(draft_id: UUID, name: str, table: str) -> Answer:
    """A column added, renamed or taken away."""
    at, act, number = _at(draft_id, name, table), at_hand.posted("action"), at_hand.number("column", -1)
    kind = "output" if at_hand.posted("kind") == "output" else "input"
    label, fact = at_hand.posted("label"), at_hand.posted("fact")

    def change(text: bytes) -> bytes:
        if act == "remove":
            return tabling.remove_column(text, name, table, kind, number)
        if act == "change":
            return tabling.change_column(text, name, table, kind, number, label, fact)
        return tabling.add_column(text, name, table, kind, label, fact, at_hand.posted("type"))

    says = {"remove": "A column taken away", "change": f"Column ‘{label}’ changed"}.get(act, f"Column ‘{label}’ added")
    return _saved(at, change, says, lambda problems: _columns(at, problems), to=f"{at.base}/columns")


@bp.post("/tables/<table>/try")
@open_to(STAFF, *READERS)
def tried(draft_id: UUID, name: str, table: str) -> Answer:
    """What the table says to some answers; kept as a test row where that is wished."""
    at = _at(draft_id, name, table)
    given = [at_hand.posted(f"given.{number}") for number in range(len(at.table.inputs))]
    try:
        found = table_trying.ask(at.table, given)
        if at_hand.posted("action") != "keep":
            return _table(at, tried=found)
        if not asking().roles & set(OWNERS):
            raise errors.NotAllowed
        wanted = [at_hand.posted(f"expected.{number}") for number in range(len(at.table.outputs))]
        kept = TestRow(
            tuple(table_trying.value(one, f"given.{n}") for n, one in enumerate(given)),
            tuple(table_trying.value(one, f"expected.{n}") for n, one in enumerate(wanted)) if any(wanted) else (),
        )
    except errors.Refused as refused:
        return _table(at, refused.problems), 422
    keep = lambda text: tabling.keep_test(text, name, table, kept)  # noqa: E731
    return _saved(at, keep, "A test row is kept", lambda problems: _table(at, problems))


def _at(draft_id: UUID, name: str, table: str) -> At:
    draft = releasing.draft(draft_id)
    around = Surroundings(drafts.content(draft))
    file, found = around.tables.get(table, ("", None))
    if found is None or file != name:
        raise errors.NotFound("We could not find that table in this draft. If it cannot be read, its file says why.")
    return At(draft, name, around, found)


def _tables(draft: ReleaseDraft, name: str) -> list[DecisionTable]:
    return [table for file, table in Surroundings(drafts.content(draft)).tables.values() if file == name]


def _saved(
    at: At, change: Callable[[bytes], bytes], says: str, again: Callable[[Problems], str], to: str = ""
) -> Answer:
    """Keep the file changed, where nobody else saved it since the page was made."""
    try:
        written = {at.name: change(at.around.files[at.name])}
        seen = {at.name: at_hand.posted("hash")}
        drafts.save(at.draft.id, written, asking(), seen=seen, clock=at_hand.clock(), note=f"{at.table.name}: {says}")
    except errors.Refused as refused:
        return again(refused.problems), 422
    except errors.SavedMeanwhile as told:
        return again({"hash": f"{told} Look at the table as it is now, then do it again."}), 409
    flash(f"{says}.", "success")
    return redirect(to or at.base, code=303)


def _table(at: At, problems: Problems | None = None, tried: table_trying.Tried | None = None) -> str:
    found = inspecting.look(at.name, at.around.files[at.name], at.around, roles())
    own = {at.table.id, *(rule.id for rule in at.table.rules if rule.id)}
    return _render(
        "table",
        at,
        problems,
        policies=POLICIES,
        tests=tabling.tested(at.around.files[at.name], at.name, at.table.id),
        findings=[one for one in found if one.element in own],
        tried=tried,
        back={"href": url_for("studio_files.shown", draft_id=at.draft.id, name=at.name), "text": "Back to the file"},
    )


def _row(at: At, number: int, problems: Problems | None = None) -> str:
    if not 1 <= number <= len(at.table.rules):
        raise errors.NotFound("This row is no longer in the table.")
    rule = at.table.rules[number - 1]
    known = [at.around.choices.get(one.expression) for one in at.table.inputs]
    hints = ["Known answers: " + ", ".join(f'"{text}"' for text in sorted(one)) if one else "" for one in known]
    return _render("row", at, problems, rule=rule, number=number, hints=hints)


def _columns(at: At, problems: Problems | None = None) -> str:
    return _render("columns", at, problems, kinds=tabling.KINDS)


def _render(template: str, at: At, problems: Problems | None, **more: Any) -> str:
    framed = frame(at.draft, "") | {"back": {"href": at.base, "text": "Back to the table"}} | more
    return render_template(
        f"studio/tables/{template}.html",
        name=at.name,
        table=at.table,
        own=at.base,
        hash=at.hash,
        typed=request.form,
        errors=problems,
        **framed,
    )
