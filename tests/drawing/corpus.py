"""The drawings in tests/drawings, each one fact, and what is expected of it.

``expected.json`` of a folder: {name: {"verdict", "findings": [[element, kind, severity], …], "plays", "foretold"}};
``plays`` is one outcome, or a list where it hangs on the answers.
"""

import json
from functools import cache
from pathlib import Path

from app.drawing.completing import completed
from app.editor import checking
from app.editor.surroundings import Surroundings

FOLDER = Path(__file__).parents[1] / "drawings"
FORETOLD = frozenset(
    "gets_stuck endless_loop endless_at_once piles_up never_reached cuts_off asked_twice limit_too_long "
    "never_thrown others_go_on no_way_fits two_ways_fit no_default too_many_ways".split()
)  # what is said of a drawing as a whole, looked at elsewhere
STOPS = frozenset(
    "gets_stuck endless_loop endless_at_once piles_up too_many_ways error_not_caught no_default no_way_fits "
    "waits_for_itself waits_for_condition".split()
)
NOTHING = Surroundings(
    {"decision.letter": b"subject: Our decision\n\nThis is our decision.\n"}
)  # but the letter that one of them sends


@cache
def expectations():
    """{"folder/name": what is expected}."""
    found = {}
    for file in sorted(FOLDER.glob("*/expected.json")):
        for name, one in json.loads(file.read_text()).items():
            found[f"{file.parent.name}/{name}"] = one
    return found


def drawn(name):
    """The file of a drawing."""
    return (FOLDER / f"{name}.bpmn").read_bytes()


@cache
def checked(name):
    """What the check says of a drawing."""
    return checking.check(f"{name}.bpmn", drawn(name), NOTHING)


def local_findings(one):
    """The findings on single elements, without what is foretold of the whole."""
    return [finding for finding in one.findings if finding.kind not in FORETOLD]


def open_findings(one):
    """The findings that say how something is read: what a fix would write."""
    return [finding for finding in one.findings if finding.reading]


def named(finding):
    """A finding as the expectations name it."""
    return [finding.element, finding.kind, finding.severity]


@cache
def fixed(name):
    """A drawing with every fix made."""
    return completed.fixed(drawn(name), f"{name}.bpmn", checked(name).findings)
