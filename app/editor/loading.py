"""Bringing the drawings, tables and forms of ``processes/`` and ``forms/`` into use."""

from pathlib import Path

from app import errors
from app.cases import procedures
from app.clock import Clock
from app.editor import folders
from app.engine import library
from app.store import releases


def load(root: Path, *, by: str, clock: Clock) -> str:
    """Publish what stands in the folders, if it is not live already, and give the key of the release.

    Raises ``DrawingBroken`` with every problem, each with file, element and reason; nothing is published then.
    """
    files = folders.read(root)
    key = library.key_of(files)
    try:
        if releases.live().key == key:
            return key
    except errors.NotFound:
        pass  # the first release
    return procedures.publish(files, by=by, note="Loaded from the folders", clock=clock)
