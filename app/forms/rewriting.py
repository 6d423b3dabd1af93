"""Changing a form in its file, one part at a time: its questions, its pages, its words to read.

Each function takes the content of a file and gives it changed; what it does not speak of stays as it is, also what
other tools wrote. Parts are named by their ids. Raises ``NotFound`` where a part is not there, ``DrawingBroken`` where
the file is no form.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.drawing.shaping import naming, plain
from app.errors import DrawingBroken, NotFound, Problem, Refused
from app.forms import rephrasing
from app.forms.building import words
from app.forms.findings import MOST_COMPONENTS
from app.forms.rephrasing import DATES, SETTINGS, Wanted

Raw = dict[str, Any]


@dataclass(frozen=True)
class Listed:
    """A part as a list of the form's parts shows it. ``depth`` counts what it stands in; ``scope`` is a list's id."""

    id: str
    kind: str
    wanted: Wanted
    depth: int
    fields: tuple[str, ...]
    first: bool  # it cannot go further up
    last: bool
    scope: str = ""


@dataclass(frozen=True)
class _Where:
    """A part with the list it stands in, and what is around that list."""

    raw: Raw
    siblings: list[Raw]
    around: tuple[Raw, ...]  # outermost first

    @property
    def at(self) -> int:
        return next(n for n, one in enumerate(self.siblings) if one is self.raw)

    @property
    def rows(self) -> str:
        """The id of the list of rows that it belongs to."""
        return next((_id(one) for one in reversed(self.around) if one.get("type") == "dynamiclist"), "")


def parts(content: bytes, file: str) -> tuple[Listed, ...]:
    """Every part of a form in reading order."""
    schema = _schema(content, file)
    found = list(_walk(schema))
    return tuple(
        Listed(
            _id(one.raw),
            rephrasing.kind_of(one.raw),
            rephrasing.wanted(one.raw),
            len(one.around),
            rephrasing.fields(one.raw),
            first=_beyond(schema, one, -1) is None,
            last=_beyond(schema, one, 1) is None,
            scope=one.rows,
        )
        for one in found
    )


def change(content: bytes, file: str, part: str, said: Wanted) -> bytes:
    """Another wording or setting of a part. Raises ``Refused`` with the boxes that are wrong."""
    schema = _schema(content, file)
    where = _found(schema, part)
    rephrasing.write(where.raw, said, _keys(schema, where.rows) - {_key(where.raw)}, _prefix(schema, where.rows))
    return _written(schema)


def add(content: bytes, file: str, said: Wanted, *, after: str = "", inside: str = "") -> tuple[bytes, str]:
    """A new part behind another, or first inside a page or list; at the end where neither is named. Gives its id too.

    A page stands at the top: behind the page that holds what it follows. Raises ``Refused`` as ``change`` does.
    """
    schema = _schema(content, file)
    every = list(_walk(schema))
    if said.kind not in rephrasing.KINDS:
        raise Refused({"kind": "Choose what to add"})
    if len(every) >= MOST_COMPONENTS:
        raise Refused({"kind": f"A form has at most {MOST_COMPONENTS} parts"})
    siblings, at, rows = _place(schema, said.kind, after, inside)
    if rows and said.kind == "dynamiclist":
        raise Refused({"kind": "Rows cannot stand inside rows"})
    raw = _new(said, {_id(one.raw) for one in every})
    rephrasing.write(raw, said, _keys(schema, rows), _prefix(schema, rows))
    siblings.insert(at, raw)
    return _written(schema), _id(raw)


def move(content: bytes, file: str, part: str, by: int) -> bytes:
    """A part one place up (-1) or down (1), also out of its page into the one beside it."""
    schema = _schema(content, file)
    where = _found(schema, part)
    goal = _beyond(schema, where, by)
    if goal is None:
        raise Refused({"part": "It cannot go further"})
    siblings, at = goal
    del where.siblings[where.at]
    siblings.insert(at, where.raw)
    return _written(schema)


def remove(content: bytes, file: str, part: str) -> bytes:
    """A form without a part, and what stands in it. Raises ``Refused`` where nothing would be left."""
    schema = _schema(content, file)
    where = _found(schema, part)
    del where.siblings[where.at]
    if not schema["components"]:
        raise Refused({"part": "A form needs at least one question. Change this one instead"})
    return _written(schema)


def entitle(content: bytes, file: str, title: str) -> bytes:
    """Another title. Raises ``Refused`` naming ``title``."""
    schema = _schema(content, file)
    schema["title"] = plain.line(title, "title", 80)
    return _written(schema)


def _schema(content: bytes, file: str) -> Raw:
    try:
        schema = json.loads(content)
    except (ValueError, RecursionError):
        schema = None
    if not isinstance(schema, dict) or not _sound(schema, 0):
        raise DrawingBroken(Problem(file, "", "This is not a form that can be changed here. Its file says why."))
    return schema


def _sound(raw: Raw, depth: int) -> bool:
    """Whether what stands in a part can be walked through."""
    inner = raw.get("components", [])
    fits = isinstance(inner, list) and depth < 20 and all(isinstance(one, dict) for one in inner)
    return fits and (depth > 0 or "components" in raw) and all(_sound(one, depth + 1) for one in inner)


def _written(schema: Raw) -> bytes:
    return json.dumps(schema, indent=2, ensure_ascii=False).encode() + b"\n"


def _walk(holder: Raw, around: tuple[Raw, ...] = ()) -> Iterator[_Where]:
    siblings = holder["components"]
    for raw in list(siblings):
        yield _Where(raw, siblings, around)
        if "components" in raw:
            yield from _walk(raw, (*around, raw))


def _found(schema: Raw, part: str) -> _Where:
    found = next((one for one in _walk(schema) if _id(one.raw) == part), None)
    if found is None:
        raise NotFound("This part is no longer in the form.")
    return found


def _place(schema: Raw, kind: str, after: str, inside: str) -> tuple[list[Raw], int, str]:
    """The list that a new part goes into, where in it, and the rows it then belongs to."""
    top = schema["components"]
    if not after and not inside:
        return top, len(top), ""
    where = _found(schema, after or inside)
    if kind == "group":  # a page stands at the top, whatever it follows
        above = where.around[0] if where.around else where.raw
        return top, next(n for n, one in enumerate(top) if one is above) + 1, ""
    if inside:
        rows = inside if where.raw.get("type") == "dynamiclist" else where.rows
        return where.raw.setdefault("components", []), 0, rows
    return where.siblings, where.at + 1, where.rows


def _new(said: Wanted, taken: set[str]) -> Raw:
    kind = "datetime" if said.kind in DATES else said.kind
    label = said.says or said.reading or rephrasing.KINDS[said.kind]
    raw: Raw = {"id": naming.key_for(label, taken, kind), "type": kind}
    if said.kind in DATES:
        raw["subtype"] = DATES[said.kind]
    settings = SETTINGS.get(said.kind, {})
    return raw | {name: _own(value) for name, value in settings.items()}


def _own(value: Any) -> Any:
    return value.copy() if isinstance(value, dict | list) else value


def _beyond(schema: Raw, where: _Where, by: int) -> tuple[list[Raw], int] | None:
    """The list and the place in it that a part goes to when it is moved, once it is taken out; None at the end.

    A question goes from page to page, a page stays among its like, and what is in a list of rows stays in it.
    """
    goal = where.at + by
    if 0 <= goal < len(where.siblings):
        return _into(where.siblings[goal], where, by) or (where.siblings, goal)
    if not where.around or where.around[-1].get("type") != "group" or where.raw.get("type") == "group":
        return None
    page, holder = where.around[-1], (schema, *where.around)[-2]
    outer: list[Raw] = holder["components"]
    at = next(n for n, one in enumerate(outer) if one is page)
    into = _into(outer[at + by], where, by) if 0 <= at + by < len(outer) else None
    return into or (outer, at + 1 if by > 0 else at)


def _into(beside: Raw, where: _Where, by: int) -> tuple[list[Raw], int] | None:
    """The near end of a page that a question comes to."""
    if beside.get("type") != "group" or where.raw.get("type") == "group":
        return None
    inner: list[Raw] = beside.setdefault("components", [])
    return inner, 0 if by > 0 else len(inner)


def _keys(schema: Raw, rows: str) -> set[str]:
    """The keys of a scope: of the case, or of the rows of one list."""
    return {key for one in _walk(schema) if one.rows == rows and (key := _key(one.raw))}


def _prefix(schema: Raw, rows: str) -> str:
    return "" if rows else f"{words(schema.get('id')) or 'answers'}."


def _id(raw: Raw) -> str:
    return words(raw.get("id")) or words(raw.get("key"))


def _key(raw: Raw) -> str:
    return words(raw.get("path" if raw.get("type") == "dynamiclist" else "key"))
