"""How an application came in, and who told the person of their right: laid down in the first line of its history.

Short words from lists, never what somebody wrote: they stay for the yearly numbers, and say nothing about anybody.
"""

from collections.abc import Mapping
from typing import Any

from app.forms.paths import get

WEB = "web"
CHANNELS = {  # how an application comes in that somebody else writes down
    "phone": "By phone",
    "paper": "On paper",
    "face_to_face": "Face to face",
    "professional": "Somebody asks in their work",
}
EVERY = {WEB: "On our website", **CHANNELS}
CAME = "came"
TOLD = {"channel": "application.channel", "heard_from": "application.heard_from"}  # {name in the line: fact}


def told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the line that opens a case says of that; nothing where nothing is known."""
    known = {name: str(get(facts, path)) for name, path in TOLD.items() if get(facts, path)}
    return {CAME: known} if known else {}
