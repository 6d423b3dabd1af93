"""The lists of the API and one case: parameters read, answers with an ETag, the next page by a link."""

import hashlib
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, g, json, request

from app import errors
from app.records.giving import reading
from app.records.giving.reading import RESOURCES, Reader
from app.web import at_hand
from app.web.api import description
from app.web.api.problems import PATH
from app.web.signing_in import EVERYBODY, PROGRAM, open_to

bp = Blueprint("api", __name__)
A_PAGE, MOST = 100, 500
BEYOND = ("cursor", "limit")


@bp.get(f"{PATH}/openapi.json")
@open_to(EVERYBODY)
def described() -> Response:
    """What describes this API: an OpenAPI 3.1 document."""
    return _answer(description.document(at_hand.settings().public_url))


@bp.get(f"{PATH}/<any({', '.join(RESOURCES)}):name>")
@open_to(PROGRAM)
def listed(name: str) -> Response:
    """A page of a list."""
    asked = _asked(name)
    found = reading.page(name, request.args.get("cursor", ""), _limit(), asked, _reader())
    told = {"items": found.records, "next_cursor": found.next or None}
    answer = _answer(told)
    if found.next:
        answer.headers["Link"] = f'<{_next(name, found.next)}>; rel="next"'
    return answer


@bp.get(f"{PATH}/cases/<reference>")
@open_to(PROGRAM)
def case(reference: str) -> Response:
    """One case."""
    return _answer(reading.case(reference, _reader()))


def _reader() -> Reader:
    return Reader(g.program, at_hand.settings(), at_hand.clock())


def _asked(name: str) -> dict[str, Any]:
    """The filters of a list as they were asked for. Raises ``Refused`` for a parameter that it does not have."""
    known = RESOURCES[name].filters
    unknown = sorted(set(request.args) - {*known, *BEYOND})
    if unknown:
        expected = ", ".join((*known, *BEYOND))
        raise errors.Refused({one[:50]: f"There is no such parameter. Expected: {expected}." for one in unknown})
    given: dict[str, Any] = {key: request.args[key] for key in known if key in request.args}
    return given | ({"since": _instant(given["since"])} if "since" in given else {})


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            raise ValueError(text)
        return at.astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        says = "Expected an instant with its zone in ISO 8601, such as 2026-03-02T09:00:00Z."
        raise errors.Refused({"since": says}) from problem


def _limit() -> int:
    text = request.args.get("limit", str(A_PAGE))
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) and 0 < int(text) <= MOST):
        raise errors.Refused({"limit": f"Expected a whole number from 1 to {MOST}."})
    return int(text)


def _next(name: str, cursor: str) -> str:
    asked = request.args.to_dict() | {"cursor": cursor}
    return f"{at_hand.settings().public_url}{PATH}/{name}?{urlencode(asked)}"


def _answer(told: Any) -> Response:
    """Whole, or that nothing has changed since a program got it."""
    body = json.dumps(told, ensure_ascii=False).encode()
    response = Response(body, content_type="application/json")
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Authorization")
    response.make_conditional(request)
    return response
