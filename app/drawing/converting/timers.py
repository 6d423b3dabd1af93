"""Timers: times in ISO 8601 stay, times that are worked out are left for people to write."""

from app import errors
from app.drawing.converting import expressions
from app.drawing.converting.conversion import Conversion, quoted
from app.drawing.element_reading import BPMN, TIMERS
from app.drawing.sheet import Node, text_of
from app.feel import nodes, parsing
from app.law import limit_words

TIMER = "timerEventDefinition"
ADVICE = "Write a time such as ‘5 working days’; until then its words count, or a person says when it has come."


def times(conversion: Conversion) -> None:
    """The time of each timer."""
    for around in conversion.of_kind(TIMER):
        for kind in TIMERS:
            said = text_of(around, kind)
            if said:
                _time(conversion, around.find(BPMN + kind), kind, said)


def _time(conversion: Conversion, node: Node, kind: str, said: str) -> None:
    around = node.getparent()
    if expressions.is_expression(said):
        plain = _constant(said)
        if plain:
            node.text = plain
            conversion.took(around, f"It waits {quoted(plain)}.")
        else:
            around.remove(node)
            conversion.left(around, f"Camunda worked out its time, from {quoted(said)}. {ADVICE}")
    elif not _reads(kind, said):
        conversion.left(around, f"Its time cannot be read here: {quoted(said)}. {ADVICE}")


def _constant(said: str) -> str:
    """The time in ``=duration("P3D")`` or ``="P3D"``; "" for any other."""
    feel = expressions.in_feel(said)
    if feel is None:
        return ""
    try:
        tree = parsing.parse(feel)
    except errors.NotUnderstood:
        return ""
    is_call = isinstance(tree, nodes.Call) and parsing.called(tree) == {"duration"} and len(tree.arguments) == 1
    inner = tree.arguments[0] if is_call and isinstance(tree, nodes.Call) else tree
    text = inner.value if isinstance(inner, nodes.Literal) and isinstance(inner.value, str) else ""
    return text if text and _reads("timeDuration", text) else ""


def _reads(kind: str, said: str) -> bool:
    try:
        limit_words.read_cycle(said) if kind == "timeCycle" else limit_words.read(said)
    except errors.NotUnderstood:
        return False
    return True
