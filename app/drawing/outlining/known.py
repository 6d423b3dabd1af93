"""What the files beside a drawing tell its outline: agreed times, and the names of processes and tables."""

from collections.abc import Iterable, Mapping, Sequence

from app.drawing.decisions import DecisionTable, Rule
from app.drawing.model import Drawing
from app.drawing.outlining.values import Known

TIMESCALES = "timescales"
_ANYTHING = ("", "-")  # tests that every answer passes


def known(drawings: Iterable[Drawing], tables: Iterable[DecisionTable]) -> Known:
    """What drawings and tables that belong together tell the outline of each of them."""
    by_id = {table.id: table for table in tables}
    agreed = _agreed(by_id[TIMESCALES]) if TIMESCALES in by_id else {}
    return Known(
        timescales=lambda milestone, label: _fitting(agreed.get(milestone, ()), label),
        processes={process.id: process.name for drawing in drawings for process in drawing.processes if process.name},
        tables={id_: table.name for id_, table in by_id.items()},
    )


def _fitting(limits: Sequence[str], label: str) -> str:
    """Of the limits agreed for a milestone the one that the drawing shows, else the one that always fits."""
    return label if label in limits else next(iter(limits), "")


def _agreed(table: DecisionTable) -> Mapping[str, Sequence[str]]:
    """{milestone: limits in words}, first that of the row that asks nothing else."""
    place = next((n for n, output in enumerate(table.outputs) if output.name == "limit"), 0)
    found: dict[str, list[str]] = {}
    for rule in sorted(table.rules, key=lambda rule: not _asks_one_thing(rule)):
        if rule.tests:
            found.setdefault(_text(rule.tests[0]), []).append(_text(rule.results[place]))
    return found


def _asks_one_thing(rule: Rule) -> bool:
    return all(test.strip() in _ANYTHING for test in rule.tests[1:])


def _text(cell: str) -> str:
    return cell.strip().strip('"')
