"""What things of a drawing are called in an outline, also where nobody wrote a name."""

import re
from collections.abc import Iterable, Mapping

from app import errors
from app.drawing.model import ACTIVITIES, Drawing, Element, Flow
from app.drawing.outlining.english import person, plain, raised
from app.feel import nodes, parsing

_KINDS = {
    "userTask": "a task",
    "manualTask": "a task",
    "task": "a task",
    "sendTask": "a letter",
    "receiveTask": "waiting for a message",
    "serviceTask": "something that happens by itself",
    "scriptTask": "something that is worked out",
    "businessRuleTask": "a look at a table",
    "callActivity": "a procedure of its own",
    "startEvent": "a beginning",
    "endEvent": "an end",
    "boundaryEvent": "something that may happen",
    "intermediateCatchEvent": "something to wait for",
    "intermediateThrowEvent": "something that is made known",
}
_SIGNS = {
    "=": "is", "!=": "is not", "<": "is less than", ">": "is more than", "<=": "is at most", ">=": "is at least"
}  # fmt: skip
_FOREIGN = re.compile(
    r"[äöüßéèêàáâçñóôøåæœíúìòù]|\b(?:der|die|das|den|und|oder|ist|nicht|ein|eine|einen|für|mit|von|zu|wird|le|la|les|"
    r"des|une|et|ou|est|avec|pour|el|los|las|y|con|para|het|een|niet|van|voor)\b",
    re.IGNORECASE,
)


def quoted(text: str) -> str:
    """A name inside a sentence."""
    return f"‘{plain(text)}’"


def humanised(key: str) -> str:
    """A key as words: ``relevant_bodies`` is *relevant bodies*."""
    return plain(re.sub(r"[_.\-]+", " ", key))


def is_english(drawing: Drawing) -> bool:
    """Whether the labels are in English, as far as small words and accents tell."""
    labels = [plain(element.name) for element in drawing.elements if element.name.strip()]
    labels += [plain(lane.name) for lane in drawing.lanes if lane.name.strip()]
    return 5 * sum(bool(_FOREIGN.search(label)) for label in labels) <= len(labels)


def unnamed(element: Element, before: Iterable[str], after: Iterable[str]) -> str:
    """A step without words, by its kind and neighbours: ``a task without a name, after ‘Ask’``."""
    kind = _KINDS.get(element.kind, "a step" if element.kind in ACTIVITIES else "a question")
    for word, names in (("after", before), ("before", after)):
        name = next((plain(one) for one in names if one.strip()), "")
        if name:
            return f"{kind} without a name, {word} {quoted(name)}"
    return f"{kind} without a name"


def listed(things: Iterable[str], word: str = "and") -> str:
    """Several things in a sentence, each once; "" for none."""
    *most, last = list(dict.fromkeys(things)) or [""]
    return f"{', '.join(most)} {word} {last}" if most else last


def reader(to: str, *, english: bool = True) -> str:
    """To whom a letter goes: ``the victim``, ``the police``, ``whoever has the work``."""
    known = {"holder": "whoever has the work", "manager": "their manager", "applicant": "the applicant"}
    name = plain(to)
    if name in known:
        return known[name]
    if name.startswith("lane:"):
        return person(name[5:]) if english else name[5:]
    return person(humanised(name.removeprefix("agency:").removeprefix("role:")))


def answer(flow: Flow, *, is_default: bool) -> str:
    """When a way is gone: ``If yes``, ``If the answer is ‘not enough’``, ``Otherwise``; "" where nothing says."""
    label = plain(flow.name).rstrip(".")
    if label:
        said = _answered(label)
        return f"{said}, or in any other case" if is_default and not said.startswith("Otherwise") else said
    if flow.condition.strip():
        said = condition(flow.condition)
        return f"If this holds: {said}" if said.startswith("‘") else f"If {said}"
    return "Otherwise" if is_default else ""


def _answered(label: str) -> str:
    if label.lower() in ("yes", "no"):
        return f"If {label.lower()}"
    if label.lower() in ("else", "otherwise", "other", "default"):
        return "Otherwise"
    if label.lower().startswith(("if ", "when ", "in case ", "otherwise", "as soon as ")):
        return raised(label)
    return f"If {quoted(label)}"


def condition(text: str) -> str:
    """A condition in simple words, ``threshold is ‘met’``; as it is written where it is not simple."""
    written = plain(text)
    try:
        tree = parsing.parse(parsing.expression_in(written))
    except (errors.NotUnderstood, RecursionError):
        return quoted(written.removeprefix("=").strip())
    return _simple(tree) or quoted(written.removeprefix("=").strip())


def _simple(tree: nodes.Node) -> str:
    if isinstance(tree, nodes.Comparison) and tree.sign in _SIGNS:
        left, right = _path(tree.left), _value(tree.right)
        return f"{left} {_SIGNS[tree.sign]} {right}" if left and right else ""
    if isinstance(tree, nodes.Conjunction | nodes.Disjunction):
        said = [_simple(part) for part in tree.parts]
        return (" and " if isinstance(tree, nodes.Conjunction) else " or ").join(said) if all(said) else ""
    return f"{path} is true" if (path := _path(tree)) else ""


def _path(tree: nodes.Node) -> str:
    entries: list[str] = []
    while isinstance(tree, nodes.Path):
        entries.append(tree.entry)
        tree = tree.of
    return humanised(" ".join([tree.text, *reversed(entries)])) if isinstance(tree, nodes.Name) else ""


def _value(tree: nodes.Node) -> str:
    if not isinstance(tree, nodes.Literal):
        return _path(tree)
    known = {True: "yes", False: "no", None: "not known"}
    if tree.value is None or isinstance(tree.value, bool):
        return known[tree.value]
    return quoted(humanised(tree.value)) if isinstance(tree.value, str) else str(tree.value)


def called(key: str, names: Mapping[str, str]) -> str:
    """The name of a process or table by its id, else the id as words."""
    return plain(names.get(key, "")) or raised(humanised(key))
