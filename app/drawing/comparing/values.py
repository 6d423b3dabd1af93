"""What a comparison gives."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """One thing that differs between two versions, in a sentence."""

    kind: str  # "added", "removed", "renamed", "lane", "limit", "answer", …
    sentence: str
    elements: tuple[str, ...] = ()  # what it is about, by the ids of the new version
    was: tuple[str, ...] = ()  # by the ids of the old version
