"""The numbers about FEEL are whole: every difference has its reason."""

from tests.conformance.feel_numbers import feel_numbers


def test_at_least_five_hundred_expressions_are_compared_and_every_difference_has_a_reason() -> None:
    numbers = feel_numbers()
    assert numbers["expressions"] >= 500
    assert numbers["cells"] >= 100
    assert numbers["differences"]
    assert not [one for one in numbers["differences"] if not one[3]]
    assert numbers["cells_differing"]
