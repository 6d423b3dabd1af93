"""What can be chosen on the board: procedures, steps that somebody is at, and those who have something to do."""

from typing import Any

from app.cases import kinds, procedures
from app.cases.access import AGENCIES as AGENCIES_LANE
from app.cases.access import APPLICANT
from app.status.board_choice import AGENCY, NAMES, PERSON, RISKS, ROLE, STATES, WHO, Choice
from app.store import board_values, people

Named = list[tuple[str, str]]


def fields(choice: Choice) -> list[dict[str, Any]]:
    """The fields of the filter as the component ``filter`` shows them. What is chosen is always among the options."""
    every = kinds.every(procedures.live()[1])
    steps = sorted(board_values.steps(), key=lambda step: step[1])
    asked: tuple[tuple[str, str, Named], ...] = (
        ("procedure", "Procedure", [("", "Every procedure"), *((one.process_id, one.name) for one in every)]),
        ("step", "Step", [("", "Every step"), *steps]),
        ("risk", "Risk", [("", "Any risk"), *RISKS.items()]),
        ("with", "Who has it", [("", "Anyone"), *_holders()]),
        ("state", "State", [("", "Any state"), *STATES.items()]),
    )
    text = {"name": "q", "label": "Case or name", "kind": "text", "value": choice.text}
    return [*(_select(name, label, named, getattr(choice, NAMES[name])) for name, label, named in asked), text]


def steps(shown: list[dict[str, Any]]) -> dict[str, str]:
    """The names of the steps by their keys, as the fields have them."""
    field = next(one for one in shown if one["name"] == "step")
    return {option["value"]: option["text"] for option in field["options"]}


def chosen(choice: Choice) -> list[tuple[str, str]]:
    """What is chosen, in words: (what of, what)."""
    found = []
    for field in fields(choice):
        named = {option["value"]: option["text"] for option in field.get("options", ())}
        if field["value"]:
            found.append((field["label"], named.get(field["value"], field["value"])))
    return found


def _holders() -> Named:
    """Everybody who can have a case, in groups: in general, agencies, people, roles."""
    agencies = [(f"{AGENCY}{one.key}", one.name) for one in people.agencies()]
    names = people.names(board_values.people())
    persons = sorted(((f"{PERSON}{id_}", name) for id_, name in names.items()), key=lambda one: one[1])
    roles = [role for role in board_values.roles() if role not in ("", APPLICANT, AGENCIES_LANE)]
    general = [(key, words) for key, (words, _) in WHO.items()]
    return [*general, *agencies, *persons, *((f"{ROLE}{role}", f"Any {role}") for role in roles)]


def _select(name: str, label: str, named: Named, value: str) -> dict[str, Any]:
    options = [{"value": key, "text": words} for key, words in named]
    if value not in dict(named):
        options.append({"value": value, "text": value.partition(":")[2] or value})
    return {"name": name, "label": label, "kind": "select", "value": value, "options": options}
