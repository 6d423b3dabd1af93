"""How we reach somebody, in the words of their own page: the way they prefer, what is never done, and what helps."""

from collections.abc import Mapping
from typing import Any

from app.engine.facts import find

_PREFER = {
    "phone": "We call you.",
    "text": "We send you text messages.",
    "email": "We send you emails.",
    "letter": "We send you letters.",
    "through_someone": "We reach you through someone you named.",
}
_NEVER = {
    "contact.voicemail_safe": "We do not leave a voice message.",
    "contact.text_safe": "We do not send you text messages.",
    "contact.email_safe": "We do not send you emails.",
    "contact.letters_safe": "We do not send letters to your home.",
}
_SAFE = {"text": "contact.text_safe", "email": "contact.email_safe", "letter": "contact.letters_safe"}
_FORMATS = {"large_print": "large print", "easy_read": "easy read", "audio": "audio", "braille": "braille"}
ENGLISH = "english"


def ways(facts: Mapping[str, Any]) -> list[str]:
    """How we reach them, a sentence each. What they called unsafe is not named as the way they prefer."""
    prefer = str(find(facts, "contact.prefer"))
    is_safe = prefer not in _SAFE or find(facts, _SAFE[prefer]) not in ("no", False)
    said = [_PREFER.get(prefer, "") if is_safe else ""]
    if times := find(facts, "contact.safe_times"):
        said.append(f"A safe time is: {times}.")
    said += [words for fact, words in _NEVER.items() if find(facts, fact) in ("no", False)]
    return [words for words in (*said, *_helps(facts)) if words]


def _helps(facts: Mapping[str, Any]) -> list[str]:
    language = str(find(facts, "contact.language") or "").strip()
    formats = find(facts, "contact.formats")
    named = [_FORMATS[one] for one in formats if one in _FORMATS] if isinstance(formats, list) else []
    return [
        f"We bring an interpreter: {language}." if language and language.casefold() != ENGLISH else "",
        f"You asked for letters in {', '.join(named)}." if named else "",
    ]
