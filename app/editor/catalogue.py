"""What process owners choose from while they draw: teams, forms, tables, letters, pages, agreed times and readers."""

from collections.abc import Collection, Iterable
from typing import Any

from app.drawing.decisions import DecisionTable
from app.drawing.outlining.known import TIMESCALES
from app.editor import files, naming
from app.editor.surroundings import Surroundings
from app.feel import evaluating
from app.forms import offered
from app.forms.letters import library as letters
from app.forms.parts import flat
from app.notify import recipients

Choice = dict[str, str]


def catalogue(around: Surroundings, roles: Collection[str] = ()) -> dict[str, Any]:
    """Lists by kind, each [{value, label}], milestones with their ``limit`` as well; ``readers`` are plain words."""
    tables = {table.id: table for _, table in around.tables.values()}
    return {
        "teams": [{"value": role, "label": role} for role in sorted(around.roles | set(roles))],
        "forms": _by_label((key, form.title or naming.plain(key)) for key, form in around.forms.items()),
        "tables": _by_label((id_, table.name) for id_, table in tables.items() if not table.parameters),
        "letters": _by_label(_letters(around)),
        "pages": _by_label(around.pages.items()),
        "milestones": milestones(around),
        "readers": sorted({*recipients.ROLES, *recipients.ADDRESSEES}),
    }


def milestones(around: Surroundings) -> list[Choice]:
    """The milestones of the table of agreed times, each once, with the limit of its first row."""
    found = next((table for _, table in around.tables.values() if table.id == TIMESCALES), None)
    return list(_milestones(found)) if found else []


def _letters(around: Surroundings) -> Iterable[tuple[str, str]]:
    for name, content in around.files.items():
        key = letters.key_of(name)
        is_passage = key in around.letters and around.letters[key].is_passage
        if files.kind(name) == "letter" and "." not in key and not is_passage:
            yield key, naming.title(name, content)


def _milestones(table: DecisionTable) -> Iterable[Choice]:
    place = next((n for n, output in enumerate(table.outputs) if output.name == "limit"), 0)
    column = next((n for n, question in enumerate(table.inputs) if question.expression == "milestone"), 0)
    seen = set()
    for rule in table.rules:
        name, limit = (evaluating.evaluate(cell, {}) for cell in (rule.tests[column], rule.results[place]))
        if isinstance(name, str) and name not in seen:
            seen.add(name)
            yield {"value": name, "label": naming.plain(name).capitalize(), "limit": str(limit)}


def _by_label(found: Iterable[tuple[str, str]]) -> list[Choice]:
    return sorted(({"value": value, "label": label} for value, label in found), key=lambda one: one["label"].lower())


def for_forms(around: Surroundings) -> dict[str, Any]:
    """What the form designer offers: ``kinds`` [{type, label, group}] in order, ``facts`` that forms, tables and
    drawings know already, sorted, as a question may be kept under one of them."""
    asked = {part.key for form in around.forms.values() for page in form.pages for part, _ in flat(page.components)} - {
        ""
    }
    return {"kinds": [kind._asdict() for kind in offered.OFFERED], "facts": sorted(asked | around.laid)}
