"""The published files, read with nothing but an XML and a JSON parser, so that a fault of our reader shows."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from app.forms.letters import own
from app.notify import letters

ROOT = Path(__file__).parents[2]
PROCESSES, FORMS = ROOT / "processes", ROOT / "forms"
ON_REQUEST = letters.BY_SYSTEM  # asked for on a page, not by a drawing
NAMES = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "d": "http://www.omg.org/spec/BPMN/20100524/DI",
    "c": "http://www.omg.org/spec/DD/20100524/DC",
    "i": "http://www.omg.org/spec/DD/20100524/DI",
    "s": "http://spiffworkflow.org/bpmn/schema/1.0/core",
    "m": "https://www.omg.org/spec/DMN/20191111/MODEL/",
}
PAGES = sorted(path.stem for path in PROCESSES.glob("*.bpmn"))
TABLES = sorted(path.stem for path in PROCESSES.glob("*.dmn"))
FORM_KEYS = sorted(path.stem for path in FORMS.glob("*.form"))
LETTERS = own.letters()
PASSAGES = sorted(key for key, file in LETTERS.items() if file.is_passage)
TRANSLATED = sorted(key for key, file in LETTERS.items() if "." in key and not file.is_passage)
LETTER_NAMES = sorted(LETTERS.keys() - set(PASSAGES) - set(TRANSLATED) - ON_REQUEST)
CUTS_OFF = {"review_over", "review_finished"}  # ends that are meant to stand down what is open: nothing owed may be
NODES = re.compile(r".*(Task|Gateway|Event|Activity)$")
TIMESCALE = re.compile(r'=timescale\("(\w+)"\)')


@cache
def xml(name: str) -> etree._Element:
    """A drawing or table by its file name."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring((PROCESSES / name).read_bytes(), parser)


def page(name: str) -> etree._Element:
    """The drawing of this name."""
    return xml(f"{name}.bpmn")


def kind(element: etree._Element) -> str:
    """The BPMN name of an element, such as ``userTask``."""
    return etree.QName(element).localname


def nodes(name: str) -> list[etree._Element]:
    """Every flow node on a page, those in frames too."""
    return [e for e in page(name).iter() if isinstance(e.tag, str) and NODES.match(kind(e)) and e.get("id")]


def marks(name: str) -> set[str]:
    """The ids of what hangs on the edge of a task, with the event straight below it that says who is told."""
    hanging = {node.get("id") for node in nodes(name) if kind(node) == "boundaryEvent"}
    return hanging | {node.get("id") for node in nodes(name) if node.get("id").removesuffix("_told") in hanging}


def flows(name: str) -> list[etree._Element]:
    """Every sequence flow on a page."""
    return page(name).findall(".//b:sequenceFlow", NAMES)


def properties(element: etree._Element) -> dict[str, str]:
    """What the extension properties of an element say."""
    found = element.findall("b:extensionElements/s:properties/s:property", NAMES)
    return {one.get("name"): one.get("value") for one in found}


def all_nodes() -> Iterator[tuple[str, etree._Element]]:
    """Every flow node of every page, with the page's name."""
    return ((name, node) for name in PAGES for node in nodes(name))


def form(key: str) -> dict[str, Any]:
    """A form as JSON."""
    return json.loads((FORMS / f"{key}.form").read_text(encoding="utf-8"))


def components(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every component in a form or a part of one, rows of lists too."""
    for inner in part.get("components", []):
        yield inner
        yield from components(inner)


def rows(table: str) -> list[tuple[list[str], list[str]]]:
    """The rows of the table that a file is named after: its input cells and its output cells."""
    found = xml(f"{table}.dmn").iterfind(f"m:decision[@id='{table}']//m:rule", NAMES)
    return [(_cells(rule, "inputEntry"), _cells(rule, "outputEntry")) for rule in found]


def _cells(rule: etree._Element, tag: str) -> list[str]:
    return [cell.findtext("m:text", "", NAMES) for cell in rule.iterfind(f"m:{tag}", NAMES)]


def limits() -> dict[str, list[str]]:
    """The words of every agreed limit by milestone, from the table of timescales."""
    found: dict[str, list[str]] = {}
    for asked, said in rows("timescales"):
        found.setdefault(json.loads(asked[0]), []).append(json.loads(said[0]))
    return found
