"""Who does a step: groups and people of Camunda as our team of a step."""

from app.drawing.converting import expressions, foreign
from app.drawing.converting.conversion import Conversion, listed, quoted
from app.drawing.sheet import Node, property_of

GROUP = "candidateGroup"
SAY_WHO = "Say which team does it."
SAID = ("candidateGroups", "assignee", "candidateUsers")


def named(conversion: Conversion) -> None:
    """Groups, else the person a step is given to, written as its team."""
    for node in conversion.of_kind("userTask", "manualTask"):
        drawn = foreign.take(node, "assignmentDefinition")
        said = {
            key: foreign.take_attribute(node, key) or (drawn[0].get(key, "").strip() if drawn else "") for key in SAID
        }
        if any(said.values()):
            _written(conversion, node, said)


def _written(conversion: Conversion, node: Node, said: dict[str, str]) -> None:
    if own := property_of(node, GROUP):
        others = " and ".join(quoted(one) for one in said.values() if one)
        conversion.left(node, f"It says already that {quoted(own)} does it, so {others} was left out.")
        return
    groups = expressions.words_in(said["candidateGroups"])
    if groups:
        _group(conversion, node, groups)
    elif said["candidateGroups"]:
        told = quoted(said["candidateGroups"])
        conversion.left(node, f"Camunda worked out which group does it, from {told}. {SAY_WHO}")
    elif said["assignee"]:
        _person(conversion, node, said["assignee"])
    if said["candidateUsers"]:
        told = quoted(said["candidateUsers"])
        conversion.left(node, f"In Camunda these people could do it: {told}. Here a team does a step. {SAY_WHO}")


def _group(conversion: Conversion, node: Node, groups: list[str]) -> None:
    conversion.keep(node, GROUP, groups[0])
    conversion.took(node, f"The team {quoted(groups[0])} does it.")
    if len(groups) > 1:
        others = f"In Camunda {listed(groups[1:])} could do it as well. Here one team does a step"
        conversion.left(node, f"{others}: {quoted(groups[0])}. Change that if another team is meant.")


def _person(conversion: Conversion, node: Node, assignee: str) -> None:
    names, lane = expressions.words_in(assignee), conversion.lane_of(node)
    if lane:
        told = f"In Camunda it was given to {quoted(assignee)}. Here its lane says who does it: {quoted(lane)}."
        conversion.left(node, told)
    elif names:
        conversion.keep(node, GROUP, names[0])
        conversion.took(node, f"{quoted(names[0])} does it.")
        conversion.left(node, f"If {quoted(names[0])} is one person, name their team: here a team does each step.")
    else:
        conversion.left(node, f"Camunda worked out who does it, from {quoted(assignee)}. {SAY_WHO}")
