"""What pages about moving many cases have in common: the preview in words, and what became of it."""

from typing import Any

from flask import flash

from app.cases.access import Who
from app.editor import moving_words
from app.editor.moving_cases import Outcome, Preview, Why
from app.web import at_hand
from app.web.signing_in import asking


def shown(preview: Preview) -> dict[str, Any]:
    """A preview as the template shows it: {says, cases: [{reference, title, moves in words, is_late}]}."""
    cases = [
        {
            "reference": case.reference,
            "title": case.title,
            "moves": moving_words.moves(case, preview.at),
            "is_late": bool(case.problem) or case.becomes_late(preview.at),
        }
        for case in preview.cases
    ]
    return {"says": moving_words.summary(preview), "cases": cases}


def why() -> Why:
    """The reason that was posted, by whoever asks."""
    who: Who = asking()
    return Why(at_hand.posted("reason", lines=True), who.name, who.id)


def say(became: Outcome) -> None:
    """Say on the next page what became of the open cases."""
    flash(moving_words.outcome(became), "warning" if became.stopped or became.left else "success")
