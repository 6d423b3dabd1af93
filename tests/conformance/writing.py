"""The page of what was measured: ``python -m tests.conformance.writing`` writes docs/conformance.md."""

import json
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from app.config import ROOT
from tests.conformance.elements import Support, support
from tests.conformance.feel_numbers import feel_numbers
from tests.conformance.hit_policies import hit_policies

PAGE = ROOT / "docs" / "conformance.md"


def page() -> str:
    """The whole page."""
    return "\n".join([*_top(), *_elements(support()), *_policies(), *_feel(), ""])


def _top() -> list[str]:
    return [
        "# What is executed",
        "",
        "This page is written by `python -m tests.conformance.writing` from what the program does when it checks and "
        "plays the smallest drawing with each element. A test fails when it is out of date. Nothing in it is written by "
        "hand.",
        "",
        "- **executed**: with its meaning in BPMN 2.0.2, checked by `trigger check`, played by `trigger play`.",
        "- **read as**: the drawing leaves something open, or uses what we do not execute. It is executed as the table "
        "says, and `trigger check` says so, with a fix.",
        "- **kept**: stays in the file and the picture, and changes nothing in the run.",
        "- **refused**: the drawing cannot be followed, and the check says why.",
        "",
    ]


def _elements(rows: list[Support]) -> list[str]:
    counted = Counter(row.status for row in rows)
    said = ", ".join(f"{number} {status}" for status, number in counted.most_common())
    lines = ["## Elements of BPMN 2.0.2", "", f"{len(rows)} elements and variants: {said}.", ""]
    for group, members in groupby(rows, key=lambda row: row.construct.group):
        lines += [f"### {group}", "", "| element | what becomes of it | how |", "|---|---|---|"]
        lines += [f"| {row.construct.name} | {row.status} | {row.how} |" for row in members]
        lines.append("")
    return lines


def _policies() -> list[str]:
    says = "Two rows of a table fit. What it gives where they say 2 and 1, of the answers 1 and 2 in this order:"
    heads = ("hit policy", "they say 2 and 1", "both say 1")
    return ["## Hit policies of DMN 1.5", "", says, "", *_table(heads, hit_policies()), ""]


def _feel() -> list[str]:
    numbers = feel_numbers()
    differ, cells = numbers["differences"], numbers["cells_differing"]
    lines = [
        f"## FEEL beside feelin {numbers['feelin']}",
        "",
        f"{numbers['expressions']} expressions and {numbers['cells']} cells of tables are answered by our evaluator and by "
        f"feelin, the npm package that the editors use in the browser. {len(differ)} expressions and {len(cells)} cells are "
        "answered differently, each on purpose.",
        "",
    ]
    lines += _table(("expression", "ours", "feelin", "why"), differ)
    return [*lines, "", *_table(("value", "cell", "ours", "feelin", "why"), cells)]


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    return [_line(heads), "|---" * len(heads) + "|", *(_line([*map(_code, row[:-1]), row[-1]]) for row in rows)]


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _code(value: object) -> str:
    return f"`{value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
