"""Patterns of XPath in the words of the ``regex`` library.

Only what XPath has gets through: no look-around, no recursion, no fuzziness, no named groups. Source: XPath and
XQuery Functions 3.1, 5.6.1, and XML Schema 1.1 part 2, appendix G.
"""

import re

_PART = re.compile(r"\\p\{[^{}]{0,60}\}|\\P\{[^{}]{0,60}\}|\\.|\(\?.|\(\*|\{[^{}]{0,20}\}|.", re.DOTALL)
_CATEGORY = re.compile(r"\\([pP])\{(Is[A-Za-z0-9-]+|[LMNPZSC][a-z]?)\}")
_COUNT = re.compile(r"\{\d{1,9}(,\d{0,9})?\}")
_FIRST, _FURTHER = r"[\p{L}_:]", r"[\p{L}\p{N}\p{M}_:.\u00B7-]"  # of XML names: \i and \c
_NAMES = {"i": _FIRST, "I": "[^" + _FIRST[1:], "c": _FURTHER, "C": "[^" + _FURTHER[1:]}
_ESCAPED = frozenset("nrt\\|.?*+(){}$-[]^sSdDwW")


def translated(pattern: str, *, spaced: bool, dotall: bool) -> str | None:
    """The pattern as the library reads it, or None where XPath has no such pattern.

    ``spaced``: space counts, as it does without the flag x. ``dotall``: a dot is also the end of a line.
    """
    pattern = pattern if spaced else _without_space(pattern)
    made: list[str] = []
    depth = 0
    for part in _PART.findall(pattern):
        written = _in_class(part, made, depth) if depth else _outside(part, dotall)
        if written is None:
            return None
        made.append(written)
        depth += (part == "[") - (part == "]" and depth > 0)
    return None if depth else "".join(made)


def _without_space(pattern: str) -> str:
    """The pattern without space, except in square brackets."""
    made, depth = [], 0
    for part in re.findall(r"\\[^\s]|.", pattern, re.DOTALL):
        depth += (part == "[") - (part == "]" and depth > 0)
        made.append("" if not depth and part.isspace() else part)
    return "".join(made)


def _outside(part: str, dotall: bool) -> str | None:
    if part[0] == "\\":
        return _escape(part, may_refer=True)
    if part.startswith("(") and len(part) > 1:
        return part if part == "(?:" else None
    if part[0] == "{":
        return part if _COUNT.fullmatch(part) else None
    if part == ".":
        return "." if dotall else r"[^\n\r]"
    return None if part in ("{", "}", "]") else part


def _in_class(part: str, made: list[str], depth: int) -> str | None:
    """A part of a set in square brackets; ``-[`` takes one set from another."""
    if part[0] == "\\":
        return _escape(part, may_refer=False)
    if part == "[":
        if made[-1] != "-":
            return None
        made[-1] = "--"
        return "["
    if len(part) > 1:  # what means something outside is only letters here
        return re.escape(part)
    return "\\" + part if part in "&|~#" else part


def _escape(part: str, *, may_refer: bool) -> str | None:
    if _CATEGORY.fullmatch(part):
        return part.replace("{Is", "{In")
    if len(part) > 2 or len(part) == 1:
        return None
    if part[1] in _NAMES:
        return _NAMES[part[1]]
    if part[1].isdigit():
        return part if may_refer and part[1] != "0" else None
    return part if part[1] in _ESCAPED else None
