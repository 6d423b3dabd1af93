"""For how long a closed case is kept."""

from datetime import date

from app.law import calendar

CLOSED, REFUSED, WITHDRAWN, NOTICE = "closed", "refused", "withdrawn", "notice"
YEARS = {CLOSED: 6, REFUSED: 3, WITHDRAWN: 3, NOTICE: 1}  # where the table of retention says nothing
MOST_YEARS = 100


def kept_until(closed_on: date, years: int) -> date:
    """The last day on which a case must be kept that was closed on a day.

    Source: UK GDPR art. 5(1)(e); Limitation Act 1980 ss.2 and 5 (six years); the partnership's table of retention.
    """
    return calendar.months_after(closed_on, 12 * min(years, MOST_YEARS))


def is_held(because: str, until: date | None, today: date) -> bool:
    """Whether a case must not be deleted for now, for a reason that somebody gave.

    Source: UK GDPR art. 17(3)(b) and (e): a legal obligation, or legal claims.
    """
    return bool(because) and (until is None or today <= until)
