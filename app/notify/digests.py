"""The weekly digest as an e-mail: plain words and numbers, no name of anybody but its reader."""

from collections.abc import Mapping
from typing import Any

from app.notify import letters


def write(values: Mapping[str, Any]) -> str:
    """The e-mail as HTML; its text is made of it, as that of letters is. ``values``: see the template."""
    return letters.ENVIRONMENT.get_template("digest.html").render(values)
