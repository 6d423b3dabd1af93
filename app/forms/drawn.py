"""Forms for what a drawing asks by itself, and the plain form of a task that names none."""

from app.drawing.asking import ARRIVAL, NUMBER, WAY, Asked
from app.forms.parts import Component, Form, Page

MOST = 50  # times that something may be done where a person is asked how many
OUTCOME = Component(
    "outcome", "textarea", "outcome", "What came of it?", required=True, limits={"required": True, "maxLength": 4000},
    wording={"errorRequired": "Enter what came of it", "shortName": "what came of it"},
)  # fmt: skip
NOTES = Component("notes", "textarea", "notes", "Notes for your colleagues", limits={"maxLength": 4000})


def plain(key: str, name: str) -> Form:
    """What came of it, and notes. The answers stand under the task's own key, so that tasks do not mix."""
    parts = tuple(Component(**{**vars(part), "id": part.id, "key": f"{key}.{part.key}"}) for part in (OUTCOME, NOTES))
    return _form(key, name, *parts)


def of(asked: Asked) -> Form:
    """The form of a question that the drawing asks."""
    return {WAY: _way, NUMBER: _number, ARRIVAL: _arrival}[asked.kind](asked)


def _way(asked: Asked) -> Form:
    question = asked.words or ("What is to be done now?" if asked.several else "How does it go on?")
    values = [{"label": answer, "value": answer} for answer in asked.answers]
    wording = {"errorRequired": "Select one or more of them" if asked.several else "Select one of them"}
    component = Component(
        asked.fact, "checklist" if asked.several else "radio", asked.fact, question, required=True,
        limits={"required": True}, wording=wording, more={"values": values},
    )  # fmt: skip
    return _form(asked.element, question, component)


def _number(asked: Asked) -> Form:
    question = f"How many times is this to be done{': ' + asked.words if asked.words else ''}?"
    limits = {"required": True, "min": 0, "max": MOST}
    wording = {"errorRequired": "Enter how many times", "shortName": "how many times"}
    part = Component(asked.fact, "number", asked.fact, question, required=True, limits=limits, wording=wording)
    return _form(asked.element, question, part)


def _arrival(asked: Asked) -> Form:
    """Sending the form says so."""
    notes = Component(**{**vars(NOTES), "key": f"{asked.element}.notes"})
    return _form(asked.element, f"Has this happened? {asked.words}".strip(), notes)


def _form(key: str, title: str, *parts: Component) -> Form:
    return Form(key, title, (Page(1, title, parts),))
