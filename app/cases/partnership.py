"""What every case knows of the partnership when it is opened."""

from typing import Any

from app.store import people


def facts() -> dict[str, Any]:
    """The agencies, as choices for forms, and the keys of the relevant bodies (ASBCPA 2014 s.105)."""
    agencies = people.agencies()
    return {
        "agencies": [{"value": agency.key, "label": agency.name} for agency in agencies],
        "relevant_bodies": [agency.key for agency in agencies if agency.is_relevant_body],
    }
