"""The pages for anybody: what a review is, how it works, and how we treat people who come here."""

from flask import Blueprint, render_template

from app.intake import applying, promised
from app.web import at_hand
from app.web.signing_in import EVERYBODY, open_to

bp = Blueprint("home", __name__)


@bp.get("/")
@open_to(EVERYBODY)
def home() -> str:
    """What a case review is, and the promise of it in working days."""
    days = promised.working_days(clock=at_hand.clock())
    others = applying.others(is_staff=False) if days else []
    return render_template("public/home.html", days=days, others=others, settings=at_hand.settings())


@bp.get("/procedure")
@open_to(EVERYBODY)
def procedure() -> str:
    """The published procedure: its time limits, its steps in words, and the drawing."""
    return render_template("public/procedure.html", published=promised.published())


@bp.get("/accessibility")
@open_to(EVERYBODY)
def accessibility() -> str:
    """How far everybody can use these pages, and what to do where they cannot."""
    return render_template("public/accessibility.html", settings=at_hand.settings())


@bp.get("/privacy")
@open_to(EVERYBODY)
def privacy() -> str:
    """What we do with what people tell us."""
    return render_template("public/privacy.html", settings=at_hand.settings())


@bp.get("/languages")
@open_to(EVERYBODY)
def languages() -> str:
    """Other languages and formats, and other ways to ask."""
    return render_template("public/languages.html", settings=at_hand.settings())
