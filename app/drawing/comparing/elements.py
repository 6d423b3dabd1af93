"""What differs between two versions of one element."""

from collections.abc import Callable, Iterator, Mapping

from app.drawing.comparing.names import KINDS, Names
from app.drawing.comparing.values import Change
from app.drawing.model import ACTIVITIES, DATA, GATEWAYS, Element
from app.drawing.outlining.english import plain, raised
from app.drawing.outlining.limits import written
from app.drawing.outlining.names import called, humanised, listed, quoted, reader
from app.drawing.outlining.sentences import Sentences
from app.drawing.outlining.values import Known
from app.law import wording

_TOLD_APART = ("formRef", "letter", "to", "milestone")
Said = Iterator[tuple[str, str]]  # kind of change, sentence


def element_changes(old: Element, new: Element, before: Names, after: Names, known: Known) -> Iterator[Change]:
    """Everything that is said otherwise of one element, each in a sentence.

    ``old`` names its lane, and what it stands in and on, as the new version does: those tell their own new names.
    """
    if old == new:
        return
    pair = _Pair(old, new, before, after, known)
    for tell in (pair.words, pair.place, pair.limit, pair.event, pair.work, pair.properties, pair.remarks):
        for kind, sentence in tell():
            yield Change(kind, sentence, (new.id,), (old.id,))


