"""What Camunda does around a step, and this engine does not: told once for each element, then taken out."""

from collections.abc import Iterator

from app.drawing.converting import foreign
from app.drawing.converting.conversion import Conversion, listed, quoted
from app.drawing.sheet import Node
from app.drawing.xml import local

NOT_NEEDED = frozenset(
    "historyTimeToLive versionTag asyncBefore asyncAfter async exclusive jobPriority taskPriority priority "
    "priorityDefinition failedJobRetryTimeCycle retryCounter userTask isStartableInTasklist diagramRelationId "
    "executionPlatform executionPlatformVersion modelerTemplate modelerTemplateVersion modelerTemplateIcon initiator "
    "formRefBinding formRefVersion calledElementBinding calledElementVersion calledElementVersionTag "
    "calledElementTenantId decisionRefBinding decisionRefVersion decisionRefVersionTag decisionRefTenantId "
    "mapDecisionResult errorMessage".split()
)
LISTENERS = ("executionListener", "taskListener", "executionListeners", "taskListeners")
MAPPINGS = ("inputOutput", "ioMapping", "in", "out")
STARTERS = ("candidateStarterGroups", "candidateStarterUsers")
DUE = ("dueDate", "followUpDate")
MOST_NAMES = 6


def told(conversion: Conversion) -> None:
    """Listeners, mappings, dates, notes for programs and keys of messages."""
    for node in conversion.elements():
        for says in (*_around(node), *_dates(node)):
            conversion.left(node, says)


def swept(conversion: Conversion) -> None:
    """Everything that is left: a note of each element for what may matter, one of the file for what does not."""
    unneeded: list[str] = []
    unknown: dict[Node, list[str]] = {}
    for node, name in foreign.leftovers(conversion.root):
        if name in NOT_NEEDED:
            unneeded.append(name)
        else:
            unknown.setdefault(node, []).append(name)
    for node, names in unknown.items():
        conversion.left(node, f"Camunda was also told {listed(names)} here. Nothing carries that out here.")
    if unneeded:
        conversion.dropped(f"Settings of the engine of Camunda are left out: {listed(sorted(unneeded))}.")


def _around(node: Node) -> Iterator[str]:
    if listeners := foreign.take(node, *LISTENERS):
        number = sum(len(one) if local(one).endswith("s") else 1 for one in listeners)
        began = "A program" if number == 1 else f"{number} programs"
        yield f"{began} ran when this began, ended or changed hands (listeners). Nothing runs then here."
    if names := _mapped(foreign.take(node, *MAPPINGS)):
        yield f"Facts were handed in or out under other names: {_few(names)}. Here each step sees all facts."
    if names := [one.get("name", "") for own in foreign.take(node, "properties") for one in own]:
        yield f"Notes for programs are left out: {_few(names)}."
    for one in foreign.take(node, "subscription"):
        told = quoted(one.get("correlationKey", ""))
        yield f"Messages were told apart by {told}. Here one reaches every place of its case that waits for it."
    if starters := [said for key in STARTERS if (said := foreign.take_attribute(node, key))]:
        yield f"In Camunda {quoted(', '.join(starters))} could begin it. Say at its beginning who may."


def _dates(node: Node) -> Iterator[str]:
    said = [foreign.take_attribute(node, key) for key in DUE]
    for drawn in foreign.take(node, "taskSchedule"):
        said = [drawn.get(key, "") or before for key, before in zip(DUE, said, strict=True)]
    due, follow_up = said
    if due:
        yield f"It was due at {quoted(due)}. Draw a time limit on its edge (a clock) to keep that."
    if follow_up:
        yield f"It was to be followed up at {quoted(follow_up)}. There is no such date here; use a time limit."


def _mapped(mappings: list[Node]) -> list[str]:
    """The names under which facts are handed on."""
    parts = [part for one in mappings for part in ([one] if local(one) in ("in", "out") else one)]
    return [one.get("target", "") or one.get("name", "") or one.get("businessKey", "") or "all" for one in parts]


def _few(names: list[str]) -> str:
    several = list(dict.fromkeys(names))
    more = len(several) - MOST_NAMES
    return listed(several[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
