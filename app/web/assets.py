"""The built files a page asks for: names without a hash in, addresses with one out.

The names are hashes of the content, so a browser may keep each file for ever.
"""

import json
from pathlib import Path

STATIC = Path(__file__).parent / "static"
BASE = "/static/"


class Assets:
    """The built files by name: ``assets("public.css")`` is ``"/static/public-4121bf0104.css"``."""

    def __init__(self, folder: Path = STATIC, base: str = BASE) -> None:
        """Reads ``manifest.json`` in ``folder`` once; without one nothing is built, and nothing is found."""
        manifest = folder / "manifest.json"
        self._files: dict[str, str] = json.loads(manifest.read_text("utf-8")) if manifest.is_file() else {}
        self._base = base

    def __call__(self, name: str) -> str:
        """The address of a built file; ``LookupError`` names the command to run where there is none."""
        try:
            return self._base + self._files[name]
        except KeyError:
            raise LookupError(f"{name} is not built: run `npm ci` and `npm run build` in frontend") from None


asset = Assets()
