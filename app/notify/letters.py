"""Letters: a file of the release and the facts of a case, made into HTML with a subject and a short form.

What stands around a letter, from the address to the signature, is the product's: ``templates/letters/sheet.html``.
What stands in it is the partnership's, and never comes near a template: see ``app.forms.letters``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from app import errors
from app.forms.letters.parts import BOTH, COLLEAGUE, NONE, Fact, LetterFile
from app.law import wording
from app.notify import paper, saying
from app.notify.filling import Filling, Letters
from app.notify.languages import ENGLISH, Language

SHEET = "letters/sheet.html"
PEOPLE = ("victim", "representative")  # the keys of those who are no colleagues
ENDINGS = {False: "end_to_person", True: "end_to_colleague"}  # the passages with which letters end
CALLED = (Fact("either(victim.preferred_name, victim.name)", 0),)
NAME = (Fact("either(recipient.name, victim.name)", 0),)
ACTS_FOR = (Fact("victim.name", 0),)
BY_SYSTEM = frozenset(  # letters that are asked for on a page, not by a drawing
    {"alarm", "answer_link", "feedback_call", "limit_extended", "track_link", "victim_said", "victim_support_said"}
)
TOLD = frozenset({"dates", "item"})  # of what the system gives, that which is shown beside a letter


@dataclass(frozen=True)
class Letter:
    """A letter ready to go. ``used`` has the value of each fact that it asked for, None where it is not known."""

    subject: str
    html: str
    text: str = ""  # all that a text or voice message about it may say, since others may see it; "" to colleagues
    used: Mapping[str, Any] = field(default_factory=dict, compare=False)


def _environment() -> Environment:
    made = Environment(loader=PackageLoader("app.notify", "templates"), autoescape=True)
    made.filters["day"] = lambda value, language: language.day_in_words(wording.read_day(value))
    return made


ENVIRONMENT = _environment()


def write(name: str, values: Mapping[str, Any], letters: Letters) -> Letter:
    """The letter ``name`` with these values; in ``language`` where it is translated, with the English below.

    Raises ``CannotGoOn`` when there is no such letter, or one that would become too long.
    """
    language = values.get("language")
    if language is None or f"{name}.{language.code}" not in letters:
        return _written(name, values, letters, ENGLISH, is_copy=bool(values.get("is_copy")))
    theirs = _written(f"{name}.{language.code}", values, letters, language, is_copy=bool(values.get("is_copy")))
    copy = _written(name, values, letters, ENGLISH, is_copy=True)
    return Letter(theirs.subject, f"{theirs.html}\n{copy.html}", theirs.text, {**copy.used, **theirs.used})


def asks(name: str, about: str, letters: Letters) -> bool:
    """Whether a letter may ask for something under a name: itself, a translation, or a passage that they share."""
    wanted, seen = [name, *ENDINGS.values()], set[str]()
    while wanted:
        one = wanted.pop()
        seen.add(one)
        for file in (file for key, file in letters.items() if key.partition(".")[0] == one):
            if any(about in source for source in file.sources):
                return True
            wanted += [shared for shared in file.shares if shared not in seen]
    return False


def _of(recipient: Any, key: str) -> str:
    return (recipient.get(key) if isinstance(recipient, Mapping) else getattr(recipient, key, "")) or ""


def context(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the expressions of a letter may name: the facts of the case, and what the system gives by its own names."""
    recipient, home = values.get("recipient"), values.get("public_url") or ""
    reference = (values.get("case") or {}).get("reference", "")
    ours = {
        "case": values.get("case"),
        "item": values.get("item"),
        "dates": values.get("dates"),
        "partnership": values.get("partnership"),
        "coordinator": values.get("contact"),
        "supporter": values.get("support"),
        "recipient": {"name": _of(recipient, "name"), "is_colleague": _of(recipient, "key") not in PEOPLE},
        "today": values.get("today"),
        "track_url": values.get("track_url"),
        "apply_url": f"{home}/apply" if home else None,
        "papers_url": f"{home}/cases/{reference}/papers" if home else None,
        "feedback_url": values.get("feedback_url"),
        "answer_link": values.get("answer_link"),
    }
    return {**saying.plain(values.get("facts") or {}), **saying.plain(ours)}


OURS = frozenset(context({}))  # the names of what the system gives


def _written(key: str, values: Mapping[str, Any], letters: Letters, language: Language, *, is_copy: bool) -> Letter:
    file = letters.get(key)
    if file is None or file.is_passage:
        raise errors.CannotGoOn(f"There is no letter ‘{key}’.")
    filling = Filling(letters, context(values), language, OURS - TOLD)
    to_colleague = file.to == COLLEAGUE or (file.to == BOTH and _of(values.get("recipient"), "key") not in PEOPLE)
    subject = _line(filling, file, "subject") or key
    body = filling.text(file.body)
    shown = {"title": subject, "home": values.get("public_url") or ""}
    sheet = {
        "subject": subject,
        "body": Markup(paper.html(body, filling.values, **shown)),  # noqa: S704 — cleaned there
        "ending": Markup(paper.html(_ending(filling, file, to_colleague), filling.values, **shown)),  # noqa: S704
        "to_colleague": to_colleague,
        **({"greeting": _greeting(filling, file)} if to_colleague else _addressed(filling, file, values)),
    }
    html = ENVIRONMENT.get_template(SHEET).render({**values, **sheet, "language": language, "is_copy": is_copy})
    return Letter(subject, html, "" if to_colleague else _text(filling, file, values), filling.used)


def _line(filling: Filling, file: LetterFile, key: str) -> str:
    """What a line of the head says; "" where it is not there, or nothing of it is known."""
    return paper.plain(filling.text(file.head.get(key, ())), filling.values)


def _ending(filling: Filling, file: LetterFile, to_colleague: bool) -> str:
    return "" if file.ending == NONE else filling.passage(file.ending or ENDINGS[to_colleague])


def _greeting(filling: Filling, file: LetterFile) -> str:
    return _line(filling, file, "greeting") or "Dear colleague"


def _addressed(filling: Filling, file: LetterFile, values: Mapping[str, Any]) -> dict[str, str]:
    """The name on the sheet, how it greets, and why it comes to somebody who acts for somebody else."""

    def said(parts: tuple[Fact, ...]) -> str:
        return paper.plain(filling.text(parts), filling.values)

    words, named = filling.language, _line(filling, file, "name")
    greeting = _line(filling, file, "greeting")
    if "name" in file.head:  # and where nobody knows it, no other name stands in for it
        return {"name": named, "greeting": greeting or _dear(words, named)}
    name, acts = said(NAME), _of(values.get("recipient"), "key") == "representative"
    if greeting:
        return {"name": name, "greeting": greeting}
    if acts:
        whom = said(ACTS_FOR)
        return {
            "name": name,
            "greeting": _dear(words, name),
            "acting": words.acting.format(name=whom) if whom else "",
        }
    return {"name": name, "greeting": _dear(words, said(CALLED))}


def _dear(words: Language, name: str) -> str:
    return words.dear.format(name=name) if name else words.hello


def _text(filling: Filling, file: LetterFile, values: Mapping[str, Any]) -> str:
    phone, reference = (values.get("partnership") or {}).get("phone"), values["case"]["reference"]
    return _line(filling, file, "text") or filling.language.short.format(phone=phone, reference=reference)
