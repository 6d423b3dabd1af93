"""How our FEEL compares with that of feelin: counted from the recorded answers of both."""

from typing import Any

from tests.feel.test_feelin import CELLS_NOT_MATCHED, RECORDED, REFUSED, UNKNOWN, answered, meant, same


def feel_numbers() -> dict[str, Any]:
    """What was compared and what differs.

    ``feelin`` is its version, ``expressions`` and ``cells`` how many were compared. ``differences`` holds a tuple
    (expression, our answer, feelin's answer, reason) for each expression that is answered differently, ``cells_differing``
    a tuple (value, cell, our verdict, feelin's, reason) for each cell. Answers are JSON values, or "refused".
    """
    return {
        "feelin": RECORDED["feelin"],
        "expressions": len(RECORDED["expressions"]),
        "cells": len(RECORDED["cells"]),
        "differences": [one for record in RECORDED["expressions"] for one in _difference(record)],
        "cells_differing": [
            (value, cell, False, True, UNKNOWN)
            for record in RECORDED["cells"]
            for value, cell in [(record["value"], record["cell"])]
            if (value, cell) in CELLS_NOT_MATCHED and record["answer"] is True
        ],
    }


def _difference(record: dict[str, Any]) -> list[tuple[str, Any, Any, str]]:
    source, theirs = record["source"], REFUSED if record.get("refused") else record["answer"]
    ours, expected = answered(source), meant(source)
    if same(ours, theirs):
        return []
    return [(source, ours, theirs, expected[1] if expected else "")]
