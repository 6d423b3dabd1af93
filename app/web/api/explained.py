"""The page for people about what programs can read, and how."""

from flask import Blueprint, render_template

from app.cases.access import ADMINISTRATOR
from app.records.giving.reading import RESOURCES
from app.records.giving.shapes import SHAPES
from app.records.giving.tokens import SCOPES
from app.web import at_hand
from app.web.api.description import PARAMETERS, SAYS
from app.web.api.problems import PATH
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("api_explained", __name__)


@bp.get("/api")
@open_to(STAFF)
def page() -> str:
    """Each list with its fields, and the rules that all keep."""
    lists = [
        {
            "path": f"{PATH}/{name}",
            "name": name,
            "says": SAYS[name],
            "scope": one.scope,
            "filters": [(key, PARAMETERS[key]["description"]) for key in one.filters],
            "fields": SHAPES[one.shape],
        }
        for name, one in RESOURCES.items()
    ]
    may_make = ADMINISTRATOR in asking().roles
    url = at_hand.settings().public_url
    return render_template("staff/api.html", lists=lists, scopes=SCOPES, url=url, path=PATH, may_make=may_make)
