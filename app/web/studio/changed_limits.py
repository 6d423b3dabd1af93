"""What a draft does to time limits, for whoever approves it, with what was promised to the public."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.editor.time_limits import dating, listing, saying
from app.editor.time_limits.dating import Dated
from app.intake import promised
from app.store import releases


def changes(content: Mapping[str, bytes], day: date) -> list[dict[str, Any]]:
    """The limits that these files say otherwise than the live ones, from ``day``: [{key, name, says, warning}]."""
    live = listing.listed(releases.files(releases.live().key)).limits
    found = dating.changes(live, listing.listed(content).limits, day)
    return [
        {"key": one.key, "name": saying.name(one), "says": saying.change(one, day), "warning": warning(one)}
        for one in found
    ]


def promise(one: Dated) -> str:
    """What the public is promised about a limit; "" for nothing."""
    what, _ = promised.PROMISES.get(one.limit.milestone, ("", "")) if one.limit.is_agreed else ("", "")
    return f"Published: ‘{what}’." if what else ""


def warning(one: Dated) -> str:
    """What to think of where people would wait longer: what was promised, and where the time comes from; else ""."""
    if not one.is_later or not one.limit.is_agreed:
        return ""
    said = [f"{promise(one)} People would wait longer than we promise now." if promise(one) else ""]
    source = one.limit.note if " " in one.limit.note else ""  # a sign alone, such as ‘T3.’, says nothing here
    said.append(f"Its row in the table says: ‘{source}’" if source else "")
    return " ".join(filter(None, said))
