"""Conditions in JUEL: each holds in FEEL when it held in JUEL, or is not read at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.drawing.converting import juel
from app.drawing.expressions import unreadable
from app.feel.evaluating import is_true

NOTHING = {"a": None, "b": None, "text": None, "many": None, "n": None}


@pytest.mark.parametrize(
    ("said", "facts", "holds"),
    [
        ("${a && !b}", {"a": True, "b": False}, True),
        ("${a && !b}", {"a": True}, True),  # what is missing counts as false in JUEL
        ("#{not (a or b)}", {}, True),
        ("${a == 'it\\'s \"so\"'}", {"a": 'it\'s "so"'}, True),
        ("${text ne 'x' and n ge -2}", {"text": "y", "n": -2}, True),
        ("${n < 3}", {}, False),
        ("${!(n < 3)}", {}, True),
        ("${empty many}", {"many": []}, True),
        ("${empty many}", {"many": [1]}, False),
        ("${empty text}", {"text": ""}, True),
        ("${not empty text}", {"text": "x"}, True),
        ("${!empty text}", {}, False),
        ("${a || b && n == 1}", {"a": True, "n": 2}, True),
        ("${(a || b) && n == 1}", {"a": True, "n": 2}, False),
        ("${a != null}", {}, False),
        ("${n == 1.5}", {"n": 1.5}, True),
    ],
)
def test_a_condition_in_juel_holds_when_it_did(said, facts, holds):
    assert is_true(juel.translated(said), NOTHING | facts) is holds


@pytest.mark.parametrize(
    "said",
    [
        *("${a.b()}", "${a ? b : c}", "${a['b']}", "${a + b == 1}", "${a}${b}", "x ${a}", "${}", "${a ==}", "${(a}"),
        *("${a mod 2 == 0}", "${a == (b && c)}", "${!a == b}", "${'\\q' == a}", "${empty (a)}", "${a b}", "${1a}"),
        *("${a == b == c}", "${" + "(" * 60 + "a" + ")" * 60 + "}", "${" + "!" * 9_000 + "a}"),
    ],
)
def test_what_juel_says_beyond_that_is_not_guessed(said):
    assert juel.translated(said) is None


@given(some.lists(some.sampled_from("a b.c ( ) && || ! == < 'x' \" 1 empty not and . ' ${ } = null -".split())))
def test_whatever_comes_of_juel_can_be_read(parts):
    feel = juel.translated("${" + " ".join(parts) + "}")
    assert feel is None or not list(unreadable(feel))
