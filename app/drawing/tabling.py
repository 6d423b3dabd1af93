"""Changing a decision table in its file: its rows, its columns, and which row counts.

Each function takes the content of a file and gives it changed; what it does not speak of stays as it is, also what
other tools wrote. Rows and columns are counted from 0. Raises ``NotFound`` where a table, row or column is not there.
"""

from collections.abc import Sequence

from lxml import etree

from app import errors
from app.drawing import examples, expressions, xml
from app.drawing.decision_models import child, children
from app.drawing.decisions import HIT_POLICIES
from app.drawing.examples import TestRow
from app.drawing.shaping import naming, plain

MOST_ROWS, MOST_COLUMNS = 500, 40
COLUMNS = ("input", "output")
KINDS = ("string", "number", "boolean", "date")
ROW = "rule"


def change_row(content: bytes, file: str, table: str, row: int, cells: Sequence[str], note: str) -> bytes:
    """Other cells in a row: the tests, then the answers. ``Refused`` names ``cell.0`` and so on."""
    root, logic = opened(content, file, table)
    rule = _row(logic, row)
    boxes = [*children(rule, "inputEntry"), *children(rule, "outputEntry")]
    asked = len(children(rule, "inputEntry"))
    problems: dict[str, str] = {}
    for number, cell in enumerate(cells):
        look = expressions.unreadable_tests if number < asked else expressions.unreadable
        says = next(look(cell), "") if cell else ""
        problems |= {f"cell.{number}": says} if says else {}
    if problems or len(cells) != len(boxes):
        raise errors.Refused(problems or {"cell.0": "The table has other columns by now. Look at it again."})
    for box, cell in zip(boxes, cells, strict=True):
        _write(box, cell)
    _annotate(rule, plain.lines(note, "note", 500))
    return written(root)


def add_row(content: bytes, file: str, table: str, after: int, *, copied: bool = False) -> bytes:
    """A new row behind one (-1: first): empty, or a copy of that one."""
    root, logic = opened(content, file, table)
    rules = children(logic, ROW)
    if len(rules) >= MOST_ROWS:
        raise errors.Refused({"row": f"A table has at most {MOST_ROWS} rows."})
    made = etree.Element(tag(logic, ROW))
    for kind, wanted in (("inputEntry", "input"), ("outputEntry", "output")):
        for number in range(len(children(logic, wanted))):
            text = _texts(rules[after], kind)[number] if copied else "-" if kind == "inputEntry" else ""
            _write(etree.SubElement(made, tag(logic, kind)), text)
    _name(root, made, ROW)
    if after >= 0:
        _row(logic, after).addnext(made)
    elif rules:
        rules[0].addprevious(made)
    else:
        logic.append(made)
    return written(root)


def move_row(content: bytes, file: str, table: str, row: int, by: int) -> bytes:
    """A row one place up (-1) or down (1)."""
    root, logic = opened(content, file, table)
    rule, other = _row(logic, row), _row(logic, row + by)
    if by < 0:
        other.addprevious(rule)
    else:
        other.addnext(rule)
    return written(root)


def remove_row(content: bytes, file: str, table: str, row: int) -> bytes:
    """A row less."""
    root, logic = opened(content, file, table)
    logic.remove(_row(logic, row))
    return written(root)


def set_policy(content: bytes, file: str, table: str, policy: str) -> bytes:
    """Another rule for which row counts. ``Refused`` names ``policy``."""
    root, logic = opened(content, file, table)
    if policy not in HIT_POLICIES:
        raise errors.Refused({"policy": "Choose which rows count."})
    if policy != logic.get("hitPolicy", "UNIQUE"):
        logic.set("hitPolicy", policy)
        logic.attrib.pop("aggregation", None)
    return written(root)


def add_column(content: bytes, file: str, table: str, kind: str, label: str, fact: str, type_: str) -> bytes:
    """A new question (``input``) or answer (``output``) behind the others. ``Refused`` names ``label`` or ``fact``."""
    root, logic = opened(content, file, table)
    words = plain.line(label, "label")
    source = _fact(kind, fact)
    standing = children(logic, "input", "output")
    if len(standing) >= MOST_COLUMNS:
        raise errors.Refused({"label": f"A table has at most {MOST_COLUMNS} columns."})
    made = etree.Element(tag(logic, kind), label=words)
    _name(root, made, kind)
    type_ = type_ if type_ in KINDS else "string"
    if kind == "input":
        asked = etree.SubElement(made, tag(logic, "inputExpression"), typeRef=type_)
        _write(asked, source)
    else:
        made.set("name", source)
        made.set("typeRef", type_)
    before = children(logic, "input") if kind == "input" else standing
    if before:
        before[-1].addnext(made)
    else:
        logic.insert(0, made)
    for rule in children(logic, ROW):
        entry = etree.Element(tag(logic, f"{kind}Entry"))
        _write(entry, "-" if kind == "input" else "")
        known = children(rule, "inputEntry") if kind == "input" else children(rule, "inputEntry", "outputEntry")
        _behind(rule, known, entry)
    examples.add_value(logic, kind)
    return written(root)


