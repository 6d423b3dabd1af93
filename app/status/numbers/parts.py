"""Which numbers somebody asks for: a time, a role, an agency, a version; and what they are compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.cases import procedures
from app.engine.library import Procedure
from app.law import calendar, wording
from app.store import people, releases, tallies
from app.store.tallies import Part

YEAR, EARLIEST = 12, 2000  # the months that are shown where nobody says which; no year before
SPANS = {1: "This month", 3: "3 months", 6: "6 months", 12: "12 months", 24: "2 years", 36: "3 years", 120: "10 years"}
BEFORE, YEAR_AGO = "before", "year"


def of(asked: Mapping[str, str], today: date) -> Part:
    """The part that an address asks for: ``from`` and ``to`` (2026-03), or ``months`` up to ``to`` or this month.

    ``role``, ``agency`` and ``version`` narrow it. What cannot be read is passed over: 12 months then.
    """
    last = min(_month(asked.get("to")) or today.replace(day=1), today.replace(day=1))
    months = next((number for number in SPANS if str(number) == asked.get("months")), YEAR)
    first = _month(asked.get("from"))
    first = first if first and first <= last else month_before(last, months - 1)
    return Part(first, last, asked.get("role", ""), asked.get("agency", ""), asked.get("version", ""))


def other(part: Part, asked: str) -> Part | None:
    """What a part is compared with: ``before``, ``year``, or another role, agency or version; None for nothing."""
    if asked in (BEFORE, YEAR_AGO):
        back = len(months(part)) if asked == BEFORE else YEAR
        return replace(part, first=month_before(part.first, back), last=month_before(part.last, back))
    kind, _, value = asked.partition(":")
    if kind == "role" and value:
        return replace(part, role=value)
    if kind == "agency" and value:
        return replace(part, agency_key=value)
    return replace(part, release_key=value) if kind == "version" and value else None


def month_before(day: date, number: int) -> date:
    """The first day of the month so many months before that of a day."""
    return calendar.months_after(day.replace(day=1), -number)


def months(part: Part) -> list[date]:
    """The first day of each month of a part."""
    number = 12 * (part.last.year - part.first.year) + part.last.month - part.first.month
    return [calendar.months_after(part.first, n) for n in range(number + 1)]


def month_name(month: date) -> str:
    """A month in words: *March 2026*."""
    return f"{wording.MONTHS[month.month - 1]} {month.year}"


def said(part: Part) -> str:
    """A part in words."""
    names = [month_name(part.first), month_name(part.last)]
    named = [part.role, agencies().get(part.agency_key, part.agency_key), versions().get(part.release_key, "")]
    return ", ".join([" to ".join(dict.fromkeys(names)), *(one for one in named if one)])


def agencies() -> dict[str, str]:
    """{key: name} of the agencies."""
    return {agency.key: agency.name for agency in people.agencies()}


def versions() -> dict[str, str]:
    """{key: name} of the releases that were live, the newest first: each is known by the day on which it went live."""
    return {one.key: f"Version of {wording.moment(one.published_at, year=True)}" for one in releases.every()}


def filters(process_id: str, part: Part, compared: str, today: date) -> Sequence[Mapping[str, object]]:
    """The fields of the form in which a part is chosen."""
    roles, keys = tallies.choices(process_id)
    names, named = agencies(), versions()
    with_agencies = [(key, names.get(key, key)) for key in keys]
    others = [(BEFORE, "The time before"), (YEAR_AGO, "A year earlier")]
    others += [(f"version:{key}", text) for key, text in named.items() if key != part.release_key]
    others += [(f"agency:{key}", text) for key, text in with_agencies if key != part.agency_key]
    others += [(f"role:{role}", role) for role in roles if role != part.role]
    return [
        _select("months", "Time", _span(part), _spans(part)),
        _select("to", "Up to", f"{part.last:%Y-%m}", [(f"{one:%Y-%m}", month_name(one)) for one in _ends(part, today)]),
        _select("role", "Team", part.role, [("", "Every team"), *((role, role) for role in roles)]),
        _select("agency", "Agency", part.agency_key, [("", "Every agency"), *with_agencies]),
        _select("version", "Version", part.release_key, [("", "Every version"), *named.items()]),
        _select("with", "Compare with", compared, [("", "Nothing"), *others]),
    ]


def drawn(part: Part) -> Procedure:
    """The drawings on which a part is shown: of its version, else those that are live."""
    known = part.release_key in versions()
    return procedures.followed(part.release_key, None, "") if known else procedures.live()[1]


def _span(part: Part) -> str:
    """The span that a part is of, for the list to choose from; "" where it is of none."""
    number = len(months(part))
    return str(number) if number in SPANS else ""


def _ends(part: Part, today: date) -> list[date]:
    """The months with which a part may end, the newest first."""
    return sorted({part.last, *(month_before(today, number) for number in range(37))}, reverse=True)


def _spans(part: Part) -> list[tuple[str, str]]:
    spans = [(str(number), text) for number, text in SPANS.items()]
    return spans if _span(part) else [("", said(replace(part, role="", agency_key="", release_key=""))), *spans]


def _select(name: str, label: str, value: str, choices: Sequence[tuple[str, str]]) -> Mapping[str, object]:
    options = [{"value": key, "text": text} for key, text in choices]
    return {"name": name, "label": label, "kind": "select", "value": value, "options": options}


def _month(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return found if found.year >= EARLIEST else None
