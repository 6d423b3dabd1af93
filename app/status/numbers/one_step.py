"""One step of a procedure in numbers: how long, month by month, by agency or team, which answers, the cases behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.clock import Clock
from app.drawing.model import Element
from app.engine.library import Procedure
from app.forms import words
from app.forms.conditions import fill
from app.forms.parts import Component, flat
from app.law import calendar
from app.status.chosen import form_of
from app.status.numbers import heat, measures, overview, parts
from app.status.numbers.measures import Step
from app.status.stints import ANSWER
from app.store import releases, tallies
from app.store.rows.cases import Case
from app.store.rows.numbers import DONE, LIMIT, TASK, Stint
from app.store.tallies import Part, Total

LATEST = 25
DAYS_SHOWN = 15  # working days told apart in the picture; longer ones stand together


@dataclass(frozen=True)
class Month:
    """What ended in a month: ``name`` is *March 2026*."""

    name: str
    short: str
    done: int
    limits: int
    late: int


@dataclass(frozen=True)
class Answers:
    """One question: how often each answer was given."""

    question: str
    rows: tuple[tuple[str, int], ...]
    number: int


@dataclass(frozen=True)
class OneStep:
    """Everything on the page of a step."""

    process_id: str
    name: str
    procedure: str
    where: str
    limit: str
    said: str
    step: Step
    took: tuple[tuple[str, int], ...]  # working days: how many
    months: tuple[Month, ...]
    who: tuple[tuple[str, Step], ...]  # agencies, else teams
    answers: tuple[Answers, ...]
    latest: tuple[tuple[Stint, Case], ...]


def of(process_id: str, process: str, key: str, asked: Mapping[str, str], *, clock: Clock) -> OneStep:
    """The page of a step as its address asks for it. ``NotFound`` for a step there is not."""
    now = clock()
    part = parts.of(asked, calendar.day_of(now))
    procedure = parts.drawn(part)
    element = overview.step_of(procedure, process, key)
    everything = tallies.by_month(process_id, process, key, part)
    totals = _of_step(process_id, part, process, key)
    still_open = [row for row in overview.open_now(procedure, process_id, part, now) if row[:2] == (process, key)]
    step = measures.steps(totals, still_open).get((process, key), Step(process, key))
    return OneStep(
        process_id=process_id,
        name=" ".join((element.name or key).split()),
        procedure=heat.title_of(procedure.drawings[process_id], process_id),
        where=heat.title_of(procedure.drawings[process], process),
        limit=overview.limit_of(procedure, process, key),
        said=parts.said(part),
        step=step,
        took=_took(step),
        months=tuple(_months(part, everything)),
        who=tuple(_who(process_id, process, key, part)),
        answers=tuple(_answers(procedure, element, totals, part)),
        latest=tuple(tallies.latest(process_id, process, key, part, LATEST)),
    )


def _of_step(process_id: str, part: Part, process: str, key: str) -> list[Total]:
    return [t for t in tallies.totals(process_id, part) if t.key == key and t.process in (process, "")]


def _took(step: Step) -> tuple[tuple[str, int], ...]:
    """How many took less than a day, one to two days, and so on."""
    by_day: dict[int, int] = {}
    for size, number in step.sizes.items():
        by_day[min(size // 2, DAYS_SHOWN)] = by_day.get(min(size // 2, DAYS_SHOWN), 0) + number
    last = max(by_day, default=-1)
    names = [("under 1" if day == 0 else f"{day}+" if day == DAYS_SHOWN else str(day)) for day in range(last + 1)]
    return tuple((name, by_day.get(day, 0)) for day, name in enumerate(names))


def _months(part: Part, rows: Iterable[tuple[date, Total]]) -> Iterable[Month]:
    found = {month: [0, 0, 0] for month in parts.months(part)}
    for month, total in rows:
        if total.kind == TASK and total.detail == DONE:
            found[month][0] += total.number
        elif total.kind == LIMIT:
            found[month][1] += total.number
            found[month][2] += total.late
    for month, (done, limits, late) in found.items():
        yield Month(parts.month_name(month), parts.month_name(month)[:3], done, limits, late)


def _who(process_id: str, process: str, key: str, part: Part) -> list[tuple[str, Step]]:
    """The step for each agency that has it, else for each team."""
    names = parts.agencies()
    totals: dict[str, list[Total]] = {}
    for agency, role, total in tallies.by_agency(process_id, process, key, part):
        totals.setdefault(names.get(agency, agency) if agency else role, []).append(total)
    found = [(name, measures.steps(several)[process, key]) for name, several in totals.items()]
    return sorted(found, key=lambda one: (-(one[1].late_share or 0.0), one[0]))


def _answers(procedure: Procedure, element: Element, totals: Iterable[Total], part: Part) -> list[Answers]:
    """The answers from lists, in the words of the form as it is now; what it has no words for stays as it was kept."""
    questions = _questions(part.release_key or releases.live().key, element.id)
    found: dict[str, list[tuple[str, int]]] = {}
    for total in totals:
        if total.kind == ANSWER:
            question, _, value = total.detail.partition("=")
            found.setdefault(question, []).append((value, total.number))
    return [_said(questions.get(question), question, rows) for question, rows in found.items()]


def _questions(release_key: str, element: str) -> dict[str, Component]:
    form = form_of(release_key, "", element)
    parts_of = (part for page in form.pages for part, _ in flat(page.components)) if form else ()
    return {part.key: part for part in parts_of if part.key}


def _said(question: Component | None, key: str, rows: list[tuple[str, int]]) -> Answers:
    plain = key.split(".")[-1].replace("_", " ").capitalize()
    title = fill(question.label, {}) if question and question.label else plain
    told = [(_value(question, value), number) for value, number in rows]
    return Answers(title, tuple(sorted(told, key=lambda one: -one[1])), sum(number for _, number in rows))


def _value(question: Component | None, value: str) -> str:
    if question is None:
        return value.replace("_", " ")
    if question.type == "checkbox":
        return "Yes" if value == "true" else "No"
    return words.in_words(question, value, {}) or value
