"""What happens beside an activity without interrupting it: reminders, and what is told when a limit has passed.

Most of it is a little branch of its own. It is tried by itself, so that thirteen reminders are not tried in all their
mixtures; only what comes back into the other ways is tried with them, once for each time the activity is done.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.drawing.soundness.net import ENDS_ALL, Net, onward, reached


@dataclass(frozen=True)
class Beside:
    """The events of a net that do not interrupt."""

    own: Mapping[int, frozenset[int]]  # by the event: what only it leads to
    alone: frozenset[int]  # the events whose branch has nothing to do with the others

    def begins(self) -> tuple[tuple[int, ...], ...]:
        """The branches that are tried by themselves."""
        return tuple((event,) for event in sorted(self.alone))


def beside(net: Net) -> Beside:
    """What happens beside the activities that can be reached in a net."""
    table = onward(net)
    starts = [node for begin in net.begins for node in begin]
    here = reached(table, starts)
    events = [n for host in sorted(here) for n in net.beside[host] if not net.nodes[n].interrupting]
    own, alone = {}, set()
    for event in events:
        branch, others = reached(table, [event]), reached(table, starts, without=event)
        own[event] = frozenset(branch - others)
        if not branch & others and not any(_touches(net, n) for n in branch):
            alone.add(event)
    return Beside(own, frozenset(alone))


def _touches(net: Net, node: int) -> bool:
    """Whether an element has to do with what is not on its branch."""
    element = net.nodes[node]
    return (element.kind == "endEvent" and element.event in ENDS_ALL) or element.event == "signal"
