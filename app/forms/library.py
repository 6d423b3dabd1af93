"""The reading of ``.form`` files: a form that can be used, or every reason why it cannot."""

import json
from functools import lru_cache
from typing import Any

from app.errors import DrawingBroken, Problem
from app.forms import building, findings
from app.forms.parts import Component, Form, Page

__all__ = ["Component", "Form", "Page", "read"]

LARGEST = 500_000  # bytes
KEPT = 2_048  # forms in memory; most of a new release are those of the one before


@lru_cache(KEPT)
def read(content: bytes | str, file: str) -> Form:
    """The form in the content of a form-js file (schemaVersion 19). ``file`` is its name, for messages.

    Raises DrawingBroken with every problem at once. Attributes we do not know are left alone.
    """
    schema = _schema(content, file)
    components = building.components(schema)
    key = building.words(schema.get("id"))
    found = [*_whole(schema, key, components), *findings.shape(schema), *findings.of_form(components)]
    if found:
        raise DrawingBroken(*(Problem(file, element, says) for element, says in dict.fromkeys(found)))
    return building.form(key, building.words(schema.get("title")), components)


def _schema(content: bytes | str, file: str) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise DrawingBroken(Problem(file, "", f"the file is larger than {LARGEST // 1000} kB"))
    try:
        schema = json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise DrawingBroken(Problem(file, "", "this is not a form: the file is not JSON")) from None
    if not isinstance(schema, dict):
        raise DrawingBroken(Problem(file, "", "this is not a form: the file holds no JSON object"))
    return schema


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _whole(schema: dict[str, Any], key: str, components: tuple[Component, ...]) -> list[findings.Finding]:
    found = []
    if schema.get("type") != "default":
        found.append(("", "this is not a form-js form: its type is not ‘default’"))
    if not findings.KEY_PART.fullmatch(key):
        found.append(("", f"the form’s id ‘{key[:80]}’ must be letters, numbers and _"))
    if not components:
        found.append(("", "the form asks nothing"))
    return found
