"""The folders ``processes/`` and ``forms/``: what the product itself is made of."""

from pathlib import Path

KINDS = {"processes": (".bpmn", ".dmn", ".scenario"), "forms": (".form", ".letter")}


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
