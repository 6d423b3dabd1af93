"""A case to walk."""

import pytest

from app.cli.walking import Walk


@pytest.fixture
def walk(partnership, settings, clock):
    return Walk(settings, clock)
