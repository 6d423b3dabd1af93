"""Ids of what is new: words of the drawing, as in ``offer_mediation``. An id is never changed afterwards."""

import re
import unicodedata
from collections.abc import Collection

MOST = 40  # letters of an id made from words
_SMALL = frozenset("a an the to of for and or in on at by is are be".split())


def key_for(words: str, taken: Collection[str], instead: str = "step") -> str:
    """An id made from words that nothing has yet; from ``instead`` where there are no letters in them."""
    plain = unicodedata.normalize("NFD", words.lower().replace("ß", "ss"))
    found = re.findall(r"[a-z0-9]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    told = [word for word in found if word not in _SMALL] or found
    base = ""
    for word in told:
        if len(f"{base}_{word}") > MOST:
            break
        base = f"{base}_{word}" if base else word
    if not base or not base[0].isalpha():
        base = f"{instead}_{base}" if base else instead
    return numbered(base, taken)


def numbered(base: str, taken: Collection[str]) -> str:
    """An id, with a number behind it where it is taken already."""
    found, number = base, 2
    while found in taken:
        found, number = f"{base}_{number}", number + 1
    return found
