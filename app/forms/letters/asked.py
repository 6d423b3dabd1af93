"""What a letter asks for: the paths of facts, found in its parts on every way, and the passages that it shares."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.feel import parsing
from app.forms.letters.parts import Choice, Each, Fact, LetterFile, Passage

ROW = "[]"  # stands in a path for any row of a list


@dataclass(frozen=True)
class Asked:
    """One fact that a letter asks for: its path, such as ``threshold.complaints[].why``, and the line it stands on."""

    path: str
    line: int


def facts(file: LetterFile) -> Iterator[Asked]:
    """Every fact that a letter asks for in its own file, in order; what passages ask for stands in theirs."""
    for part, rows in file.every:
        paths = named(rows)
        if isinstance(part, Fact | Each):
            yield from _of(part.source, part.line, paths)
        elif isinstance(part, Choice):
            for way in part.ways:
                yield from _of(way.condition, way.line, paths)


def passages(file: LetterFile) -> dict[str, int]:
    """The passages that a letter shares, each with the line on which it does so first."""
    found: dict[str, int] = {}
    for part, _ in file.every:
        if isinstance(part, Passage):
            found.setdefault(part.name, part.line)
    return found


def of_source(source: str) -> list[str]:
    """The names that an expression of a letter needs, such as ``item.due_on``."""
    return sorted(parsing.names(parsing.parse(source), item=True))


def named(rows: tuple[Each, ...]) -> dict[str, str]:
    """The path that the name of each row stands for."""
    paths: dict[str, str] = {}
    for each in rows:
        paths[each.name] = f"{of_list(each.source, paths)}{ROW}"
    return paths


def of_list(source: str, paths: Mapping[str, str]) -> str:
    """The path of the fact whose rows a list has, such as ``agreed_actions``; "" where it is of no fact."""
    names = of_source(source)
    return whole(names[0], paths) if names else ""


def whole(name: str, paths: Mapping[str, str]) -> str:
    """A name in a letter as a path of facts: the name of a row stands for the list that it is of."""
    head, dot, rest = name.partition(".")
    return f"{paths.get(head, head)}{dot}{rest}"


def _of(source: str, line: int, paths: Mapping[str, str]) -> Iterator[Asked]:
    if source:
        for name in of_source(source):
            yield Asked(whole(name, paths), line)
