"""Lists that are too long for one page: the number asked for, and links to the others."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

AROUND = 2  # pages shown on each side of the present one


@dataclass(frozen=True)
class Links:
    """What the component ``pagination`` shows: addresses or none, and [{number, href, current}] with gaps."""

    items: list[dict[str, Any]]
    previous: str | None
    next: str | None


def page_asked() -> int:
    """The page number in the address, from 1; 1 where it is no number."""
    asked = request.args.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def links(page: int, pages: int) -> Links:
    """Links to the other pages of the list at this address, with its filters."""
    shown = [n for n in range(1, pages + 1) if n in (1, pages) or abs(n - page) <= AROUND]
    items: list[dict[str, Any]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            items.append({"gap": True})
        items.append({"number": number, "href": _href(number), "current": number == page})
    return Links(items, _href(page - 1) if page > 1 else None, _href(page + 1) if page < pages else None)


def _href(number: int) -> str:
    asked: dict[str, Any] = request.args.to_dict() | (request.view_args or {}) | {"page": number}
    return url_for(request.endpoint or "", **asked)
