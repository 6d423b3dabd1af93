"""Checking letters: what cannot be read, what is not there, facts that nothing gives, letters that nobody sends."""

from collections.abc import Iterator

from app.drawing.findings import ERROR, NOTE, WARNING, Finding, Fix
from app.drawing.model import Drawing
from app.editor import letter_facts
from app.editor.surroundings import Surroundings
from app.forms.letters import asked, library, own
from app.forms.letters.parts import NONE, LetterFile
from app.notify import letters

ENDS = frozenset(letters.ENDINGS.values())  # passages that letters share without naming them


def findings(name: str, content: bytes, around: Surroundings) -> Iterator[Finding]:
    """What a check finds in a letter that can be read. Raises ``DrawingBroken`` for one that cannot."""
    file, key = library.read(content, name), library.key_of(name)
    yield from _passages(file, key, around)
    yield from _facts(file, around)
    base, _, language = key.partition(".")
    if language and base not in around.letters:
        says = f"This is a translation of ‘{base}.letter’, which is not there."
        yield Finding("", "The whole letter", "no_original", WARNING, says)
    elif not language and (unused := _unused(file, key, around)):
        yield Finding("", "The whole letter", "not_sent", NOTE, unused)


def missing(drawing: Drawing, around: Surroundings) -> Iterator[Finding]:
    """The letters that a drawing names and that are not among the files, each with a fix that begins a blank one."""
    there = own.beside(around.letters)
    for element in drawing.elements:
        key = element.properties.get("letter", "")
        name = f"{key}{library.ENDING}"
        if not key or name in around.files:
            continue
        label, fix = element.name or element.id, Fix(f"Begin the letter ‘{name}’", (), begins=name)
        if key not in there or there[key].is_passage:
            says = f"It sends the letter ‘{key}’, and there is no such letter. A case would stop here."
            yield Finding(element.id, label, "letter_missing", ERROR, says, fix=fix)
        else:
            says = f"It sends the letter ‘{key}’, which is not among these files."
            reading = "The one that came with the system goes out."
            yield Finding(element.id, label, "letter_missing", NOTE, says, reading, fix)


def _passages(file: LetterFile, key: str, around: Surroundings) -> Iterator[Finding]:
    there = own.beside(around.letters)
    named = asked.passages(file) | ({file.ending: 1} if file.ending not in ("", NONE) else {})
    for name, line in named.items():
        if name not in there or not there[name].is_passage:
            says = f"There is no passage ‘{name}’. Expected a file ‘{name}.letter’ that begins with ‘title:’."
            yield _on(line, "no_passage", ERROR, says)
        elif file.is_passage and key.partition(".")[0] in _within(name, around):
            yield _on(line, "passage_in_itself", ERROR, f"The passage ‘{name}’ holds this one again: it has no end.")


def _within(name: str, around: Surroundings) -> set[str]:
    """A passage and all that stand in it, however deep."""
    there = own.beside(around.letters)
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one in there and one not in found:
            found.add(one)
            waiting += asked.passages(there[one])
    return found


def _facts(file: LetterFile, around: Surroundings) -> Iterator[Finding]:
    given, told = letter_facts.paths(around), set()
    for one in asked.facts(file):
        path = one.path.removesuffix(asked.ROW)
        if path and path not in told and not letter_facts.is_given(path, given):
            told.add(path)
            near = letter_facts.nearest(path, given)
            says = f"Nothing gives the fact ‘{path}’: that place stays blank."
            yield _on(one.line, "unknown_fact", WARNING, f"{says} Did you mean ‘{near}’?" if near else says)


def _unused(file: LetterFile, key: str, around: Surroundings) -> str:
    """That nobody uses a letter or passage, in a sentence; "" where somebody does."""
    if file.is_passage:
        shared = any(key in asked.passages(other) or other.ending == key for other in around.letters.values())
        return "" if shared or key in ENDS else "No letter shares this passage."
    return "" if key in around.sends or key in letters.BY_SYSTEM else "No drawing sends this letter."


def _on(line: int, kind: str, severity: str, says: str) -> Finding:
    return Finding(f"line {line}", f"line {line}", kind, severity, says)
