"""How much one expression may cost, and the count that is kept while it runs.

Invariant: whatever a partner writes, reading and evaluating it ends, in bounded time and memory.
Units: a step is about a microsecond of work; lengths are characters or items.
"""

from contextvars import ContextVar
from decimal import ROUND_HALF_EVEN, Context, DivisionByZero, InvalidOperation, Overflow

from app.errors import NotUnderstood

MAX_SOURCE = 4_000  # characters of one expression
MAX_NESTING = 40  # brackets within brackets while reading
MAX_DEPTH = 100  # levels of the tree that was read
MAX_STEPS = 50_000
MODEL_STEPS = 1_000_000  # of all decisions of a file together
MODEL_SECONDS = 1.0  # for all regular expressions of a file together
MODEL_CALLS = 40  # functions of a file within each other
MAX_TEXT = 20_000  # characters of one text made or matched
MAX_CALLS = 20  # drawn functions within each other
MAX_EXPONENT = 10_000
MAX_SCALE = 6176  # decimal places in rounding, as a decimal128 has them
MAX_TENS = 300  # places before the point in rounding: what is printed stays short
MAX_PATTERN = 500  # characters of a regular expression
MAX_REPEATS = 1_000  # what the counts of a regular expression may multiply to
PATTERN_SECONDS = 0.1  # all regular expressions of one evaluation together
CHARACTERS_PER_STEP = 16
CURVE_COST = 100  # steps for a power, root, logarithm or exponential: each takes up to a tenth of a millisecond

# 34 digits as in IEEE 754 decimal128 (DMN 1.5, 10.3.2.3.1); the exponent is kept within what JSON readers hold.
NUMBERS = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-300,
    Emax=300,
    traps=[DivisionByZero, InvalidOperation, Overflow],
)


class Budget:
    """What is left for one evaluation: steps, calls within calls, and seconds for regular expressions."""

    __slots__ = ("calls", "deepest", "seconds", "steps")

    def __init__(self, steps: int = MAX_STEPS, *, seconds: float = PATTERN_SECONDS, deepest: int = MAX_CALLS) -> None:
        self.steps = steps
        self.calls = 0
        self.deepest = deepest
        self.seconds = seconds

    def spend(self, steps: int) -> None:
        """Nothing, with fewer steps left; ``NotUnderstood`` when none are left."""
        self.steps -= steps
        if self.steps < 0:
            raise exhausted()


# Values nest in values, so even comparing two of them must be counted; the budget is where all can reach it.
current: ContextVar[Budget] = ContextVar("budget")


def spend(steps: int) -> None:
    """Nothing, with fewer steps left in the evaluation under way."""
    current.get().spend(steps)


def exhausted() -> NotUnderstood:
    """The error for an expression that goes on for too long."""
    return NotUnderstood("This expression takes too long to work out. Make it shorter, or use shorter lists.")


def too_deep() -> NotUnderstood:
    """The error for an expression or value that nests too deeply."""
    return NotUnderstood("This expression has too many brackets or steps inside each other. Split it up.")


def too_large() -> NotUnderstood:
    """The error for a number out of bounds."""
    return NotUnderstood("A number in this expression becomes too large.")


def fitting(text: str) -> str:
    """The same text, paid for; ``NotUnderstood`` when it is longer than ``MAX_TEXT``."""
    if len(text) > MAX_TEXT:
        raise NotUnderstood(f"A text in this expression is longer than {MAX_TEXT} characters.")
    spend(len(text) // CHARACTERS_PER_STEP)
    return text
