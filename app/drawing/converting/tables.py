"""Decision tables of Camunda: the same tables, their expressions in FEEL."""

from app.drawing import xml
from app.drawing.completing.completed import written
from app.drawing.converting import expressions, foreign, juel
from app.drawing.converting.conversion import listed, quoted
from app.drawing.converting.notes import DROPPED, LEFT, TAKEN, Converted, Note
from app.drawing.sheet import Node
from app.drawing.xml import local

WHOLE_TABLE = "The whole file"
CELL = "inputEntry"
EXPRESSIONS = (CELL, "inputExpression", "outputEntry", "literalExpression")
LANGUAGE = "expressionLanguage"
NUMBERS = frozenset({"integer", "long", "double", "int", "short", "float"})
ADVICE = "Write it in FEEL."


def convert(content: bytes, file: str) -> Converted:
    """A DMN file as it is read here. Raises ``DrawingBroken`` for what cannot be read."""
    root = xml.tree(content, file)
    product = foreign.product(root)
    if not product or foreign.is_foreign(root) or local(root) != "definitions":
        return Converted(content)
    notes: list[Note] = []
    inherited = root.get(LANGUAGE, "")
    for node in [one for one in root.iter() if local(one) in EXPRESSIONS]:
        note = _expression(node, inherited)
        notes += [note] if note else []
    notes += _numbers(root)
    if inherited:
        del root.attrib[LANGUAGE]
    notes += [note for one in root.iter() if local(one) == "input" for note in _renamed(one)]
    dropped = sorted({name for _, name in foreign.leftovers(root)})
    if dropped:
        notes.append(Note("", WHOLE_TABLE, DROPPED, f"Settings of Camunda are left out: {listed(dropped)}."))
    foreign.forget(root)
    return Converted(written(root), tuple(notes), {}, product)


def _expression(node: Node, inherited: str) -> Note | None:
    text = next(iter(foreign.children(node, "text")), None)
    said = (text.text or "").strip() if text is not None else ""
    language = (node.attrib.pop(LANGUAGE, "") or inherited).rpartition("/")[2].lower()
    if text is None or not said or language in ("", "feel") and not juel.is_wrapped(said):
        return None
    feel = None if local(node) == CELL or language not in expressions.KEPT_LANGUAGES else juel.translated(said)
    if feel is None:
        if language and language != "feel":
            node.set(LANGUAGE, language)
        what = f"is written in {language}" if language not in ("", "feel") else "cannot be read here"
        return _note(node, LEFT, f"What stands there {what}: {quoted(said)}. {ADVICE}")
    if feel == said:
        return None
    text.text = feel
    return _note(node, TAKEN, f"{quoted(said)} is written {quoted(feel)}.")


def _numbers(root: Node) -> list[Note]:
    """The kinds of number of Camunda 7, which FEEL does not tell apart."""
    found = [node for node in root.iter() if node.get("typeRef", "").lower() in NUMBERS]
    names = sorted({node.get("typeRef", "") for node in found})
    for node in found:
        node.set("typeRef", "number")
    says = f"These kinds of number are plain numbers here: {listed(names)}."
    return [Note("", WHOLE_TABLE, TAKEN, says)] if found else []


def _renamed(column: Node) -> list[Note]:
    """A name of its own for the value of a column, which its cells may speak of."""
    name = foreign.take_attribute(column, "inputVariable")
    cells = [one.text or "" for one in column.getparent().iter() if local(one) == "text"]
    if not name or not any(name in cell for cell in cells):
        return []
    return [_note(column, LEFT, f"Its cells call its value {quoted(name)}. In FEEL that is written ‘?’.")]


def _note(node: Node, kind: str, says: str) -> Note:
    table = next((one for one in node.iterancestors() if local(one) in ("decision", "businessKnowledgeModel")), None)
    words = "" if table is None else table.get("name", "") or table.get("id", "")
    return Note("" if table is None else table.get("id", ""), words or WHOLE_TABLE, kind, says)
