"""What was chosen in a form, for counting how often: answers from a list, never what somebody wrote.

An answer is *question=value*, both as the form has them.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from app.cases import procedures
from app.drawing.asking import form_key
from app.engine.facts import find
from app.forms import drawn
from app.forms.parts import CHOICES, SEVERAL, Form, flat
from app.store.rows.cases import Case

KEPT = 2_000  # questions of elements in memory
ASKED = CHOICES | SEVERAL | {"checkbox"}


def chosen(case: Case, element: str, answers: Mapping[str, Any]) -> Iterator[str]:
    """Each answer from a list that a finished form has. Lists within lists (reports, actions) are not counted."""
    for key in questions(case.release_key, case.calendar_key, element):
        value = find(answers, key)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str | bool) and one != "":
                yield f"{key}={str(one).lower() if isinstance(one, bool) else one}"


@lru_cache(KEPT)
def questions(release_key: str, calendar_key: str, element: str) -> tuple[str, ...]:
    """The keys of the questions of an element's form that are answered from a list."""
    form = form_of(release_key, calendar_key, element)
    parts = (part for page in form.pages for part, _ in flat(page.components)) if form else ()
    return tuple(part.key for part in parts if part.type in ASKED and part.key)


def form_of(release_key: str, calendar_key: str, element: str) -> Form | None:
    """What an element of a release's drawings asks, or the form that it names; None where it names none."""
    procedure = procedures.followed(release_key, None, calendar_key)
    question = procedure.asked(form_key(element))
    if question is not None:
        return drawn.of(question)
    elements = (drawing.by_id.get(element) for drawing in procedure.drawings.values())
    named = next((one.properties.get("formRef", "") for one in elements if one), "")
    return procedures.form(release_key, named)
