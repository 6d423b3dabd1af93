"""The words and signs of an expression, each with where it begins (DMN 1.5, 10.3.1.2, items 27 to 37)."""

import re
from typing import NamedTuple

from app.errors import NotUnderstood
from app.feel.bounds import MAX_SOURCE

KEYWORDS = frozenset(
    "and or if then else for in return some every satisfies between instance true false null function".split()
)
_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
      |(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?!\w))
      |(?P<text>"(?:[^"\\]|\\.)*")
      |(?P<quoted>`[^`\n]+`)
      |(?P<name>(?:[^\W\d]|[\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\U00010000-\U000EFFFF])
         (?:\w|[\u00B7\u0300-\u036F\u200C\u200D\u203F\u2040\u2070-\u218F\u2C00-\u2FEF\U00010000-\U000EFFFF])*)
      |(?P<sign>\*\*|\.\.|!=|<=|>=|->|[-+*/=<>(){}\[\],.:?@])
      |(?P<stray>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t"}


class Token(NamedTuple):
    """A word or sign: ``kind`` is name, keyword, number, text, sign, stray or end; ``at`` its index."""

    kind: str
    text: str
    at: int


def tokens(source: str) -> list[Token]:
    """All tokens of the source, the last of kind "end"; ``NotUnderstood`` when the source is too long."""
    if len(source) > MAX_SOURCE:
        says = f"This expression is too long. The limit is {MAX_SOURCE} characters."
        raise NotUnderstood(says, source=source[:MAX_SOURCE], at=MAX_SOURCE)
    found = [_token(match) for match in _TOKEN.finditer(source) if match.lastgroup != "space"]
    return [*found, Token("end", "", len(source))]


def _token(match: re.Match[str]) -> Token:
    kind, text = match.lastgroup or "stray", match.group()
    if kind == "quoted":
        return Token("quoted", text[1:-1].strip(), match.start())
    if kind == "name" and text in KEYWORDS:
        kind = "keyword"
    return Token(kind, text, match.start())


def unescaped(literal: str) -> str:
    """The text that a literal in double quotes stands for; a lone surrogate becomes U+FFFD."""
    text = _ESCAPE.sub(_character, literal[1:-1])
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] in "uU" and len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number < 0x110000 else "\N{REPLACEMENT CHARACTER}"
    return _PLAIN.get(code, code if code in "\"'\\" else "\\" + code)
