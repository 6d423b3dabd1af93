"""Where reading stands in an expression, and names that are more than one word.

A name is the longest one known here that the next words spell, else all words up to the next sign or keyword:
two words side by side can mean nothing else. So only names with signs or keywords in them must be known.
Source: DMN 1.5, 10.3.1.4 and 10.3.1.5.
"""

from collections.abc import Iterable

from app.errors import NotUnderstood
from app.feel.bounds import MAX_NESTING
from app.feel.tokens import Token, tokens

_CALLED = ("date and time", "years and months duration", "days and time duration", "get or else")


def special(name: str) -> bool:
    """Whether a name can be read only where it is known: it has a sign, a keyword or a broken number in it."""
    found = tokens(name)
    return len(found) > 2 and not all(_is_word(token) or token.kind == "end" for token in found)


def _is_word(token: Token) -> bool:
    return token.kind == "name" or (token.kind == "number" and token.text.isdigit())


class Cursor:
    """The tokens of one source, and the next one to read."""

    def __init__(self, source: str, known: Iterable[str]) -> None:
        self.source = source
        self.tokens = tokens(source)
        self.index = 0
        self.nesting = 0
        self.known: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
        for name in _CALLED:
            self.know(name, called=True)
        for name in known:
            self.know(name)

    def know(self, name: str, *, called: bool = False) -> None:
        """Nothing; from here on the name is read as one, ``called`` only where a bracket follows it."""
        if not special(name):
            return
        words = tuple(token.text for token in tokens(name)[:-1])
        spelled = self.known.setdefault(words[0], [])
        spelled.append((words, name, called))
        spelled.sort(key=lambda one: -len(one[0]))

    @property
    def next(self) -> Token:
        """The token to read next."""
        return self.tokens[self.index]

    def after(self, count: int = 1) -> Token:
        """The token so many places after the next one, or the end."""
        return self.tokens[min(self.index + count, len(self.tokens) - 1)]

    def at(self, *texts: str) -> bool:
        """Whether the next token is one of these signs or keywords."""
        token = self.tokens[self.index]
        return token.text in texts and token.kind in ("sign", "keyword")

    def take(self, *texts: str) -> str:
        """The next token's text, read, if it is one of these signs or keywords; otherwise ""."""
        if not self.at(*texts):
            return ""
        self.index += 1
        return self.tokens[self.index - 1].text

    def expect(self, text: str) -> None:
        """Nothing, with that sign or keyword read; ``NotUnderstood`` when something else stands there."""
        if not self.take(text):
            raise self.wrong(f"“{text}”")

    def wrong(self, expected: str) -> NotUnderstood:
        """The error for the next token, which is not what was expected."""
        token = self.next
        if token.kind == "end":
            found = "the expression ends here"
        elif token.text == '"':
            found = "a quotation mark opens here that is never closed"
        else:
            found = f"found “{token.text[:40]}”"
        return self.error(f"Expected {expected}, but {found}.")

    def error(self, says: str) -> NotUnderstood:
        """The error at the next token."""
        return NotUnderstood(says, source=self.source, at=self.next.at)

    def deeper(self) -> None:
        """Nothing, one bracket further in; ``NotUnderstood`` beyond ``MAX_NESTING``."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise self.error(f"There are more than {MAX_NESTING} brackets or conditions inside each other.")

    def end(self) -> None:
        """Nothing at the end of the source; ``NotUnderstood`` when something is left over."""
        if self.next.kind != "end":
            raise self.wrong("an operator or the end")

    def name(self, expected: str = "a name") -> str:
        """The name that stands here, its words one space apart; ``NotUnderstood`` when there is none."""
        token = self.next
        if token.kind == "quoted":
            self.index += 1
            return token.text
        known = self._known_name()
        if known:
            return known
        if token.kind != "name":
            raise self.wrong(expected)
        words = [token.text]
        self.index += 1
        while _is_word(self.next):
            words.append(self.next.text)
            self.index += 1
        return " ".join(words)

    def _known_name(self) -> str:
        for words, name, called in self.known.get(self.next.text, ()):
            length = len(words)
            texts = tuple(token.text for token in self.tokens[self.index : self.index + length])
            if texts == words and (not called or self.after(length).text == "("):
                self.index += length
                return name
        return ""
