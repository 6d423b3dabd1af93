"""The only place that asks what time it is.

Unit: every instant in this system is an aware ``datetime`` in UTC. A calendar day is a ``date``.
"""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)
