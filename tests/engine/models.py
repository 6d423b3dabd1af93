"""Small DMN files, written in a few words."""

from xml.sax.saxutils import escape

from app.drawing import decision_models
from app.drawing.decision_models import Model
from app.engine import graphs
from app.feel.printing import printed, read_json

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def file(*parts: str, namespace: str = NAMESPACE) -> bytes:
    return f'<definitions xmlns="{namespace}" name="m" namespace="urn:m">{"".join(parts)}</definitions>'.encode()


def model(*parts: str, namespace: str = NAMESPACE) -> Model:
    return decision_models.read(file(*parts, namespace=namespace), "m.dmn")


def answer(parts: tuple[str, ...] | list[str], wanted: str, given: str = "{}") -> str:
    """What is decided, as JSON; ``given`` as JSON."""
    return printed(graphs.decided(model(*parts), wanted, read_json(given), at=None))


def text(source: str, kind: str = "") -> str:
    typed = f' typeRef="{kind}"' if kind else ""
    return f"<literalExpression{typed}><text>{escape(source)}</text></literalExpression>"


def asked(name: str, kind: str = "") -> str:
    typed = f' typeRef="{kind}"' if kind else ""
    return f'<inputData id="{ident(name)}" name="{name}"><variable name="{name}"{typed}/></inputData>'


def decision(name: str, logic: str, *needs: str, kind: str = "", knows: tuple[str, ...] = ()) -> str:
    """A decision that needs inputs (``?name``), decisions, and knowledge."""
    typed = f' typeRef="{kind}"' if kind else ""
    required = "".join(
        "<informationRequirement>"
        + (
            f'<requiredInput href="#{ident(one[1:])}"/>'
            if one.startswith("?")
            else f'<requiredDecision href="#{ident(one)}"/>'
        )
        + "</informationRequirement>"
        for one in needs
    )
    return (
        f'<decision id="{ident(name)}" name="{name}"><variable name="{name}"{typed}/>{required}'
        f"{_knowing(knows)}{logic}</decision>"
    )


def knowledge(name: str, parameters: str, logic: str, *, kind: str = "", knows: tuple[str, ...] = ()) -> str:
    """A business knowledge model; ``parameters`` like ``a: number, b``."""
    typed = f' typeRef="{kind}"' if kind else ""
    return (
        f'<businessKnowledgeModel id="{ident(name)}" name="{name}"><variable name="{name}"{typed}/>'
        f"<encapsulatedLogic>{formal(parameters)}{logic}</encapsulatedLogic>{_knowing(knows)}</businessKnowledgeModel>"
    )


def formal(parameters: str) -> str:
    made = ""
    for one in filter(None, parameters.split(", ")):
        name, _, kind = one.partition(": ")
        made += f'<formalParameter name="{name}"' + (f' typeRef="{kind}"/>' if kind else "/>")
    return made


def table(policy: str, inputs: str, outputs: str, *rows: str) -> str:
    """A table; each row is its cells with ``|`` between them; inputs and outputs are ready XML or expressions."""
    columns = (
        inputs if inputs.startswith("<") else f"<input><inputExpression><text>{inputs}</text></inputExpression></input>"
    )
    count = columns.count("<input>") + columns.count("<input ")
    drawn = ""
    for row in rows:
        cells = [escape(cell.strip()) for cell in row.split("|")]
        drawn += "<rule>"
        drawn += "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in cells[:count])
        drawn += "".join(f"<outputEntry><text>{cell}</text></outputEntry>" for cell in cells[count:]) + "</rule>"
    return f"<decisionTable {policy}>{columns}{outputs}{drawn}</decisionTable>"


def entry(name: str, logic: str, kind: str = "") -> str:
    typed = f' typeRef="{kind}"' if kind else ""
    return f'<contextEntry><variable name="{name}"{typed}/>{logic}</contextEntry>'


def ident(name: str) -> str:
    return "_" + "".join(letter if letter.isalnum() else "-" for letter in name)


def _knowing(names: tuple[str, ...]) -> str:
    return "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{ident(one)}"/></knowledgeRequirement>' for one in names
    )
