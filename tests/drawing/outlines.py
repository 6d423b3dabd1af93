"""The outlines of our own drawings, kept beside the documents: ``python -m tests.drawing.outlines`` writes them."""

from pathlib import Path

from app.drawing import decisions, reading
from app.drawing.outlining.known import known
from app.drawing.outlining.text import text
from app.drawing.outlining.writing import outline

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "docs" / "outlines"


def written() -> dict[str, str]:
    """{name of the file: what must stand in it}."""
    drawings = [reading.read(p.read_bytes(), p.name) for p in sorted((ROOT / "processes").glob("*.bpmn"))]
    tables = [t for p in sorted((ROOT / "processes").glob("*.dmn")) for t in decisions.read(p.read_bytes(), p.name)]
    beside = known(drawings, tables)
    return {f"{Path(drawing.file).stem}.txt": text(outline(drawing, beside)) for drawing in drawings}


def write() -> None:
    """Writes every outline anew, and takes out those whose drawing is gone."""
    KEPT.mkdir(exist_ok=True)
    found = written()
    for name, says in found.items():
        (KEPT / name).write_text(says, "utf-8")
    for path in KEPT.glob("*.txt"):
        if path.name not in found:
            path.unlink()


if __name__ == "__main__":
    write()
