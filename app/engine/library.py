"""Procedures: drawings and decision tables, parsed once and shared by every run that follows them.

A procedure is known by the hash of its files, so a case that keeps the hash keeps its drawing.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from app import errors
from app.drawing import checks, decisions, reading, xml
from app.drawing.decisions import DecisionTable
from app.drawing.model import Drawing
from app.engine import vetting
from app.engine.parsing import CaseParser, finish, strip

VERSIONS_KEPT = 32  # parsed procedures in memory; each is a few hundred kilobytes


@dataclass(frozen=True)
class Procedure:
    """All processes and tables that belong together. Immutable in use, so runs and threads may share it."""

    key: str  # hash of the files
    specs: Mapping[str, Any] = field(repr=False)  # {process id: SpiffWorkflow's specification}
    tables: Mapping[str, DecisionTable] = field(repr=False)  # {decision id: table}
    drawings: Mapping[str, Drawing] = field(repr=False)  # {process id: the drawing it stands in}

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
    problems: list[errors.Problem] = []
    tables: dict[str, DecisionTable] = {}
    drawings: dict[str, Drawing] = {}
    parser = CaseParser()
    for name, content in files:
        try:
            if name.endswith(".dmn"):
                tables |= {table.id: table for table in decisions.read(content, name)}
            elif name.endswith(".bpmn"):
                drawing = reading.read(content, name)
                drawings |= {process.id: drawing for process in drawing.processes}
                parser.add_bpmn_xml(strip(xml.read(content, name)), filename=name)
        except errors.DrawingBroken as broken:
            problems += broken.problems
        except ValidationException as invalid:
            problems.append(_problem(invalid, name))
    problems += checks.problems({drawing.file: drawing for drawing in drawings.values()}.values(), tables)
    if not problems:
        specs = _specs(parser)
        problems += [problem for name, spec in specs.items() for problem in vetting.problems(spec, drawings.get(name))]
    if problems:
        raise errors.DrawingBroken(*problems)
    return Procedure(key, specs, tables, drawings)


def _specs(parser: CaseParser) -> dict[str, Any]:
    try:
        return {name: finish(spec) for name, spec in parser.find_all_specs().items()}
    except ValidationException as invalid:
        raise errors.DrawingBroken(_problem(invalid, "")) from invalid


def _problem(invalid: ValidationException, file: str) -> errors.Problem:
    """SpiffWorkflow's complaint, with the file and the element."""
    says = str(invalid.args[0] if invalid.args else invalid).splitlines()[0]
    return errors.Problem(invalid.file_name or file, invalid.id or "", says)
