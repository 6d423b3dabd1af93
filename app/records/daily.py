"""What a worker looks for once a day: a reporting period that is over, and cases that were kept long enough."""

from dataclasses import dataclass
from datetime import date

from app.clock import Clock
from app.config import Settings
from app.law import calendar
from app.notify.webhooks import subscribing
from app.records import deleting, publishing


@dataclass
class Rounds:
    """The day on which this worker last found nothing more to do."""

    done_on: date | None = None

    def sweep(self, settings: Settings, clock: Clock) -> int:
        """Open what is due, once a day. Gives how many things were done."""
        today = calendar.day_of(clock())
        if self.done_on == today:
            return 0
        done = publishing.open_due(settings.period_begins, clock)
        done += deleting.open_due(clock) + deleting.forget_notices(clock) + subscribing.forget(clock)
        if not done:
            self.done_on = today
        return done
