"""What a person can say of one part of a form, and how the form-js schema (version 19) writes it.

A ``Wanted`` is what stands in the boxes of a page; ``write`` puts it into the part and leaves alone what the page does
not ask about, such as a width or what another tool wrote.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from app.drawing.shaping import naming, plain
from app.errors import Refused
from app.forms.building import mapping, objects, words
from app.forms.findings import KEY_PART
from app.forms.offered import OFFERED

DATES: Mapping[str, str] = {"date": "date", "moment": "datetime"}  # the ``subtype`` of a datetime part
_ASKED = ("says", "hint", "fact", "required", "missing", "hide")
FIELDS: Mapping[str, tuple[str, ...]] = {  # what the page asks of each kind, in its order
    **dict.fromkeys(("textfield", "textarea"), _ASKED),
    **dict.fromkeys(("radio", "checklist", "select"), ("says", "hint", "choices", *_ASKED[2:])),
    **dict.fromkeys(("checkbox", "number"), _ASKED),
    **dict.fromkeys(("date", "moment"), (*_ASKED[:-1], "when", "hide")),
    "filepicker": _ASKED,
    "dynamiclist": ("says", "hint", "row", *_ASKED[2:]),
    "text": ("reading", "hide"),
    "group": ("says", "hide"),
}
_OF_DATES = {"date": "Day", "moment": "Day and time"}
KINDS: Mapping[str, str] = {  # what can be added, and what people call it; the designer calls it the same
    kind: next((offer.label for offer in OFFERED if offer.type == kind), "") or _OF_DATES[kind] for kind in FIELDS
}
MOST_CHOICES = 100
LONGEST_LABEL = 300
SETTINGS: Mapping[str, Mapping[str, Any]] = {  # what a new part has besides
    "textfield": {"validate": {"maxLength": 200}},
    "textarea": {"validate": {"maxLength": 4000}},
    "filepicker": {"multiple": True, "accept": ".pdf,.jpg,.jpeg,.png"},
    "dynamiclist": {"components": [], "allowAddRemove": True, "defaultRepetitions": 1, "showOutline": True},
    "group": {"components": [], "showOutline": False},
    "moment": {"timeLabel": "Time", "timeSerializingFormat": "utc_offset", "timeInterval": 15},
}


@dataclass(frozen=True)
class Wanted:
    """One part as the boxes of its page say it. ``choices`` has one answer a line, ``value = words`` or its words."""

    kind: str
    says: str = ""
    hint: str = ""
    fact: str = ""
    required: bool = False
    missing: str = ""  # what is said where an answer is needed and not given
    choices: str = ""
    when: str = ""  # of a day: ``past``, ``future`` or either
    row: str = ""  # what one row is called
    reading: str = ""  # Markdown
    hide: str = ""  # FEEL, true where it is left out


def kind_of(raw: Mapping[str, Any]) -> str:
    """Which kind of ``KINDS`` a part is; its own type where that is none of them."""
    kind = words(raw.get("type"))
    if kind == "datetime":
        subtype = raw.get("subtype") or "date"
        return next((ours for ours, theirs in DATES.items() if theirs == subtype), kind)
    return kind


def fields(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """What the page asks of a part. Answers that come from a list elsewhere are not asked."""
    asked = FIELDS.get(kind_of(raw), ())
    listed = raw.get("valuesKey") or raw.get("valuesExpression")
    return tuple(one for one in asked if one != "choices" or not listed)


def wanted(raw: Mapping[str, Any]) -> Wanted:
    """What a part says now."""
    kind, own = kind_of(raw), mapping(raw.get("properties"))
    return Wanted(
        kind=kind,
        says=words(raw.get(_label(kind))),
        hint=words(raw.get("description")),
        fact=words(raw.get(_key(kind))),
        required=mapping(raw.get("validate")).get("required") is True,
        missing=words(own.get("errorRequired")),
        choices="\n".join(f"{one.get('value')} = {one.get('label')}" for one in objects(raw.get("values"))),
        when=next((side for side in ("past", "future") if own.get(side) == "true"), ""),
        row=words(own.get("shortName")),
        reading=words(raw.get("text")),
        hide=words(mapping(raw.get("conditional")).get("hide")).removeprefix("=").strip(),
    )


def write(raw: dict[str, Any], said: Wanted, taken: Collection[str], prefix: str) -> None:
    """Put what was said into a part. ``prefix`` begins a key that is made from its words, ``taken`` are keys of others.

    Raises ``Refused`` with every box that is wrong.
    """
    problems: dict[str, str] = {}
    for one in fields(raw):
        try:
            _WRITERS[one](raw, said, taken, prefix)
        except Refused as refused:
            problems |= refused.problems
    if problems:
        raise Refused(problems)


def _says(raw: dict[str, Any], said: Wanted, *_: Any) -> None:
    if not said.says.strip():
        raise Refused({"says": "Enter the heading" if said.kind == "group" else "Enter the words of the question"})
    raw[_label(said.kind)] = plain.line(said.says, "says", LONGEST_LABEL)


def _hint(raw: dict[str, Any], said: Wanted, *_: Any) -> None:
    _keep(raw, "description", plain.lines(said.hint, "hint", 1_000))


def _fact(raw: dict[str, Any], said: Wanted, taken: Collection[str], prefix: str) -> None:
    key = said.fact.strip()
    if not key:
        key = prefix + naming.key_for(said.says, {one.removeprefix(prefix) for one in taken}, "answer")
    if not all(KEY_PART.fullmatch(part) for part in key.split(".")):
        raise Refused({"fact": "Use letters, numbers and _, with dots between, such as ‘damp.where’"})
    if key in taken:
        raise Refused({"fact": f"Another question of this form has its answer under ‘{key}’. Choose another name"})
    raw[_key(said.kind)] = key


def _required(raw: dict[str, Any], said: Wanted, *_: Any) -> None:
    _inside(raw, "validate", "required", True if said.required else None)


def _missing(raw: dict[str, Any], said: Wanted, *_: Any) -> None:
    text = plain.line(said.missing, "missing", LONGEST_LABEL) if said.missing.strip() else None
    _inside(raw, "properties", "errorRequired", text)


def _choices(raw: dict[str, Any], said: Wanted, *_: Any) -> None:
    before = {str(one.get("value")): one for one in objects(raw.get("values"))}
    found: dict[str, dict[str, Any]] = {}
    for line in filter(None, (line.strip() for line in said.choices.splitlines())):
        value, separated, label = (part.strip() for part in line.partition(" = "))
        if not separated:
            value, label = naming.key_for(line, found, "answer"), line
        if value in found:
            raise Refused({"choices": f"‘{value}’ stands there twice"})
        old = before.get(value, {"value": value})
        found[value] = {**old, "label": plain.line(label, "choices", LONGEST_LABEL)}
    if not found:
        raise Refused({"choices": "Enter the answers, one on each line"})
    if len(found) > MOST_CHOICES:
        raise Refused({"choices": f"A question has at most {MOST_CHOICES} answers"})
    raw["values"] = list(found.values())


def _when(raw: dict[str, Any], said: Wanted, *_: Any) -> None:
    for side in ("past", "future"):
        _inside(raw, "properties", side, "true" if said.when == side else None)


def _row(raw: dict[str, Any], said: Wanted, *_: Any) -> None:
    _inside(raw, "properties", "shortName", plain.line(said.row, "row", 60) if said.row.strip() else None)


def _reading(raw: dict[str, Any], said: Wanted, *_: Any) -> None:
    if not (text := plain.lines(said.reading, "reading", 10_000)):
        raise Refused({"reading": "Enter what people will read"})
    raw["text"] = text


def _hide(raw: dict[str, Any], said: Wanted, *_: Any) -> None:
    typed = said.hide.strip().removeprefix("=")
    condition = plain.condition(typed, "hide") if typed else ""
    _inside(raw, "conditional", "hide", f"={condition}" if condition else None)


_WRITERS = {
    "says": _says,
    "hint": _hint,
    "fact": _fact,
    "required": _required,
    "missing": _missing,
    "choices": _choices,
    "when": _when,
    "row": _row,
    "reading": _reading,
    "hide": _hide,
}


def _label(kind: str) -> str:
    return "dateLabel" if kind in DATES else "label"


def _key(kind: str) -> str:
    return "path" if kind == "dynamiclist" else "key"


def _keep(raw: dict[str, Any], name: str, value: Any) -> None:
    """Set a setting, or take it away where there is none."""
    if value:
        raw[name] = value
    else:
        raw.pop(name, None)


def _inside(raw: dict[str, Any], name: str, key: str, value: Any) -> None:
    """The same for a setting inside another; one that holds nothing any more goes."""
    held = {one: there for one, there in mapping(raw.get(name)).items() if one != key}
    _keep(raw, name, held | ({key: value} if value is not None else {}))
