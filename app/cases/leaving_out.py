"""What a training copy may know of a real case: nothing about anybody.

Kept are numbers, days, and the words that stand in quotes in the drawings, tables and forms of the release: the
partnership's own answers, never what somebody typed. Every other text is left out, whatever key it stands under, so
that a question nobody has thought of here is safe too. The people are invented.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from app.cases import partnership
from app.store import releases

LEFT_OUT = "Text left out in this training copy."
PEOPLE = ("victim", "contact", "representative")  # records of the application form that are about somebody
ADDRESS, PHONE = "1 Invented Street, Larkmere", "020 7946 0100"
NAMES = ("Clover Wetherby", "Linden Marsh", "Aster Quillfeather", "Bryony Hollowell", "Campion Reed", "Myrtle Ashdown")
UNASKED = "born_on"  # a birthday tells who somebody is
QUOTED = re.compile(r'(?=(?:"|&quot;)([^"<>&\\\n]{1,80})\\?(?:"|&quot;))')  # found overlapping: nothing is missed
DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d[0-9:.+Z-]*)?|\d\d:\d\d")
FILE = frozenset({"id", "name", "size"})  # of the record of a file that somebody sent
RELEASES = 8  # in memory

Facts = dict[str, Any]
Words = frozenset[str]


def words_of(release_key: str) -> Words:
    """The partnership’s own words: what stands in quotes in the files of a release, and its agencies."""
    agencies = partnership.facts()["agencies"]
    return _quoted(release_key) | {word for agency in agencies for word in agency.values()}


def facts_of(facts: Mapping[str, Any], reference: str, words: Words) -> Facts:
    """The facts of a case as its training copy ``reference`` may know them."""
    kept: Facts = {key: retold(value, words) for key, value in facts.items() if key not in PEOPLE}
    kept |= {key: _person(facts[key], reference, n, words) for n, key in enumerate(PEOPLE) if key in facts}
    kept["case"] = {**kept.get("case", {}), "reference": reference}
    return kept | partnership.facts()


def retold(value: Any, words: Words) -> Any:
    """A fact without what people typed and without their files."""
    if isinstance(value, Mapping):
        return {key: retold(inner, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [retold(one, words) for one in value if not _is_file(one)]
    if isinstance(value, str) and value and value not in words and not DAY.fullmatch(value):
        return LEFT_OUT
    return value


def _person(record: Any, reference: str, number: int, words: Words) -> Any:
    """What is known of somebody, with an invented name, address, telephone number and e-mail address."""
    if not isinstance(record, Mapping):
        return retold(record, words)
    invented = _invented(reference, number)
    return {
        key: invented[key] if value and key in invented else retold(value, words)
        for key, value in record.items()
        if key != UNASKED
    }


def _invented(reference: str, number: int) -> dict[str, str]:
    """Answers about somebody who does not exist, by the last part of their question’s key."""
    name = NAMES[(int(reference.rpartition("-")[2]) + number // 2) % len(NAMES)]  # the victim is their own contact
    return {
        "name": name,
        "preferred_name": name.split()[0],
        "organisation": f"{name.split()[-1]} and Company",
        "email": f"{name.split()[0].lower()}@training.example",
        "phone": PHONE,
        "address": ADDRESS,
    }


def _is_file(value: Any) -> bool:
    return isinstance(value, Mapping) and FILE <= value.keys()


@lru_cache(RELEASES)
def _quoted(release_key: str) -> Words:
    files = releases.files(release_key).values()
    return frozenset(found for content in files for found in QUOTED.findall(content.decode("utf-8", "replace")))
