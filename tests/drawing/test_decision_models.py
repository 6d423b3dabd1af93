"""DMN files as a whole, read and never trusted."""

import pytest

from app import errors
from app.drawing import decision_models
from app.drawing.decision_models import Decision, Input, Knowledge, Offer
from tests.engine.models import asked, decision, file, knowledge, text


def refused(content: bytes) -> str:
    with pytest.raises(errors.DrawingBroken) as told:
        decision_models.read(content, "m.dmn")
    return str(told.value)


def test_a_file_says_what_is_decided_from_what() -> None:
    service = '<decisionService id="_s" name="s"><outputDecision href="#_d"/><inputDecision href="#_d"/><inputData href="#_i"/></decisionService>'
    model = decision_models.read(
        file(asked("i", "number"), decision("d", text("1"), "?i"), knowledge("k", "a, b", text("a")), service), "m.dmn"
    )
    kinds = {part.name: type(part) for part in model.parts.values()}
    assert kinds == {"i": Input, "d": Decision, "k": Knowledge, "s": Offer}
    assert model.parts["_k"].parameters == ("a", "b")
    assert model.parts["_s"].takes == ("_i", "_d")  # input data stand before input decisions


def test_a_name_has_its_words_one_space_apart() -> None:
    model = decision_models.read(file(decision("a   long\n name", text("1"))), "m.dmn")
    assert model.named("a long name") is not None


def test_a_reference_may_name_the_file_itself() -> None:
    content = file(asked("i"), decision("d", text("i"), "?i")).replace(b'href="#_i"', b'href="urn:m#_i"')
    assert decision_models.read(content, "m.dmn").parts["_d"].needs == ("_i",)


def test_an_import_is_refused_by_name() -> None:
    says = refused(file('<import name="other" namespace="urn:other" importType="x"/>', decision("d", text("1"))))
    assert says == "m.dmn: other: This file imports another one. Put all decisions into one file."


def test_a_reference_to_nothing_is_refused_with_who_makes_it() -> None:
    assert "‘d’ needs ‘_gone’, which is not in this file." in refused(file(decision("d", text("1"), "gone")))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<html/>", "not a DMN file"),
        (b"no xml", "not well-formed"),
        (b'<!DOCTYPE d [<!ENTITY a "b">]><definitions/>', "DOCTYPE"),
        (b"<definitions>" + b"<a>" * 200 + b"</a>" * 200 + b"</definitions>", "nested more than 100"),
        (b"<definitions>" + b"<a/>" * 30_001 + b"</definitions>", "more than 30,000 elements"),
        (b"<definitions>" + b" " * 2_000_001 + b"</definitions>", "larger than 2 MB"),
    ],
)
def test_a_file_that_is_no_model_is_refused(content: bytes, says: str) -> None:
    assert says in refused(content)


def test_types_with_allowed_values_that_cannot_be_read_are_told() -> None:
    broken = '<itemDefinition name="tBand"><typeRef>string</typeRef><allowedValues><text>"low</text></allowedValues></itemDefinition>'
    with pytest.raises(errors.NotUnderstood, match="The allowed values of the type ‘tBand’"):
        decision_models.read(file(broken), "m.dmn")
