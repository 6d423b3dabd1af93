"""The painted picture: whole, safe to put in a page, and true to the states it was given."""

import pytest
from lxml import etree

from app.drawing.model import Drawing
from app.drawing.paint.text import width, wrap
from app.drawing.picture import State, svg
from app.drawing.reading import read
from app.errors import DrawingBroken
from tests.drawing.samples import HEAD, bpmn, edge, sampler, shape

SVG = "{http://www.w3.org/2000/svg}"


def painted(drawing: Drawing, states: dict[str, State] | None = None, **more: str) -> etree._Element:
    words = {"title": "The procedure", "description": "Every step in words"} | more
    return etree.fromstring(svg(drawing, states or {}, **words))


def group(picture: etree._Element, element: str) -> etree._Element:
    return next(node for node in picture.iter(f"{SVG}g") if node.get("data-element-id") == element)


def words_of(node: etree._Element) -> list[str]:
    return [
        " ".join(t.text or "" for t in text.iter(f"{SVG}tspan", f"{SVG}text") if t.text)
        for text in node.iter(f"{SVG}text")
    ]


def one_task(name: str = "Ask") -> Drawing:
    return read(bpmn(f'<userTask id="a" name="{name}"/>', shape("a", 10, 10, 100, 80)), "a.bpmn")


def test_everything_that_has_a_shape_carries_its_id() -> None:
    drawing = read(sampler(), "sampler.bpmn")
    found = {node.get("data-element-id") for node in painted(drawing).iter(f"{SVG}g")} - {None}
    assert found == {s.element for s in drawing.shapes} - {"hidden"} | {e.element for e in drawing.edges}


def test_what_lies_in_a_closed_box_is_not_painted() -> None:
    picture = painted(read(sampler(), "sampler.bpmn"))
    assert "Seen" in words_of(picture)
    assert "Hidden" not in words_of(picture)


def test_nothing_in_a_picture_is_forbidden_by_a_strict_page() -> None:
    for node in painted(read(sampler(), "sampler.bpmn")).iter():
        assert etree.QName(node).localname not in {"script", "style", "foreignObject", "image", "use", "a"}
        assert not [name for name in node.attrib if name == "style" or name.startswith("on") or "href" in name]


def test_words_are_escaped_wherever_they_come_from() -> None:
    drawing = one_task("&lt;script&gt; &quot;&amp;&quot;")
    states = {"a": State("now", '<b onclick="x">3</b>')}
    picture = painted(drawing, states, title="<i>Title</i>", description="a & b")
    assert picture.findtext(f"{SVG}title") == "<i>Title</i>"
    assert picture.findtext(f"{SVG}desc") == "a & b"
    assert '<b onclick="x">3</b>' in words_of(picture)
    assert any("<script>" in words for words in words_of(picture))


def test_letters_that_xml_does_not_know_are_dropped() -> None:
    assert painted(one_task(), title="Case\x00 38\x0b").findtext(f"{SVG}title") == "Case 38"


def test_a_picture_has_a_name_and_a_description_for_those_who_cannot_see_it() -> None:
    picture = painted(one_task())
    assert picture.get("role") == "img"
    named = [node.text for i in picture.get("aria-labelledby", "").split() for node in picture if node.get("id") == i]
    assert named == ["The procedure", "Every step in words"]


def test_two_pictures_on_a_page_share_no_id() -> None:
    first, second = painted(one_task()), painted(one_task(), title="Another")
    ids = [{node.get("id") for node in picture.iter() if node.get("id")} for picture in (first, second)]
    assert len(ids[0]) == 4
    assert not ids[0] & ids[1]


@pytest.mark.parametrize("state", ["done", "now", "late", "next"])
def test_a_step_shows_where_it_stands(state: str) -> None:
    found = group(painted(one_task(), {"a": State(state)}), "a")
    assert found.get("class") == f"is-{state}"
    assert ("d-tick" in [node.get("class") for node in found]) == (state == "done")


