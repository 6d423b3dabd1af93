"""Cutting the text of a letter into words and what stands in double brackets.

A bracket ends where FEEL's own brackets and texts are closed, on the line on which it began. A line on which nothing
stands but ``((if …))``, ``((end))`` and the like is no line of the letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import NotUnderstood
from app.feel import parsing

OPENS, CLOSES = "((", "))"
STEERS = ("if ", "else if ", "for ")  # how what steers a letter begins
ALONE = ("else", "end", "card")
PASSAGE = "passage:"


@dataclass(frozen=True)
class Cut:
    """A piece of a letter. ``kind``: ``words``, ``fact``, ``passage``, or what it steers with: ``if``, ``end`` …"""

    kind: str
    text: str
    line: int


class Unclosed(ValueError):
    """A bracket that is opened and not closed on its line."""


def cuts(text: str, first: int = 1) -> Iterator[Cut]:
    """The pieces of a text of whole lines, of which the first is line ``first``. Raises ``Unclosed`` with the line."""
    for number, line in enumerate(text.split("\n"), first):
        found = list(_of_line(line, number))
        alone = [one for one in found if one.kind != "words" or one.text.strip()]
        if alone and all(one.kind not in ("words", "fact", "passage") for one in alone):
            yield from alone
        else:
            yield from found
            yield Cut("words", "\n", number)


def _of_line(line: str, number: int) -> Iterator[Cut]:
    place = 0
    while (start := line.find(OPENS, place)) >= 0:
        while line.startswith("(((", start):  # brackets of the text itself, or of the address of a link
            start += 1
        if start > place:
            yield Cut("words", line[place:start], number)
        end = _end(line, start + len(OPENS))
        if end < 0:
            raise Unclosed(number)
        yield _bracket(line[start + len(OPENS) : end], number)
        place = end + len(CLOSES)
    if place < len(line):
        yield Cut("words", line[place:], number)


def _end(line: str, place: int) -> int:
    """Where the brackets close that opened before ``place``; -1 where they do not."""
    depth, quoted = 0, False
    while place < len(line):
        letter = line[place]
        if letter == '"' and line[place - 1] != "\\":
            quoted = not quoted
        elif not quoted and letter == "(":
            depth += 1
        elif not quoted and letter == ")":
            if depth == 0:
                return place if line.startswith(CLOSES, place) else -1
            depth -= 1
        place += 1
    return -1


def _bracket(inner: str, number: int) -> Cut:
    said = " ".join(inner.replace("“", '"').replace("”", '"').split())
    if said in ALONE:
        return Cut(said, "", number)
    if said.startswith(PASSAGE):
        return Cut("passage", said.removeprefix(PASSAGE).strip(), number)
    steers = next((one for one in STEERS if f"{said} ".startswith(one)), "")
    if not steers or _is_whole(said):
        return Cut("fact", said, number)
    return Cut(steers.strip(), said[len(steers) :].strip(), number)


def _is_whole(said: str) -> bool:
    """Whether it is an expression by itself, such as FEEL's own ``if a then b else c``."""
    try:
        parsing.parse(said)
    except NotUnderstood:
        return False
    return True
