"""Which facts a letter may read on any of its ways: found in the parts of its file, so no branch is left out."""

from app.forms.letters import asked
from app.notify import letters
from tests.processes.published import LETTERS


def of_letter(name):
    """The paths that a letter reads itself, and what holds them: ``panel``, ``panel.held_at``, ``agreed_actions[].what``."""
    return set().union(*(_with_holders(path) for path in of_file(LETTERS[name])))


def of_sheet():
    """The paths that the sheet around a letter reads."""
    return {f"victim.{field}" for field in ("preferred_name", "name")} | {"victim"}


def of_file(file):
    """The paths of facts that a file asks for itself."""
    found = {one.path for one in asked.facts(file)}
    return {path for path in found if path.partition(".")[0].removesuffix("[]") not in letters.OURS - letters.TOLD}


def _with_holders(path):
    parts = path.split(".")
    return {".".join(parts[: n + 1]) for n in range(len(parts))}
