"""A form-js schema (schemaVersion 19), as parsed JSON, built into pages and components.

Nothing here raises: what is of the wrong kind is read as absent, and ``findings`` says so.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from app.forms import prose
from app.forms.parts import KEYED, Component, Form, Page

_TYPE_OF_LABEL = {"datetime": ("dateLabel", "timeLabel", "label")}
_EVERYWHERE = {
    "id",
    "type",
    "key",
    "path",
    "label",
    "description",
    "validate",
    "properties",
    "conditional",
    "components",
}


def mapping(value: Any) -> Mapping[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def words(value: Any) -> str:
    """The value if it is text, else ""."""
    return value if isinstance(value, str) else ""


def objects(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a list; [] for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def component(raw: Mapping[str, Any], prefix: str = "") -> Component:
    """One component with those inside it. ``prefix`` is the path of the groups around it, with its dots."""
    kind = words(raw.get("type"))
    path = words(raw.get("path")).strip(".")
    inner = f"{prefix}{path}." if kind == "group" and path else "" if kind == "dynamiclist" else prefix
    limits = mapping(raw.get("validate"))
    return Component(
        id=words(raw.get("id")) or words(raw.get("key")),
        type=kind,
        key=prefix + (path if kind == "dynamiclist" else words(raw.get("key"))) if kind in KEYED else "",
        label=next((text for name in _TYPE_OF_LABEL.get(kind, ("label",)) if (text := words(raw.get(name)))), ""),
        hint=words(raw.get("description")),
        required=limits.get("required") is True,
        hide=words(mapping(raw.get("conditional")).get("hide")),
        wording={name: str(value) for name, value in mapping(raw.get("properties")).items()},
        limits=limits,
        more={name: value for name, value in raw.items() if name not in _EVERYWHERE},
        components=components(raw, inner),
    )


def components(raw: Mapping[str, Any], prefix: str = "") -> tuple[Component, ...]:
    """The components of a form, group or list."""
    return tuple(component(item, prefix) for item in objects(raw.get("components")))


def form(key: str, title: str, parts: Iterable[Component]) -> Form:
    """A form of these components: each group is a page, and so is each run of other components that asks.

    A first run that only has text is the introduction; its ``# heading`` is the form's title where none is given.
    """
    pages: list[Page] = []
    introduction = ""
    for is_group, run in groupby((part for part in parts if part.type != "button"), lambda part: part.type == "group"):
        members = tuple(run)
        if is_group:
            first = len(pages) + 1
            pages += [Page(first + n, group.label, group.components, group.hide) for n, group in enumerate(members)]
        elif any(member.type in KEYED or member.type == "table" for member in members):
            pages.append(_loose_page(len(pages) + 1, members, title))
        elif pages:
            last = pages.pop()
            pages.append(Page(last.number, last.title, (*last.components, *members), last.hide))
        else:
            introduction = "\n\n".join(words(member.more.get("text")) for member in members).strip()
    heading, introduction = prose.heading(introduction)
    opening = pages[0].title if pages else ""
    return Form(key, title or heading or opening or key.replace("_", " ").capitalize(), tuple(pages), introduction)


def _loose_page(number: int, members: tuple[Component, ...], title: str) -> Page:
    """A page without a group: its title is the ``# heading`` of its first text, else the form's, else a label."""
    first, *others = members
    heading, text = prose.heading(words(first.more.get("text"))) if first.type == "text" else ("", "")
    if not heading:
        return Page(number, title or next((member.label for member in members if member.label), ""), members)
    rest = [Component(**{**vars(first), "more": {**first.more, "text": text}})] if text.strip() else []
    return Page(number, heading, (*rest, *others))
