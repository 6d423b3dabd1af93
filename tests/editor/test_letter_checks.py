"""Checking letters in a release: what is not there, what nothing gives, and what nobody sends."""

from pathlib import Path

import pytest

from app.editor import folders, inspecting, letter_facts
from app.editor.surroundings import Surroundings
from app.notify import letters
from tests.walks import tiny

ROOT = Path(__file__).parents[2]
SENDS = tiny.process(
    "sends",
    tiny.task("work") + tiny.letter("tell", "damp_visit") + tiny.end("done"),
    tiny.flow("begun", "work", "tell", "done"),
)
FORM = b"""{"id": "visit", "type": "default", "schemaVersion": 19, "title": "Visit",
"components": [{"type": "textfield", "id": "a", "key": "visit.note", "label": "Note"}]}"""


def found(**named):
    """The findings of every letter and drawing: [(file, element, kind, severity)]; ``damp_visit`` is damp_visit.letter."""
    content = {f"{name}.letter": text.encode() for name, text in named.items()}
    inspected = inspecting.inspect({"sends.bpmn": SENDS, "visit.form": FORM, **content})
    kinds = [(name, one) for name, all_ in inspected.findings.items() for one in all_ if name != "sends.bpmn"]
    kinds += [("sends.bpmn", one) for one in inspected.of("sends.bpmn") if one.kind.startswith("letter")]
    return [(name, one.element, one.kind, one.severity) for name, one in kinds], [one.says for _, one in kinds]


def test_the_letters_of_the_product_have_nothing_to_mend():
    inspected = inspecting.inspect(folders.read(ROOT))
    assert {name: all_ for name, all_ in inspected.findings.items() if name.endswith(".letter")} == {}
    assert [one for all_ in inspected.findings.values() for one in all_ if one.kind == "letter_missing"] == []


def test_a_letter_that_a_drawing_sends_and_that_is_there_is_fine():
    assert found(damp_visit="subject: Visit\n\n((visit.note)), ((case.reference))")[0] == []


def test_a_drawing_that_names_a_letter_that_is_not_there_is_refused_and_can_begin_it():
    told, says = found()
    assert told == [("sends.bpmn", "tell", "letter_missing", "error")]
    assert "there is no such letter" in says[0]
    (one,) = [f for f in inspecting.inspect({"sends.bpmn": SENDS}).of("sends.bpmn") if f.kind == "letter_missing"]
    assert one.fix.begins == "damp_visit.letter"


@pytest.mark.parametrize(
    ("text", "told", "says"),
    [
        ("subject: V\nno head", ("line 2", "not_executed", "error"), "no line of the head"),
        ("subject: V\n\n((visit.nota))", ("line 3", "unknown_fact", "warning"), "Did you mean ‘visit.note’?"),
        ("subject: V\n\n((passage: nowhere))", ("line 3", "no_passage", "error"), "There is no passage ‘nowhere’"),
        ("subject: V\nending: nowhere\n\nA", ("line 1", "no_passage", "error"), "There is no passage ‘nowhere’"),
    ],
)
def test_what_is_wrong_with_a_letter_names_its_line(text, told, says):
    (one,), (words,) = found(damp_visit=text)
    assert one == ("damp_visit.letter", *told)
    assert says in words


def test_a_letter_that_nobody_sends_is_a_note():
    good = "subject: Visit\n\nA"
    assert found(damp_visit=good, spare=good)[0] == [("spare.letter", "", "not_sent", "note")]
    assert found(damp_visit=good, words="title: W\n\nA")[0] == [("words.letter", "", "not_sent", "note")]


def test_a_passage_in_itself_is_refused():
    told, _ = found(damp_visit="subject: V\n\n((passage: words))", words="title: W\n\n((passage: words))")
    assert told == [("words.letter", "line 3", "passage_in_itself", "error")]


def test_every_name_that_the_system_gives_is_told():
    told = {path.partition(".")[0] for path in letter_facts.SYSTEM} | {"dates"}
    assert told == letters.OURS
    around = Surroundings({"visit.form": FORM})
    assert letter_facts.is_given("visit.note", letter_facts.paths(around))
