"""Taking files into a draft, those of Camunda converted: the original is one save, what became of it the next.

The report is not kept: it is made again from the original, so it always says what the conversion of today does.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from app.cases.access import Who
from app.clock import Clock
from app.drawing.converting.conversion import WHOLE
from app.drawing.converting.convert import convert
from app.drawing.converting.notes import LEFT, TAKEN, Converted, Note
from app.editor import drafts, files
from app.editor.drafts import NEW, Hashes, Turn
from app.editor.surroundings import Surroundings
from app.store import releasing
from app.store.rows.releasing import ReleaseDraft

CONVERTED = "Converted from "
LOOK = "Look whether it asks what the form from Camunda asked."


@dataclass(frozen=True)
class Report:
    """What became of one file: ``number`` is the save that holds the original."""

    name: str
    number: int
    converted: Converted


def take(
    draft_id: UUID,
    written: Mapping[str, bytes | None],
    who: Who,
    *,
    seen: Hashes,
    clock: Clock,
    note: str,
) -> dict[str, Converted]:
    """Keep files in a draft, and what becomes of those that are of Camunda. Gives these, by name; as ``drafts.save``.

    A new form never replaces a file that is there, nor takes the name of another form.
    """
    sent = {name: text for name, text in written.items() if text is not None}
    for name, text in sent.items():
        files.check(name, text)
    standing = drafts.content(releasing.draft(draft_id))
    found = _converted(sent, {name: text for name, text in standing.items() if name not in written} | sent)
    turns = [Turn(written, note)]
    if found:
        made = {name: one.content for name, one in found.items()}
        new = {name: text for one in found.values() for name, text in one.forms.items()}
        seen = {**seen, **dict.fromkeys(new, NEW)}
        turns.append(Turn({**new, **made}, summary(found.values())))
    drafts.save_in_turn(draft_id, turns, who, seen=seen, clock=clock)
    return found


def report(draft: ReleaseDraft, name: str) -> Report | None:
    """What became of a file when it was last converted in this draft; None where it never was."""
    for save, names in releasing.saves(draft.id):
        if name in names and save.note.startswith(CONVERTED):
            before = drafts.content(draft, save.number - 1)
            found = _converted({one: before[one] for one in names if one in before}, before)
            return Report(name, save.number - 1, found[name]) if name in found else None
    return None


def summary(converted: Iterable[Converted]) -> str:
    """One line on what became of files: ``Converted from Camunda 7: 3 things taken over, 1 left for you``."""
    several = list(converted)
    products = " and ".join(sorted({one.product for one in several}))
    taken, left = (sum(len(one.of(kind)) for one in several) for kind in (TAKEN, LEFT))
    return f"{CONVERTED}{products}: {taken} {'thing' if taken == 1 else 'things'} taken over, {left} left for you"


def _converted(sent: Mapping[str, bytes], around: Mapping[str, bytes]) -> dict[str, Converted]:
    """Those of the files that are of Camunda, converted, by name. ``around`` are the files as they then stand."""
    found = {name: one for name in sorted(sent) if (one := convert(name, sent[name])).product}
    if any(one.forms for one in found.values()):
        beside = dict(around)
        keys = set(Surroundings(_forms(around)).forms)
        for name, one in found.items():
            found[name] = _without_taken(one, beside, keys)
            beside |= found[name].forms
            keys |= set(Surroundings(found[name].forms).forms)
    return found


def _without_taken(converted: Converted, beside: Mapping[str, bytes], keys: Collection[str]) -> Converted:
    """Without the forms whose file or name is taken; each is told, unless the very same stands there."""
    own = {file: next(iter(Surroundings({file: text}).forms), "") for file, text in converted.forms.items()}
    taken = [file for file in converted.forms if file in beside or own[file] in keys]
    told = [
        Note("", WHOLE, LEFT, f"A form called ‘{own[file] or file}’ was there already, and stays as it is. {LOOK}")
        for file in taken
        if beside.get(file) != converted.forms[file]
    ]
    forms = {file: text for file, text in converted.forms.items() if file not in taken}
    return replace(converted, notes=(*converted.notes, *told), forms=forms)


def _forms(around: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: text for name, text in around.items() if files.kind(name) == "form"}
