"""What an expression speaks of: the variables it needs and the functions it calls, for checks before it runs."""

from collections.abc import Iterator

from app.feel import nodes
from app.feel.nodes import Node, parts

_IMPLICIT = frozenset({"?", "item", "partial"})


def mentions(tree: Node, name: str) -> bool:
    """Whether the name stands anywhere in the tree."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if type(node) is nodes.Name and node.text == name:
            return True
        stack.extend(parts(node))
    return False


def asks(tree: Node) -> bool:
    """Whether the tree uses ``?``, the value under test."""
    return mentions(tree, "?")


def variables(tree: Node, *, item: bool = False) -> frozenset[str]:
    """The paths of variables the tree needs from outside, such as "risk.band".

    Not among them: names the expression itself brings in, functions it calls, and names inside a filter, which may
    be entries of the items. ``item`` is one of them where the context has a variable of that name.
    """
    return frozenset(_variables(tree, _IMPLICIT - {"item"} if item else _IMPLICIT))


def called(tree: Node) -> frozenset[str]:
    """The names of the functions the tree calls, built in or not."""
    stack, found = [tree], set()
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Call) and isinstance(node.of, nodes.Name):
            found.add(node.of.text)
        stack.extend(parts(node))
    return frozenset(found)


def dotted(node: Node) -> tuple[str, ...]:
    """The names of a plain path ``a.b.c``, outermost first; () for all other nodes."""
    entries: list[str] = []
    while isinstance(node, nodes.Path):
        entries.append(node.entry)
        node = node.of
    return (node.text, *reversed(entries)) if isinstance(node, nodes.Name) else ()


def _variables(node: Node, bound: frozenset[str]) -> Iterator[str]:
    path = dotted(node)
    if path:
        if path[0] not in bound:
            yield ".".join(path)
        return
    for one, names in _inside(node):
        yield from _variables(one, bound.union(names))


def _inside(node: Node) -> list[tuple[Node, tuple[str, ...]]]:
    """The nodes to look into, each with the names that are brought in for it."""
    match node:
        case nodes.Call(of=nodes.Name()):
            return [(one, ()) for one in node.arguments]
        case nodes.Filter():
            return [(node.of, ())]
        case nodes.For() | nodes.Quantified():
            return _iterated(node)
        case nodes.FunctionLiteral():
            return [(node.body, node.parameters)]
        case nodes.ContextLiteral():
            return [(one, node.keys[:place]) for place, one in enumerate(node.values)]
    return [(one, ()) for one in parts(node)]


def _iterated(node: nodes.For | nodes.Quantified) -> list[tuple[Node, tuple[str, ...]]]:
    inside = [(one, node.names[:place]) for place, one in enumerate(node.domains)]
    return [*inside, (node.body, node.names)]
