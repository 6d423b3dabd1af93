"""What stands in the tree, for the tests that look at it."""

import ast
import configparser
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("app", "docs", "forms", "frontend", "processes", "tests", ".ci")
NOT_OURS = {"node_modules", "static", "__pycache__"}
TEXT = (".py", ".md", ".cfg", ".toml", ".lock", ".json", ".js", ".mjs", ".css", ".scss", ".html", ".bpmn", ".dmn")
TEXT += (".form", ".svg", ".mako", ".ini", "")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
CODE = re.compile(r"`([^`\n]+)`")


def files() -> Iterator[Path]:
    """Every text file that is kept; what is built, installed or measured is left out."""
    yield from (path for path in ROOT.glob("[!.]*") if path.is_file() and path.suffix in TEXT)
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix in TEXT and not NOT_OURS & set(path.relative_to(ROOT).parts):
                yield path


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    """Every module of the application, read; migrations are a record and keep their own form."""
    paths = (path for path in sorted((ROOT / "app").rglob("*.py")) if "versions" not in path.parts)
    return tuple((path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))) for path in paths)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Every function and method in a module."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@cache
def document(name: str) -> str:
    """A document by its path from the root."""
    return (ROOT / name).read_text("utf-8")


def documents() -> list[Path]:
    """The README and everything in ``docs``."""
    return [ROOT / "README.md", ROOT / "frontend" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def table_words(text: str) -> set[str]:
    """The first cell of every row of the tables in a document, without marks."""
    rows = (line.split("|")[1].strip().strip("`") for line in text.splitlines() if line.startswith("|"))
    return {row for row in rows if row and not set(row) <= set("-: ")}


@cache
def setup() -> configparser.ConfigParser:
    """``setup.cfg``, read."""
    read = configparser.ConfigParser()
    read.read(ROOT / "setup.cfg", "utf-8")
    return read


def requirements() -> list[str]:
    """Every requirement of ``setup.cfg``, as it is written."""
    text = setup()["options"]["install_requires"] + setup()["options.extras_require"]["dev"]
    return [line.strip() for line in text.splitlines() if line.strip()]
