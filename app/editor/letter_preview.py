"""A letter as it would be written: with made-up facts, or with those of a training case. Nothing is kept or sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.cases import clocks, procedures
from app.clock import Clock
from app.config import Settings
from app.editor import letter_facts
from app.editor.surroundings import Surroundings
from app.engine import snapshot
from app.engine.facts import find, nested
from app.forms.letters import asked, library, own
from app.forms.letters.parts import BOTH, COLLEAGUE, NONE, LetterFile
from app.forms.paths import merge
from app.law.calendar import day_of
from app.notify import channels, languages, letters, recipients, sending
from app.notify.letters import Letter
from app.notify.sending import Postroom
from app.store import cases
from app.store.rows.cases import Case

AGENCY = {"key": "agency", "name": "An agency"}


@dataclass(frozen=True)
class Shown:
    """A letter on the sheet of one reader: ``to`` says whose, "" where there is one kind only."""

    to: str
    letter: Letter


def with_made_up(name: str, content: bytes, around: Surroundings, today: date) -> tuple[Shown, ...]:
    """A letter with made-up facts. Raises ``DrawingBroken`` or ``CannotGoOn`` where it cannot be written."""
    system = {path: value for path, (_, value) in letter_facts.SYSTEM.items()}
    given: dict[str, Any] = {}
    for path, value in system.items():
        given = merge(given, nested(path, value))
    dates = {path.partition(".")[2]: day for path, day in letter_facts.dates(around, today).items()}
    file = library.read(content, name)
    facts = merge({"victim": {"name": given["recipient"]["name"]}}, letter_facts.made_up(around, today))
    ours = {"contact": given["coordinator"], "support": given["supporter"], "today": today, "dates": dates}
    values = {**given, **ours, "facts": facts, "item": _item(file), "public_url": "https://larkmere.example"}
    return tuple(_shown(name, file, around, values))


def with_case(
    name: str, content: bytes, around: Surroundings, case: Case, settings: Settings, *, clock: Clock
) -> tuple[Shown, ...]:
    """A letter with the facts of a case, as it stands now. Whoever asks must have been allowed to see the case."""
    facts, at = snapshot.read(cases.snapshot(case.id))["facts"], clocks.of(case, clock)()
    postroom = Postroom(settings, channels.channel(settings), procedures.of, lambda _: around.letters)
    file = library.read(content, name)
    values = sending.values_of(case, facts, _item(file), postroom, at)
    who = {"recipient": {"key": recipients.VICTIM, "name": find(facts, "victim.name") or ""}}
    return tuple(_shown(name, file, around, {**values, **who, "today": day_of(at)}))


def _shown(name: str, file: LetterFile, around: Surroundings, values: Mapping[str, Any]) -> Iterator[Shown]:
    key, _, code = library.key_of(name).partition(".")
    language = next((one for one in languages.LANGUAGES if one.code == code), None)
    whole = _whole(key, file) if file.is_passage else file
    texts = {**own.beside(around.letters), **{f"{key}.{code}" if language else key: whole}}
    texts = texts if not language or key in texts else {**texts, key: whole}
    person = {**(values.get("recipient") or {}), "key": recipients.VICTIM}
    readers = {"to a person": person, "to a colleague": AGENCY}
    for to, reader in readers.items():
        is_colleague = reader is AGENCY
        if file.to == BOTH or (file.to == COLLEAGUE) == is_colleague:
            given = {**values, "recipient": reader, "language": language, "is_copy": True}
            yield Shown(to if file.to == BOTH else "", letters.write(key, given, texts))


def _whole(key: str, passage: LetterFile) -> LetterFile:
    """A letter with nothing in it but a passage."""
    return LetterFile(passage.file, passage.body, {"subject": passage.head["title"]}, ending=NONE)


def _item(file: LetterFile) -> dict[str, Any] | None:
    """What a step could be about, for a letter that asks for it."""
    found: dict[str, Any] = {}
    for one in asked.facts(file):
        head, _, rest = one.path.partition(".")
        if head == "item" and rest and asked.ROW not in rest:
            found = merge(found, nested(rest, "2026-03-09" if rest.endswith("_on") else "made up"))
    return found or None
