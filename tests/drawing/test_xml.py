"""What a hostile, broken or merely odd file is answered with."""

import time

import pytest
from lxml import etree

from app.drawing import xml
from app.drawing.reading import read
from app.errors import DrawingBroken
from tests.drawing.samples import HEAD, bpmn

BOMB = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
HOSTILE = [
    ("an outside entity", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', "document type"),
    ("an outside document type", b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>', "document type"),
    ("an entity bomb", f'<!DOCTYPE a [<!ENTITY e0 "ha">{BOMB}]><a>&e9;</a>'.encode(), "document type"),
    ("a document type in UTF-16", "\ufeff<!DOCTYPE a [<!ENTITY x 'y'>]><a/>".encode("utf-16-le"), "document type"),
    ("an entity that is not known", b"<a>&nobody;</a>", "not well-formed"),
    ("too many levels", b"<a>" * 120 + b"</a>" * 120, "nested more than 100"),
    ("very many levels", b"<a>" * 20_000 + b"</a>" * 5_000, "not well-formed"),
    ("too many elements", b"<a>" + b"<b/>" * 30_001 + b"</a>", "more than 30,000 elements"),
    ("too many bytes", b"<a>" + b" " * 2_000_001 + b"</a>", "larger than 2 MB"),
    ("nothing", b"", "not well-formed"),
    ("only space", b"   \n", "not well-formed"),
    ("a picture", b"\x89PNG\r\n\x1a\n\x00\x00", "letters that we cannot read"),
    ("plain words", b"Dear partners, here is the drawing", "not well-formed"),
    ("half a file", b"<a><b></a>", "We stopped at line 1"),
    ("a letter that XML does not know", b"<a>\x00</a>", "not well-formed"),
    ("letters of another encoding", '<?xml version="1.0" encoding="UTF-8"?><a>é</a>'.encode("latin-1"), "UTF-8"),
    ("an encoding that hides things", b'<?xml version="1.0" encoding="UTF-7"?><a/>', "written in utf-7"),
    ("an encoding that nobody knows", b'<?xml version="1.0" encoding="zz-1"?><a/>', "written in zz-1"),
    ("a prefix without a namespace", b"<bpmn:definitions/>", "not well-formed"),
    ("an id that breaks out of a path", f"{HEAD}<process id=\"x' or '1\"/></definitions>".encode(), "may not have"),
    ("an id that is far too long", f'{HEAD}<process id="{"x" * 201}"/></definitions>'.encode(), "may not have"),
    ("a reference that breaks out", bpmn('<sequenceFlow id="f" sourceRef="a]//*" targetRef="b"/>'), "may not have"),
    ("one id twice", bpmn('<task id="t"/><task id="t"/>'), "same id"),
]


@pytest.mark.parametrize(("content", "says"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_a_file_that_cannot_be_trusted_is_refused_in_plain_words(content: bytes, says: str) -> None:
    with pytest.raises(DrawingBroken) as refusal:
        xml.read(content, "partners.bpmn")
    assert says in str(refusal.value)
    assert refusal.value.problems[0].file == "partners.bpmn"


def test_fifty_megabytes_are_refused_without_being_read() -> None:
    content = b"<a>" * 17_000_000
    before = time.perf_counter()
    with pytest.raises(DrawingBroken, match="larger than 2 MB"):
        xml.read(content, "huge.bpmn")
    assert time.perf_counter() - before < 0.05


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_file_may_be_written_in_any_usual_encoding(codec: str) -> None:
    named = codec.removesuffix("-sig")
    content = f'<?xml version="1.0" encoding="{named}"?><a name="Café"/>'.encode(codec)
    assert xml.read(content, "a.bpmn").get("name") == "Café"


def test_comments_and_instructions_are_left_behind() -> None:
    root = xml.read(b"<a><!-- who --><?php echo 1 ?><b/></a>", "a.bpmn")
    assert [xml.local(node) for node in root] == ["b"]


def test_extensions_of_other_makers_keep_their_own_ids() -> None:
    other = '<camunda:formField xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="what happened?"/>'
    content = bpmn(f'<task id="a"><extensionElements>{other}{other}</extensionElements></task>')
    assert len(read(content, "a.bpmn").elements) == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<a/>", "not a BPMN drawing"),
        (b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', "not a BPMN drawing"),
        (f"{HEAD}</definitions>".encode(), "no process"),
        (bpmn('<task id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="gone"/>'), "leads to something"),
        (bpmn('<task id="a"/><sequenceFlow id="f" sourceRef="gone" targetRef="a"/>'), "starts at something"),
        (bpmn('<userTask name="Ask"/>'), "The userTask “Ask” has no id"),
        (bpmn('<boundaryEvent id="e" attachedToRef="gone"/>'), "not attached to any task"),
    ],
)
def test_xml_that_is_no_whole_drawing_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(DrawingBroken, match=says):
        read(content, "a.bpmn")


@pytest.mark.parametrize(
    "place", ['x="nan"', 'x="1e300"', 'x=""', 'x="12px"', 'x="0" width="-5"'], ids=["nan", "far", "none", "px", "minus"]
)
def test_a_picture_that_stands_nowhere_is_refused(place: str) -> None:
    rest = 'y="0" height="80"' + ("" if "width" in place else ' width="100"')
    picture = f'<bpmndi:BPMNShape bpmnElement="a"><dc:Bounds {place} {rest}/></bpmndi:BPMNShape>'
    with pytest.raises(DrawingBroken) as refusal:
        read(bpmn('<task id="a"/>', picture), "a.bpmn")
    assert refusal.value.problems[0].element == "a"


def test_what_is_read_is_a_tree_of_lxml() -> None:
    assert isinstance(xml.read(b"<a/>", "a.bpmn"), etree._Element)
