"""What lies ahead for one applicant, drawn once from the seed and the number of the case: the same each time."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

ENOUGH, HIGH, MEDIUM = 0.29, 0.13, 0.40  # shares of those who apply
WITHDRAW, AGAIN, TELL = 0.07, 0.22, 0.12
APPEAL_REFUSED, APPEAL_REVIEW = 0.24, 0.05
FEEDBACK = 0.32


@dataclass
class Story:
    """One applicant's. ``chance(...)`` is drawn by what it is for, so that no draw hangs on the order of others."""

    seed: int
    number: int
    counts: bool  # three of their reports qualify
    risk: str  # standard, medium or high, as their answers will be scored
    times: dict[str, int] = field(default_factory=dict)  # how often each thing was drawn
    held_at: Any = None  # of the panel, once it is chosen
    has_appealed: bool = False

    def chance(self, *about: object) -> Random:
        """A source of chance for one thing; the next time it is asked, another."""
        name = "/".join(map(str, about))
        self.times[name] = self.times.get(name, 0) + 1
        return Random(f"{self.seed}/{self.number}/{name}/{self.times[name]}")  # noqa: S311  not for secrets


def story(seed: int, number: int) -> Story:
    """The story of the case with this number."""
    chance = Random(f"{seed}/{number}")  # noqa: S311  not for secrets
    counts, place = chance.random() < ENOUGH, chance.random()
    risk = "high" if place < HIGH else "medium" if place < HIGH + MEDIUM else "standard"
    return Story(seed, number, counts, risk)


def messages(one: Story) -> list[tuple[float, str]]:
    """What they will tell us while their case goes on: [(working hours from the application, what)]."""
    chance, found = one.chance("messages"), []
    if chance.random() < WITHDRAW:
        found.append((chance.uniform(10, 130), "withdrawn"))
    if chance.random() < AGAIN:
        found.append((chance.uniform(16, 300), "new_incident"))
    if chance.random() < TELL:
        found.append((chance.uniform(16, 300), "information_received"))
    return found
