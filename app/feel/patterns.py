"""Regular expressions from drawings, which may not run for long.

The ``regex`` library stops at a time limit inside one match, which Python's own ``re`` cannot do. All matching of one
evaluation shares ``bounds.PATTERN_SECONDS``. Patterns and flags (s, m, i, x, q) are those of XPath; ``dialect`` puts
them into the words of the library. Source: DMN 1.5, 10.3.4.3; XPath and XQuery Functions 3.1, 5.6.
"""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from time import perf_counter

import regex

from app.errors import NotUnderstood
from app.feel.bounds import MAX_PATTERN, MAX_REPEATS, current, fitting, spend
from app.feel.dialect import translated

_FLAGS = {"s": regex.DOTALL, "m": regex.MULTILINE, "i": regex.IGNORECASE, "x": 0, "q": 0}
_COUNT = re.compile(r"\{(\d{1,9})?(?:,(\d{1,9})?)?\}")
_REFERENCE = re.compile(r"\\([\\$])|\$(\d)")
_WRONG_REPLACEMENT = re.compile(r"(?:[^\\$]|\\[\\$]|\$\d)*")
_COST = 20  # steps for one use of a pattern


def found(text: str, pattern: str, flags: str) -> bool | None:
    """Whether the pattern is found anywhere in the text; null for a pattern that cannot be read."""
    made = _made(pattern, flags)
    return None if made is None else any(True for _ in _matches(made, text))


def extracted(text: str, pattern: str, flags: str) -> list[str] | None:
    """All parts of the text that match."""
    made = _made(pattern, flags)
    return None if made is None else [match.group() for match in _matches(made, text)]


def divided(text: str, pattern: str) -> list[str] | None:
    """The parts of the text between the matches; null for a pattern that matches nothing at all, as in XPath."""
    made = _made(pattern, "")
    if made is None:
        return None
    parts, start = [], 0
    for match in _matches(made, text):
        if match.end() == match.start():
            return None
        parts.append(text[start : match.start()])
        start = match.end()
    return [*parts, text[start:]]


def replaced(text: str, pattern: str, replacement: str, flags: str) -> str | None:
    """The text with all matches replaced; ``$1`` stands for the first group, ``$0`` for the match.

    Null for a pattern that matches nothing at all, and for a ``$`` or ``\\`` that stands for nothing, as in XPath.
    """
    made = _made(pattern, flags)
    if made is None or not (_is_fit(replacement) or "q" in flags):
        return None
    parts, start = [], 0
    for match in _matches(made, text):
        if match.end() == match.start():
            return None
        filled = replacement if "q" in flags else _filled(replacement, match)
        parts += [text[start : match.start()], fitting(filled)]
        start = match.end()
    return fitting("".join([*parts, text[start:]]))


def _is_fit(replacement: str) -> bool:
    return _WRONG_REPLACEMENT.fullmatch(replacement) is not None


def _filled(replacement: str, match: "regex.Match[str]") -> str:
    groups = [match.group(), *match.groups("")]

    def fill(reference: re.Match[str]) -> str:
        if reference[1]:
            return reference[1]
        number = int(reference[2])
        return groups[number] if number < len(groups) else ""

    return _REFERENCE.sub(fill, replacement)


def _matches(made: "regex.Pattern[str]", text: str) -> "Iterator[regex.Match[str]]":
    budget = current.get()
    spend(_COST)
    fitting(text)
    start = perf_counter()
    try:
        for match in made.finditer(text, timeout=max(budget.seconds, 0.0001), concurrent=False):
            spend(1)
            yield match
    except TimeoutError:
        raise NotUnderstood("A text pattern in this expression takes too long. Make it simpler.") from None
    finally:
        budget.seconds -= perf_counter() - start


@lru_cache(512)
def _made(pattern: str, flags: str) -> "regex.Pattern[str] | None":
    if len(pattern) > MAX_PATTERN or _repeats(pattern) > MAX_REPEATS:
        raise NotUnderstood("A text pattern in this expression is too long or repeats too often.")
    if set(flags) - _FLAGS.keys():
        return None
    ours = regex.escape(pattern) if "q" in flags else translated(pattern, spaced="x" not in flags, dotall="s" in flags)
    if ours is None:
        return None
    try:
        return regex.compile(ours, sum(_FLAGS[flag] for flag in set(flags)) | regex.VERSION1)
    except (regex.error, ValueError, OverflowError, RecursionError):
        return None


def _repeats(pattern: str) -> int:
    return math.prod(max(int(low or 1), int(high or 1), 1) for low, high in _COUNT.findall(pattern))
