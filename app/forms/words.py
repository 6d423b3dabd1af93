"""Kept answers as people say them."""

from collections.abc import Mapping
from typing import Any

from app.forms import days
from app.forms.building import mapping
from app.forms.conditions import Option, fill, is_hidden, options, says
from app.forms.parts import CHOICES, KEYED, SEVERAL, Component, flat
from app.forms.paths import get
from app.forms.settling import within


def in_words(component: Component, value: Any, facts: Mapping[str, Any]) -> str:
    """An answer as people say it, several on lines of their own; "" where there is none."""
    if component.type == "checkbox":
        return "Yes" if value is True else "No"
    if value in (None, "", []):
        return ""
    if component.type in CHOICES | SEVERAL:
        return _chosen(component, value, facts)
    if component.type == "filepicker" and isinstance(value, list):
        return "\n".join(says(file) for file in value)
    if component.type == "datetime" and isinstance(value, dict):
        return " ".join(str(value[part]) for part in component.day_parts if value.get(part))
    if component.type == "number":
        before, after = adorned(component, facts)
        return f"{before}{value}{after}"
    return value if isinstance(value, str) and component.type != "datetime" else says(value)


def _chosen(component: Component, value: Any, facts: Mapping[str, Any]) -> str:
    labels = {option.token: option.label for option in options(component, facts)}
    several = value if isinstance(value, list) else [value]
    return "\n".join(labels.get(Option(item, "").token, says(item)) for item in several)


def adorned(component: Component, facts: Mapping[str, Any]) -> tuple[str, str]:
    """What stands before and after the box: ``£``, ``%``."""
    look = mapping(component.more.get("appearance"))
    before, after = (str(look.get(name) or "") for name in ("prefixAdorner", "suffixAdorner"))
    return fill(before, facts), fill(after, facts)


def row_in_words(component: Component, row: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """One row of a dynamic list: a line for each answer that was given and applies."""
    around = within(facts, row)
    lines = []
    for part, hides in flat(component.components):
        if part.type not in KEYED or part.wording.get("summary") == "false" or is_hidden(hides, around):
            continue
        if said := in_words(part, get(row, part.key), around).replace("\n", ", "):
            lines.append(f"{short_label(part, around)}: {said}")
    return "\n".join(lines)


def short_label(component: Component, facts: Mapping[str, Any]) -> str:
    """The question's short name, where it has one, at the start of a line; else its label."""
    short = component.wording.get("shortName", "").strip() or fill(component.label, facts).rstrip("?")
    return short[:1].upper() + short[1:]


def size(octets: int) -> str:
    """A file's size as people say it: ``340 kB``, ``2.1 MB``."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1_000))} kB"
    return f"{octets / 1_000_000:.1f} MB"


def cell(value: Any) -> str:
    """A fact in a table as people say it."""
    return days.said(value) if isinstance(value, str) else says(value)
