"""The little English that an outline needs: who somebody is in a sentence, and a label turned into a sentence.

A label is only turned where a small set of rules is sure of it; any other label stays as it was drawn.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

# First words of labels that tell somebody to do something. Those of the second list are things as well ("a report").
_VERBS = frozenset(
    "accept acknowledge act add adjust advise agree allocate announce apply appoint approve arrange ask assess assign "
    "attend authorise be begin book bring cancel carry chase choose clarify clear close collect come compare complete "
    "confirm consider convene create decide define deliver describe discuss do draw email ensure enter establish "
    "evaluate examine explain extend fill find finish follow gather get give go grant hear hold identify implement "
    "inform inspect introduce investigate invite keep listen look make meet monitor nominate notify obtain open pass "
    "pay prepare protect prove provide publish put read reassign receive recommend register reject remind remove "
    "repeat reply resolve respond run say scan schedule see select send serve set sign speak submit suggest summarise "
    "take tell thank think transfer try understand upload use validate verify wait warn weigh write".split()
)
_VERBS_AND_NOUNS = frozenset(
    "address amend answer appeal call check contact count document draft escalate file forward interview issue judge "
    "lead list log mark measure name note offer order phone plan post present process rate reach record refer refuse "
    "register report request return review score search share show speed start step stop support talk test track "
    "update visit watch work".split()
)
_ALWAYS_VERBS = frozenset("amend escalate reach refer refuse".split())
_NOUNS_AFTER = frozenset(  # "review meeting" is a thing, "review progress" is not
    "meeting form details list point process stage period date panel board team group officer procedure plan note "
    "report letter sheet book log history outcome result status centre line room request case number time person "
    "address".split()
)
_FIRST = re.compile(r"^[A-Za-z]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PARTICIPLE = (
    r"(?:\w{3,}ed|told|sent|met|made|held|written|done|given|known|found|heard|won|lost|kept|paid|drawn|set|taken|"
    r"chosen|begun|brought|shown|put|read|spoken|agreed|left|over|due|ready|aware|safe|complete)"
)
_ENDED = re.compile(rf" {_PARTICIPLE}(?: (?:out|down|up|off|why|away|back|in|on|again))?$")
_HAPPENED = ("failed", "arrived", "expired", "ended", "happened", "passed", "started", "finished", "occurred")
_CLAUSE = re.compile(  # a subject, and what is said of it
    r"^(?!(?:what|who|how|when|where|whether|if|to)\b).+? (?<!to )"
    r"(?:is|are|was|were|has|have|had|comes|arrives|can|cannot|must|will)\b",
    re.IGNORECASE,
)
_ARTICLES = re.compile(
    r"^(?:the|a|an|all|any|each|every|both|some|no|nobody|somebody|nothing|everybody|it|they|we|you|he|she|this|that|"
    r"these|those|their|its|our|your|his|her|\d[\w,.]*|one|two|three|four|five|six|several|more|new)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?:police|people|staff|children|everyone else|[^su’'i]s|ies)$", re.IGNORECASE)
_MOST_WORDS = 12


def plain(label: str) -> str:
    """A label on one line, without the space around it."""
    return " ".join(label.split())


def lowered(text: str) -> str:
    """A text with a small first letter, unless its first word is a name or an abbreviation (``NHS``, ``I``).

    Whether a capital letter is a name's cannot be known, so only what begins with one of our own small words, or
    with one capital letter followed by a word without any, is changed.
    """
    first = _FIRST.match(text)
    if first is None or first[0] == "I" or any(letter.isupper() for letter in first[0][1:]):
        return text
    return text[0].lower() + text[1:]


def raised(text: str) -> str:
    """A text with a capital first letter."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """A text that ends as a sentence does."""
    said = plain(text)
    return said if not said or said[-1] in ".?!:…" else f"{said}."


@lru_cache(maxsize=1024)
def person(role: str) -> str:
    """Somebody inside a sentence: ``the community safety officer``, ``Victim Support``, ``the NHS lead``."""
    name = plain(role)
    words = name.split()
    if not words or not _is_plain(name) or _ARTICLES.match(name):
        return lowered(name) if _ARTICLES.match(name) else name
    if len(words) > 1 and all(word[0].isupper() for word in words):
        return name  # every word with a capital: the name of an organisation, or of a person
    if len(words) == 1 and words[0].isupper() and len(words[0]) > 1:
        return f"the {name}"
    if len(words) > 1 and words[1][0].isupper():
        return f"the {name}"  # "Victim Support officer"
    return f"the {lowered(name)}"


def is_several(who: str) -> bool:
    """Whether what is said of somebody must be said as of several: ``agencies``, ``the police``."""
    words = plain(who).split()
    if not words:
        return False
    joined = " and " in f" {plain(who).lower()} "
    return joined or (not words[-1].isupper() and bool(_PLURAL.search(words[-1])))


def done_by(role: str, label: str) -> str:
    """A label as a sentence about who does it: ``The chair holds the panel``. "" where the rules are not sure."""
    turned = _conjugated(plain(label), several=is_several(role))
    return f"{raised(person(role))} {turned}" if turned else ""


def is_told(label: str) -> bool:
    """Whether a label tells somebody to do something: ``Interview the applicant``."""
    return bool(_conjugated(plain(label), several=True))


def state(label: str) -> str:
    """What has become true, as a clause: ``Senior officer told`` is *the senior officer is told*; "" if unsure."""
    parts = [_state(part) for part in plain(label).rstrip(".").split(", ")]
    return " and ".join(parts) if all(parts) else ""


def _state(label: str) -> str:
    if not _is_plain(label):
        return ""
    if _CLAUSE.search(label) and not label.endswith("?") and len(label.split()) > 2:
        return lowered(label)
    found = _ENDED.search(f" {label}")
    subject = label[: max(0, found.start() - 1)].strip() if found else ""
    subject, denied = subject.removesuffix(" not"), " not" if subject.endswith(" not") else ""
    if found is None or not subject or len(subject.split()) > 5 or is_told(subject) or set("(,:") & set(label):
        return ""
    several = is_several(subject)
    verb = ("have" if several else "has") if found[0].strip() in _HAPPENED else ("are" if several else "is")
    return f"{person(subject)} {verb}{denied} {found[0].strip()}"


def _conjugated(label: str, *, several: bool) -> str:
    """A label that tells somebody to do something, as what is said of somebody; "" where it is none."""
    words = label.split()
    if not words or not _is_plain(label) or not _begins_as_order(words):
        return ""
    found = list(_WORD.finditer(label))
    if _is_unsure(label, found):
        return ""
    verbs = set(_verbs(label, found))
    said, last = "", 0
    for place, word in enumerate(found[:_MOST_WORDS]):
        written = word[0].lower() if place == 0 else word[0]
        said += label[last : word.start()] + (_third(written) if place in verbs and not several else written)
        last = word.end()
    return said + label[last:]


def _is_plain(text: str) -> bool:
    return text.translate({ord(mark): "-" for mark in "‘’“”–—…\u00a0"}).isascii()


def _is_unsure(label: str, found: Sequence[re.Match[str]]) -> bool:
    """Whether a comma is followed by what may be an order or a thing: ``Write reasons, name help``."""
    return any(
        label[before.end() : word.start()].strip() == "," and word[0] in _VERBS_AND_NOUNS and not _is_object(after[0])
        for before, word, after in zip(found, found[1:], found[2:], strict=False)
    )


def _begins_as_order(words: Sequence[str]) -> bool:
    first = words[0].lower().rstrip(",:")
    if words[0][1:] != words[0][1:].lower() or words[0].endswith(":") or words[-1].endswith("?"):
        return False
    if first in _VERBS or first in _ALWAYS_VERBS:
        return True
    last = words[-1].lower()
    if first not in _VERBS_AND_NOUNS or len(words) < 2 or (len(words) < 4 and _ENDED.search(f" {last}")):
        return False
    return len(words) > 2 or not {last, last.removesuffix("s")} & _NOUNS_AFTER


def _verbs(label: str, found: Sequence[re.Match[str]]) -> Iterator[int]:
    """The places of the verbs: the first word, and what is joined to a verb or begins after *and*."""
    yield 0
    for place in range(1, len(found)):
        word = found[place][0]
        between = label[found[place - 1].end() : found[place].start()]
        joins = found[place - 1][0].lower() in ("and", "or", "then") or between.strip() == ","
        is_last = place == len(found) - 1
        if joins and word in _VERBS | _ALWAYS_VERBS and not (is_last and len(found) > 6):
            yield place
        elif joins and word in _VERBS_AND_NOUNS and not is_last and _is_object(found[place + 1][0]):
            yield place


def _is_object(word: str) -> bool:
    return bool(_ARTICLES.match(word)) or word in ("what", "who", "how", "whether", "if", "them", "to", "with", "on")


def _third(verb: str) -> str:
    if verb in ("be", "do", "go"):
        return {"be": "is", "do": "does", "go": "goes"}[verb]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{verb}s"
