"""What differs between two versions in who takes part: processes, pools and lanes."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from app.drawing.comparing.names import Names
from app.drawing.comparing.values import Change
from app.drawing.model import Drawing, Lane, Pool, Process
from app.drawing.outlining.english import plain, raised
from app.drawing.outlining.names import quoted

Kind = TypeVar("Kind", Lane, Pool, Process)


def people(old: Drawing, new: Drawing) -> list[Change]:
    """What changed of processes, pools and lanes themselves; not of what stands in them."""
    names = Names(new)
    said = [*_processes(old, new), *_pools(old, new, names)]
    renamed, added, removed = _paired({lane.id: lane for lane in old.lanes}, {lane.id: lane for lane in new.lanes})
    said += [
        Change("lane", f"The lane {quoted(one.name)} is now called {quoted(other.name)}.", (other.id,), (one.id,))
        for one, other in renamed
    ]
    said += [Change("lane", f"New: {names.takes_part(lane.name)}.", (lane.id,)) for lane in added if plain(lane.name)]
    said += [Change("lane", _gone(lane, names), (), (lane.id,)) for lane in removed if plain(lane.name)]
    return said


def renamed_lanes(old: Drawing, new: Drawing) -> Mapping[str, str]:
    """{name of a lane in the old version: its name in the new one}, of those that only got another name."""
    pairs = _paired({lane.id: lane for lane in old.lanes}, {lane.id: lane for lane in new.lanes})[0]
    return {one.name: other.name for one, other in pairs}


def _gone(lane: Lane, names: Names) -> str:
    said = raised(names.takes_part(lane.name))
    return f"{said.replace(' take', ' no longer take', 1) if said.count(' take') == 1 else said + ' no longer'}."


def _pools(old: Drawing, new: Drawing, names: Names) -> Iterator[Change]:
    titles = {process.name for drawing in (old, new) for process in drawing.processes}  # told with the process
    renamed, added, removed = _paired({pool.id: pool for pool in old.pools}, {pool.id: pool for pool in new.pools})
    for one, other in renamed:
        if other.name not in titles:
            says = f"The pool {quoted(one.name)} is now called {quoted(other.name)}."
            yield Change("pool", says, (other.id,), (one.id,))
    for one in added:
        if plain(one.name) and one.name not in titles:
            yield Change("pool", f"New: {names.takes_part(one.name)}.", (one.id,))
    for one in removed:
        if plain(one.name) and one.name not in titles:
            yield Change("pool", f"Taken out: the pool {quoted(one.name)}.", (), (one.id,))


def _processes(old: Drawing, new: Drawing) -> Iterator[Change]:
    before, after = {p.id: p for p in old.processes}, {p.id: p for p in new.processes}
    renamed, added, removed = _paired(before, after)
    for one, other in renamed:
        says = f"The procedure {quoted(one.name)} is now called {quoted(other.name)}."
        yield Change("process", says, (other.id,), (one.id,))
    yield from (Change("process", f"New procedure: {quoted(p.name or p.id)}.", (p.id,)) for p in added)
    yield from (Change("process", f"Taken out: the procedure {quoted(p.name or p.id)}.", (), (p.id,)) for p in removed)
    for id_ in before:
        if id_ in after:
            yield from _said_of(before[id_], after[id_])


def _said_of(old: Process, new: Process) -> Iterator[Change]:
    name = quoted(new.name or new.id)
    if plain(old.documentation) != plain(new.documentation):
        yield Change("remarks", f"What the procedure {name} says about itself has changed.", (new.id,), (old.id,))
    if old.executable != new.executable:
        says = "can now be run" if new.executable else "can no longer be run"
        yield Change("process", f"The procedure {name} {says}.", (new.id,), (old.id,))
    if dict(old.properties) != dict(new.properties):
        yield Change("property", f"The properties of the procedure {name} have changed.", (new.id,), (old.id,))


def _paired(
    before: Mapping[str, Kind], after: Mapping[str, Kind]
) -> tuple[list[tuple[Kind, Kind]], list[Kind], list[Kind]]:
    """What has another name, what came, what went; by id, else by name."""
    kept = {plain(one.name) for one in before.values()} & {plain(one.name) for one in after.values()}
    shared = [id_ for id_ in before if id_ in after]
    renamed = [(before[i], after[i]) for i in shared if plain(before[i].name) != plain(after[i].name)]
    added = [one for id_, one in after.items() if id_ not in before and plain(one.name) not in kept]
    return renamed, added, [one for id_, one in before.items() if id_ not in after and plain(one.name) not in kept]
