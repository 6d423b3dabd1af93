"""Patterns as XPath has them (DMN 1.5, 10.3.4.3; XPath and XQuery Functions 3.1, 5.6)."""

from typing import Any

import pytest

from app.feel.evaluating import evaluate

MATCHES: list[tuple[str, str, str, Any]] = [
    ("Larkmere", "k.e", "", True),
    ("Larkmere", "^l", "i", True),
    ("a\nb", "a.b", "", False),
    ("a\rb", "a.b", "", False),
    ("a\nb", "a.b", "s", True),
    ("a\n\nb", "^$", "m", True),
    ("a\nb", "^b", "", False),
    ("noise at night", "no ise[ ]at", "x", True),
    ("noise", "n o\\ s", "x", False),
    ("a b", "a\\ s b", "x", True),
    ("x[1]", "x[1]", "q", True),
    ("X[1]", "x[1]", "qi", True),
    ("b", "[a-z-[aeiou]]", "", True),
    ("e", "[a-z-[aeiou]]", "", False),
    ("E", "[A-Z-[AEIOU]]", "i", False),
    ("é", "\\p{L}", "", True),
    ("5", "\\p{Nd}", "", True),
    ("a", "\\P{L}", "", False),
    ("a", "\\p{IsBasicLatin}", "", True),
    ("a", "\\p{ IsBasicLatin}", "x", True),
    ("a", "\\p{ IsBasicLatin}", "", None),
    ("_a-1", "^\\i\\c*$", "", True),
    ("1a", "^\\i", "", False),
    ("aA", "(a)\\1", "i", True),
    ("ab", "(a)[\\1]", "", None),
    ("a&&b", "[&]{2}", "", True),
    ("a", "(?=a)", "", None),
    ("a", "(?<n>a)", "", None),
    ("a", "a{e}", "", None),
    ("a", "(?R)", "", None),
    ("a", "[a", "", None),
    ("a", "a", "p", None),
    ("a", "\\q", "", None),
]


@pytest.mark.parametrize(("text", "pattern", "flags", "found"), MATCHES)
def test_a_pattern_means_what_it_means_in_xpath(text: str, pattern: str, flags: str, found: bool | None) -> None:
    case = {"text": text, "pattern": pattern, "flags": flags}
    assert evaluate("matches(text, pattern, flags)", case) is found


REPLACES: list[tuple[str, str, str, str, str | None]] = [
    ("noise", "(n)(o)", "$2$1", "", "onise"),
    ("noise", "[aeiou]", "[$0]", "", "n[o][i]s[e]"),
    ("a.b", ".", "$", "q", "a$b"),
    ("abc", "b", "$", "", None),
    ("abc", "b", "\\", "", None),
    ("abc", "b", "\\$", "", "a$c"),
    ("abc", "x*", "-", "", None),
    ("abc", "B", "-", "i", "a-c"),
]


@pytest.mark.parametrize(("text", "pattern", "new", "flags", "value"), REPLACES)
def test_what_is_replaced_follows_xpath(text: str, pattern: str, new: str, flags: str, value: str | None) -> None:
    case = {"text": text, "pattern": pattern, "new": new, "flags": flags}
    assert evaluate("replace(text, pattern, new, flags)", case) == value
