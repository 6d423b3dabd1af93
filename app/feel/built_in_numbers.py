"""Built-in functions on numbers (DMN 1.5, 10.3.4.5) and the conversion of text to number."""

import re
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from app.feel.bounds import CURVE_COST, MAX_SCALE, MAX_TENS, NUMBERS, spend
from app.feel.signatures import BuiltIn, built_in

NUMERIC: dict[str, BuiltIn] = {}
_NUMERAL = re.compile(r"[+-]?(\d{1,400}(\.\d{0,400})?|\.\d{1,400})([eE][+-]?\d{1,4})?", re.ASCII)
_ROUNDINGS = {
    "decimal(n: number, scale: number)": ROUND_HALF_EVEN,
    "floor(n: number)": ROUND_FLOOR,
    "floor(n: number, scale: number)": ROUND_FLOOR,
    "ceiling(n: number)": ROUND_CEILING,
    "ceiling(n: number, scale: number)": ROUND_CEILING,
    "round up(n: number)": ROUND_UP,
    "round up(n: number, scale: number)": ROUND_UP,
    "round down(n: number)": ROUND_DOWN,
    "round down(n: number, scale: number)": ROUND_DOWN,
    "round half up(n: number)": ROUND_HALF_UP,
    "round half up(n: number, scale: number)": ROUND_HALF_UP,
    "round half down(n: number)": ROUND_HALF_DOWN,
    "round half down(n: number, scale: number)": ROUND_HALF_DOWN,
}


def rounded(number: Decimal, scale: Decimal | None, rounding: str) -> Decimal | None:
    """The number to so many decimal places (negative: tens, hundreds); null beyond the scales of 10.3.4.5."""
    places = int(scale or 0)
    if not -MAX_TENS <= places <= MAX_SCALE:
        return None
    if int(number.as_tuple().exponent) >= -places:
        return number
    return number.quantize(Decimal((0, (1,), -places)), rounding=rounding, context=NUMBERS)


def _put_rounding(written: str, rounding: str) -> None:
    @built_in(NUMERIC, written)
    def rule(number: Decimal, scale: Decimal | None = None) -> Decimal | None:
        return rounded(number, scale, rounding)


for _written, _rounding in _ROUNDINGS.items():
    _put_rounding(_written, _rounding)


@built_in(NUMERIC, "number(from: string, grouping separator: string?, decimal separator: string?)")
def _number(text: str, grouping: str | None = None, point: str | None = None) -> Decimal | None:
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", ".") or (grouping and grouping == point):
        return None
    text = text.replace(grouping, "") if grouping else text
    text = text.replace(point, ".") if point else text
    return NUMBERS.create_decimal(text) if _NUMERAL.fullmatch(text) else None


@built_in(NUMERIC, "number(from: number)")
def _same_number(number: Decimal) -> Decimal:
    return number


@built_in(NUMERIC, "abs(n: number)")
def _abs(number: Decimal) -> Decimal:
    return NUMBERS.abs(number)


@built_in(NUMERIC, "modulo(dividend: number, divisor: number)")
def _modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    rest = NUMBERS.remainder(dividend, divisor)
    return NUMBERS.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


@built_in(NUMERIC, "sqrt(number: number)")
def _sqrt(number: Decimal) -> Decimal:
    spend(CURVE_COST)
    return NUMBERS.sqrt(number)


@built_in(NUMERIC, "log(number: number)")
def _log(number: Decimal) -> Decimal | None:
    spend(CURVE_COST)
    return NUMBERS.ln(number) if number > 0 else None


@built_in(NUMERIC, "exp(number: number)")
def _exp(number: Decimal) -> Decimal:
    spend(CURVE_COST)
    return NUMBERS.exp(number)


@built_in(NUMERIC, "odd(number: number)")
def _odd(number: Decimal) -> bool:
    return abs(NUMBERS.remainder(number, Decimal(2))) == 1


@built_in(NUMERIC, "even(number: number)")
def _even(number: Decimal) -> bool:
    return NUMBERS.remainder(number, Decimal(2)) == 0
