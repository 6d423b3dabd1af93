"""A small drawing office: one page with one editor, under the policy of the studio, and a file that it edits.

The real pages stand around the same elements; here are only those that the editors ask for.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from flask import Flask, Response, g, jsonify, render_template_string, request
from werkzeug.serving import make_server

from app.web.assets import STATIC, Assets

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src-elem 'self' 'nonce-{nonce}'; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
TOKEN = "this page alone"
PAGE = """<!DOCTYPE html>
<html lang="en" class="govuk-template app-wide"><head><meta charset="utf-8"><title>{{ file }} – Studio</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="csrf-token" content="{{ token }}"><meta name="csp-nonce" content="{{ nonce }}">
<link rel="icon" href="{{ asset('mark.svg') }}" type="image/svg+xml">
<link rel="stylesheet" href="{{ asset('public.css') }}"><link rel="stylesheet" href="{{ asset(kind ~ 's.css') }}"></head>
<body class="govuk-template__body"><div class="govuk-width-container"><main class="govuk-main-wrapper">
<h1 class="govuk-heading-l">{{ file }}</h1>
<div data-{{ kind }}="/file" data-save="/save" data-check="/check" data-hash="{{ hash }}" data-file="{{ file }}"
{% for name, value in more.items() %} data-{{ name }}="{{ value }}"{% endfor %}></div>
</main></div><script type="module" src="{{ asset(kind ~ 's.js') }}"></script></body></html>"""


class Office:
    """A file in the office, and every save of it. ``signed_in`` is false where a session has run out."""

    def __init__(self, kind: str, file: str, content: bytes, check: Callable[[bytes], dict[str, Any]], **more: str):
        self.kind, self.file, self.content, self.check, self.more = kind, file, content, check, more
        self.saves: list[tuple[bytes, str]] = []
        self.signed_in = True
        self.checked = 0

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def save(self, content: bytes, note: str = "") -> None:
        """What somebody saves, here or elsewhere."""
        self.content = content
        self.saves.append((content, note))

    def app(self) -> Flask:
        """The office as web pages."""
        app = Flask(__name__, static_folder=str(STATIC), static_url_path="/static")
        app.before_request(lambda: setattr(g, "nonce", secrets.token_urlsafe(16)))
        app.add_url_rule("/", "page", self._page)
        app.add_url_rule("/file", "file", lambda: Response(self.content, mimetype="text/plain"))
        app.add_url_rule("/save", "save", self._save, methods=["POST"])
        app.add_url_rule("/check", "check", self._check, methods=["POST"])

        @app.after_request
        def policy(response: Response) -> Response:
            response.headers["Content-Security-Policy"] = POLICY.format(nonce=g.nonce)
            response.headers["Cache-Control"] = "no-store"
            return response

        return app

    def _page(self) -> str:
        return render_template_string(
            PAGE, asset=Assets(), token=TOKEN, nonce=g.nonce, kind=self.kind, file=self.file, hash=self.hash,
            more=self.more,
        )  # fmt: skip

    def _save(self) -> Any:
        if not self.signed_in or request.headers.get("X-CSRFToken") != TOKEN:
            return "", 400
        said = request.get_json()
        if said["hash"] != self.hash:
            return jsonify(by="Perry Mallow", at="2026-03-04T16:40:00Z", hash=self.hash), 409
        self.save(said["content"].encode(), said["note"])
        return jsonify(hash=self.hash)

    def _check(self) -> Any:
        assert request.headers.get("X-CSRFToken") == TOKEN
        self.checked += 1
        return jsonify(self.check(request.get_json()["content"].encode()))


@contextmanager
def opened(office: Office) -> Iterator[str]:
    """The address of an office, closed afterwards."""
    server = make_server("127.0.0.1", 0, office.app(), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
