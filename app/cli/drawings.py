"""Checking and playing drawings from the command line."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from app.config import ROOT
from app.drawing.completing import completed
from app.drawing.xml import MAX_BYTES
from app.editor import checking, folders, playing
from app.editor.checking import REFUSED, Checked
from app.editor.surroundings import Surroundings

FILES = click.Path(exists=True, dir_okay=False, path_type=Path)
SAYS = {"runs": "runs", "runs_as_read": "runs, as it is read below", "refused": "is refused"}


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILES)
@click.option("--json", "as_json", is_flag=True, help="Everything, for a program.")
@click.option("--fix", type=click.Path(dir_okay=False, path_type=Path), help="Write the drawing with every fix made.")
def check(files: tuple[Path, ...], as_json: bool, fix: Path | None) -> None:
    """Say what drawings leave open and would do wrong. Ends with 0 when none is refused.

    What a drawing refers to is looked for among FILES, then in processes/ and forms/.
    """
    if fix and len([file for file in files if file.suffix not in (".dmn", ".form")]) != 1:
        raise click.UsageError("--fix takes one drawing.")
    found = list(_checked(files))
    if as_json:
        click.echo(json.dumps([one.as_record() for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            click.echo("\n".join(_lines(one)))
    if fix and found[0].verdict != REFUSED:
        fix.write_bytes(completed.fixed(_read(Path(found[0].file)), found[0].file, found[0].findings))
    if any(one.verdict == REFUSED for one in found):
        raise SystemExit(1)


@click.command()
@click.argument("file", type=FILES)
@click.option("--json", "as_json", is_flag=True, help="Every step, for a program.")
@click.option("--seed", default=0, show_default=True, help="The same seed gives the same play.")
@click.option("--limit", default=0, help="The most steps: else 300 more than are drawn.")
@click.option("--choose", is_flag=True, help="Ask at each step what happens next.")
def play(file: Path, as_json: bool, seed: int, limit: int, choose: bool) -> None:
    """Play a drawing to its end with made-up answers. Nothing is kept and nothing is sent."""
    around = Surroundings(Files((file,)))
    one = checking.check(str(file), _read(file), around)
    if one.procedure is None:
        raise click.ClickException("\n".join(_lines(one)))
    played = playing.play(one.procedure, one.file, around, seed=seed, limit=limit, ask=_ask if choose else None)
    if as_json:
        click.echo(json.dumps(played.as_record(), ensure_ascii=False, indent=1))
    else:
        click.echo(
            "\n".join(f"{step['at'][:16]}  {step['what']}  {step['label'] or step['element']}" for step in played.steps)
        )
        where = ", ".join(one["label"] or one["element"] for one in played.stuck_at)
        click.echo(f"The play is {played.outcome}{' at ' + where if where else ''}.")


def _ask(question: str, answers: Sequence[str]) -> int:
    """Which of the answers somebody at the keyboard chooses."""
    click.echo(f"\n{question}", err=True)
    for number, answer in enumerate(answers, 1):
        click.echo(f"  {number}. {answer}", err=True)
    return int(click.prompt("Number", type=click.IntRange(1, len(answers)), default=1, err=True)) - 1


def _checked(files: Iterable[Path]) -> Iterable[Checked]:
    around = Surroundings(Files(files))
    roles = Surroundings(Files(())).roles  # the lanes of the partnership's own drawings
    drawn = (file for file in files if file.suffix not in (".dmn", ".form"))
    return (checking.check(str(file), _read(file), around, roles=roles) for file in drawn)


class Files(Mapping[str, bytes]):
    """The product's own drawings, tables and forms, and the files given, which are read when they are needed."""

    def __init__(self, given: Iterable[Path]) -> None:
        paths = {str(path): path for path in given}
        same = {path.resolve() for path in paths.values()}
        own = {file.name: file for file in folders.paths(ROOT) if file.resolve() not in same}
        self.paths = own | paths

    def __getitem__(self, name: str) -> bytes:
        return _read(self.paths[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


def _read(file: Path) -> bytes:
    with file.open("rb") as content:
        return content.read(MAX_BYTES + 1)  # one more than may be: the rest need not be read


def _lines(one: Checked) -> Iterable[str]:
    yield f"{one.file} {SAYS[one.verdict]}."
    for finding in one.findings:
        yield f"  {finding.severity}, {finding.label}: {finding.says}".rstrip()
        if finding.reading:
            yield f"    {finding.reading}"


alone = click.Group("trigger", commands=[check, play])
