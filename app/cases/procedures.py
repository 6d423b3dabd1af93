"""Which drawings a case follows."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from app import errors
from app.cases import calendars
from app.clock import Clock
from app.drawing.decisions import DecisionTable
from app.engine import library
from app.engine.feel_engine import TIMESCALES
from app.engine.library import Procedure
from app.forms import library as forms
from app.forms.letters import library as letter_files
from app.forms.letters import own
from app.forms.letters.parts import LetterFile
from app.forms.parts import Form
from app.store import releases
from app.store.rows.cases import Case
from app.store.rows.history import Event
from app.store.transactions import transaction

KEPT = 32  # releases in memory
MOVED, MOVED_BACK = "case_moved", "case_moved_back"  # lines of history; ``from`` is the release it followed before


def live() -> tuple[str, Procedure]:
    """The key of the live release, and its procedure, counted in the calendars in force."""
    key = releases.live().key
    return key, _procedure(key).counted_in(calendars.in_force())


def of(case: Case) -> Procedure:
    """The procedure a case follows: the one that was live when it was opened, with its own calendars and times."""
    return followed(case.release_key, case.timescales_key, case.calendar_key)


def followed(release_key: str, timescales_key: str | None, calendar_key: str) -> Procedure:
    """The procedure of a release, with the agreed times of another if one is given, in an edition of the calendars."""
    agreed = timescales(timescales_key) if timescales_key else None
    return _procedure(release_key).counted_in(calendars.of(calendar_key), agreed)


def release_at(case: Case, lines: Iterable[Event], number: int) -> str:
    """The key of the release that a case followed when a line of its history, by number, was written."""
    later = (line for line in lines if line.kind in (MOVED, MOVED_BACK) and line.number > number)
    return next((str(line.says["from"]) for line in later), case.release_key)


def timescales(release_key: str) -> DecisionTable | None:
    """The table of agreed times of a release; None where it has none."""
    return _procedure(release_key).tables.get(TIMESCALES)


def form(release_key: str, form_key: str) -> Form | None:
    """A form of a release; None where the release has none of that name."""
    return _forms(release_key).get(form_key)


def forms_of(release_key: str) -> Mapping[str, Form]:
    """All forms of a release by their keys."""
    return _forms(release_key)


def letters_of(case: Case) -> Mapping[str, LetterFile]:
    """The letters of the release that a case follows; what it has none of comes from those of the product."""
    return letters(case.release_key)


def letters(release_key: str) -> Mapping[str, LetterFile]:
    """The letters of a release by their keys, with the product's own where it has none."""
    return _letters(release_key)


def drawn(files: Mapping[str, bytes]) -> Procedure:
    """The procedure in these files, which need not be published, as no case follows it. ``DrawingBroken``."""
    return library.procedure(_drawn(files))


def publish(files: Mapping[str, bytes], *, by: str, note: str, clock: Clock) -> str:
    """Make these files the live release and give its key. Raises ``DrawingBroken`` with every problem in them."""
    check(files)
    key = library.key_of(files)
    with transaction():
        releases.publish(key, files, at=clock(), by=by, note=note)
    return key


def check(files: Mapping[str, bytes]) -> None:
    """Raise ``DrawingBroken`` with every problem that keeps these files from being a release."""
    problems: list[errors.Problem] = []
    for read in (library.procedure, _read_forms, letter_files.read_all):
        try:
            read(files)
        except errors.DrawingBroken as broken:
            problems += broken.problems
    if problems:
        raise errors.DrawingBroken(*problems)


@lru_cache(KEPT)
def _procedure(release_key: str) -> Procedure:
    return library.procedure(_drawn(releases.files(release_key)))


@lru_cache(KEPT)
def _forms(release_key: str) -> dict[str, Form]:
    return _read_forms(releases.files(release_key))


@lru_cache(KEPT)
def _letters(release_key: str) -> Mapping[str, LetterFile]:
    return own.beside(letter_files.readable(releases.files(release_key)))


def _drawn(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if not name.endswith((".form", ".letter"))}


def _read_forms(files: Mapping[str, bytes]) -> dict[str, Form]:
    read: dict[str, Form] = {}
    problems: list[errors.Problem] = []
    for name, content in files.items():
        if name.endswith(".form"):
            try:
                form = forms.read(content, name)
                read[form.key] = form
            except errors.DrawingBroken as broken:
                problems += broken.problems
    if problems:
        raise errors.DrawingBroken(*problems)
    return read
