"""Releases as folders: writing one to files, for git and for reviewers there, and taking files into a draft."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click
from flask import Flask

from app import clock, errors
from app.cases import access
from app.drawing.converting.notes import DROPPED, LEFT, TAKEN, Converted
from app.editor import bundles, converting, drafts, folders
from app.store import people, releases, releasing

Maker = Callable[[], Flask]
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(name="release")
@click.argument("folder", type=FOLDER)
@click.option("--release", "key", default="", help="The key of a release, or how it begins: else the live one.")
@click.pass_obj
def write(make: Maker, folder: Path, key: str) -> None:
    """Write a release to FOLDER/processes and FOLDER/forms. Files there that are not in it are taken away."""
    with make().app_context():
        content = releases.files(_key(key))
    kept = {folder / bundles.folder(name) / name for name in content}
    for inner in folders.KINDS:
        (folder / inner).mkdir(parents=True, exist_ok=True)
    for old in set(folders.paths(folder)) - kept:
        old.unlink()
    for name, text in content.items():
        (folder / bundles.folder(name) / name).write_bytes(text)
    click.echo(f"{len(content)} files written to {folder}.")


@click.command(name="import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--title", required=True, help="What the draft is about.")
@click.option("--by", required=True, help="The e-mail address of whoever brings it in.")
@click.pass_obj
def read(make: Maker, folder: Path, title: str, by: str) -> None:
    """Make a draft with the files in FOLDER/processes and FOLDER/forms, those of Camunda converted.

    Somebody else approves it in the browser.
    """
    with make().app_context():
        person = people.by_email(by)
        if person is None:
            raise click.ClickException(f"Nobody has the address ‘{by}’.")
        try:
            name = _taken(folders.read(folder), title, access.who(person))
        except errors.CaseworkError as problem:
            raise click.ClickException(str(problem)) from problem
    click.echo(name)


def _taken(content: dict[str, bytes], title: str, who: access.Who) -> str:
    draft = drafts.begin(title, who, clock=clock.now)
    seen = drafts.hashes(draft)
    gone: dict[str, bytes | None] = dict.fromkeys(seen.keys() - content.keys())
    found = converting.take(draft.id, {**content, **gone}, who, seen=seen, clock=clock.now, note="From folders")
    changed = drafts.changed(releasing.draft(draft.id))
    says = f"The draft ‘{draft.title}’ changes {len(changed)} files: {', '.join(changed) or 'none'}."
    return "\n".join([says, *(line for name, one in found.items() for line in _report(name, one))])


def _report(name: str, converted: Converted) -> Iterator[str]:
    """What became of a file of Camunda: what is left to do first."""
    yield f"\n{name}: {converting.summary([converted])}."
    for heading, kind in (("Left for you", LEFT), ("Taken over", TAKEN), ("Not needed here", DROPPED)):
        notes = converted.of(kind)
        yield from [f"  {heading}:"] if notes else []
        yield from (f"  - {note.label}: {note.says}" for note in notes)


def _key(begins: str) -> str:
    if not begins:
        return releases.live().key
    found = [one.key for one in releases.every() if one.key.startswith(begins)]
    if len(found) != 1:
        raise click.ClickException(f"{len(found)} releases begin with ‘{begins}’.")
    return found[0]
