"""Building a letter from its pieces: what is opened is closed, and each problem is told with its line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.errors import Problem
from app.forms.letters.cutting import Cut
from app.forms.letters.parts import Card, Choice, Each, Fact, Part, Parts, Passage, Way, Words

DEEPEST = 10  # conditions and rows within each other
_ROW = re.compile(r"([A-Za-z_]\w*) in (.+)")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")


@dataclass
class _Open:
    """What has been opened and not closed yet: its ways so far, and what stands in the one that is being read."""

    kind: str
    text: str
    line: int
    ways: list[Way] = field(default_factory=list)
    inside: list[Part] = field(default_factory=list)


class Builder:
    """Builds parts and remembers what was wrong. ``sources`` are all FEEL sources, each with its line."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.sources: list[tuple[str, int]] = []

    def problem(self, line: int, says: str) -> None:
        """Remember what is wrong with a line."""
        self.problems.append(Problem(self.file, f"line {line}", says))

    def build(self, cuts: Iterable[Cut]) -> Parts:
        """The parts of a text. What is opened in it is closed in it, else that is a problem."""
        whole = _Open("", "", 0)
        opened = [whole]
        for cut in cuts:
            self._take(cut, opened)
        for one in opened[1:]:
            self.problem(one.line, f"‘(({one.kind} {one.text}))’ is not closed. Expected ‘((end))’ further down.")
        return _joined(whole.inside)

    def _take(self, cut: Cut, opened: list[_Open]) -> None:
        if cut.kind in ("words", "fact", "passage"):
            opened[-1].inside += self._plain(cut)
        elif cut.kind in ("if", "for", "card"):
            self._open(cut, opened)
        elif cut.kind in ("else", "else if"):
            self._otherwise(cut, opened[-1])
        elif len(opened) == 1:
            self.problem(cut.line, "‘((end))’ closes nothing. Expected ‘((if …))’, ‘((for …))’ or ‘((card))’ before.")
        else:
            done = opened.pop()
            opened[-1].inside += self._closed(done)

    def _plain(self, cut: Cut) -> Iterator[Part]:
        if cut.kind == "words":
            yield Words(cut.text)
        elif cut.kind == "fact":
            yield Fact(self._source(cut.text, cut.line), cut.line)
        elif _NAME.fullmatch(cut.text):
            yield Passage(cut.text, cut.line)
        else:
            self.problem(cut.line, f"‘{cut.text[:60]}’ cannot be a passage. Expected its name, such as appeal_rights.")

    def _source(self, text: str, line: int) -> str:
        if text:
            self.sources.append((text, line))
        else:
            self.problem(line, "Nothing stands between the brackets. Expected a fact, such as ((case.reference)).")
        return text

    def _open(self, cut: Cut, opened: list[_Open]) -> None:
        if len(opened) > DEEPEST:
            self.problem(cut.line, f"More than {DEEPEST} ‘((if))’ and ‘((for))’ stand within each other.")
        if cut.kind == "if":
            self._source(cut.text, cut.line)
        opened.append(_Open(cut.kind, cut.text, cut.line))

    def _otherwise(self, cut: Cut, last: _Open) -> None:
        if last.kind != "if":
            self.problem(cut.line, f"‘(({cut.kind}))’ stands in no ‘((if …))’.")
            return
        if last.ways and not last.text:
            self.problem(cut.line, f"‘(({cut.kind}))’ comes after ‘((else))’. Expected ‘((end))’.")
        if cut.kind == "else if":
            self._source(cut.text, cut.line)
        last.ways.append(Way(last.text, last.line, _joined(last.inside)))
        last.text, last.line, last.inside = cut.text, cut.line, []

    def _closed(self, done: _Open) -> Iterator[Part]:
        inside = _joined(done.inside)
        if done.kind == "if":
            yield Choice((*done.ways, Way(done.text, done.line, inside)))
        elif done.kind == "card":
            yield Card(inside)
        elif row := _ROW.fullmatch(done.text):
            yield Each(row[1], self._source(row[2], done.line), done.line, inside)
        else:
            says = f"‘((for {done.text[:60]}))’ cannot be read. Expected ((for row in list)), such as "
            self.problem(done.line, f"{says}((for report in reports)).")


def _joined(parts: Iterable[Part]) -> Parts:
    """Parts with words that follow each other made one."""
    found: list[Part] = []
    for part in parts:
        if isinstance(part, Words) and found and isinstance(found[-1], Words):
            found[-1] = Words(found[-1].text + part.text)
        else:
            found.append(part)
    return tuple(found)
