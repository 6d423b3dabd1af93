"""A whole release as one zip file, and back. What comes back is read without trusting it."""

import io
import zipfile
from collections.abc import Iterator, Mapping

from app import errors
from app.editor import files
from app.editor.folders import KINDS
from app.errors import Problem

LARGEST = 20_000_000  # bytes of all files together
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # so that the same files make the same zip


def pack(content: Mapping[str, bytes]) -> bytes:
    """The files in the folders that they stand in: ``processes/`` and ``forms/``."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in sorted(content.items()):
            packed.writestr(zipfile.ZipInfo(f"{folder(name)}/{name}", FIRST_DAY), text, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def folder(name: str) -> str:
    """Where a file stands: ``processes`` or ``forms``."""
    return next(one for one, endings in KINDS.items() if name.endswith(endings))


def unpack(whole: bytes) -> dict[str, bytes]:
    """The files in a zip: {name: content}, each checked. Folders do not matter, other files are left out.

    Raises ``DrawingBroken`` with every problem: what is no zip, too large, twice, or may not be kept.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as packed:
            return _read(packed)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as problem:
        raise _broken("", "This is not a zip file that we can read.") from problem


def _read(packed: zipfile.ZipFile) -> dict[str, bytes]:
    if len(packed.infolist()) > files.MOST:
        raise _broken("", f"The zip file holds more than {files.MOST:,} files.")
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for entry, name in _ours(packed):
        try:
            if name in found:
                raise _broken(name, "The zip file holds this name twice.")
            found[name] = _unpacked(packed, entry, LARGEST - sum(map(len, found.values())))
            files.check(name, found[name])
        except errors.DrawingBroken as broken:
            problems += broken.problems
    if problems:
        raise errors.DrawingBroken(*problems)
    if not found:
        raise _broken("", "The zip file holds no drawing, table, form or letter.")
    return found


def _ours(packed: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """The entries that are files of ours, with their names without folders."""
    endings = tuple(f".{kind}" for kind in files.KINDS)
    for entry in packed.infolist():
        name = entry.filename.replace("\\", "/").rpartition("/")[2]
        if not entry.is_dir() and name.endswith(endings):
            yield entry, name


def _unpacked(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """What an entry holds. Its own word for its size is not trusted."""
    if left <= 0:
        raise _broken("", f"The files in it are larger than {LARGEST // 1_000_000} MB together.")
    with packed.open(entry) as unpacked:
        return unpacked.read(min(left, files.LARGEST + 1))


def _broken(name: str, says: str) -> errors.DrawingBroken:
    return errors.DrawingBroken(Problem(name[:100], "", says))
