"""What went wrong, for programs: ``application/problem+json`` (RFC 9457)."""

from http import HTTPStatus

from flask import Response, json, request

PATH = "/api/v1"
CHALLENGES = {401: 'Bearer realm="case review"', 403: 'Bearer realm="case review", error="insufficient_scope"'}


def is_for_a_program() -> bool:
    """Whether a program asks, and not a person."""
    return request.path == PATH or request.path.startswith(f"{PATH}/")


def answer(status: int, says: str, problems: dict[str, str] | None = None) -> Response:
    """A problem. ``problems``: what is wrong with each parameter."""
    told: dict[str, object] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if says:
        told["detail"] = says
    if problems:
        told["errors"] = problems
    response = Response(json.dumps(told), status=status, content_type="application/problem+json")
    if status in CHALLENGES:
        response.headers["WWW-Authenticate"] = CHALLENGES[status]
    return response
