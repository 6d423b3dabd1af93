"""The law's numbers for those who answer for the partnership: any period, the cases behind each number, files."""

from datetime import date

from flask import Blueprint, Response, render_template, request, url_for

from app import errors
from app.law import calendar, definitions, statistics
from app.law.statistics import DEFINITIONS, Period
from app.records import behind, pledge, sheets
from app.records import returns as reading
from app.records.returns import Return
from app.web import at_hand, listing, periods
from app.web.signing_in import STAFF, open_to
from app.web.status_pages import READERS

bp = Blueprint("returns", __name__, url_prefix="/returns")
A_PAGE = 100


@bp.get("")
@open_to(STAFF, *READERS)
def page() -> tuple[str, int]:
    """The numbers of a period, how they add up, and how far they are published."""
    asked = periods.asked(periods.begins(), _today())
    found = _read(asked.period)
    told = {
        "asked": asked,
        "one": found,
        "choices": periods.choices(periods.begins(), _today()),
        "tabs": _tabs(asked.period, "returns.page"),
    }
    return render_template("staff/returns.html", **told), 422 if asked.errors else 200


@bp.get("/behind/<name>")
@open_to(STAFF, *READERS)
def cases(name: str) -> str:
    """The cases behind a number."""
    period = _period()
    found = behind.listing(period, name, _version())
    pages = max(1, -(-len(found.rows) // A_PAGE))
    number = min(listing.page_asked(), pages)
    room = "returns.promises" if name.startswith(f"{behind.PLEDGE}.") else "returns.page"
    return render_template(
        "staff/returns_cases.html",
        listing=found,
        rows=found.rows[(number - 1) * A_PAGE : number * A_PAGE],
        period=period,
        links=listing.links(number, pages),
        back={"href": url_for(room, **periods.address(period)), "text": "Back to the numbers"},
    )


@bp.get("/definitions")
@open_to(STAFF, *READERS)
def meanings() -> str:
    """What each number means, version by version."""
    editions = sorted(definitions.EDITIONS.values(), key=lambda one: int(one.version), reverse=True)
    period = _period()
    return render_template(
        "staff/returns_definitions.html",
        editions=[(one, [one.of(name) for name in definitions.NAMES]) for one in editions],
        newest=DEFINITIONS,
        tabs=_tabs(period, "returns.meanings"),
    )


@bp.get("/pledge")
@open_to(STAFF, *READERS)
def promises() -> tuple[str, int]:
    """How the partnership does by each of the six letters of PLEDGE."""
    asked = periods.asked(periods.begins(), _today())
    told = {
        "asked": asked,
        "promises": pledge.check(asked.period),
        "choices": periods.choices(periods.begins(), _today()),
        "tabs": _tabs(asked.period, "returns.promises"),
    }
    return render_template("staff/returns_pledge.html", **told), 422 if asked.errors else 200


@bp.get("/numbers.csv")
@open_to(STAFF, *READERS)
def numbers_csv() -> Response:
    """Every number of a period in full."""
    found = _read(_period())
    return _file(sheets.as_csv(sheets.numbers(found)), sheets.CSV, f"{_name(found)}.csv")


@bp.get("/cases.csv")
@open_to(STAFF, *READERS)
def cases_csv() -> Response:
    """The cases behind each number of a period, without names."""
    found = _read(_period())
    return _file(sheets.as_csv(sheets.cases(found)), sheets.CSV, f"{_name(found)}-cases.csv")


@bp.get("/numbers.ods")
@open_to(STAFF, *READERS)
def numbers_ods() -> Response:
    """Numbers, cases without names and definitions, each on a sheet."""
    found = _read(_period())
    three = (
        ("Numbers", sheets.numbers(found)),
        ("Cases", sheets.cases(found)),
        ("Definitions", sheets.meanings(_version())),
    )
    return _file(sheets.as_ods(three), sheets.ODS, f"{_name(found)}.ods")


def _read(period: Period) -> Return:
    return reading.read(period, periods.begins(), _today(), _version())


def _version() -> str:
    """The version of the definitions in the address. Raises ``NotFound`` for one that there never was."""
    version = request.args.get("version", DEFINITIONS)
    if version not in statistics.EDITIONS:
        raise errors.NotFound("There is no such version of the definitions.")
    return version


def _period() -> Period:
    return periods.asked(periods.begins(), _today()).period


def _today() -> date:
    return calendar.day_of(at_hand.clock()())


def _tabs(period: Period, here: str) -> list[dict[str, object]]:
    pages = ("returns.page", "Numbers"), ("returns.promises", "PLEDGE self-check"), ("returns.meanings", "Definitions")
    return [
        {"href": url_for(name, **periods.address(period)), "text": text, "current": name == here}
        for name, text in pages
    ]


def _name(one: Return) -> str:
    return f"reviews-{one.period.first}-to-{one.period.last}"


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, headers={"Content-Type": kind, "Content-Disposition": f'attachment; filename="{name}"'})
