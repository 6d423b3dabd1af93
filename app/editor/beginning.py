"""New files of a draft from almost nothing: a drawing, a form, a decision table, a letter."""

import json
from collections.abc import Collection

from lxml import etree

from app.drawing import tabling
from app.drawing.shaping import blank, naming, plain
from app.drawing.shaping.blank import Blank
from app.editor.surroundings import Surroundings

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
OURS = "urn:trigger:drawings"  # the namespace of new files
SCHEMA = 19  # of form-js, which the forms in ``forms/`` name


def drawing(name: str, team: str, says: str, around: Surroundings) -> Blank:
    """A new drawing. Raises ``Refused`` naming ``name``, ``team`` or ``says``."""
    stems = {file.rpartition(".")[0] for file in around.files}
    return blank.page(name, team, says=says, taken={*around.pages, *stems})


def letter(subject: str, taken: Collection[str]) -> tuple[str, bytes]:
    """The key of a new letter and what stands in it. Raises ``Refused`` naming ``subject``."""
    words = plain.line(subject, "subject", 120)
    return naming.key_for(words, taken, "letter"), blank_letter(words)


def blank_letter(subject: str) -> bytes:
    """A letter with nothing in it yet but its subject."""
    quiet = subject.replace("((", "( (")
    return f"subject: {quiet}\nto: person\n\nWrite the letter here. Your reference is ((case.reference)).\n".encode()


def form(title: str, taken: Collection[str]) -> tuple[str, bytes]:
    """The key of a new form and what stands in it: one question with words. Raises ``Refused`` naming ``title``."""
    words = plain.line(title, "title", 80)
    key = naming.key_for(words, taken, "form")
    question = {
        "type": "textarea",
        "id": "notes",
        "key": f"{key}.notes",
        "label": "What was done, and what came of it?",
        "validate": {"required": True},
    }
    made = {"id": key, "type": "default", "schemaVersion": SCHEMA, "title": words, "components": [question]}
    return key, json.dumps(made, indent=2, ensure_ascii=False).encode() + b"\n"


def table(title: str, taken: Collection[str]) -> tuple[str, bytes]:
    """The id of a new decision table and its file: one question, one answer, one row. ``Refused`` names ``called``."""
    words = plain.line(title, "called", 80)
    key = naming.key_for(words, taken, "table")
    root = etree.Element(f"{{{DMN}}}definitions", nsmap={None: DMN}, id=f"{key}_table", name=words, namespace=OURS)
    decision = etree.SubElement(root, f"{{{DMN}}}decision", id=key, name=words)
    logic = etree.SubElement(decision, f"{{{DMN}}}decisionTable", id=f"{key}_rules", hitPolicy="FIRST")
    etree.SubElement(logic, f"{{{DMN}}}output", id="answer", label="Answer", name=f"{key}.answer", typeRef="string")
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    file = f"{key}.dmn"
    content = tabling.add_column(content, file, key, "input", "Question", f"{key}.question", "string")
    return key, tabling.add_row(content, file, key, -1)