def change_column(content: bytes, file: str, table: str, kind: str, number: int, label: str, fact: str) -> bytes:
    """Another label or fact for a column. ``Refused`` names ``label`` or ``fact``."""
    root, logic = opened(content, file, table)
    column = _column(logic, kind, number)
    column.set("label", plain.line(label, "label"))
    source = _fact(kind, fact)
    if kind == "output":
        column.set("name", source)
    else:
        asked = child(column, "inputExpression")
        _write(etree.SubElement(column, tag(logic, "inputExpression")) if asked is None else asked, source)
    return written(root)


def remove_column(content: bytes, file: str, table: str, kind: str, number: int) -> bytes:
    """A column less, with its cell in each row. ``Refused`` names ``column`` for the last answer."""
    root, logic = opened(content, file, table)
    if kind == "output" and len(children(logic, "output")) == 1:
        raise errors.Refused({"column": "A table must answer something. Add another answer first."})
    logic.remove(_column(logic, kind, number))
    for rule in children(logic, ROW):
        rule.remove(children(rule, f"{kind}Entry")[number])
    examples.drop_value(logic, kind, number)
    return written(root)


def tested(content: bytes, file: str, table: str) -> tuple[TestRow, ...]:
    """The test rows of a table; none for an expression alone."""
    try:
        _, logic = opened(content, file, table)
    except errors.NotFound:
        return ()
    return examples.read(logic)


def keep_test(content: bytes, file: str, table: str, test: TestRow) -> bytes:
    """A test row more. ``Refused`` names ``test``."""
    root, logic = opened(content, file, table)
    examples.keep(logic, test)
    return written(root)


def drop_test(content: bytes, file: str, table: str, number: int) -> bytes:
    """A test row less."""
    root, logic = opened(content, file, table)
    examples.drop(logic, number)
    return written(root)


def opened(content: bytes, file: str, table: str) -> tuple[etree._Element, etree._Element]:
    """The whole file, and the ``decisionTable`` of one table in it; ``NotFound`` where it is no table."""
    root = xml.tree(content, file)
    for decision in (one for one in root.iter() if isinstance(one.tag, str) and one.get("id") == table):
        inner = child(decision, "encapsulatedLogic")
        logic = child(decision if inner is None else inner, "decisionTable")
        if logic is not None:
            return root, logic
    raise errors.NotFound("We could not find that table in this file.")


def _row(logic: etree._Element, row: int) -> etree._Element:
    return _at(children(logic, ROW), row, "This row is no longer in the table.")


def _column(logic: etree._Element, kind: str, number: int) -> etree._Element:
    return _at(children(logic, kind) if kind in COLUMNS else [], number, "This column is no longer in the table.")


def _at(found: list[etree._Element], number: int, says: str) -> etree._Element:
    if not 0 <= number < len(found):
        raise errors.NotFound(says)
    return found[number]


def _fact(kind: str, fact: str) -> str:
    source = plain.line(fact, "fact", 500)
    if kind == "input":
        return plain.condition(source, "fact")
    if not expressions.ASSIGNMENT.fullmatch(f"{source}=1"):
        raise errors.Refused({"fact": "Enter the name of a fact in small letters, such as ‘risk.band’."})
    return source


def tag(logic: etree._Element, name: str) -> str:
    """A name in the namespace of a table."""
    return f"{{{xml.namespace(logic)}}}{name}"


def _texts(rule: etree._Element, kind: str) -> list[str]:
    found = (child(one, "text") for one in children(rule, kind))
    return ["" if one is None else one.text or "" for one in found]


def _write(box: etree._Element, words: str) -> None:
    inner = child(box, "text")
    (etree.SubElement(box, tag(box, "text")) if inner is None else inner).text = words


def _annotate(rule: etree._Element, words: str) -> None:
    entry, said = child(rule, "annotationEntry"), child(rule, "description")
    if entry is not None:
        _write(entry, words)
    elif said is not None:
        said.text = words
    elif words:
        made = etree.Element(tag(rule, "description"))
        made.text = words
        rule.insert(0, made)


def _behind(rule: etree._Element, known: list[etree._Element], entry: etree._Element) -> None:
    if known:
        known[-1].addnext(entry)
        return
    said = child(rule, "description")
    rule.insert(0 if said is None else 1, entry)


def _name(root: etree._Element, made: etree._Element, base: str) -> None:
    taken = {one.get("id", "") for one in root.iter() if isinstance(one.tag, str)}
    made.set("id", naming.numbered(f"{base}_new", taken))


def written(root: etree._Element) -> bytes:
    """The file again."""
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"
