"""What an outline says of one element by itself: a sentence, or a clause for the middle of one."""

from collections.abc import Mapping

from app.drawing.model import SUB_PROCESSES, Element
from app.drawing.outlining import english, limits
from app.drawing.outlining.english import lowered, plain, raised, sentence
from app.drawing.outlining.names import called, condition, humanised, listed, quoted, reader
from app.drawing.outlining.values import Known

_BY_ITSELF = ("serviceTask", "scriptTask")
_ENDS = {
    "error": "It stops here with a fault",
    "terminate": "Everything that is still going on stops here",
    "cancel": "It is called off here",
    "compensate": "What was done is undone",
    "signal": "This is made known to everybody",
    "escalation": "This is passed on",
}
_EVENTS_MADE_KNOWN = {
    "message": "A message goes out",
    "signal": "This is made known to everybody",
    "compensate": "What was done is undone",
}


class Sentences:
    """Sentences about the elements of one drawing, with what is known beside it."""

    def __init__(self, known: Known, people: Mapping[str, str], *, is_english: bool) -> None:
        self.known = known
        self.people = people  # {id of a process without lanes: who does all of it}
        self.is_english = is_english

    def who(self, lane: str) -> str:
        """Somebody inside a sentence; "" where nobody is named."""
        return english.person(lane) if self.is_english else plain(lane)

    def state(self, element: Element) -> str:
        """The words of an event as a clause, else quoted; "" where it has none."""
        label = plain(element.name) or humanised(element.event_name)
        clause = english.state(label) if self.is_english and element.name.strip() else ""
        return clause or (quoted(label) if label else "")

    def activity(self, element: Element, name: str, limit: str) -> str:
        """What is done, by whom, within which time, and what the step asks for. ``name`` is said of an unnamed one."""
        said = [self._done(element, name, limit)]
        said += [f"This is done {many}." for many in self.often(element)]
        if element.kind in _BY_ITSELF:
            said.append("This happens by itself.")
        if element.kind == "businessRuleTask":
            said[0] = f"{said[0].removesuffix('.')}:" if len(said) == 1 else said[0]
            table = f" {quoted(called(element.decision, self.known.tables))}" if element.decision.strip() else ""
            said.append(f"{'the' if len(said) == 1 else 'The'} table{table} decides.")
        if element.kind == "sendTask" and self._writes(element) and len(said) == 1 and ":" not in said[0]:
            said = [f"{said[0].removesuffix('.')}: {lowered(self._letter(element))}"]
        elif self._writes(element):
            said.append(self._letter(element))
        if element.compensates:
            said.append("This is only done to undo another step.")
        if element.kind == "adHocSubProcess":
            said.append("These steps may be done in any order, and some of them not at all.")
        return " ".join(said)

    def _done(self, element: Element, name: str, limit: str) -> str:
        label, lane = plain(element.name) or name, plain(element.lane or self.people.get(element.process, ""))
        by_itself = element.kind == "businessRuleTask" or element.kind in _BY_ITSELF
        by_itself = by_itself or (element.kind == "sendTask" and self._writes(element))
        turned = english.done_by(lane, label) if self.is_english and lane and not by_itself else ""
        if turned:
            said = turned
        elif lane and not by_itself and element.kind not in SUB_PROCESSES:
            said = f"{raised(self.who(lane))}: {label if element.name.strip() else lowered(label)}"
        else:
            said = raised(label)
        see = self._see(element, label)
        if said[-1:] in ".?!:…":
            more = f" This is to be done {limit}." if limit else ""
            return f"{said}{more}{f' See {see}.' if see else ''}"
        return f"{said}{f', {limit}' if limit else ''}{f' (see {see})' if see else ''}."

    def _see(self, element: Element, label: str) -> str:
        if element.kind != "callActivity" or not element.called:
            return ""
        name = called(element.called, self.known.processes)
        return "the part of that name" if name.lower() == label.lower() else f"the part {quoted(name)}"

    def often(self, element: Element) -> list[str]:
        """How often an activity is done: ``once for each of the agreed actions``."""
        until = f", until {condition(element.until)}" if element.until.strip() else ""
        if element.repeats == "standard":
            most = f", at most {plain(element.cardinality)} times" if element.cardinality.strip() else ""
            ends = f", as long as {condition(element.until)}" if element.until.strip() else ""
            return [f"again and again{ends}{most}"]
        if element.repeats not in ("parallel", "sequential"):
            return []
        order = ", one after the other" if element.repeats == "sequential" else ""
        if element.collection.strip():
            return [f"once for each of the {humanised(element.collection)}{order}{until}"]
        number = plain(element.cardinality)
        return [f"{number} times{order}{until}" if number.isdigit() else f"several times{order}{until}"]

    def _letter(self, element: Element) -> str:
        names = [one for one in element.properties.get("to", "").split(",") if one.strip()]
        to = listed(reader(one, english=self.is_english) for one in names)
        return f"A letter goes to {to}." if to else "A letter goes out."

    @staticmethod
    def _writes(element: Element) -> bool:
        return bool(element.properties.get("letter", "").strip())

    def begins(self, element: Element) -> str:
        """What begins a procedure, as a clause: ``when the application is received``; "" where nothing says."""
        if element.event == "timer":
            return self.time(element)
        if element.event == "conditional":
            return f"as soon as {condition(element.condition)}" if element.condition.strip() else self._when(element)
        return self._when(element)

    def _when(self, element: Element) -> str:
        said = self.state(element)
        if not said:
            return {"": ""}.get(element.event, "when something happens that is not named")
        return f"with {said}" if said.startswith("‘") else f"when {said}"

    def time(self, element: Element) -> str:
        """When a timer goes off: ``after 14 days``, ``every 5 working days``."""
        words = limits.written(element, self.known.timescales)
        return limits.every(words) if element.timer_kind == "timeCycle" else limits.after(words)

    def limit(self, element: Element) -> str:
        """The limit that a timer on the edge of a step sets: ``within 3 working days``."""
        return limits.within(limits.written(element, self.known.timescales))

    def length(self, element: Element) -> float:
        """About how many hours a timer takes, to tell what comes first; 0 where it cannot be told."""
        return limits.hours(limits.written(element, self.known.timescales))

    def ends(self, element: Element, *, is_last: bool) -> str:
        """How it ends, in sentences."""
        letter = f"{self._letter(element)} " if self._writes(element) else ""
        said = self.state(element)
        if element.event == "escalation" and said and not said.startswith("‘"):
            return f"{letter}{raised(said)}."
        if element.event in _ENDS:
            return f"{letter}{_ENDS[element.event]}{': ' + said if said else ''}."
        end = "That is the end" if is_last else "This part ends here"
        return f"{letter}{end}{': ' + said if said else ''}."

    def aside(self, element: Element) -> str:
        """How something ends that was done beside a step, which goes on meanwhile."""
        said = self.state(element)
        letter = f" {self._letter(element)}" if self._writes(element) else ""
        if not said or said.startswith("‘"):
            return f"{letter or 'Nothing more is drawn.'}{' This is ' + said + '.' if said and letter else ''}".strip()
        return f"{raised(said)}.{letter}"

    def waits(self, element: Element) -> str:
        """What is waited for in the middle of a procedure."""
        if element.event == "timer":
            time = self.time(element)
            return f"Wait {time.removeprefix('after ')}." if time.startswith("after ") else f"Wait: it goes on {time}."
        if element.event == "conditional" and element.condition.strip():
            return f"Wait until {condition(element.condition)}."
        said = self.state(element)
        if not said:
            return "Wait for something that is not named."
        return f"Wait for {said}." if said.startswith("‘") else f"Wait until {said}."

    def happens(self, element: Element) -> str:
        """What may happen while a step is done, or what ends a wait, as the beginning of a sentence."""
        said = self.state(element)
        if element.event == "timer":
            return raised(self.time(element))
        if element.event == "conditional" and element.condition.strip():
            return f"As soon as {condition(element.condition)}"
        if element.event == "error":
            return f"If it fails{' (' + said + ')' if said else ''}"
        if element.event in ("compensate", "cancel"):
            return "If this has to be undone" if element.event == "compensate" else "If this is called off"
        if not said:
            return "If something happens that is not named"
        comes = "comes in" if element.event == "message" else "comes up"
        return f"If {said} {comes}" if said.startswith("‘") else f"If {said}"

    def tells(self, element: Element) -> str:
        """What is made known in the middle of a procedure."""
        letter = f"{self._letter(element)} " if self._writes(element) else ""
        said = self.state(element)
        if not element.event:
            return f"{letter}{f'By now {said}' if said and said[0] != '‘' else raised(said) or 'Go on'}."
        if said and not said.startswith("‘"):
            return f"{letter}{raised(said)}."
        what = _EVENTS_MADE_KNOWN.get(element.event, "This is passed on")
        return f"{letter}{what}{': ' + said if said else ''}."

    def asks(self, element: Element) -> str:
        """What a question asks, or what its shape says where it has no words."""
        label = plain(element.name)
        shape = {
            "parallelGateway": "All of these at the same time:",
            "inclusiveGateway": "One or more of these:",
            "complexGateway": "Some of these, as was agreed:",
            "eventBasedGateway": "Whichever comes first:",
        }.get(element.kind, "")
        return f"{sentence(label)} {shape}".strip() if label else shape or "It depends:"
