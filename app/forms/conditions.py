"""What a form makes of the facts: its conditions, its filled-in texts and its options.

Every expression was parsed when the form was read. One that goes over the evaluator's bounds while a page
is served has no answer: the question is then asked rather than lost, and the text is left out.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from app.errors import NotUnderstood
from app.feel.evaluating import evaluate
from app.forms import days
from app.forms.parts import ANSWERED, Component
from app.forms.paths import get

MAX_OPTIONS = 500
BRACES = re.compile(r"\{\{\s*(.+?)\s*\}\}", re.DOTALL)

_NOT_LISTED = re.compile(r"not\(\s*list contains\(\s*([\w.]+)\s*,\s*\"([^\"]*)\"\s*\)\s*\)")
_NOT_EQUAL = re.compile(r"([\w.]+)\s*!=\s*(?:\"([^\"]*)\"|(true))")
_NOT_EQUAL_EITHER = re.compile(r"not\(\s*([\w.]+)\s*=\s*(?:\"([^\"]*)\"|(true))\s*\)")


@dataclass(frozen=True)
class Option:
    """One answer to choose: ``value`` is kept in the case, ``token`` is its text in the page."""

    value: Any
    label: str
    hint: str = ""

    @property
    def token(self) -> str:
        """The value as the page sends it."""
        return {True: "true", False: "false"}[self.value] if isinstance(self.value, bool) else str(self.value)


def answer(source: str, facts: Mapping[str, Any]) -> Any:
    """The JSON value of a FEEL expression (a leading ``=`` is allowed), or None where it has none."""
    try:
        return evaluate(source, facts)
    except NotUnderstood:
        return None


def holds(source: str, facts: Mapping[str, Any]) -> bool:
    """True only when the expression is true; null is not."""
    return answer(source, facts) is True


def is_hidden(hides: Iterable[str], facts: Mapping[str, Any]) -> bool:
    """True when any of the conditions that may hide a component is true."""
    return any(holds(hide, facts) for hide in hides)


def setting(component: Component, name: str, facts: Mapping[str, Any]) -> Any:
    """A setting of the component's type; one that is written as an expression (``=...``) is evaluated."""
    value = component.limits.get(name, component.more.get(name))
    return answer(value, facts) if isinstance(value, str) and value.startswith("=") else value


def limit(component: Component, name: str, facts: Mapping[str, Any]) -> int | float | None:
    """A setting that is a finite number, or None; it may be written as an expression."""
    value = setting(component, name, facts)
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return value if is_number else None


def is_asked(component: Component, facts: Mapping[str, Any]) -> bool:
    """True for a question whose answer we take: not read-only, not disabled."""
    locked = setting(component, "readonly", facts) is True or setting(component, "disabled", facts) is True
    return component.type in ANSWERED and not locked


def says(value: Any) -> str:
    """A value as people say it: days in words, yes or no, a list with commas, nothing for null."""
    if value is None or isinstance(value, dict):
        return str((value or {}).get("label") or (value or {}).get("name") or "")
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(says(item) for item in value)
    return days.said(str(value))


def fill(text: str, facts: Mapping[str, Any], shown: Callable[[str], str] = str) -> str:
    """``text`` with each ``{{ expression }}`` replaced by its value; a text that starts with ``=`` is one itself.

    ``shown`` makes each inserted value fit its surroundings.
    """
    if text.startswith("="):
        return shown(says(answer(text, facts)))
    return BRACES.sub(lambda found: shown(says(answer(found[1], facts))), text)


def options(component: Component, facts: Mapping[str, Any]) -> tuple[Option, ...]:
    """What can be chosen: written in the form, or from the facts (``valuesKey``, ``valuesExpression``)."""
    more = component.more
    if more.get("valuesExpression"):
        found, texts = answer(str(more["valuesExpression"]), facts), None
    elif more.get("valuesKey"):
        found, texts = get(facts, str(more["valuesKey"])), None
    else:
        found, texts = more.get("values"), facts
    if not isinstance(found, list):
        return ()
    return tuple(option for item in found[:MAX_OPTIONS] if (option := _option(item, texts)))


def _option(item: Any, texts: Mapping[str, Any] | None) -> Option | None:
    """The option that an item describes. Only an author's label is filled in (from ``texts``), never a fact's."""
    if not isinstance(item, dict):
        item = {"value": item}
    value = item.get("value", item.get("id"))
    if not isinstance(value, str | int | float | bool) or value == "":
        return None
    label, hint = str(item.get("label") or item.get("name") or value), str(item.get("hint") or "")
    if texts is not None:
        label, hint = fill(label, texts), fill(hint, texts)
    return Option(value, label, hint)


def reveal(component: Component) -> tuple[str, str] | None:
    """The (key, token) of the one choice that reveals this component, where its condition says just that.

    Such a question stands under its choice in the page, so that it can be answered in the same step.
    """
    hide = component.hide.strip().removeprefix("=").strip()
    for pattern in (_NOT_LISTED, _NOT_EQUAL, _NOT_EQUAL_EITHER):
        if found := pattern.fullmatch(hide):
            return found[1], next(token for token in found.groups()[1:] if token is not None)
    return None
