"""Expressions of Camunda in FEEL: JUEL of Camunda 7, and FEEL with its sign of Camunda 8."""

from typing import Any

from app import errors
from app.drawing.converting import juel
from app.drawing.expressions import unreadable
from app.feel import evaluating, parsing

KEPT_LANGUAGES = frozenset({"", "juel", "feel"})


def is_expression(text: str) -> bool:
    """Whether Camunda works a text out, rather than taking it as it stands."""
    return "${" in text or "#{" in text or text.lstrip().startswith("=")


def in_feel(text: str, language: str = "") -> str | None:
    """An expression in FEEL, as it is where it was written so; None where that cannot be said."""
    said = text.strip()
    if language.lower().rpartition("/")[2] not in KEPT_LANGUAGES:
        return None
    if said.startswith("="):
        feel = said[1:].strip()
        return feel if feel and not any(unreadable(feel)) else None
    if "${" in said or "#{" in said:
        return juel.translated(said)
    return said


def name_in(text: str) -> str:
    """The one name that an expression consists of, or that stands there without signs; "" for anything else."""
    said = in_feel(text) or ""
    return said if all(part.isidentifier() for part in said.split(".")) else ""


def constant(text: str) -> Any:
    """What an expression comes to that names nothing; None where it hangs on facts, or cannot be read."""
    feel = in_feel(text)
    if feel is None or not is_expression(text):
        return feel
    try:
        tree = parsing.parse(feel)
        return None if parsing.names(tree) else evaluating.constant(tree)
    except errors.NotUnderstood:
        return None


def words_in(text: str) -> list[str] | None:
    """The texts that Camunda takes from ``a, b`` or ``=["a", "b"]``; None where it works them out from facts."""
    if not text.strip():
        return []
    found = constant(text)
    if isinstance(found, str):
        return [one for part in found.split(",") if (one := part.strip())]
    if isinstance(found, list | tuple) and all(isinstance(one, str) for one in found):
        return [one.strip() for one in found if one.strip()]
    return None
