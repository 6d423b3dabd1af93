"""What every act of the simulation shares: the settings, the clock, the people, the agenda and the stories."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.cases import apart, procedures
from app.cli.demo_cases import SetBack
from app.cli.simulating.agenda import Agenda
from app.cli.simulating.hours import OfficeHours
from app.cli.simulating.staff import Staff
from app.cli.simulating.story import Story, story
from app.config import Settings
from app.drawing.apart import Before
from app.store.rows.cases import Case

BESIDE = 1_000_000  # numbers of stories from here on are of cases that are no reviews


@dataclass
class World:
    """One partnership in the years that are simulated."""

    settings: Settings
    clock: SetBack
    seed: int
    hours: OfficeHours
    staff: Staff
    agenda: Agenda = field(default_factory=Agenda)
    stories: dict[UUID, Story] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)  # how often each thing happened
    due_at: datetime | None = None  # the worker looks again, at the latest
    _apart: dict[tuple[str, str, str], tuple[Before, ...]] = field(default_factory=dict)

    @property
    def present(self) -> datetime:
        """The instant at which the simulation ends."""
        return self.clock.present()

    def story_of(self, case: Case) -> Story:
        """What lies ahead for a case; one that is no review has a story of its own."""
        if case.id not in self.stories:
            number = int(case.reference.rsplit("-", 1)[1]) + BESIDE * int(case.reference.split("-")[1])
            self.stories[case.id] = story(self.seed, number)
        return self.stories[case.id]

    def set_apart(self, case: Case, process: str, key: str) -> tuple[Before, ...]:
        """The tasks that keep whoever did them from this one, as the drawing of the case says."""
        name = (case.release_key, process, key)
        if name not in self._apart:
            self._apart[name] = apart.named(procedures.of(case), process, key)
        return self._apart[name]

    def look_by(self, at: datetime | None) -> None:
        """The worker has something to do at this instant."""
        if at is not None and (self.due_at is None or at < self.due_at):
            self.due_at = at
