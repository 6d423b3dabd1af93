"""Steps that a program did for Camunda: a person does them here, and the report says what the program was."""

from collections.abc import Iterator

from app.drawing import expressions as ours
from app.drawing.completing.steps import EVERYWHERE, LOOPS
from app.drawing.converting import expressions, foreign
from app.drawing.converting.conversion import Conversion, quoted
from app.drawing.element_reading import BPMN
from app.drawing.sheet import Node, definitions, text_of
from app.drawing.xml import local

BY_HAND = "A person does it now. Say which team, and give it a form if its answers matter later."
SILENT = "Nothing is sent here. If people should get a letter, send one in a step before."
OF_TASKS = ("implementation", "operationRef", "messageRef", "scriptFormat")
SCRIPTED = "feel"


def done(conversion: Conversion) -> None:
    """Tasks that a program carries out, and messages that one sends."""
    for node in conversion.of_kind("scriptTask"):
        _script(conversion, node)
    for node in conversion.of_kind("serviceTask", "sendTask", "businessRuleTask", "scriptTask"):
        if not _asks_a_table(node):
            _task(conversion, node)
    for node in conversion.of_kind("endEvent", "intermediateThrowEvent"):
        told = [says for one in (node, *definitions(node)) for says in _programs(one)]
        if told:
            conversion.left(node, f"In Camunda {told[0]} sent this message. {SILENT}")


def _asks_a_table(node: Node) -> bool:
    named = node.get(f"{foreign.CAMUNDA}decisionRef")
    return bool(named) or node.find(f"{BPMN}extensionElements/{foreign.ZEEBE}calledDecision") is not None


def _task(conversion: Conversion, node: Node) -> None:
    told = list(_programs(node))
    if not told:
        return
    if conversion.has_own(node):
        conversion.left(node, f"In Camunda {told[0]} did this. It says already what it does here.")
        return
    by_hand(node)
    answer = foreign.take_attribute(node, "resultVariable")
    kept = f" Its answer was kept as {quoted(answer)}." if answer else ""
    conversion.left(node, f"In Camunda {told[0]} did this.{kept} {BY_HAND}")


def by_hand(node: Node) -> None:
    """Make a step one for a person: before anything is written on it that a program would be given."""
    node.tag = f"{BPMN}userTask"
    for child in [one for one in node if local(one) not in EVERYWHERE.union(LOOPS)]:
        node.remove(child)
    for attribute in OF_TASKS:
        node.attrib.pop(attribute, None)


def _programs(node: Node) -> Iterator[str]:
    """What carried a step out, in words; all of it is taken out of the file."""
    topic, type_ = foreign.take_attribute(node, "topic"), foreign.take_attribute(node, "type")
    said = {name: foreign.take_attribute(node, name) for name in ("class", "delegateExpression", "expression")}
    if type_ == "external" or topic:
        yield f"the program that takes ‘{topic}’ from a queue"
    elif type_:
        yield f"the built-in task {quoted(type_)}"
    if said["class"]:
        yield f"the Java class {quoted(said['class'])}"
    for name in ("delegateExpression", "expression"):
        if said[name]:
            yield f"the program behind {quoted(said[name])}"
    for one in foreign.take(node, "connector"):
        named = [(part.text or "").strip() for part in foreign.children(one, "connectorId")]
        yield f"the connector {quoted(' '.join(named))}"
    for one in foreign.take(node, "taskDefinition"):
        yield f"the program that takes {quoted(one.get('type', ''))} from a queue"
    foreign.take(node, "field", "taskHeaders")


def _script(conversion: Conversion, node: Node) -> None:
    """A script: kept where it is one expression in FEEL whose answer has a name, else done by a person."""
    drawn = foreign.take(node, "script")
    if drawn:
        source, fact, language = drawn[0].get("expression", ""), drawn[0].get("resultVariable", ""), SCRIPTED
    else:
        source, language = text_of(node, "script"), node.get("scriptFormat", "")
        fact = foreign.take_attribute(node, "resultVariable")
    elsewhere = foreign.take_attribute(node, "resource")
    if conversion.has_own(node) or not (source or elsewhere) or _is_ours(source, language, fact):
        return
    feel = expressions.in_feel(source, language) if language.lower() == SCRIPTED else None
    line = f"{fact} = {feel}"
    if feel and fact and not any(ours.unreadable_script(line)):
        by_hand(node)
        node.tag = f"{BPMN}scriptTask"
        _write(node, line)
        conversion.took(node, f"It works out {quoted(line)}.")
        return
    by_hand(node)
    what = f"a script in {language}" if language else "a script"
    conversion.left(node, f"In Camunda {what} did this: {quoted(source or elsewhere)}. {BY_HAND}")


def _is_ours(source: str, language: str, fact: str) -> bool:
    """Whether a script is written as those that are carried out here."""
    return bool(source) and not language and not fact and not any(ours.unreadable_script(source))


def _write(node: Node, line: str) -> None:
    script = node.makeelement(f"{BPMN}script")
    script.text = line
    node.append(script)
