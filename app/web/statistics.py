"""The page for everybody with the numbers of each reporting period."""

from flask import Blueprint, render_template

from app.records import published
from app.web.signing_in import EVERYBODY, open_to

bp = Blueprint("statistics", __name__)


@bp.get("/statistics")
@open_to(EVERYBODY)
def shown() -> str:
    """Every period that was published, the newest first."""
    return render_template("public/statistics.html", years=published.years())