class _Pair:
    """One element in two versions."""

    def __init__(self, old: Element, new: Element, before: Names, after: Names, known: Known) -> None:
        self.old, self.new, self.before, self.after, self.known = old, new, before, after, known
        self.name = after.of(new.id)
        self.says = Sentences(known, {}, is_english=after.is_english)

    def _differs(self, get: Callable[[Element], object]) -> bool:
        return get(self.old) != get(self.new)

    def words(self) -> Said:
        """Its words and its kind."""
        was, now = plain(self.old.name), plain(self.new.name)
        if self._differs(lambda e: e.kind):
            before, after = (KINDS.get(e.kind, "something else") for e in (self.old, self.new))
            yield "kind", f"{raised(self.name)} is now {after}; it was {before}."
        if was == now or self._is_limit_renamed():
            return
        if self.new.kind == "textAnnotation":
            yield "renamed", f"The remark {quoted(was)} now reads {quoted(now)}."
        elif not was or not now:
            yield "renamed", f"{raised(self.name)} now has words." if now else f"{quoted(was)} has no words any more."
        elif self.new.kind in GATEWAYS:
            yield "renamed", f"The question {quoted(was)} is now {quoted(now)}."
        else:
            yield "renamed", f"{quoted(was)} is now called {quoted(now)}."

    def _is_limit_renamed(self) -> bool:
        timers = self.old.event == self.new.event == "timer"
        return timers and (self.new.kind == "boundaryEvent" or self._limit(self.old) != self._limit(self.new))

    def place(self) -> Said:
        """Who does it, inside what it stands, and on what."""
        was, now = plain(self.old.lane), plain(self.new.lane)
        if was != now and self.new.kind in ACTIVITIES:
            yield "lane", self._moved(was, now)
        if self._differs(lambda e: e.attached_to):
            hosts = self.after.of(self.new.attached_to), self._of_old(self.old.attached_to)
            yield "moved", f"{raised(self.name)} now belongs to {hosts[0]}; it belonged to {hosts[1]}."
        if self._differs(lambda e: e.scope):
            yield from self._boxed(self.old.scope, self.new.scope)

    def _boxed(self, was: str, now: str) -> Said:
        if now in self.after.by_id:
            yield "moved", f"{raised(self.name)} is now inside {self.after.of(now)}."
        elif was in self.after.by_id or was in self.before.by_id:
            yield "moved", f"{raised(self.name)} is no longer inside {self._of_old(was)}."

    def _of_old(self, id_: str) -> str:
        return self.after.of(id_) if id_ in self.after.by_id else self.before.of(id_)

    def _moved(self, was: str, now: str) -> str:
        if not now:
            return f"{raised(self.name)} is no longer done by {self.after.who(was)}; nobody is named for it."
        instead = f", no longer by {self.after.who(was)}" if was else ""
        return f"{raised(self.name)} is now done by {self.after.who(now)}{instead}."

    def limit(self) -> Said:
        """Its time limit: by its words, and by what it stops."""
        was, now = self._limit(self.old), self._limit(self.new)
        if was != now and "timer" in (self.old.event, self.new.event):
            yield "limit", f"{raised(self._limit_name())}: {_shortened(was, now)}."
        elif self.new.event == "timer" and self._differs(lambda e: plain(e.name)) and self._is_limit_renamed():
            yield "limit", f"{raised(self._limit_name())} is now written {quoted(self.new.name)}."
        elif self._differs(lambda e: e.timer):
            yield "limit", f"{raised(self._limit_name())} is worked out in another way."
        if self.new.kind == "boundaryEvent" and self._differs(lambda e: e.interrupting):
            does = "now stops" if self.new.interrupting else "no longer stops"
            yield "limit", f"{raised(self.name)} {does} {self.after.of(self.new.attached_to)}."

    def _limit(self, element: Element) -> str:
        return wording.limit(written(element, self.known.timescales)) if element.event == "timer" else "none"

    def _limit_name(self) -> str:
        return self.name if self.new.kind == "boundaryEvent" else f"the time at {self.name}"

    def event(self) -> Said:
        """What it waits for or makes known, and where it is only one of several ways."""
        if self._differs(lambda e: e.event) and "timer" not in (self.old.event, self.new.event):
            kinds = self.new.event or "nothing", self.old.event or "nothing"
            yield "event", f"{raised(self.name)} is now about {_kind(kinds[0])}; it was about {_kind(kinds[1])}."
        elif self._differs(lambda e: plain(e.event_name)):
            names = humanised(self.new.event_name), humanised(self.old.event_name)
            yield "event", f"{raised(self.name)} is now about {_or_nothing(names[0])}; it was {_or_nothing(names[1])}."
        if self._differs(lambda e: plain(e.condition)):
            yield "condition", f"What {self.name} waits for: {_arrow(self.old.condition, self.new.condition)}."
        if self.new.kind != "boundaryEvent" and self._differs(lambda e: e.interrupting):
            yield "event", f"{raised(self.name)} now {'stops' if self.new.interrupting else 'leaves'} everything else."

    def work(self) -> Said:
        """What is done: which form, table, letter or part, and how often."""
        if self._differs(lambda e: e.called):
            parts = (called(e.called, self.known.processes) for e in (self.old, self.new))
            yield "called", f"The part that {self.name} leads to: {_arrow(*parts)}."
        if self._differs(lambda e: e.decision):
            tables = (called(e.decision, self.known.tables) for e in (self.old, self.new))
            yield "table", f"The table that {self.name} asks: {_arrow(*tables)}."
        often = [listed(self.says.often(e)) or "once" for e in (self.old, self.new)]
        if often[0] != often[1]:
            yield "repeats", f"How often {self.name} is done: {_arrow(*often)}."
        if self._differs(lambda e: plain(e.script)):
            yield "script", f"What {self.name} works out has changed."
        if self._differs(lambda e: (e.by_event, e.compensates, e.instantiates)):
            yield "kind", f"How {self.name} begins has changed."

    def properties(self) -> Said:
        """Forms and letters in words, then every other key."""
        was, now = self.old.properties, self.new.properties
        for key, kind, what in (
            ("formRef", "form", "form"),
            ("letter", "letter", "letter"),
            ("milestone", "limit", "agreed time"),
        ):
            if was.get(key, "") != now.get(key, ""):
                yield kind, f"The {what} of {self.name}: {_arrow(_key(was, key), _key(now, key))}."
        if was.get("to", "") != now.get("to", ""):
            yield "letter", f"To whom {self.name} goes: {_arrow(_readers(was), _readers(now))}."
        for key in sorted({*was, *now} - set(_TOLD_APART)):
            if was.get(key) != now.get(key):
                says = _arrow(plain(was.get(key, "")), plain(now.get(key, "")))
                yield "property", f"The property {quoted(key)} of {self.name}: {says}."

    def remarks(self) -> Said:
        """What the drawing says about it at length."""
        if plain(self.old.instructions) != plain(self.new.instructions):
            yield "instructions", f"The instructions for {self.name} have changed."
        if plain(self.old.documentation) != plain(self.new.documentation):
            yield "remarks", f"The remarks about {self.name} have changed."
        if self.new.kind in DATA and self._differs(lambda e: e.kind):
            yield "kind", f"{raised(self.name)} is kept in another way."


def _arrow(was: str, now: str) -> str:
    return f"{_or_nothing(was)} → {_or_nothing(now)}"


def _or_nothing(text: str) -> str:
    return plain(text) or "none"


def _kind(event: str) -> str:
    return "nothing else" if event == "nothing" else f"{'an' if event[0] in 'aeiou' else 'a'} {humanised(event)}"


def _key(properties: Mapping[str, str], key: str) -> str:
    return quoted(humanised(properties[key])) if properties.get(key) else ""


def _readers(properties: Mapping[str, str]) -> str:
    return listed(reader(one) for one in properties.get("to", "").split(",") if one.strip())


def _shortened(was: str, now: str) -> str:
    """A change of a limit, with the shared end said once: ``15 → 10 working days``."""
    before, after = was.split(" "), now.split(" ")
    if before[1:] == after[1:] and before[0].isdigit() and after[0].isdigit():
        return f"{before[0]} → {now}"
    return _arrow(was, now)
