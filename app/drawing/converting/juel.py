"""Conditions in JUEL, the expression language of Camunda 7, written in FEEL.

What is read: names with dots, texts, numbers, true, false, null; ``== != < <= > >= && || ! empty`` and their words;
brackets. Everything else, such as a call of a method, is none of ours to guess: ``translated`` gives None.

JUEL takes what is missing as false, FEEL leaves it open. So ``!a`` becomes ``a != true``, which also holds for null.
"""

import re
from collections.abc import Callable, Iterator

from app.drawing import expressions

WRAPPED = re.compile(r"\s*[$#]\{(?P<inner>.*)\}\s*", re.DOTALL)
DEEPEST = 50  # brackets and signs of negation inside each other
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:[^'\\]|\\['"\\])*'|"(?:[^"\\]|\\['"\\])*")|(?P<number>-?\d+(?:\.\d+)?(?![\w.]))"""
    r"""|(?P<sign>&&|\|\||[=!<>]=|[<>!()]|(?:and|or|not|empty|eq|ne|lt|gt|le|ge)(?![\w.$]))"""
    r"""|(?P<word>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?![\w$(\[]))""",
    re.ASCII,
)
_SIGNS = {"and": "&&", "or": "||", "not": "!", "eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">="}
_RESERVED = frozenset({"div", "mod", "instanceof"})  # words of JUEL that are not read here
_COMPARING = {"==": "=", "!=": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">="}
_ATOM, _COMPARED, _AND, _OR = range(4)  # how loosely a part holds together
_Part = tuple[str, int]


def is_wrapped(text: str) -> bool:
    """Whether a text is written as an expression of JUEL: ``${…}``."""
    return WRAPPED.fullmatch(text) is not None


def translated(text: str) -> str | None:
    """The same in FEEL; None where it is more than can be read here. ``${`` and ``}`` may stand around it."""
    wrapped = WRAPPED.fullmatch(text)
    try:
        feel = _Reader(list(_tokens(wrapped["inner"] if wrapped else text))).whole()
    except _NotRead:
        return None
    return None if any(expressions.unreadable(feel)) else feel


class _NotRead(Exception):
    """It is more than this grammar has."""


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None or found["word"] in _RESERVED:
            raise _NotRead
        at, kind = found.end(), str(found.lastgroup)
        yield kind, _SIGNS.get(found[kind], found[kind]) if kind == "sign" else found[kind]


class _Reader:
    """Reads tokens by descent: or, and, comparisons, negation, names and values."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    def whole(self) -> str:
        said, _ = self._or()
        if self.at < len(self.tokens):
            raise _NotRead
        return said

    def _or(self) -> _Part:
        return self._joined("||", "or", _OR, self._and)

    def _and(self) -> _Part:
        return self._joined("&&", "and", _AND, self._comparison)

    def _joined(self, sign: str, word: str, level: int, inner: Callable[[], _Part]) -> _Part:
        parts = [inner()]
        while self._comes(sign):
            parts.append(inner())
        if len(parts) == 1:
            return parts[0]
        return f" {word} ".join(_bracketed(part, level - 1) for part in parts), level

    def _comparison(self) -> _Part:
        left = self._unary()
        sign = next((one for one in _COMPARING if self._comes(one)), "")
        if not sign:
            return left
        right = self._unary()
        if left[1] != _ATOM or right[1] != _ATOM:
            raise _NotRead  # what is compared may be missing, and then the two languages differ
        return f"{left[0]} {_COMPARING[sign]} {right[0]}", _COMPARED

    def _unary(self) -> _Part:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _NotRead
        try:
            if self._comes("!"):
                return f"{_bracketed(self._unary(), _ATOM)} != true", _COMPARED
            if self._comes("empty"):
                name = self._token("word")
                return f'{name} = null or {name} = "" or {name} = []', _OR
            if self._comes("("):
                said = self._or()
                if not self._comes(")"):
                    raise _NotRead
                return said
        finally:
            self.depth -= 1
        return self._token("word", "number", "text"), _ATOM

    def _token(self, *kinds: str) -> str:
        if self.at == len(self.tokens) or self.tokens[self.at][0] not in kinds:
            raise _NotRead
        kind, said = self.tokens[self.at]
        self.at += 1
        return _quoted(said) if kind == "text" else said

    def _comes(self, sign: str) -> bool:
        """Whether this sign stands next; then it is passed."""
        comes = self.at < len(self.tokens) and self.tokens[self.at] == ("sign", sign)
        self.at += comes
        return comes


def _bracketed(part: _Part, level: int) -> str:
    """A part, in brackets where it holds together more loosely than it must."""
    return part[0] if part[1] <= level else f"({part[0]})"


def _quoted(text: str) -> str:
    said = re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)
    return '"' + said.replace("\\", "\\\\").replace('"', '\\"') + '"'
