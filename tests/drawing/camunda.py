"""Small drawings of Camunda, written where they are needed, and what becomes of them."""

from app.drawing import reading
from app.drawing.converting.convert import convert
from app.drawing.converting.notes import DROPPED

NAMESPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="file" targetNamespace="urn:invented"'
)
MARK = 'camunda:versionTag="1"'  # which makes any file one of Camunda


def drawn(body, after=""):
    return f'<definitions {NAMESPACES}><process id="p" {MARK}>{body}</process>{after}</definitions>'.encode()


def became(body, after=""):
    """The drawing that comes of it, and the notes without that of the mark: [(element, kind)], sentences."""
    converted = convert("a.bpmn", drawn(body, after))
    assert b"camunda.org" not in converted.content
    notes = [note for note in converted.notes if note.kind != DROPPED or "versionTag" not in note.says]
    return reading.read(converted.content, "a.bpmn"), notes, converted.forms


def inside(*extensions):
    return f"<extensionElements>{''.join(extensions)}</extensionElements>"
