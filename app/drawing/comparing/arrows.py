"""What differs between two versions in what leads where: order, answers, ways.

Arrows are compared between the steps that both versions have; what came or went between two of them is passed
through, because it is told by itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.drawing.comparing.matches import Matches
from app.drawing.comparing.names import Names
from app.drawing.comparing.values import Change
from app.drawing.model import GATEWAYS, Flow
from app.drawing.outlining.english import plain, raised
from app.drawing.outlining.graph import NODES
from app.drawing.outlining.names import condition, quoted

Ends = tuple[str, str]  # ids in the new version


@dataclass(frozen=True)
class _Way:
    """A way between two steps that both versions have: its first arrow, and whether something lies between."""

    first: Flow
    is_direct: bool


Ways = Mapping[Ends, list[_Way]]


def arrows(before: Names, after: Names, found: Matches) -> list[Change]:
    """Every change of what leads where."""
    old = _ways(before, set(found.new_of), found.new_of)
    new = _ways(after, set(found.old_of), {id_: id_ for id_ in found.old_of})
    gone = {ends: ways for ends, ways in old.items() if ends not in new}
    come = {ends: ways for ends, ways in new.items() if ends not in old}
    said = list(_turned(gone, come, after))
    said += _led_elsewhere(gone, come, after)
    said += [_come(ends, way, after) for ends, ways in sorted(come.items()) for way in ways]
    said += [_gone(ends, way, before, found) for ends, ways in sorted(gone.items()) for way in ways]
    said += [one for ends in sorted(set(old) & set(new)) for one in _same(old[ends], new[ends], after)]
    return said + list(_defaults(before, after, found))


def _ways(names: Names, known: set[str], new_of: Mapping[str, str]) -> dict[Ends, list[_Way]]:
    """The ways between the known steps, by their ends."""
    ways: dict[Ends, list[_Way]] = defaultdict(list)
    for source in known:
        for first in names.following(source):
            for target in _reached(first.target, names, known):
                ways[new_of[source], new_of[target]].append(_Way(first, target == first.target))
    return {ends: sorted(found, key=lambda way: (way.first.name, way.first.id)) for ends, found in ways.items()}


def _reached(target: str, names: Names, known: set[str]) -> list[str]:
    """The known steps at the end of a way, through others."""
    seen, stack, found = {target}, [target], []
    while stack:
        at = stack.pop()
        if at in known:
            found.append(at)
            continue
        new = [flow.target for flow in names.following(at) if flow.target not in seen]
        seen.update(new)
        stack += new
    return found


def _turned(gone: dict[Ends, list[_Way]], come: dict[Ends, list[_Way]], names: Names) -> Iterator[Change]:
    """Two steps that changed places; the arrows around them changed only because of it."""
    for first, second in sorted(gone):
        if (second, first) in come and (first, second) in gone:
            yield Change("order", f"{raised(names.of(second))} now comes before {names.of(first)}.", (second, first))
            del gone[first, second], come[second, first]
            _forget(gone, to=first, out_of=second)
            _forget(come, to=second, out_of=first)


def _forget(ways: dict[Ends, list[_Way]], *, to: str, out_of: str) -> None:
    for ends in [ends for ends in ways if ends[1] == to or ends[0] == out_of]:
        del ways[ends]


def _led_elsewhere(gone: dict[Ends, list[_Way]], come: dict[Ends, list[_Way]], names: Names) -> Iterator[Change]:
    """Arrows that are the same, by id or answer, and lead to another step."""
    by_source: dict[str, list[Ends]] = defaultdict(list)
    for one in sorted(come):
        by_source[one[0]].append(one)
    lone = {source for source, ends in by_source.items() if len(ends) == 1}
    lone &= {source for source, number in Counter(one[0] for one in gone).items() if number == 1}
    for ends, other in [(a, b) for a in sorted(gone) for b in by_source[a[0]]]:
        if ends not in gone or other not in come:
            continue
        was, now = gone[ends][0].first, come[other][0].first
        same_words = plain(was.name) == plain(now.name)
        if was.id == now.id or (same_words and (plain(was.name) or ends[0] in lone)):
            del gone[ends], come[other]
            what = f"At {names.of(ends[0])}, {quoted(now.name)}" if plain(now.name) else f"After {names.of(ends[0])}"
            leads = "now leads to" if plain(now.name) else "now comes"
            instead = f", no longer {names.of(ends[1])}" if ends[1] in names.by_id else ""
            yield Change("redirected", f"{what} {leads} {names.of(other[1])}{instead}.", (ends[0], other[1], now.id))


def _come(ends: Ends, way: _Way, names: Names) -> Change:
    source, target = names.by_id[ends[0]], names.of(ends[1])
    if source.kind in GATEWAYS and plain(way.first.name):
        says = f"The question {names.of(source.id)} has a new answer {quoted(way.first.name)}, which leads to {target}."
        return Change("answer", says, (source.id, ends[1], way.first.id))
    return Change("arrow", f"{raised(names.of(source.id))} now leads to {target}.", (source.id, ends[1], way.first.id))


def _gone(ends: Ends, way: _Way, names: Names, found: Matches) -> Change:
    source, target = (found.old_of[one] for one in ends)
    if names.by_id[source].kind in GATEWAYS and plain(way.first.name):
        says = f"The question {names.of(source)} no longer has the answer {quoted(way.first.name)}"
        return Change("answer", f"{says}, which led to {names.of(target)}.", ends, (source, target, way.first.id))
    says = f"{raised(names.of(source))} no longer leads to {names.of(target)}."
    return Change("arrow", says, ends, (source, target, way.first.id))


def _same(old: list[_Way], new: list[_Way], names: Names) -> Iterator[Change]:
    """What stands on the arrows between two steps."""
    for was, now in zip(old, new, strict=False):
        one, other = was.first, now.first
        at, about = names.of(other.source), (other.source, other.id)
        if plain(one.name) != plain(other.name):
            says = f"At {at}, the answer {quoted(one.name)} is now {quoted(other.name)}."
            says = (
                says
                if plain(one.name)
                else f"At {at}, the way to {names.of(other.target)} is now {quoted(other.name)}."
            )
            says = says if plain(other.name) else f"At {at}, the way {quoted(one.name)} has no words any more."
            yield Change("answer", says, about, (one.source, one.id))
        if plain(one.condition) != plain(other.condition):
            way = f"the answer {quoted(other.name)}" if plain(other.name) else f"the way to {names.of(other.target)}"
            yield Change("condition", f"At {at}, when {way} is right: {_conditions(one, other)}.", about, (one.source,))
        if plain(one.documentation) != plain(other.documentation):
            yield Change("remarks", f"The remarks about an arrow at {at} have changed.", about, (one.source, one.id))
    for extra in new[len(old) :]:
        yield _come((extra.first.source, extra.first.target), extra, names)


def _conditions(old: Flow, new: Flow) -> str:
    was, now = (condition(one.condition) if plain(one.condition) else "not said" for one in (old, new))
    return f"{was} → {now}"


def _defaults(before: Names, after: Names, found: Matches) -> Iterator[Change]:
    """The way for any other case."""
    for old_id, new_id in sorted(found.new_of.items(), key=lambda pair: pair[1]):
        old, new = before.by_id[old_id], after.by_id[new_id]
        was, now = (_default(names, one.id, one.default) for names, one in ((before, old), (after, new)))
        if was != now and new.kind in NODES:
            says = f"the way for any other case: {was or 'none'} → {now or 'none'}"
            yield Change("default", f"At {after.of(new_id)}, {says}.", (new_id,), (old_id,))


def _default(names: Names, id_: str, default: str) -> str:
    flow = next((flow for flow in names.following(id_) if flow.id == default), None)
    return (quoted(flow.name) if plain(flow.name) else f"to {names.of(flow.target)}") if flow is not None else ""
