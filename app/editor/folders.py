"""The folders ``processes/`` and ``forms/``: what the product itself is made of, and procedures to begin from."""

from pathlib import Path

KINDS = {"processes": (".bpmn", ".dmn", ".scenario"), "forms": (".form", ".letter")}
EXAMPLES = "examples"  # in both folders, with a folder for each example; nothing of it is live by itself


def paths(root: Path, below: str = "") -> list[Path]:
    """The files of both folders, or of a folder ``below`` each."""
    return [
        path
        for folder, endings in KINDS.items()
        if (root / folder / below).is_dir() or not below
        for path in sorted((root / folder / below).iterdir())
        if path.suffix in endings
    ]


def read(root: Path) -> dict[str, bytes]:
    """The files of both folders as {name: content}."""
    return {path.name: path.read_bytes() for path in paths(root)}


def examples(root: Path) -> list[str]:
    """The names of the examples."""
    return sorted(path.name for path in (root / "processes" / EXAMPLES).iterdir() if path.is_dir())


def example(root: Path, name: str) -> dict[str, bytes]:
    """The files of an example as {name: content}; none where there is no such example."""
    if name not in examples(root):
        return {}
    return {path.name: path.read_bytes() for path in paths(root, f"{EXAMPLES}/{name}")}
