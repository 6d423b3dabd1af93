"""Words on arrows that answer a question: yes and no in the languages that drawings come in."""

YES = frozenset({"yes", "y", "ok", "ja", "oui", "si", "sí", "sim", "tak", "true"})
NO = frozenset({"no", "n", "nein", "non", "não", "nie", "false"})
NO_FOR = {"ja": "Nein", "oui": "Non", "si": "No", "sí": "No", "sim": "Não", "tak": "Nie", "true": "False"}


def is_yes(words: str) -> bool:
    """Whether the words say yes."""
    return _plain(words) in YES


def is_yes_or_no(words: str) -> bool:
    """Whether the words say yes or no, and nothing more."""
    return _plain(words) in YES | NO


def no_for(words: str) -> str:
    """What the other arrow would say."""
    return NO_FOR.get(_plain(words), "No")


def _plain(words: str) -> str:
    return words.strip().rstrip("!.").casefold()
