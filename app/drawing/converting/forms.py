"""Forms of steps and beginnings: named, as fields in the drawing, or whole in its text."""

import re

from app.drawing.converting import foreign, form_files, formdata
from app.drawing.converting.conversion import Conversion, key_of, quoted
from app.drawing.converting.expressions import is_expression
from app.drawing.sheet import Node, name, property_of

FORM = "formRef"
INSIDE, STORED = "camunda-forms:bpmn:", "camunda-forms:"
NEW_FORM = "Draw a form for it; until then whoever does it says in a plain form what came of it."
LONGEST_NAME = 70


def given(conversion: Conversion) -> None:
    """The form of each step and each beginning."""
    for process in conversion.of_kind("process"):
        for drawn in foreign.take(process, "userTaskForm"):
            _whole(conversion, process, drawn)
    for node in conversion.elements():
        fields = [field for one in foreign.take(node, "formData") for field in foreign.children(one, "formField")]
        fields += foreign.take(node, "formProperty")
        named = _named(node)
        if named and property_of(node, FORM):
            told = f"It names the form ‘{property_of(node, FORM)}’ already, so {quoted(named)} was left out."
            conversion.left(node, told)
        elif named:
            _by_name(conversion, node, named)
        elif fields and not property_of(node, FORM):
            _of_fields(conversion, node, fields)
        elif fields:
            conversion.left(node, f"It names the form ‘{property_of(node, FORM)}’ already. Its fields were left out.")


def _named(node: Node) -> str:
    drawn = foreign.take(node, "formDefinition")
    said = [foreign.take_attribute(node, "formRef"), foreign.take_attribute(node, "formKey")]
    said += [drawn[0].get(one, "") for one in ("formId", "formKey", "externalReference")] if drawn else []
    return next(filter(None, said), "")


def _by_name(conversion: Conversion, node: Node, named: str) -> None:
    stored = named.startswith(STORED) and named.endswith(".form")
    key = named.rpartition("/")[2].rpartition(":")[2].removesuffix(".form") if stored else named
    if named.startswith(INSIDE):
        key = conversion.keys.get(named.removeprefix(INSIDE), "")
    if is_expression(named):
        conversion.left(node, f"Camunda worked out which form it has, from {quoted(named)}. Choose the form.")
    elif not key or not re.fullmatch(r"[\w-]+", key):
        conversion.left(node, f"In Camunda its form was {quoted(named)}, which cannot be shown here. {NEW_FORM}")
    else:
        conversion.keep(node, FORM, key_of(key))
        conversion.took(node, f"It has the form {quoted(key_of(key))}.")


def _of_fields(conversion: Conversion, node: Node, fields: list[Node]) -> None:
    key = key_of(node.get("id", ""))
    title = name(node) or key.replace("_", " ").capitalize()
    content = formdata.schema(key, title, fields, lambda says: conversion.left(node, says))
    file = _add(conversion, key, content)
    conversion.keep(node, FORM, key)
    told = f"{len(fields)} fields" if len(fields) > 1 else "one field"
    conversion.took(node, f"Its form, with {told}, stands in the new file {quoted(file)}.")


def _whole(conversion: Conversion, process: Node, drawn: Node) -> None:
    own, form = drawn.get("id", ""), form_files.embedded(drawn.text or "")
    if form is None:
        conversion.left(process, f"The form {quoted(own)} in the drawing cannot be read. {NEW_FORM}")
        return
    cleaned = form_files.cleaned({"id": own} | form)
    conversion.keys[own] = cleaned["id"]
    file = _add(conversion, cleaned["id"], formdata.written(cleaned))
    conversion.took(process, f"The form {quoted(own)} stands in the new file {quoted(file)}.")


def _add(conversion: Conversion, key: str, content: bytes) -> str:
    """A new file, named as files are here."""
    plain = re.sub(r"[^a-z0-9_]", "_", key.lower())[:LONGEST_NAME]
    plain, number = plain if plain[:1].isalpha() else f"form{plain}", 1
    file = f"{plain}.form"
    while file in conversion.forms:
        number += 1
        file = f"{plain}_{number}.form"
    conversion.forms[file] = content
    return file
