"""The letters that came with the product: the files in its own folder ``forms/``.

They stand in for what a release does not have: one from before letters were files, and letters that the system itself
sends. What a release has always goes first.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.forms.letters import library
from app.forms.letters.parts import LetterFile

FOLDER = Path(__file__).parents[3] / "forms"


@cache
def letters() -> Mapping[str, LetterFile]:
    """The product's own letters by their keys."""
    return library.read_all({path.name: path.read_bytes() for path in sorted(FOLDER.glob(f"*{library.ENDING}"))})


def beside(theirs: Mapping[str, LetterFile]) -> Mapping[str, LetterFile]:
    """The letters of a release, with the product's own where it has none."""
    return {**letters(), **theirs}
