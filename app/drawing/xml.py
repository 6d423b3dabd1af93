"""Any bytes, read as XML without trusting them.

Whatever somebody uploads, the answer is a tree within bounds or ``DrawingBroken`` in plain words: nothing is
fetched, no entity is expanded, and no identifier gets in that could be pasted into a path expression.
"""

import codecs
import re
from collections import Counter

from lxml import etree

from app.drawing.spelling import spell
from app.errors import DrawingBroken, Problem

MAX_BYTES = 2_000_000
MAX_ELEMENTS = 30_000
MAX_DEPTH = 100
OMG = ("http://www.omg.org/spec/", "https://www.omg.org/spec/")  # BPMN, DMN and their pictures
ID = re.compile(r"[\w.:-]{1,200}")
REFERENCES = ("bpmnElement", "default")  # attributes that name an element although they do not end in "Ref"

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CODECS = re.compile(r"utf_?(8|16|32)|ascii|iso8859_\d+|cp\d{3,4}|mac_\w+|koi8_\w|gb\w+|big5|euc_\w+|shift_jis")
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*?\?>")
_BEFORE_ROOT = re.compile(r"\s*(?:(?:<!--.*?-->|<\?.*?\?>)\s*)*", re.DOTALL)
_ENCODING = re.compile(rb"<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")


def read(content: bytes, file: str) -> etree._Element:
    """As ``tree``, with ids that name one element each. ``DrawingBroken`` where two share one, or one is none."""
    root = tree(content, file)
    _check_ids(root, file)
    return root


def tree(content: bytes, file: str) -> etree._Element:
    """The root of an XML file of at most 2 MB, 30,000 elements and 100 levels, without comments.

    ``DrawingBroken`` names ``file`` and says in plain words what is wrong with it.
    """
    if len(content) > MAX_BYTES:
        raise _broken(file, f"The file is larger than {MAX_BYTES // 1_000_000} MB.")
    text = _decoded(content, file)
    if text.startswith("<!", _BEFORE_ROOT.match(text).end()):  # type: ignore[union-attr]
        raise _broken(file, "The file has a document type (DOCTYPE). Drawings do not need one, so we refuse it.")
    root = _tree(text, file)
    _check_bounds(root, file)
    spell(root)
    return root


def local(node: etree._Element) -> str:
    """The name of an element without its namespace: ``userTask``."""
    return str(etree.QName(node).localname)


def namespace(node: etree._Element) -> str:
    """The namespace of an element as a URI, or ``""``."""
    return str(etree.QName(node).namespace or "")


def _broken(file: str, says: str) -> DrawingBroken:
    return DrawingBroken(Problem(file, "", says))


def _decoded(content: bytes, file: str) -> str:
    for bom, codec in _BOMS:
        if content.startswith(bom):
            return _with_codec(content[len(bom) :], codec, file)
    named = _ENCODING.match(content.lstrip()[:200])
    name = named.group(1).decode("ascii").lower() if named else "utf-8"
    return _with_codec(content, _codec(name, file), file)


def _codec(name: str, file: str) -> str:
    try:
        codec = codecs.lookup(name).name.replace("-", "_")
    except LookupError:
        codec = ""
    if not _CODECS.fullmatch(codec):
        raise _broken(file, f"The file says it is written in {name}. Save it as UTF-8.")
    return codec


def _with_codec(content: bytes, codec: str, file: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        raise _broken(file, "The file has letters that we cannot read. Save it as UTF-8.") from None


def _tree(text: str, file: str) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",  # ours: the declaration is cut off below, so no other encoding is ever tried
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=False,  # what other tools wrote is kept as they wrote it
    )
    try:
        return etree.fromstring(_DECLARATION.sub("", text, count=1).strip().encode("utf-8"), parser)
    except UnicodeEncodeError:
        raise _broken(file, "The file has letters that we cannot read. Save it as UTF-8.") from None
    except etree.XMLSyntaxError as fault:
        raise _broken(file, f"The file is not well-formed XML. We stopped at line {fault.lineno}.") from None


def _check_bounds(root: etree._Element, file: str) -> None:
    depth = count = 0
    for event, _node in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MAX_DEPTH:
            raise _broken(file, f"The file is nested more than {MAX_DEPTH} levels deep.")
        if count > MAX_ELEMENTS:
            raise _broken(file, f"The file has more than {MAX_ELEMENTS:,} elements.")


def _check_ids(root: etree._Element, file: str) -> None:
    """Extensions of other makers keep their own ids; only those of the standard must be ours to use."""
    ids: Counter[str] = Counter()
    problems: list[Problem] = []
    for node in root.iter():
        if not namespace(node).startswith(OMG):
            continue
        for named in _names(node):
            if not ID.fullmatch(named):
                problems.append(Problem(file, "", f"The id “{named[:60]}” has letters that an id may not have."))
        if node.get("id"):
            ids[node.get("id")] += 1
    problems += [Problem(file, i[:200], "Two elements have this same id.") for i, n in ids.items() if n > 1]
    if problems:
        raise DrawingBroken(*problems[:20])


def _names(node: etree._Element) -> list[str]:
    """Every id that an element has or points to."""
    found = [
        str(value)
        for key, value in node.attrib.items()
        if key == "id" or key in REFERENCES or (key.endswith("Ref") and not key.startswith("{"))
    ]
    if local(node).endswith("Ref") and node.text and node.text.strip():
        found.append(node.text.strip())
    return found
