"""What each hit policy of DMN 1.5 (clause 8.2.8) gives: found out by deciding one table under all of them."""

from app import errors
from app.drawing.decisions import AGGREGATIONS, HIT_POLICIES, DecisionTable, Input, Output, Rule
from app.engine.decisions import decide

DIFFERING, SAME = ("2", "1"), ("1", "1")  # what the two rows that fit say; the list of answers is 1, 2


def hit_policies() -> list[tuple[str, str, str]]:
    """A row for each: what it is called, what it gives where rows differ, and where they say the same."""
    plain = [(policy, policy, "") for policy in HIT_POLICIES]
    summed = [(f"COLLECT, {name}", "COLLECT", sign) for name, sign in AGGREGATIONS.items()]
    return [
        (called, *(_gives(policy, sign, cells) for cells in (DIFFERING, SAME)))
        for called, policy, sign in plain + summed
    ]


def _gives(policy: str, sign: str, cells: tuple[str, str]) -> str:
    rules = tuple(Rule(f"r{number}", ('"yes"',), (cell,)) for number, cell in enumerate(cells))
    table = DecisionTable(
        id="t",
        name="t",
        file="t.dmn",
        hit_policy=policy,
        aggregation=sign,
        inputs=(Input("asked", "asked"),),
        outputs=(Output("said", "said", values=("1", "2")),),
        rules=rules,
    )
    try:
        return str(decide(table, {"asked": "yes"}, at=None)["said"])
    except errors.CannotGoOn:
        return "the case stops, and a person is told"
