"""Looking through a whole release: what a check finds in each of its files."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.drawing import decisions
from app.drawing.covering import findings as covering
from app.drawing.findings import ERROR, NOTE, Finding
from app.editor import checking, files, letter_checks, table_trying
from app.editor.surroundings import Surroundings
from app.engine import library
from app.errors import DrawingBroken
from app.forms import library as forms

KEPT = 8  # releases and drafts whose findings are in memory


@dataclass(frozen=True)
class Inspected:
    """The findings of every file of a release: {name: findings}, without files of which nothing is to be said."""

    findings: Mapping[str, tuple[Finding, ...]]

    @property
    def stopping(self) -> int:
        """How many findings keep it from being published."""
        return sum(one.severity == ERROR for found in self.findings.values() for one in found)

    @property
    def open(self) -> int:
        """How many say that something is left open or would go wrong."""
        return sum(one.severity not in (ERROR, NOTE) for found in self.findings.values() for one in found)

    def of(self, name: str) -> tuple[Finding, ...]:
        """The findings of one file."""
        return self.findings.get(name, ())


def inspect(content: Mapping[str, bytes], roles: Collection[str] = ()) -> Inspected:
    """What a check finds in these files, each among the others. ``roles`` are those that somebody has."""
    return _inspected(library.key_of(content), tuple(sorted(content.items())), tuple(sorted(roles)))


def look(name: str, content: bytes, around: Surroundings, roles: Collection[str] = ()) -> tuple[Finding, ...]:
    """What a check finds in one file, which need not be kept yet."""
    kind = files.kind(name)
    if kind == "bpmn":
        return checking.check(name, content, around, roles=roles or None).findings
    try:
        if kind == "dmn":
            tables = decisions.read(content, name)
            said = (one for table in tables for one in covering.look(table, around.choices))
            return (*said, *(one for table in tables for one in table_trying.failing(table, content)))
        elif kind == "form":
            forms.read(content, name)
        elif kind == "letter":
            return tuple(letter_checks.findings(name, content, around))
    except DrawingBroken as broken:
        return tuple(checking.refusals(broken))
    return ()


@lru_cache(KEPT)
def _inspected(_: str, content: tuple[tuple[str, bytes], ...], roles: tuple[str, ...]) -> Inspected:
    around = Surroundings(dict(content))
    found = {name: look(name, text, around, roles) for name, text in content}
    return Inspected({name: one for name, one in found.items() if one})