def test_a_badge_says_how_far_a_step_has_come() -> None:
    picture = painted(one_task(), {"a": State("late", "3 of 4 in")})
    classes = [node.get("class") for node in picture.iter(f"{SVG}rect")]
    assert "d-badge d-badge--late" in classes
    assert "3 of 4 in" in words_of(picture)


def test_a_state_of_something_not_in_the_drawing_is_passed_over() -> None:
    drawing = one_task()
    assert svg(drawing, {"gone": State("done")}, title="", description="") == svg(drawing, {}, title="", description="")


def test_an_arrow_turns_its_corners_and_ends_in_a_head() -> None:
    inside = '<task id="a"/><task id="b"/><sequenceFlow id="f" name="yes" sourceRef="a" targetRef="b"/>'
    picture = shape("a", 0, 0, 100, 80) + shape("b", 200, 200, 100, 80)
    found = painted(read(bpmn(inside, picture + edge("f", (100, 40), (150, 40), (150, 240), (200, 240))), "a.bpmn"))
    way = group(found, "f")[0]
    assert way.get("d") == "M100 40L144 40Q150 40 150 46L150 234Q150 240 156 240L200 240"
    assert way.get("marker-end", "")[5:-1] in {node.get("id") for node in found.iter(f"{SVG}marker")}
    assert "yes" in words_of(found)


def test_a_limit_that_lets_the_task_go_on_has_a_dashed_ring() -> None:
    inside = '<userTask id="a"/><boundaryEvent id="e" attachedToRef="a" cancelActivity="{}"><timerEventDefinition/></boundaryEvent>'
    places = shape("e", 0, 60, 36, 36) + shape("a", 0, 0, 100, 80)
    for cancels, dashed in (("false", True), ("true", False)):
        found = painted(read(bpmn(inside.format(cancels), places), "a.bpmn"))
        ring = group(found, "e")[0]
        assert ("d-node--wait" in ring.get("class", "").split()) == dashed
        order = [node.get("data-element-id") for node in found.iter(f"{SVG}g") if node.get("data-element-id")]
        assert order.index("a") < order.index("e")  # the event lies on the edge of its task


def test_everything_lies_inside_the_picture() -> None:
    inside = '<task id="a"/><task id="b"/><sequenceFlow id="f" name="not at all" sourceRef="a" targetRef="b"/>'
    picture = (
        shape("a", 500, -300, 100, 80)
        + shape("b", 700, -300, 100, 80)
        + edge("f", (500, -260), (-40, -260), (-40, 900))
    )
    left, top, wide, tall = map(float, painted(read(bpmn(inside, picture), "a.bpmn")).get("viewBox", "").split())
    assert left < -40 - 45 and top < -300 and left + wide > 800 and top + tall > 900


def test_a_file_without_a_picture_cannot_be_painted() -> None:
    drawing = read(f'{HEAD}<process id="p"><task id="a"/></process></definitions>'.encode(), "a.bpmn")
    with pytest.raises(DrawingBroken, match="no picture"):
        svg(drawing, {}, title="", description="")


def test_another_page_of_a_drawing_is_painted_by_its_id() -> None:
    drawing = read(sampler(), "sampler.bpmn")
    with pytest.raises(DrawingBroken, match="no picture"):
        svg(drawing, {}, title="", description="", plane="elsewhere")


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("Interview the applicant", 90, ["Interview the", "applicant"]),
        ("Send", 90, ["Send"]),
        ("one\ntwo", 90, ["one", "two"]),
        ("Donaudampfschifffahrt", 90, ["Donaudampfsc-", "hifffahrt"]),
        ("", 90, []),
    ],
)
def test_words_break_where_a_reader_expects_it(text: str, room: float, lines: list[str]) -> None:
    assert wrap(text, room) == lines
    assert all(width(line) <= room for line in lines)


def test_even_no_room_at_all_ends_with_every_letter_painted() -> None:
    assert "".join(line.rstrip("-") for line in wrap("abc", 1)) == "abc"
