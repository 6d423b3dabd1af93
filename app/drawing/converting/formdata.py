"""Form fields that Camunda 7 keeps in the drawing, as a form of its own."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from app.drawing.converting import foreign
from app.drawing.converting.conversion import key_of
from app.drawing.converting.expressions import is_expression
from app.drawing.sheet import Node

FEW = 6  # answers that stand beneath each other; more are chosen from a list
WHOLE_NUMBERS = frozenset({"long", "integer", "int", "short"})
NUMBERS = WHOLE_NUMBERS | {"double", "float", "number"}
KNOWN = NUMBERS | {"string", "boolean", "date", "enum", ""}
LIMITS = {"min": "min", "max": "max", "minlength": "minLength", "maxlength": "maxLength"}
WRITTEN_BY = {"name": "case-review", "version": "1"}


def schema(key: str, title: str, fields: list[Node], note: Callable[[str], None]) -> bytes:
    """A form of these fields. ``note`` is told what is left out of them."""
    components: dict[str, dict[str, Any]] = {}
    for number, field in enumerate(fields, 1):
        own = key_of(field.get("id", "") or f"field_{number}", "field")
        while own in components:
            own += "_2"
        if own != field.get("id", ""):
            note(f"The field ‘{field.get('id', '')}’ is called ‘{own}’ here.")
        components[own] = _component(own, field, note)
    return written({"type": "default", "id": key, "title": title, "components": list(components.values())})


def written(form: Mapping[str, Any]) -> bytes:
    """A form as a file."""
    whole = {"schemaVersion": 19, "exporter": WRITTEN_BY}
    ordered = {key: form[key] for key in ("type", "id", "title") if key in form} | whole | dict(form)
    return (json.dumps(ordered, indent=2, ensure_ascii=False) + "\n").encode(errors="backslashreplace")


def _component(key: str, field: Node, note: Callable[[str], None]) -> dict[str, Any]:
    kind, label = field.get("type", ""), field.get("label", "") or field.get("name", "")
    if kind not in KNOWN:
        note(f"The field ‘{key}’ was of the kind ‘{kind}’. It takes text here.")
    if is_expression(label):
        note(f"The label of the field ‘{key}’ was worked out: ‘{label}’. Write it.")
        label = ""
    made = {"id": key, "key": key, "label": label or key.replace("_", " ").capitalize()} | _of_kind(kind, field)
    made |= _validated(kind, key, field, note)
    if default := field.get("defaultValue", "") or field.get("default", ""):
        _begin_with(made, kind, default, note)
    if _inside(field, "properties", "property"):
        note(f"Notes for programs on the field ‘{key}’ are left out.")
    return made


def _of_kind(kind: str, field: Node) -> dict[str, Any]:
    if kind == "enum":
        values = [
            {"value": one.get("id", ""), "label": one.get("name", "") or one.get("id", "")}
            for one in foreign.children(field, "value")
        ]
        return {"type": "radio" if len(values) <= FEW else "select", "values": values}
    if kind in WHOLE_NUMBERS:
        return {"type": "number", "decimalDigits": 0}
    if kind in NUMBERS:
        return {"type": "number"}
    if kind == "date":
        return {"type": "datetime", "subtype": "date"}
    return {"type": "checkbox" if kind == "boolean" else "textfield"}


def _validated(kind: str, key: str, field: Node, note: Callable[[str], None]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    checks: dict[str, Any] = {}
    rules = {one.get("name", ""): one.get("config", "") for one in _inside(field, "validation", "constraint")}
    if field.get("required") == "true":
        rules["required"] = "true"
    for name, config in rules.items():
        if name == "required":
            checks |= {"required": True} if kind != "boolean" and config != "false" else {}
        elif name == "readonly":
            made["readonly"] = config != "false"
        elif name in LIMITS and config.lstrip("-").isdecimal():
            checks[LIMITS[name]] = int(config)
        else:
            note(f"The field ‘{key}’ was checked by ‘{name}’ ({config}), which is not checked here.")
    return made | ({"validate": checks} if checks else {})


def _begin_with(made: dict[str, Any], kind: str, default: str, note: Callable[[str], None]) -> None:
    if is_expression(default) or kind == "date":
        note(f"The field ‘{made['key']}’ began with ‘{default}’. It begins empty here.")
    elif kind == "boolean":
        made["defaultValue"] = default.lower() == "true"
    elif kind in NUMBERS:
        if default.lstrip("-").isdecimal():
            made["defaultValue"] = int(default)
    else:
        made["defaultValue"] = default


def _inside(field: Node, around: str, name: str) -> list[Node]:
    return [one for part in foreign.children(field, around) for one in foreign.children(part, name)]
