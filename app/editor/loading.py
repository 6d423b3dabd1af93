"""Bringing the drawings, tables and forms of ``processes/`` and ``forms/`` into use."""

from pathlib import Path

from app import errors
from app.cases import procedures
from app.clock import Clock
from app.engine import library
from app.store import releases

KINDS = {"processes": (".bpmn", ".dmn"), "forms": (".form",)}


def paths(root: Path) -> list[Path]:
    """The files of both folders."""
    return [
        path
        for folder, endings in KINDS.items()
        for path in sorted((root / folder).iterdir())
        if path.suffix in endings
    ]


def read(root: Path) -> dict[str, bytes]:
    """The files of both folders as {name: content}."""
    return {path.name: path.read_bytes() for path in paths(root)}


def load(root: Path, *, by: str, clock: Clock) -> str:
    """Publish what stands in the folders, if it is not live already, and give the key of the release.

    Raises ``DrawingBroken`` with every problem, each with file, element and reason; nothing is published then.
    """
    files = read(root)
    key = library.key_of(files)
    try:
        if releases.live().key == key:
            return key
    except errors.NotFound:
        pass  # the first release
    return procedures.publish(files, by=by, note="Loaded from the folders", clock=clock)
