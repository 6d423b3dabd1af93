"""Steps that can never be reached, region by region."""

from collections.abc import Collection, Iterator

from app.drawing.findings import NOTE, Finding
from app.drawing.soundness.net import onward, reached
from app.drawing.soundness.scene import Scene

KIND = "never_reached"


def findings(scene: Scene, *, is_explained: bool) -> list[Finding]:
    """One finding for each region that no token comes to.

    ``is_explained`` says that another finding tells why tokens do not come on; then only what no arrow leads to counts.
    """
    net = scene.net
    table = onward(net)
    led_to = reached(table, [node for begin in net.begins for node in begin])
    missed = set(range(len(net.nodes))) - led_to
    if scene.graph.is_whole and not scene.graph.cut and not is_explained:
        missed = set(range(len(net.nodes))) - scene.graph.entered()
    return [one for region in _regions(missed, table) if (one := _finding(scene, region, led_to)) is not None]


def _finding(scene: Scene, region: list[int], led_to: Collection[int]) -> Finding | None:
    first = region[0]
    others = region[1:]
    rest = f" Nor can {scene.names(others, 'or')}." if others else ""
    attached = scene.element(first).attached_to
    if attached not in scene.net.number:
        return scene.finding(first, KIND, f"{scene.name(first)} can never be reached.{rest}")
    host = scene.net.number[attached]
    if scene.net.waits[host] or host not in led_to:
        return None  # the event is told of by itself, or its activity is
    says = f"{scene.name(first)} can never happen: {scene.name(host)} is done at once, nobody waits there.{rest}"
    return scene.finding(first, KIND, says, NOTE)


def _regions(missed: set[int], table: list[list[int]]) -> Iterator[list[int]]:
    """The missed nodes in groups that hang together, the node by which each is entered first."""
    inside = {n: [to for to in table[n] if to in missed] for n in missed}
    entered = {to for targets in inside.values() for to in targets}
    left = set(missed)
    for node in sorted(missed, key=lambda n: (n in entered, n)):
        if node in left:
            region = [node] + sorted(reached([inside.get(n, []) for n in range(len(table))], [node]) & left - {node})
            left -= set(region)
            yield region
