"""What keeps a form from being used, in words its author understands: every finding names its component."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.errors import NotUnderstood
from app.feel.parsing import parse
from app.forms.building import mapping
from app.forms.conditions import BRACES, answer
from app.forms.parts import CHOICES, KEYED, SEVERAL, SUPPORTED, Component, every

LONGEST_TEXT = 10_000
MOST_COMPONENTS = 500
DEEPEST = 6
RESERVED = frozenset({"action", "csrf_token", "request_key", "revision"})

KEY_PART = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
MOST_PARTS = 6
_EXPRESSIONS = ("valuesExpression", "expression", "dataSource", "columnsExpression")
_TEXT_SETTINGS = ("text", "label", "prefixAdorner", "suffixAdorner", "title")
_KINDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("id", "type", "key", "path", "label", "dateLabel", "timeLabel", "description", "text"), str),
    **dict.fromkeys(("validate", "properties", "conditional", "appearance"), dict),
    **dict.fromkeys(("components", "values", "columns"), list),
}

Finding = tuple[str, str]  # id of the component, what is wrong


def shape(raw: Mapping[str, Any], depth: int = 0) -> Iterator[Finding]:
    """Findings about a raw schema whose parts are of the wrong kind, too deep or too long."""
    where = str(raw.get("id") or raw.get("key") or "")
    for name, kind in _KINDS.items():
        value = raw.get(name)
        if value is not None and not isinstance(value, kind):
            yield where, f"‘{name}’ is not of the kind that form-js writes"
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            yield where, f"‘{name}’ is longer than {LONGEST_TEXT:,} characters"
    hide = mapping(raw.get("conditional")).get("hide")
    if hide is not None and not isinstance(hide, str):
        yield where, "the condition is not written as an expression"
    inner = raw.get("components")
    for item in inner if isinstance(inner, list) else ():
        if not isinstance(item, dict):
            yield where, "a component is not an object"
        elif depth >= DEEPEST:
            yield where, "groups stand too deep inside each other"
        else:
            yield from shape(item, depth + 1)


def of_form(components: tuple[Component, ...]) -> Iterator[Finding]:
    """Findings about the components of a whole form."""
    parts = list(every(components))
    if len(parts) > MOST_COMPONENTS:
        yield "", f"a form can have {MOST_COMPONENTS} components, this one has {len(parts)}"
        return
    yield from ((id_, "this id is used twice") for id_, times in _counted(part.id for part in parts) if times > 1)
    yield from _keys(components)
    for part in parts:
        yield from _of_component(part)
    for page in components:
        if page.type == "group" and not page.label.strip():
            yield page.id, "a group at the top is a page, and a page needs a title (the group's label)"


def _counted(names: Iterable[str]) -> Iterable[tuple[str, int]]:
    return Counter(name for name in names if name).items()


def _keys(components: Iterable[Component]) -> Iterator[Finding]:
    """Findings about keys within one scope, then within the rows of each list."""
    scope, lists = [], []
    waiting = list(components)
    while waiting:
        part = waiting.pop(0)
        scope += [part] * (part.type in KEYED)
        lists += [part] * (part.type == "dynamiclist")
        waiting[:0] = part.components if part.type == "group" else ()
    seen: dict[str, str] = {}
    for part in scope:
        if part.key in seen:
            yield part.id, f"the key ‘{part.key}’ is used twice"
        seen[part.key] = part.id
    for key, id_ in seen.items():
        above = [key.rsplit(".", n)[0] for n in range(1, key.count(".") + 1)]
        yield from ((id_, f"the key ‘{key}’ stands inside another question’s key ‘{up}’") for up in above if up in seen)
    for part in lists:
        yield from _keys(part.components)
        if any(inner.type == "dynamiclist" for inner in every(part.components)):
            yield part.id, "a list inside a list cannot be used"


def _of_component(part: Component) -> Iterator[Finding]:
    if part.type not in SUPPORTED:
        yield part.id, f"a component of the type ‘{part.type}’ cannot be used here"
        return
    if part.type in KEYED:
        yield from _key(part)
    if part.type in KEYED - {"expression"} and not part.label.strip():
        yield part.id, "this question has no label"
    if part.type in CHOICES | SEVERAL:
        yield from _values(part)
    if part.type == "expression" and not str(part.more.get("expression") or "").strip():
        yield part.id, "there is nothing to work out: the expression is empty"
    if part.type == "table" and not part.more.get("dataSource"):
        yield part.id, "this table does not say where its rows come from"
    yield from _expressions(part)


def _key(part: Component) -> Iterator[Finding]:
    if not part.key:
        yield part.id, "this question has no key (for a list: no path)"
    elif not all(KEY_PART.fullmatch(name) for name in part.key.split(".")) or part.key.count(".") >= MOST_PARTS:
        yield part.id, f"the key ‘{part.key[:80]}’ must be words of letters, numbers and _, with dots between"
    elif "typename" in part.key.split("."):
        yield part.id, "a key cannot be called ‘typename’"
    elif part.key in RESERVED:
        yield part.id, f"the key ‘{part.key}’ is used by every page; choose another"


def _values(part: Component) -> Iterator[Finding]:
    values = part.more.get("values")
    if part.more.get("valuesKey") or part.more.get("valuesExpression"):
        return
    if not isinstance(values, list) or not values:
        yield part.id, "this question has no answers to choose from"
        return
    written = [mapping(item).get("value") for item in values]
    for item in values:
        if not isinstance(mapping(item).get("value"), str | int | float | bool) or mapping(item)["value"] == "":
            yield part.id, "each answer needs a value"
        elif not str(mapping(item).get("label") or "").strip():
            yield part.id, f"the answer ‘{mapping(item)['value']}’ needs a label"
    for value, times in Counter(str(value) for value in written if value is not None).items():
        if times > 1:
            yield part.id, f"the answer ‘{value}’ stands there twice"


def _expressions(part: Component) -> Iterator[Finding]:
    for what, source in _sources(part):
        try:
            parse(source.strip().removeprefix("=").strip())
        except NotUnderstood as error:
            yield part.id, f"the {what} ‘{source[:120]}’ cannot be understood: {error}"
    pattern = part.limits.get("pattern")
    if pattern and not isinstance(answer("matches(entry, pattern)", {"entry": "", "pattern": pattern}), bool):
        yield part.id, f"the pattern ‘{str(pattern)[:120]}’ cannot be understood"


def _sources(part: Component) -> Iterator[tuple[str, str]]:
    """Each FEEL expression of a component, with what it is for."""
    if part.hide:
        yield "condition", part.hide
    if part.wording.get("prefill"):
        yield "first value", part.wording["prefill"]
    yield from (("expression", str(part.more[name])) for name in _EXPRESSIONS if part.more.get(name))
    appearance = mapping(part.more.get("appearance"))
    for text in (
        part.label,
        part.hint,
        *(str(part.more.get(n) or appearance.get(n) or "") for n in _TEXT_SETTINGS),
    ):
        yield from (("text", text) for _ in range(text.startswith("=")))
        yield from (("text", found) for found in BRACES.findall(text))
    for value in (
        *part.limits.values(),
        *(part.more.get(name) for name in ("readonly", "disabled", "multiple", "accept")),
    ):
        if isinstance(value, str) and value.startswith("="):
            yield "setting", value
