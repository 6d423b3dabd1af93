"""The reading of ``.letter`` files: a letter that can be written, or every reason why it cannot.

A file has a head, one ``key: words`` a line, then an empty line, then the letter in Markdown. What stands in double
brackets is FEEL, or steers what is written; nothing of it is ever executed as anything else.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from app.drawing import expressions
from app.errors import DrawingBroken, Problem
from app.forms.letters import cutting
from app.forms.letters.building import Builder
from app.forms.letters.parts import BOTH, COLLEAGUE, NONE, PERSON, LetterFile, Parts

LARGEST = 30_000  # characters of a file
LONGEST_LINE = 4_000
MOST = 1_000  # pieces in double brackets
MOST_SQUARE = 300  # square brackets: Markdown looks for a link from each of them to the end
DEEPEST_QUOTE = 5  # quotes within quotes, lists within lists
KEPT = 2_048  # letters in memory
FUNCTIONS = frozenset({"either", "named"})  # that letters add to those of FEEL
KEYS = ("subject", "title", "to", "text", "name", "greeting", "ending")
ENDING = ".letter"
_HEAD = re.compile(r"([a-z]+):(.*)")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")
_DEEP = re.compile(rf"[ \t]*(?:>[ \t]*|(?:[*+-]|\d+\.)[ \t]+){{{DEEPEST_QUOTE + 1}}}|[ \t]{{40}}")
_OURS = re.compile("[\ue000-\uf8ff\x00-\x08\x0b-\x1f]")  # what we mark places with, and control characters


def key_of(file: str) -> str:
    """What a file is known by: ``refusal.letter`` as ``refusal``, its translation as ``refusal.fr``."""
    return file.removesuffix(ENDING)


def read_all(files: Mapping[str, bytes]) -> dict[str, LetterFile]:
    """The letters among these files by their keys. Raises ``DrawingBroken`` with every problem of all of them."""
    found: dict[str, LetterFile] = {}
    problems: list[Problem] = []
    for name, content in files.items():
        if name.endswith(ENDING):
            try:
                found[key_of(name)] = read(content, name)
            except DrawingBroken as broken:
                problems += broken.problems
    if problems:
        raise DrawingBroken(*problems)
    return found


def readable(files: Mapping[str, bytes]) -> dict[str, LetterFile]:
    """The letters among these files that can be read, by their keys."""
    found = {}
    for name, content in files.items():
        if name.endswith(ENDING):
            try:
                found[key_of(name)] = read(content, name)
            except DrawingBroken:
                continue
    return found


@lru_cache(KEPT)
def read(content: bytes, file: str) -> LetterFile:
    """The letter in the content of a file. Raises ``DrawingBroken`` with every problem, each with its line."""
    text = _text(content, file)
    lines = text.split("\n")
    empty = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    builder = Builder(file)
    head = {key: _inline(builder, said, number) for key, said, number in _head(lines[:empty], builder)}
    to, ending = (_said(head.pop(key, ())) for key in ("to", "ending"))
    _check_head(head, to, ending, builder)
    body = _cut(builder, "\n".join(lines[empty + 1 :]).strip("\n"), _first(lines, empty + 1))
    _check_shape(lines, builder)
    _check_sources(builder)
    if builder.problems:
        raise DrawingBroken(*builder.problems)
    return LetterFile(file, body, head, to or PERSON, ending)


def _text(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise DrawingBroken(Problem(file, "", "The file is not text: it must be written in UTF-8.")) from None
    if len(text) > LARGEST:
        raise DrawingBroken(Problem(file, "", f"The letter is too long: it has more than {LARGEST:,} characters."))
    if text.count(cutting.OPENS) > MOST:
        raise DrawingBroken(Problem(file, "", f"The letter has more than {MOST:,} pieces in double brackets."))
    if text.count("[") > MOST_SQUARE:
        raise DrawingBroken(Problem(file, "", f"The letter has more than {MOST_SQUARE} square brackets."))
    return text


def _first(lines: list[str], start: int) -> int:
    """The number of the first line of the body, counted from 1."""
    return next((number + 1 for number in range(start, len(lines)) if lines[number].strip()), start + 1)


def _head(lines: list[str], builder: Builder) -> Iterator[tuple[str, str, int]]:
    seen = set()
    for number, line in enumerate(lines, 1):
        found = _HEAD.fullmatch(line.strip())
        if found is None or found[1] not in KEYS:
            says = f"‘{line.strip()[:60]}’ is no line of the head of a letter. Expected one of "
            says += f"{', '.join(f'‘{key}:’' for key in KEYS)}, and an empty line before the letter begins."
            builder.problem(number, says)
        elif found[1] in seen:
            builder.problem(number, f"‘{found[1]}:’ stands there twice.")
        else:
            seen.add(found[1])
            yield found[1], found[2].strip(), number


def _inline(builder: Builder, said: str, number: int) -> Parts:
    """What a line of the head says, without the end of its line."""
    return _cut(builder, said, number)


def _cut(builder: Builder, text: str, first: int) -> Parts:
    try:
        return builder.build(cutting.cuts(text, first))
    except cutting.Unclosed as unclosed:
        says = "‘((’ is opened here and not closed. Expected ‘))’ on the same line."
        builder.problem(int(unclosed.args[0]), says)
        return ()


def _said(parts: Parts) -> str:
    """A line of the head that names one of ours."""
    return "".join(getattr(part, "text", "((…))") for part in parts).strip().lower()


def _check_head(head: Mapping[str, Parts], to: str, ending: str, builder: Builder) -> None:
    if ("subject" in head) == ("title" in head):
        says = "A letter begins with ‘subject:’ and what it is about, a shared passage with ‘title:’. "
        builder.problem(1, says + ("Neither is there." if "subject" not in head else "Leave one of them out."))
    elif not _said(head.get("subject") or head.get("title") or ()):
        builder.problem(1, "The subject is empty. Expected what the letter is about, in a few words.")
    if to not in ("", PERSON, COLLEAGUE, BOTH):
        builder.problem(1, f"‘to: {to[:40]}’ is not known. Expected ‘{PERSON}’, ‘{COLLEAGUE}’ or ‘{BOTH}’.")
    if ending not in ("", NONE) and not _NAME.fullmatch(ending):
        builder.problem(1, f"‘ending: {ending[:40]}’ is not known. Expected the name of a passage, or ‘{NONE}’.")


def _check_shape(lines: list[str], builder: Builder) -> None:
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            builder.problem(number, f"This line has more than {LONGEST_LINE:,} characters. Begin a new paragraph.")
        elif _DEEP.match(line):
            builder.problem(number, f"This is more than {DEEPEST_QUOTE} levels deep. Use fewer lists in lists.")
        elif _OURS.search(line.replace("\t", " ")):
            builder.problem(number, "This line holds a character that cannot be shown. Type it anew.")


def _check_sources(builder: Builder) -> None:
    for source, line in builder.sources:
        for says in expressions.unreadable(source, FUNCTIONS):
            builder.problem(line, says)
