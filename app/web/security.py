"""What protects every page: headers, a strict content policy with nonces, cookies, and posts that are ours.

The policy lets nothing in from elsewhere, no inline style and no inline script without the page's own nonce.
"""

import secrets

from flask import Flask, Response, abort, g, request
from flask_wtf.csrf import CSRFProtect

from app.config import Settings

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Editors place what they draw by ``style`` attributes, and the one for FEEL writes a style sheet with our nonce.
STUDIO_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src-elem 'self' 'nonce-{nonce}'; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
LARGEST_POST = 25 * 1024 * 1024  # bytes; one upload of 20 MB and a form
LARGEST_FORM = 2 * 1024 * 1024  # bytes that are not files
MOST_PARTS = 2_000


def protect(app: Flask, settings: Settings) -> None:
    """Put every page of ``app`` behind these rules."""
    is_secure = settings.public_url.startswith("https://")
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session" if is_secure else "session",
        SESSION_COOKIE_SECURE=is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # a form may lie open for days; the session ends it
        WTF_CSRF_SSL_STRICT=False,  # it wants the referrer, which our pages tell browsers to keep to themselves
        MAX_CONTENT_LENGTH=LARGEST_POST,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=MOST_PARTS,
    )
    app.before_request(_choose_nonce)  # first, so that the page about a refused post has its nonce
    app.before_request(_refuse_nul)
    CSRFProtect(app)
    app.after_request(_add_headers)
    if is_secure:
        app.after_request(_only_https)
    app.jinja_env.globals["csp_nonce"] = lambda: g.nonce


def for_editors(page: str) -> Response:
    """A page with an editor on it, under the policy that it needs."""
    response = Response(page)
    response.headers["Content-Security-Policy"] = STUDIO_POLICY.format(nonce=g.nonce)
    return response


def _choose_nonce() -> None:
    g.nonce = secrets.token_urlsafe(16)


def _refuse_nul() -> None:
    """No address of ours has NUL in it, and PostgreSQL takes no text with it. Forms leave it out."""
    if any("\0" in text for text in (request.path, *request.args.values())):
        abort(404)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=g.get("nonce", "")))
    if not response.headers.get("Cache-Control"):
        response.headers["Cache-Control"] = "no-store"
    return response


def _only_https(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response
