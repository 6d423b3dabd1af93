"""Built files: style sheets and scripts, with hashes in their names, so a browser may keep them for ever."""

from flask import Blueprint, Response, send_from_directory

from app.web.assets import STATIC
from app.web.signing_in import EVERYBODY, open_to

bp = Blueprint("files", __name__)
FOR_EVER = 31_536_000  # seconds


@bp.get("/static/<path:name>")
@open_to(EVERYBODY)
def built(name: str) -> Response:
    """A built file."""
    response = send_from_directory(STATIC, name, max_age=FOR_EVER)
    response.headers["Cache-Control"] = f"public, max-age={FOR_EVER}, immutable"
    return response
