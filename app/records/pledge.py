"""The self-check against ASB Help's PLEDGE: for each of its six letters what was measured, and which cases fell short.

Every measure is a share: of so many decided cases, letters, limits or agencies, so many did. Nothing is typed in.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.cases import coming_in, procedures
from app.cases.kinds import PUBLICATION
from app.engine.nearing import NEAR
from app.forms.letters.parts import Passage
from app.forms.paths import get
from app.law import calendar
from app.law.statistics import Instance, Period
from app.records import counting, gathering, local
from app.records.gathering import Told
from app.records.local import Found
from app.store import picking
from app.store.picking import Line

APPEAL_RIGHTS = "appeal_rights"  # the passage that a letter of decision must carry


@dataclass(frozen=True)
class Measure:
    """So many of a whole. ``short`` are the cases that fell short; ``then`` says what to do about them."""

    key: str
    words: str
    good: int
    whole: int
    short: tuple[Found, ...]
    then: str

    @property
    def percent(self) -> int | None:
        """Of a hundred, rounded down so that 100 means all; None where there was nothing to measure."""
        return self.good * 100 // self.whole if self.whole else None


@dataclass(frozen=True)
class Promise:
    """One letter of the pledge."""

    letter: str
    title: str
    measures: tuple[Measure, ...]


def check(period: Period) -> list[Promise]:
    """The six letters, each with what was measured of a period."""
    told, behind = gathering.told(period), counting.behind(period)
    reviews = behind["reviews"]
    decided = [*reviews, *behind["not_met"]]
    return [
        Promise("P", "Promote awareness", (_channels(told), _heard(told))),
        Promise("L", "Legality: what the Act asks, and in its spirit", (_appeal_told(told), _in_time(period))),
        Promise("E", "Ensure accessibility: everybody can use it", (_interviewed(told, decided),)),
        Promise("D", "Develop the process: look at it again and again", (_assessed(period),)),
        Promise("G", "Generate inclusivity: meet and work together", (_independent(told, reviews), _answered(told))),
        Promise("E", "Establish a precedent: victims come first", (_invited(told, reviews), _consulted(told, reviews))),
    ]


def _channels(told: Told) -> Measure:
    used = Counter(str(get(line.says, "came.channel")) for line in _opened(told))
    good = sum(bool(used[channel]) for channel in coming_in.EVERY)
    then = "Tell people of the ways that nobody used. The law asks for several, for those without the internet too."
    return Measure("channels", "Ways to apply that somebody used", good, len(coming_in.EVERY), (), then)


def _heard(told: Told) -> Measure:
    said = [line for line in _opened(told) if get(line.says, "came.heard_from")]
    short = [line for line in said if get(line.says, "came.heard_from") not in ("council", "police", "landlord")]
    words = "People who heard of their right from the council, the police or a landlord, of those who told us"
    then = "Remind the agencies: whoever reports a second time within six months must be told of the right to a review."
    return _measure("heard", words, len(said), local.found(short), then)


def _opened(told: Told) -> list[Line]:
    return list(local.within(told, lambda line: line.kind == "case_opened"))


def _appeal_told(told: Told) -> Measure:
    letters = list(local.within(told, local.asked(gathering.OUTCOME, gathering.REFUSAL)))
    known = picking.known({line.case_id for line in letters})
    short = [line for line in letters if not _says_how(known[line.case_id].release_key, str(line.says["letter"]))]
    then = "Put the passage on appeals back into the letter, in the drawing office."
    return _measure(
        "appeal_told", "Letters with a decision that say how to appeal", len(letters), local.found(short), then
    )


def _says_how(release_key: str, letter: str) -> bool:
    """Whether the letter carries the passage, in the release that its case follows."""
    file = procedures.letters(release_key).get(letter)
    return file is not None and any(isinstance(p, Passage) and p.name == APPEAL_RIGHTS for p, _ in file.every)


def _in_time(period: Period) -> Measure:
    kept = sum(picking.kept(gathering.span(period), local.PROMISES, but=NEAR).values())
    late = [one for of_milestone in local.missed(period).values() for one in of_milestone]
    then = (
        "Look at what the cases waited for. Where a limit cannot be kept, extend it in time and say so to the victim."
    )
    short = tuple(Found(one.case_id, calendar.day_of(one.missed_at)) for one in late)
    words = "Promises kept in time, one for each case and milestone"
    return Measure("in_time", words, kept, kept + len(late), short, then)


def _interviewed(told: Told, decided: Iterable[Instance]) -> Measure:
    def is_so(line: Line) -> bool:
        return bool(get(line.says, f"answers.{gathering.RESULT}") == "spoken")

    then = "Ring once more, another way or at another time; or note in the case what was tried."
    return _of_cases(told, decided, "interviewed", "Cases decided after an interview", is_so, then)


def _assessed(period: Period) -> Measure:
    """Of the reporting periods that were published in this one, those after which the procedure was assessed."""
    of = gathering.span(period, PUBLICATION)
    whole = picking.finished(of, "approve_publication")
    good = min(whole, picking.finished(of, "assess_effectiveness"))
    then = (
        "Finish the task in the case of the yearly numbers: ask the partners and victims whether the procedure works."
    )
    return Measure("assessed", "Yearly numbers after which the procedure was assessed", good, whole, (), then)


def _independent(told: Told, reviews: Iterable[Instance]) -> Measure:
    there = _there(reviews)
    short = (Found(id_, on) for id_, on in there if not _has_own_chair(_until(told, id_, on)))
    then = "Agree with a neighbouring partnership to chair for one another."
    return _measure("independent", "Reviews whose panel had an independent chair", len(there), tuple(short), then)


def _has_own_chair(lines: Iterable[Line]) -> bool:
    """Whether the chair that was chosen last is independent."""
    chosen = [line for line in lines if local.done(gathering.PANEL)(line)]
    return bool(chosen) and local.is_independent(chosen[-1])


def _answered(told: Told) -> Measure:
    good = picking.finished(gathering.span(told.period), gathering.RETURNED)
    silent = local.found(local.within(told, local.done(gathering.NO_RETURN)))
    then = "Raise it with the agency’s own senior officer. Schedule 4, paragraph 7, asks bodies to answer."
    return Measure("answered", "Requests that agencies answered", good, good + len(silent), silent, then)


def _invited(told: Told, reviews: Iterable[Instance]) -> Measure:
    then = "Invite the victim to every panel, in the way they chose. Where the chair says no, write down why."
    is_so = local.asked(gathering.INVITED)
    return _of_cases(told, reviews, "invited", "Reviews to whose panel the victim was invited", is_so, then)


def _consulted(told: Told, reviews: Iterable[Instance]) -> Measure:
    then = "Ask the victim about the plan before it is agreed. The guidance of July 2025 asks for it."
    is_so = local.done(*gathering.ASKED_OF_PLAN)
    return _of_cases(told, reviews, "consulted", "Reviews whose plan the victim was asked about", is_so, then)


def _of_cases(
    told: Told, of: Iterable[Instance], key: str, words: str, is_so: Callable[[Line], bool], then: str
) -> Measure:
    """How many of these cases have such a line up to the day on which they were counted. Deleted ones are left out."""
    there = _there(of)
    short = (Found(id_, on) for id_, on in there if not any(map(is_so, _until(told, id_, on))))
    return _measure(key, words, len(there), tuple(short), then)


def _there(of: Iterable[Instance]) -> list[tuple[UUID, date]]:
    return [(UUID(one.matter.key), one.step.on) for one in of if one.matter.key]


def _until(told: Told, case_id: UUID, on: date) -> Iterator[Line]:
    return (line for line in told.lines[case_id] if calendar.day_of(line.at) <= on)


def _measure(key: str, words: str, whole: int, short: tuple[Found, ...], then: str) -> Measure:
    return Measure(key, words, whole - len(short), whole, short, then)
