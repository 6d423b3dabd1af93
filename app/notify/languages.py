"""Languages that letters are translated into: their names, how they are read, and how they say a day.

People say in their own words which language is best for them. A letter goes out in it where a translation exists,
``<name>.<code>.letter``, with the English one below.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from app.law import wording


@dataclass(frozen=True)
class Language:
    """A language, with the words of it that stand around every letter.

    ``day`` has the places ``{weekday}``, ``{day}`` and ``{month}``, ``at`` has ``{day}`` and ``{time}``, ``short`` has
    ``{phone}`` and ``{reference}``, ``dear`` has ``{name}``, ``acting`` has ``{name}`` of whom somebody acts for.
    """

    code: str  # BCP 47, as HTML's ``lang`` takes it
    name: str  # in itself
    english: str  # its name in English
    weekdays: tuple[str, ...]  # from Monday
    months: tuple[str, ...]
    reference: str  # before the reference of the case
    dear: str
    hello: str  # where nobody's name is known
    acting: str  # to whoever acts for somebody else
    farewell: str  # before the signature
    short: str  # all that a text message may say
    at: str
    yes: str
    no: str
    and_: str
    day: str = "{weekday} {day} {month}"
    direction: str = "ltr"  # "rtl" where it is read from right to left

    def day_in_words(self, value: date) -> str:
        """A day as people say it, without its year."""
        return self.day.format(
            weekday=self.weekdays[value.weekday()], day=value.day, month=self.months[value.month - 1]
        )

    def time_in_words(self, value: time) -> str:
        """A time of day as people say it."""
        return wording.time_of_day(value) if self.code == ENGLISH.code else value.isoformat("minutes")

    def listed(self, things: Sequence[str]) -> str:
        """Several things in a sentence: ``one, two and three``."""
        *most, last = things
        return f"{', '.join(most)} {self.and_} {last}" if most else last


ENGLISH = Language(
    "en-GB",
    "English",
    "English",
    wording.WEEKDAYS,
    tuple(wording.MONTHS),
    day=f"{{weekday}} {{day}}{wording.NBSP}{{month}}",
    reference="Your reference:",
    dear="Dear {name}",
    hello="Hello",
    acting="You get this letter because you act for {name}. This is what we write to them.",
    farewell="Yours sincerely",
    short="We have written to you. To hear what it says, call {phone}. Your reference: {reference}.",
    at="{day} at {time}",
    yes="yes",
    no="no",
    and_="and",
)
FRENCH = Language(
    "fr",
    "français",
    "French",
    ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
    reference="Votre référence :",
    dear="Bonjour {name}",
    hello="Bonjour",
    acting="Vous recevez cette lettre parce que vous agissez pour {name}. Voici ce que nous écrivons.",
    farewell="Cordialement",
    short="Nous vous avons écrit. Pour savoir ce que dit la lettre, appelez le {phone}. Votre référence : {reference}.",
    at="{day} à {time}",
    yes="oui",
    no="non",
    and_="et",
)
PORTUGUESE = Language(
    "pt",
    "português",
    "Portuguese",
    ("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"),
    tuple("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split()),
    day="{weekday}, {day} de {month}",
    reference="A sua referência:",
    dear="Olá, {name}",
    hello="Olá",
    acting="Recebe esta carta porque age em nome de {name}. Isto é o que escrevemos.",
    farewell="Com os melhores cumprimentos",
    short="Escrevemos-lhe uma carta. Para saber o que diz, ligue para {phone}. A sua referência: {reference}.",
    at="{day} às {time}",
    yes="sim",
    no="não",
    and_="e",
)
LANGUAGES = (FRENCH, PORTUGUESE)
_WORD = re.compile(r"\w+")


def chosen(said: Any) -> Language | None:
    """The language that somebody names first in ``said``: in English or in itself, with or without accents.

    None where they name none that letters are translated into, and where they name English first.
    """
    known = {_plain(name): one for one in LANGUAGES for name in (one.name, one.english)}
    words = _WORD.findall(_plain(said)) if isinstance(said, str) else []
    named = next((word for word in words if word in known or word == _plain(ENGLISH.name)), "")
    return known.get(named)


def _plain(text: str) -> str:
    """Small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
