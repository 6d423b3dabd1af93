"""A case to walk."""

import pytest

from app import worker
from app.cli.walking import Walk


@pytest.fixture
def walk(partnership, settings, clock):
    return Walk(settings, clock)


@pytest.fixture
def work(settings, clock):
    """The worker does all there is to do, now or at a later instant."""

    def work(at=None):
        if at:
            clock.set(at)
        return worker.drain(settings, clock)

    return work
