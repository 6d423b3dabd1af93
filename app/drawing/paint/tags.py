"""SVG as text: tags whose attributes and words are always escaped. There is no way to write ``style``."""

import re
from html import escape

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # not allowed in XML


def tag(name: str, *children: str, **attributes: str | float | None) -> str:
    """One tag around markup that is already safe. ``class_`` is ``class``, ``_`` in a name is ``-``;
    an attribute that is ``None`` or ``""`` is left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{words(_number(value))}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    body = "".join(children)
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def words(text: str) -> str:
    """Text that may stand in markup or in an attribute."""
    return escape(_CONTROL.sub("", text))


def path(d: str, class_: str, **attributes: str | float | None) -> str:
    """A path."""
    return tag("path", class_=class_, d=d, **attributes)


def circle(cx: float, cy: float, r: float, class_: str) -> str:
    """A circle."""
    return tag("circle", class_=class_, cx=cx, cy=cy, r=r)


def rect(x: float, y: float, width: float, height: float, class_: str, rx: float | None = None) -> str:
    """A rectangle, with round corners where ``rx`` says so."""
    return tag("rect", class_=class_, x=x, y=y, width=width, height=height, rx=rx)


def number(value: float) -> str:
    """A length as short as it can be written: ``12``, ``12.5``."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else number(value)
