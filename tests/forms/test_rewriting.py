"""A form changed one part at a time: what is not spoken of stays, and what is wrong is told by its box."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import DrawingBroken, NotFound, Refused
from app.forms import library, rephrasing, rewriting
from app.forms.rephrasing import Wanted

OURS = sorted(Path("forms").glob("*.form"))
NAME = "report.form"
WHERE = {"type": "textfield", "id": "where", "key": "damp.where", "label": "Where?", "appearance": {"suffix": "x"}}
DAY = {"type": "datetime", "subtype": "date", "id": "day", "key": "damp.day", "dateLabel": "Since when?"}


def form(*components, **more):
    return json.dumps({"type": "default", "id": "report", "title": "Report", "components": components, **more}).encode()


def group(id_, *components):
    return {"type": "group", "id": id_, "label": id_.capitalize(), "components": list(components)}


def order(content):
    return [(one.id, one.depth) for one in rewriting.parts(content, NAME)]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_saying_again_what_a_part_says_changes_nothing(path):
    before = path.read_bytes()
    content = before
    for part in rewriting.parts(before, path.name):
        content = rewriting.change(content, path.name, part.id, part.wanted)
    assert json.loads(content) == json.loads(before)


@pytest.mark.parametrize("kind", rephrasing.KINDS)
def test_every_kind_can_be_added_read_and_said_again(kind):
    said = Wanted(
        kind,
        says="Where is it?",
        hint="Any room",
        required=kind != "group",
        choices="yes = Yes\nNot at all",
        when="past",
        reading="**Read** this",
    )
    content, part = rewriting.add(form(WHERE), NAME, said, after="where")
    if kind in ("group", "dynamiclist"):
        content, _ = rewriting.add(content, NAME, Wanted("textfield", says="What?"), inside=part)
    read = library.read(content, NAME)
    kept = next(one for one in rewriting.parts(content, NAME) if one.id == part)
    asked = rephrasing.FIELDS[kind]
    assert kept.kind == kind and len(read.pages) == (2 if kind == "group" else 1)
    for field in asked:
        now = getattr(kept.wanted, field)
        if field == "choices":
            assert now == "yes = Yes\nnot_all = Not at all"
        elif field == "fact":
            assert now == "report.where_it"
        else:
            assert now == getattr(said, field)


@pytest.mark.parametrize(
    ("wrong", "box"),
    [
        ({"says": " "}, "says"),
        ({"fact": "damp where"}, "fact"),
        ({"fact": "damp.day"}, "fact"),
        ({"hide": 'damp.day = "'}, "hide"),
        ({"hint": "x" * 2_000}, "hint"),
    ],
)
def test_what_is_wrong_is_told_by_its_box(wrong, box):
    content = form(WHERE, DAY)
    own = rewriting.parts(content, NAME)[0].wanted
    with pytest.raises(Refused) as refused:
        rewriting.change(content, NAME, "where", replace(own, **wrong))
    assert list(refused.value.problems) == [box]


@pytest.mark.parametrize("choices", ["", "a = A\na = B", "\n".join(f"v{n} = V" for n in range(200))])
def test_answers_that_cannot_be_chosen_are_told(choices):
    with pytest.raises(Refused) as refused:
        rewriting.add(form(WHERE), NAME, Wanted("radio", says="Which?", choices=choices))
    assert "choices" in refused.value.problems


def test_an_answer_with_other_words_keeps_its_value_and_what_else_it_holds():
    asked = {
        "type": "radio",
        "id": "r",
        "key": "r",
        "label": "R",
        "values": [{"value": "a", "label": "A", "hint": "h"}],
    }
    own = rewriting.parts(form(asked), NAME)[0].wanted
    content = rewriting.change(form(asked), NAME, "r", replace(own, choices="a = Another\nNew one"))
    assert json.loads(content)["components"][0]["values"] == [
        {"value": "a", "label": "Another", "hint": "h"},
        {"value": "new_one", "label": "New one"},
    ]


def test_answers_from_a_list_elsewhere_are_not_asked_and_stay():
    asked = {"type": "select", "id": "s", "key": "s", "label": "S", "valuesKey": "agencies"}
    [part] = rewriting.parts(form(asked), NAME)
    assert "choices" not in part.fields
    content = rewriting.change(form(asked), NAME, "s", replace(part.wanted, says="Agency"))
    assert json.loads(content)["components"] == [{**asked, "label": "Agency"}]


@pytest.mark.parametrize(
    ("part", "by", "after"),
    [
        ("a", 1, ["one", "b", "two", "a", "c", "end"]),  # out of the end of a page, into the next one
        ("b", 1, ["one", "a", "b", "two", "c", "end"]),
        ("c", 1, ["one", "b", "a", "two", "c", "end"]),  # out of the last page, to stand behind it
        ("end", -1, ["one", "b", "a", "two", "c", "end"]),  # into the page before
        ("two", -1, ["two", "c", "one", "b", "a", "end"]),
        ("two", 1, ["one", "b", "a", "end", "two", "c"]),
    ],
)
def test_a_part_goes_from_page_to_page(part, by, after):
    question = lambda id_: {**WHERE, "id": id_, "key": id_}  # noqa: E731
    content = form(group("one", question("b"), question("a")), group("two", question("c")), question("end"))
    content = rewriting.move(content, NAME, part, by)
    assert [id_ for id_, _ in order(content)] == after


def test_a_part_moved_up_and_down_comes_back():
    content = form(group("one", WHERE), DAY)
    down = rewriting.move(content, NAME, "where", 1)
    assert order(down) == [("one", 0), ("where", 0), ("day", 0)]
    assert order(rewriting.move(down, NAME, "where", -1)) == order(content)
    with pytest.raises(Refused):
        rewriting.move(content, NAME, "day", 1)


def test_rows_keep_their_questions_and_names_of_their_own():
    rows = {"type": "dynamiclist", "id": "rooms", "path": "rooms", "label": "Rooms", "components": [WHERE]}
    content, part = rewriting.add(form(rows), NAME, Wanted("textfield", says="Which wall?"), inside="rooms")
    assert next(one for one in rewriting.parts(content, NAME) if one.id == part).wanted.fact == "which_wall"
    for by in (-1, 1):
        with pytest.raises(Refused):
            rewriting.move(form(rows), NAME, "where", by)
    with pytest.raises(Refused):
        rewriting.add(form(rows), NAME, Wanted("dynamiclist", says="More"), inside="rooms")


def test_taking_away_leaves_at_least_one_and_a_part_that_is_gone_is_not_found():
    content = form(group("one", WHERE), DAY)
    assert order(rewriting.remove(content, NAME, "one")) == [("day", 0)]
    with pytest.raises(Refused):
        rewriting.remove(form(WHERE), NAME, "where")
    with pytest.raises(NotFound):
        rewriting.remove(content, NAME, "gone")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"components": {}}',
        b'{"components": [[]]}',
        b'{"components": [{"components": "x"}]}',
        b"[" * 9_999,
    ],
)
def test_what_is_no_form_is_told(content):
    with pytest.raises(DrawingBroken):
        rewriting.parts(content, NAME)
