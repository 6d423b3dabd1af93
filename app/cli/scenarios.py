"""Running the scenarios of a folder: for reviewers, and for the tests that a change goes through before it is taken."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from app.config import ROOT
from app.editor import folders
from app.editor.trying import covering, running
from app.editor.trying.covering import KINDS, Coverage
from app.editor.trying.ground import ground
from app.editor.trying.running import Result, Results
from app.law import wording

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(name="scenarios")
@click.argument("folder", type=FOLDER, default=ROOT)
@click.option("--json", "as_json", is_flag=True, help="Everything, for a program.")
def run(folder: Path, as_json: bool) -> None:
    """Run every scenario of FOLDER/processes with the files there and in FOLDER/forms. Ends with 0 when all pass.

    Nothing is kept and nothing is sent. Without FOLDER the product's own files are taken.
    """
    content = folders.read(folder)
    results = running.run_all(content)
    covered = covering.coverage(ground(content), running.courses_of(results))
    if as_json:
        click.echo(json.dumps(_record(results, covered), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_lines(results, covered)))
    if results.passing < results.total:
        raise SystemExit(1)


def _lines(results: Results, covered: Coverage) -> Iterable[str]:
    for one in results.done:
        yield f"{'as expected' if one.passes else 'otherwise'}  {one.name}  {one.title}"
        if one.difference:
            yield f"    {one.difference.says}"
    yield f"{results.says}."
    shares = (f"{tried} of {total} {KINDS[kind].lower()}" for kind in KINDS for tried, total in [covered.count(kind)])
    yield f"Tried are {wording.listed(list(shares))}."


def _record(results: Results, covered: Coverage) -> dict[str, Any]:
    tried = {kind: dict(zip(("tried", "of"), covered.count(kind), strict=True)) for kind in KINDS}
    untried = {one.file: [part.id for part in one.parts if not part.is_tried] for one in covered.drawings}
    return {"scenarios": [_result(one) for one in results.done], "coverage": tried, "untried": untried}


def _result(one: Result) -> dict[str, Any]:
    difference = vars(one.difference) if one.difference else None
    return {"name": one.name, "title": one.title, "passes": one.passes, "difference": difference}


alone = click.Group("trigger", commands=[run])
