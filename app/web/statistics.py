"""The page for everybody with the numbers of each reporting period, and the same as files."""

from flask import Blueprint, Response, render_template

from app.law import definitions
from app.records import published, sheets
from app.records.published import Year
from app.web import bars
from app.web.bars import Amount, Bars
from app.web.signing_in import EVERYBODY, open_to

bp = Blueprint("statistics", __name__)
FILE = "reviews-in-numbers"
MOST = 8  # years in a picture


@bp.get("/statistics")
@open_to(EVERYBODY)
def shown() -> str:
    """Every period that was published, the newest first."""
    years = published.years()
    counted = [year for year in reversed(years) if year.counted]
    words = [(name, definitions.edition().of(name).words) for name in definitions.FOUR]
    return render_template(
        "public/statistics.html",
        years=years,
        over=counted,
        words=words,
        charts=_charts(counted),
        editions=list(definitions.EDITIONS.values()),
    )


@bp.get("/statistics.csv")
@open_to(EVERYBODY)
def as_csv() -> Response:
    """Everything that is published, as CSV."""
    return _file(sheets.as_csv(published.rows(published.years())), sheets.CSV, "csv")


@bp.get("/statistics.ods")
@open_to(EVERYBODY)
def as_ods() -> Response:
    """Everything that is published, for a spreadsheet, with what the numbers mean."""
    rows = published.rows(published.years())
    return _file(sheets.as_ods((("Numbers", rows), ("Definitions", sheets.meanings()))), sheets.ODS, "ods")


def _charts(years: list[Year]) -> list[Bars]:
    """A picture for each of the four numbers, all to the same scale; none for a single year."""
    shown = years[-MOST:]
    if len(shown) < 2:  # there is nothing to compare
        return []
    most = max(year.counted.get(name, 0) for year in shown for name in definitions.FOUR)
    return [_chart(name, shown, most) for name in definitions.FOUR]


def _chart(name: str, years: list[Year], most: int) -> Bars:
    amounts = [Amount(year.label, year.counted.get(name, 0)) for year in years]
    return bars.bars(name, definitions.edition().of(name).words, amounts, most=most)


def _file(content: bytes, kind: str, ending: str) -> Response:
    name = f'attachment; filename="{FILE}.{ending}"'
    return Response(content, headers={"Content-Type": kind, "Content-Disposition": name})
