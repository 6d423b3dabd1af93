"""Time limits in the words that people write beside a clock: “after 48 h”, “2 weeks later”, “nach 3 Tagen”."""

import re

from app.errors import NotUnderstood
from app.law import limit_words

UNITS = {  # the unit of a limit: how people write it, in the languages that drawings come in
    "minute": "minutes? minuten? mins? min minutos?",
    "hour": "hours? hrs? h stunden? std heures? horas?",
    "working day": "working.days? business.days? werktage?n? arbeitstage?n? workdays?",
    "day": "days? d tage?n? tag jours? días? dias?",
    "week": "weeks? wks? wochen? semaines? semanas?",
    "month": "months? monate?n? mois meses mes",
    "year": "years? yrs? jahre?n? jahr ans? años? anos?",
}
NUMBERS = {
    word: str(number)
    for number, words in enumerate(
        "zero|null;one|a|an|ein|eine|einem|einer|un|une|uno|una;two|zwei|deux|dos;three|drei|trois|tres;four|vier|quatre;"
        "five|fünf|cinq|cinco;six|sechs|seis;seven|sieben|sept|siete;eight|acht|huit|ocho;nine|neun|neuf|nueve;ten|zehn|dix".split(
            ";"
        )
    )
    for word in words.split("|")
}
_UNIT = "|".join(f"(?P<{unit.replace(' ', '_')}>{'|'.join(words.split())})" for unit, words in UNITS.items())
_LIMIT = re.compile(rf"(?<!\w)(?P<amount>\d{{1,4}}|{'|'.join(NUMBERS)})(?:\s*-\s*|\s*)(?:{_UNIT})(?!\w)", re.IGNORECASE)
_AGAIN = re.compile(
    r"\b(?:every|each|jede[nrsm]?|alle|chaque|cada)\b|\b(?:daily|weekly|monthly|hourly|täglich|wöchentlich)\b", re.I
)
_DAILY = {
    "hourly": "1 hour",
    "daily": "1 day",
    "täglich": "1 day",
    "weekly": "1 week",
    "wöchentlich": "1 week",
    "monthly": "1 month",
}


def limit_in(words: str) -> str:
    """The one time limit in some words, as ``limit_words`` reads it; "" where there is none, or more than one."""
    found = list(_LIMIT.finditer(words))
    if len(found) != 1:
        return ""
    amount = found[0]["amount"].casefold()
    number = int(NUMBERS.get(amount, amount))
    unit = next(unit for unit in UNITS if found[0][unit.replace(" ", "_")])
    return f"{number} {unit}{'' if number == 1 else 's'}" if number else ""


def cycle_in(words: str) -> str:
    """The time after which something comes round again, where the words say that it does; "" else."""
    again = _AGAIN.search(words)
    if not again:
        return ""
    return _DAILY.get(again[0].casefold()) or limit_in(words) or limit_in(re.sub(again[0], "1", words, flags=re.I))


def each_of(cycle: str) -> str:
    """The time between two rounds of a cycle: ``P1W`` of ``R3/P1W``, ``2 days`` of ``every 2 days``; "" for others."""
    found = re.fullmatch(r"(?:R\d*/|every )(?P<each>.+)", " ".join(cycle.split()), re.IGNORECASE)
    try:
        return found["each"] if found and limit_words.read(found["each"]) else ""
    except NotUnderstood:
        return ""
