"""Which element of one version is which element of another: by id, else by what it is, says and stands beside.

Another tool may give every element a new id; then its kind, words and lane tell, and for what has no words its
neighbours.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace

from app.drawing.model import ARTIFACTS, DATA, Drawing, Element
from app.drawing.outlining.english import plain
from app.drawing.outlining.graph import NODES

COMPARED = NODES | DATA | ARTIFACTS
_GROUPS = (NODES, DATA, ARTIFACTS)
_ROUNDS = 3  # what is found beside one may tell what stands beside it in turn
Beside = Mapping[str, tuple[frozenset[str], frozenset[str]]]  # {id: (ids before it, ids after it)}
Key = Callable[[Element], Hashable]


@dataclass(frozen=True)
class Matches:
    """The elements of two versions, side by side."""

    new_of: Mapping[str, str]  # {id in the old version: id in the new one}
    old_of: Mapping[str, str]
    added: tuple[Element, ...]
    removed: tuple[Element, ...]


def matches(old: Drawing, new: Drawing) -> Matches:
    """Every element that both versions have, and those that only one has, by their ids."""
    before = {e.id: e for e in old.elements if e.kind in COMPARED}
    after = {e.id: e for e in new.elements if e.kind in COMPARED}
    found = {id_: id_ for id_ in before if id_ in after and _is_alike(before[id_], after[id_])}
    _pair(before, after, found, lambda e: _named(e, e.lane), lambda e: _named(e, e.lane))
    _pair(before, after, found, lambda e: _named(e, ""), lambda e: _named(e, ""))
    beside_old, beside_new = _neighbours(old), _neighbours(new)
    is_rewritten = not any(id_ in after for id_ in before)  # by another tool: then also words may have changed
    for turn in range(_ROUNDS):
        _pair_by_neighbours(before, after, found, (beside_old, beside_new), by_words=not (is_rewritten and turn))
    taken = set(found.values())
    return Matches(
        found,
        {new_id: old_id for old_id, new_id in found.items()},
        tuple(e for e in after.values() if e.id not in taken),
        tuple(e for e in before.values() if e.id not in found),
    )


def _pair_by_neighbours(
    before: Mapping[str, Element],
    after: Mapping[str, Element],
    found: dict[str, str],
    beside: tuple[Beside, Beside],
    *,
    by_words: bool,
) -> None:
    new_ids, known = dict(found), {id_: id_ for id_ in found.values()}
    old, new = beside

    def place(element: Element, near: Beside, ids: Mapping[str, str]) -> Hashable:
        return _placed(element if by_words else replace(element, name=""), near[element.id], ids)

    _pair(before, after, found, lambda e: place(e, old, new_ids), lambda e: place(e, new, known))


def _pair(
    before: Mapping[str, Element], after: Mapping[str, Element], found: dict[str, str], old_key: Key, new_key: Key
) -> None:
    """Adds the pairs of which each alone has its key, among those that have no partner yet."""
    taken = set(found.values())
    waiting, coming = defaultdict(list), defaultdict(list)
    for element in before.values():
        if element.id not in found:
            waiting[old_key(element)].append(element.id)
    for element in after.values():
        if element.id not in taken:
            coming[new_key(element)].append(element.id)
    for key, ids in waiting.items():
        if key is not None and len(ids) == len(coming[key]) == 1:
            found[ids[0]] = coming[key][0]


def _is_alike(one: Element, other: Element) -> bool:
    return any(one.kind in group and other.kind in group for group in _GROUPS)


def _named(element: Element, lane: str) -> Hashable:
    name = plain(element.name)
    return (element.kind, element.event, name, plain(lane)) if name and element.kind != "boundaryEvent" else None


def _placed(element: Element, beside: tuple[frozenset[str], frozenset[str]], known: Mapping[str, str]) -> Hashable:
    """What an element is and which known elements lead to it and follow it; None where there are none."""
    before, after = (frozenset(known[one] for one in ids if one in known) for ids in beside)
    host = known.get(element.attached_to, "")
    if not before and not after and not host:
        return None
    return element.kind, element.event, plain(element.name) if not host else "", before, after, host


def _neighbours(drawing: Drawing) -> Beside:
    before, after = defaultdict(set), defaultdict(set)
    for flow in drawing.flows:
        before[flow.target].add(flow.source)
        after[flow.source].add(flow.target)
    return {e.id: (frozenset(before[e.id]), frozenset(after[e.id])) for e in drawing.elements}
