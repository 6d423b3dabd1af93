"""From the fields of a posted page to a wish: what a drawing in words can be asked for."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from flask import request

from app import errors
from app.drawing.shaping import adding, blank, changing, limiting
from app.drawing.shaping.listing import ListedStep
from app.drawing.shaping.timing import ListedLimit
from app.drawing.shaping.values import (
    Answer,
    Arrival,
    Call,
    End,
    Letter,
    Limit,
    New,
    Person,
    Place,
    Question,
    Shaped,
    Table,
    Told,
    Wait,
)
from app.editor import beginning
from app.editor.surroundings import Surroundings
from app.web import at_hand

NEW = "+"  # chosen where something is to be made anew
MOST = 20  # answers of a question
KINDS = {  # what may be added, and what people call it
    "person": "Somebody does something",
    "question": "A question with answers",
    "letter": "A letter goes out",
    "table": "A decision table is looked at",
    "page": "Steps with a drawing of their own",
    "wait": "Some time passes",
    "arrival": "Something has to arrive",
    "end": "It ends here",
}
Files = dict[str, bytes]
Step = tuple[Callable[..., Shaped], tuple[Any, ...]]  # one change of a step, and what it is given


@dataclass(frozen=True)
class Asked:
    """A wish, and the new files that it brings along."""

    wish: Callable[[bytes], Shaped]
    beside: Files


def place() -> Place:
    """Where a new step goes."""
    return Place(*(request.values.get(key, "") for key in ("after", "before", "way")))


def team() -> str:
    """The team chosen, or the other one that was typed."""
    other = at_hand.posted("other_team")
    return other if at_hand.posted("team") == NEW else at_hand.posted("team")


def form(title: str, around: Surroundings) -> tuple[str, Files]:
    """The form chosen, and the file of a new one. Raises ``Refused`` naming ``form``."""
    chosen = at_hand.posted("form")
    if chosen != NEW:
        return chosen, {}
    try:
        key, content = beginning.form(title, {*around.forms, *(name.rpartition(".")[0] for name in around.files)})
    except errors.Refused as refused:
        raise errors.Refused({"name": next(iter(refused.problems.values()))}) from refused
    return key, {f"{key}.form": content}


def added(kind: str, file: str, around: Surroundings, taken: Collection[str]) -> Asked:
    """A wish for a new step of a kind. Raises ``Refused`` with the fields that are wrong."""
    where, name = place(), at_hand.posted("name")
    if kind == "page" and at_hand.posted("page") == NEW:
        return _with_new_page(file, where, name, around, taken)
    brought: Files = {}
    if kind == "person":
        key, brought = form(name, around)
        made: New = Person(name, team(), key, at_hand.posted("instructions", lines=True))
    else:
        made = _made(kind, name)
    limit = _first_limit() if kind in ("person", "page") else None

    def wish(content: bytes) -> Shaped:
        shaped = adding.add(content, file, made, where, taken=taken)
        return _limited(shaped, file, limit) if limit else shaped

    return Asked(wish, brought)


def limit_wished() -> Limit:
    """A time limit as posted: in words or agreed, and what happens when it is missed."""
    told = None
    if at_hand.posted("missed") == "letter":
        told = Told(at_hand.posted("told"), letter=at_hand.posted("letter"), to=at_hand.posted("to"))
    elif at_hand.posted("missed") != "instead":
        told = Told(at_hand.posted("told") or Told().words)
    return Limit(at_hand.posted("limit"), at_hand.posted("milestone"), told, at_hand.posted("instead"))


def answers() -> tuple[Answer, ...]:
    """The answers of a question; a row whose words and condition are empty is left out: its answer goes."""
    rows = (_answer(number) for number in range(min(number_of_answers(), MOST)))
    return tuple(row for row in rows if row.label or row.condition or row.otherwise or (row.ends and not row.way))


def number_of_answers() -> int:
    """How many rows for answers were posted."""
    return sum(key.startswith("answers.") and key.endswith(".label") for key in request.form)


def changes(step: ListedStep, file: str, around: Surroundings) -> Asked:
    """A wish for all that was changed in what a step says. Raises ``Refused`` where nothing is different."""
    title = at_hand.posted("name") or step.name
    key, brought = form(title, around) if "set_form" in step.can else ("", {})
    may_change: list[tuple[Callable[..., Shaped], tuple[str, ...], tuple[str, ...]]] = [
        (changing.rename, (step.name,), _posted("name")),
        (changing.give_to, (step.team,), (team(),)),
        (changing.set_form, (step.form,), (key,)),
        (changing.set_instructions, (step.instructions,), (at_hand.posted("instructions", lines=True),)),
        (changing.set_letter, (step.letter, step.to), _posted("letter", "to")),
        (changing.set_table, (step.table,), _posted("table")),
        (changing.set_page, (step.page,), _posted("page")),
        (changing.set_stop, (step.stop,), _posted("stop")),
        (changing.set_begins, (step.begins,), _posted("begins")),
    ]
    found: list[Step] = [(make, now) for make, was, now in may_change if make.__name__ in step.can and now != was]
    wait = Wait(at_hand.posted("until"), at_hand.posted("milestone"), step.name if step.milestone else "")
    if "set_wait" in step.can and (wait.until, wait.milestone) != (step.until, step.milestone):
        found.append((changing.set_wait, (wait,)))
    if not found:
        raise errors.Refused({"name": "Nothing is different yet. Change something first."})
    return Asked(lambda content: _all(content, file, step.element, found), brought)


def typed_limit(limit: ListedLimit) -> dict[str, Any]:
    """What the page of a time limit shows that is there already."""
    missed = "letter" if limit.letter else "told" if limit.goes_on else "instead"
    return {
        "limit": limit.words,
        "milestone": limit.milestone,
        "missed": missed,
        "told": limit.told,
        "letter": limit.letter,
        "to": limit.to,
        "instead": limit.instead,
    }


def _all(content: bytes, file: str, element: str, wanted: list[Step]) -> Shaped:
    says = []
    for make, given in wanted:
        shaped = make(content, file, element, *given)
        content = shaped.content
        says.append(shaped.says)
    return Shaped(content, element, " ".join(says))


def _made(kind: str, name: str) -> New:
    posted = at_hand.posted
    made: dict[str, Callable[[], New]] = {
        "letter": lambda: Letter(name, posted("letter"), posted("to"), team()),
        "table": lambda: Table(name, posted("table"), team()),
        "page": lambda: Call(name, posted("page"), team()),
        "wait": lambda: Wait(posted("until"), posted("milestone"), name, team()),
        "arrival": lambda: Arrival(name, posted("sender"), team()),
        "end": lambda: End(name, posted("letter"), posted("to"), posted("stops") == "yes", team()),
        "question": lambda: Question(name, answers(), team()),
    }
    if kind not in made:
        raise errors.Refused({"kind": "Choose what comes next."})
    return made[kind]()


def _with_new_page(file: str, where: Place, name: str, around: Surroundings, taken: Collection[str]) -> Asked:
    stems = {one.rpartition(".")[0] for one in around.files}
    who = team()
    behind = blank.page(name, who, taken={*around.pages, *stems})
    call, limit = Call(name, behind.process, who), _first_limit()

    def wish(content: bytes) -> Shaped:
        shaped = adding.add(content, file, call, where, taken=taken)
        return _limited(shaped, file, limit) if limit else shaped

    return Asked(wish, {behind.file: behind.content})


def _posted(*fields: str) -> tuple[str, ...]:
    return tuple(at_hand.posted(one) for one in fields)


def _first_limit() -> Limit | None:
    """The time limit of a new step, where one was given."""
    words, milestone = at_hand.posted("limit"), at_hand.posted("milestone")
    return Limit(words, milestone) if words or milestone else None


def _limited(shaped: Shaped, file: str, limit: Limit) -> Shaped:
    timed = limiting.set_limit(shaped.content, file, shaped.element, limit)
    return Shaped(timed.content, shaped.element, f"{shaped.says} {timed.says}")


def _answer(number: int) -> Answer:
    label, condition, leads_to, ends, way = (
        at_hand.posted(f"answers.{number}.{key}") for key in ("label", "condition", "leads_to", "ends", "way")
    )
    is_other = at_hand.posted("otherwise") == str(number)
    return Answer(label, condition, is_other, "" if leads_to == NEW else leads_to, ends if leads_to == NEW else "", way)
