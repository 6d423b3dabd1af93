"""The numbers of each step of a procedure: how many, how long, how often late, how much of its limit, which answers.

The usual time is the middle value: half were quicker, half slower. It is worked out from how many took less than half
a working day, less than one, and so on, so it is exact to a quarter of a day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.status.stints import ANSWER, PASS
from app.store.rows.numbers import DONE, LIMIT, TASK
from app.store.tallies import Total

HALF, TENTHS = 0.5, 0.9
QUARTERS = {0: "", 1: "¼", 2: "½", 3: "¾"}
Place = tuple[str, str]  # the drawing and the element


@dataclass
class Step:
    """The numbers of one element. What was not counted is 0, or None where 0 would say something."""

    process: str
    key: str
    passed: int = 0  # how often cases went through it
    done: int = 0
    withdrawn: int = 0  # tasks that went away unfinished
    hours: float = 0.0  # working hours of those that were finished, all together
    limits: int = 0  # time limits that ended
    late: int = 0  # of those
    now: int = 0  # open tasks
    late_now: int = 0
    sizes: dict[int, int] = field(default_factory=dict)  # half working days: how many took that long
    shares: dict[int, int] = field(default_factory=dict)  # twentieths of the limit: how many used that much
    answers: dict[str, int] = field(default_factory=dict)  # question=value: how often

    @property
    def usual(self) -> float | None:
        """The middle value of the working days it took."""
        return middle(self.sizes, HALF, 2)

    @property
    def most(self) -> float | None:
        """In how many working days nine of ten were done."""
        return middle(self.sizes, TENTHS, 2)

    @property
    def share(self) -> float | None:
        """The middle value of how much of the limit was used: 1.0 is all of it."""
        return middle(self.shares, HALF, 20)

    @property
    def late_share(self) -> float | None:
        """How many of the limits were missed: 1.0 is all of them."""
        return self.late / self.limits if self.limits else None


def steps(totals: Iterable[Total], now: Iterable[tuple[str, str, int, int]] = ()) -> dict[Place, Step]:
    """The numbers of each element of a procedure, by drawing and element. Answers stand under the drawing ""."""
    found: dict[Place, Step] = {}
    for total in totals:
        _count(found.setdefault((total.process, total.key), Step(total.process, total.key)), total)
    for process, key, number, late in now:
        step = found.setdefault((process, key), Step(process, key))
        step.now, step.late_now = number, late
    _bring_answers(found)
    return found


def _count(step: Step, total: Total) -> None:
    if total.kind == PASS:
        step.passed += total.number
    elif total.kind == ANSWER:
        step.answers[total.detail] = step.answers.get(total.detail, 0) + total.number
    elif total.kind == LIMIT:
        step.limits += total.number
        step.late += total.late
        step.shares[total.size] = step.shares.get(total.size, 0) + total.number
    elif total.kind == TASK and total.detail == DONE:
        step.done += total.number
        step.hours += total.hours
        step.sizes[total.size] = step.sizes.get(total.size, 0) + total.number
    elif total.kind == TASK:
        step.withdrawn += total.number


def _bring_answers(found: dict[Place, Step]) -> None:
    """Answers are counted by the element alone: put them with its other numbers."""
    for place in [place for place in found if not place[0] and place[1] and found[place].answers]:
        ours = [step for other, step in found.items() if other[0] and other[1] == place[1]]
        if ours:
            ours[0].answers = found.pop(place).answers


def middle(sizes: Mapping[int, int], share: float, a_unit: int) -> float | None:
    """Up to which value a share of the counts lies, in units of ``a_unit`` sizes; evenly spread within a size."""
    number = sum(sizes.values())
    wanted, before = share * number, 0
    for size in sorted(sizes):
        if before + sizes[size] >= wanted and sizes[size]:
            return (size + (wanted - before) / sizes[size]) / a_unit
        before += sizes[size]
    return None


def days(value: float | None) -> str:
    """Working days in words: *half a day*, *2½ days*; "" for none."""
    if value is None:
        return ""
    quarters = round(value * 4)
    if quarters < 4:
        return ("less than a quarter of a day", "a quarter of a day", "half a day", "three quarters of a day")[quarters]
    whole, rest = divmod(quarters, 4) if quarters < 40 else (round(value), 0)
    return "1 day" if (whole, rest) == (1, 0) else f"{whole}{QUARTERS[rest]} days"


def percent(value: float | None) -> str:
    """A share in words: *7%*; "" for none. What is little is not nothing."""
    if value is None:
        return ""
    return "less than 1%" if 0 < value < 0.005 else f"{round(value * 100)}%"


def together(several: Sequence[Step]) -> Step:
    """The numbers of several elements as if they were one: those of a whole drawing, for the step that calls it."""
    whole = Step("", "")
    for step in several:
        whole.now, whole.late_now = whole.now + step.now, whole.late_now + step.late_now
        whole.limits, whole.late = whole.limits + step.limits, whole.late + step.late
    return whole
