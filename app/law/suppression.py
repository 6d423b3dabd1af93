"""Which local numbers are told where everybody may read them. The four of the law are told in full, whatever they are.

A group is a whole that falls into parts; whoever reads it is taken to know the whole. Unit: people or cases, counted.
"""

from collections.abc import Sequence

FEWEST = 5  # a smaller local number could point at somebody
HIDDEN = "Not told"


def shown(number: int) -> str:
    """A number that stands by itself, as it may be published.

    Source: ICO guidance on small numbers in published statistics: nobody is to be found behind one.
    """
    return f"Fewer than {FEWEST}" if _is_small(number) else str(number)


def shown_parts(parts: Sequence[int]) -> list[str]:
    """The parts of a whole as they may be published, in their order: none that is hidden can be worked out.

    Source: Government Statistical Service guidance on disclosure control of tables: secondary suppression.
    """
    hidden = _hidden(parts)
    return [HIDDEN if place in hidden else str(number) for place, number in enumerate(parts)]


def _hidden(parts: Sequence[int]) -> set[int]:
    """The places of the small parts, and of as many more as hide them. All, where nothing less does."""
    hidden = {place for place, number in enumerate(parts) if _is_small(number)}
    if not hidden:
        return set()
    others = sorted((number, place) for place, number in enumerate(parts) if number and place not in hidden)
    for _, place in others:
        if _is_safe(parts, hidden):
            return hidden
        hidden.add(place)
    return hidden if _is_safe(parts, hidden) else set(range(len(parts)))


def _is_safe(parts: Sequence[int], hidden: set[int]) -> bool:
    """Whether each hidden part could be another one. A hidden part is known to be at least 1, since 0 is told."""
    return len(hidden) > 1 and sum(parts[place] for place in hidden) > len(hidden)


def _is_small(number: int) -> bool:
    return 0 < number < FEWEST
