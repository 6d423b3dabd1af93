"""Bringing the drawings, tables and forms of ``processes/`` and ``forms/`` into use."""

from pathlib import Path

from app import errors
from app.cases import procedures
from app.clock import Clock
from app.editor import folders
from app.engine import library
from app.store import releases


def load(root: Path, *, by: str, clock: Clock) -> str:
    """Publish what stands in the folders, if it is not live already, and give the key of the live release.

    What the partnership has published itself stays live: the folders only bring what came with the system. Raises
    ``DrawingBroken`` with every problem, each with file, element and reason; nothing is published then.
    """
    files = folders.read(root)
    key = library.key_of(files)
    try:
        live = releases.live()
        if live.key == key or live.draft_id is not None:
            return live.key
    except errors.NotFound:
        pass  # the first release
    return procedures.publish(files, by=by, note="Loaded from the folders", clock=clock)
