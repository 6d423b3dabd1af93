"""The time of a clock changed, and nothing else of it: who is told, where it leads and what it hangs on stay.

The words beside a clock often say its time in a sentence: *No appeal in 20 working days*. They say the new one then.
"""

import re

from app.drawing.model import Element
from app.drawing.outlining.english import plain as tidy
from app.drawing.shaping import drawing_in, making, plain
from app.drawing.shaping.values import Shaped
from app.drawing.shaping.work import Work
from app.drawing.sheet import Node, event_of
from app.errors import NotFound

EVERY = "every "  # before the words of a limit that comes round again


def own_words(timer: Element) -> str:
    """The time that a timer says itself: its text, else its words, as it is read then."""
    return tidy(timer.timer) or tidy(timer.name)


def retime(content: bytes, file: str, event: str, before: str, words: str) -> Shaped:
    """The drawing with another time on a clock that says it itself, ``before`` until now. ``Refused``: ``limit``."""
    work = Work(content, file)
    node = _clock(work, event)
    page = work.page(event)
    again = _comes_again(node, before)
    written = plain.limit(words, again=again)
    making.timer(node, written, again=again)
    node.set("name", relabelled(node.get("name", ""), before, written) or written)
    drawing_in.renamed(page, node)
    return work.done(event, f"A time limit is now ‘{written}’ instead of ‘{before}’.")


def relabel(content: bytes, file: str, event: str, before: str, words: str) -> Shaped:
    """The drawing with other words beside a clock, of which the table of agreed times says the time."""
    work = Work(content, file)
    node = _clock(work, event)
    page = work.page(event)
    node.set("name", relabelled(node.get("name", ""), before, words))
    drawing_in.renamed(page, node)
    return work.done(event, f"A clock reads ‘{node.get('name')}’ now.")


def says(label: str, words: str) -> bool:
    """Whether the words beside a clock name this time."""
    return _where(words).search(tidy(label)) is not None


def relabelled(label: str, before: str, words: str) -> str:
    """The words beside a clock with the new time in the place of the one before; as they are where they named none."""
    return _where(before).sub(lambda _: words, tidy(label))


def _where(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")


def _comes_again(node: Node, before: str) -> bool:
    kinds = {str(one.tag).rpartition("}")[2] for one in node.iter() if isinstance(one.tag, str)}
    return "timeCycle" in kinds or before.lower().startswith(EVERY)


def _clock(work: Work, event: str) -> Node:
    node = work.step(event)
    if event_of(node) != "timer":
        raise NotFound(f"There is no time limit ‘{event}’ in this drawing.")
    return node
