"""Procedures: drawings and decision tables, parsed once and shared by every run that follows them.

A procedure is known by the hash of its files, so a case that keeps the hash keeps its drawing.
"""

import hashlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from app import errors
from app.drawing import checks, decisions, reading, xml
from app.drawing.asking import Asked, asked
from app.drawing.decisions import DecisionTable
from app.drawing.model import Drawing
from app.engine import vetting
from app.engine.parsing import CaseParser, finish
from app.engine.weaving import woven
from app.law.calendars import Calendars

DEEPEST = 10_000  # calls of Python within each other while a drawing of ``checks.MOST_STEPS`` is read
VERSIONS_KEPT = 32  # parsed procedures in memory; each is a few hundred kilobytes


@dataclass(frozen=True)
class Procedure:
    """All processes and tables that belong together. Immutable in use, so runs and threads may share it."""

    key: str  # hash of the files
    specs: Mapping[str, Any] = field(repr=False)  # {process id: SpiffWorkflow's specification}
    tables: Mapping[str, DecisionTable] = field(repr=False)  # {decision id: table}
    drawings: Mapping[str, Drawing] = field(repr=False)  # {process id: the drawing it stands in}
    calendars: Calendars = Calendars()  # the edition its time limits are counted in

    def counted_in(self, calendars: Calendars, timescales: DecisionTable | None = None) -> "Procedure":
        """The same drawings, counted in these calendars, and with another table of agreed times if one is given."""
        tables = self.tables if timescales is None else {**self.tables, timescales.id: timescales}
        return replace(self, calendars=calendars, tables=tables)

    def asked(self, form: str) -> Asked | None:
        """The question of a drawing behind the form key of an open task; None where it names an ordinary form."""
        found = (asked(drawing, form) for drawing in self.drawings.values()) if form else ()
        return next(filter(None, found), None)

    def home(self, scope: str) -> str:
        """The process in whose drawing something stands: ``scope`` is a process, or a sub-process in one of them.

        A run names the innermost of the two; what stands in neither stays as it is.
        """
        if scope in self.drawings:
            return scope
        found = (d.by_id[scope].process for d in self.drawings.values() if scope in d.by_id)
        return next(found, scope)

    def drawing_of(self, scope: str) -> Drawing | None:
        """The drawing of a process or sub-process; None where there is none."""
        return self.drawings.get(self.home(scope))

    def spec(self, process_id: str) -> Any:
        """The specification of a process, or ``NotFound``."""
        if process_id not in self.specs:
            raise errors.NotFound(f"There is no process ‘{process_id}’.")
        return self.specs[process_id]


def key_of(files: Mapping[str, bytes]) -> str:
    """The hash that names a set of files."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return digest.hexdigest()


def procedure(files: Mapping[str, bytes]) -> Procedure:
    """The procedure in these files ({name: content}), parsed once.

    Raises ``DrawingBroken`` with every problem found: what cannot be read, what would not be executed as drawn.
    """
    return _parsed(key_of(files), tuple(sorted(files.items())))


@lru_cache(VERSIONS_KEPT)
def _parsed(key: str, files: tuple[tuple[str, bytes], ...]) -> Procedure:
    pile = _Pile()
    for name, content in files:
        pile.read(name, content)
    problems = pile.problems
    if not problems:  # else a file that could not be read would be missed in the others
        whole = {drawing.file: drawing for drawing in pile.drawings.values()}.values()
        problems = pile.refused + checks.problems(whole, pile.tables)
    if not problems:
        specs = _specs(pile.parser)
        problems = [one for name, spec in specs.items() for one in vetting.problems(spec, pile.drawings.get(name))]
    if problems:
        raise errors.DrawingBroken(*problems)
    return Procedure(key, specs, pile.tables, pile.drawings)


@dataclass
class _Pile:
    """The files that were read so far."""

    problems: list[errors.Problem] = field(default_factory=list)  # what could not be read
    refused: list[errors.Problem] = field(default_factory=list)  # what was read and is not executed
    tables: dict[str, DecisionTable] = field(default_factory=dict)
    drawings: dict[str, Drawing] = field(default_factory=dict)
    parser: CaseParser = field(default_factory=CaseParser)

    def read(self, name: str, content: bytes) -> None:
        try:
            if name.endswith(".dmn"):
                self._keep(self.tables, {table.id: table for table in decisions.read(content, name)}, name)
            elif name.endswith(".bpmn"):
                self._draw(name, content)
        except errors.DrawingBroken as broken:
            self.problems += broken.problems
        except ValidationException as invalid:
            self.problems.append(_problem(invalid, name))

    def _draw(self, name: str, content: bytes) -> None:
        drawing = reading.read(content, name)
        self._keep(self.drawings, {process.id: drawing for process in drawing.processes}, name)
        root = xml.read(content, name)
        self.refused += vetting.refused(root, name)
        self.parser.add_bpmn_xml(woven(root), filename=name)

    def _keep(self, known: dict[str, Any], more: dict[str, Any], name: str) -> None:
        for key in sorted(known.keys() & more.keys()):
            says = f"‘{key}’ is in ‘{known[key].file}’ as well. Give each its own id."
            self.problems.append(errors.Problem(name, key, says))
        known |= more


def _specs(parser: CaseParser) -> dict[str, Any]:
    try:
        with _deep():
            return {name: finish(spec) for name, spec in parser.find_all_specs().items()}
    except ValidationException as invalid:
        raise errors.DrawingBroken(_problem(invalid, "")) from invalid


@contextmanager
def _deep() -> Iterator[None]:
    """Room for the library, which reads a drawing step within step: two calls of Python, and the frames between."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _problem(invalid: ValidationException, file: str) -> errors.Problem:
    """SpiffWorkflow's complaint, with the file and the element."""
    says = str(invalid.args[0] if invalid.args else invalid).splitlines()[0]
    return errors.Problem(invalid.file_name or file, invalid.id or "", says)
