"""Whole files of Camunda: forms, tables, and drawings that can be followed; everything else stays as it is."""

import json
from pathlib import Path

import pytest

from app.config import ROOT
from app.drawing import decisions
from app.drawing.converting.convert import convert
from app.drawing.converting.notes import LEFT
from app.editor import checking, folders, inspecting, playing
from app.editor.surroundings import Surroundings
from app.errors import DrawingBroken
from app.forms import library as forms
from tests.drawing.camunda import became, inside

FOLDER = Path(__file__).parents[1] / "drawings"
INVENTED = sorted(path for path in (FOLDER / "camunda").rglob("*") if path.is_file())
STRANGERS = sorted([*(FOLDER / "exporters").glob("*.bpmn"), *(FOLDER / "repeats").glob("*.bpmn")])
OURS = folders.paths(ROOT)


FIELDS = """<camunda:formData>
<camunda:formField id="name" label="Name" type="string" defaultValue="x"><camunda:validation>
<camunda:constraint name="required"/><camunda:constraint name="minlength" config="2"/></camunda:validation></camunda:formField>
<camunda:formField id="n" label="How many" type="long"/><camunda:formField id="ok" label="Fine?" type="boolean"/>
<camunda:formField id="day" type="date"/><camunda:formField id="my-kind" label="Kind" type="enum">
<camunda:value id="a" name="A"/><camunda:value id="b" name="B"/></camunda:formField>
<camunda:formField id="odd" label="${x}" type="money"/></camunda:formData>"""


def test_fields_in_the_drawing_are_a_form_of_their_own():
    drawing, notes, made = became(f'<userTask id="Task_1" name="Note it">{inside(FIELDS)}</userTask>')
    form = forms.read(made["task_1.form"], "task_1.form")
    assert (form.key, form.title, drawing.by_id["Task_1"].properties["formRef"]) == ("Task_1", "Note it", "Task_1")
    asked = {part.key: part for page in form.pages for part in page.components}
    kinds = {key: part.type for key, part in asked.items()}
    assert kinds == {
        **{"name": "textfield", "n": "number", "ok": "checkbox", "day": "datetime"},
        **{"my_kind": "radio", "odd": "textfield"},
    }
    assert asked["name"].required and asked["name"].limits["minLength"] == 2
    assert asked["name"].more["defaultValue"] == "x" and asked["day"].label == "Day"
    assert [one["label"] for one in asked["my_kind"].more["values"]] == ["A", "B"]
    told = " ".join(note.says for note in notes if note.kind == LEFT)
    assert all(word in told for word in ("my-kind", "money", "${x}"))


ZEEBE_FORM = {"type": "default", "id": "a-form", "executionPlatform": "Camunda Cloud", "schemaVersion": 16}
ZEEBE_FORM |= {"components": [{"type": "textfield", "id": "x", "key": "x", "label": "What?"}], "versionTag": "1"}


def test_a_form_of_camunda_8_is_a_form_of_ours_alone_and_inside_a_drawing():
    alone = convert("a.form", json.dumps(ZEEBE_FORM).encode())
    assert "executionPlatform" not in json.loads(alone.content) and "versionTag" not in json.loads(alone.content)
    assert forms.read(alone.content, "a.form").key == "a_form" and alone.product == "Camunda 8"
    held = inside(f'<zeebe:userTaskForm id="F">{json.dumps(ZEEBE_FORM)}</zeebe:userTaskForm>')
    task = f'<userTask id="a">{inside("""<zeebe:formDefinition formKey="camunda-forms:bpmn:F"/>""")}</userTask>'
    drawing, _, made = became(held + task)
    assert drawing.by_id["a"].properties == {"formRef": "a_form"}
    assert made == {"a_form.form": alone.content}


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 5_000, '{"components": 1}', '{"a": ' * 200 + "1" + "}" * 200])
def test_a_form_in_a_drawing_that_is_none_is_told(text):
    _, notes, made = became(inside(f'<zeebe:userTaskForm id="F">{text}</zeebe:userTaskForm>') + '<task id="a"/>')
    assert made == {} and [note.kind for note in notes] == [LEFT]


def test_half_a_letter_in_a_form_is_no_reason_to_fail():
    form = json.dumps(ZEEBE_FORM).replace("What?", "\\ud800")
    assert json.loads(convert("a.form", form.encode()).content)["components"][0]["label"] == "\ud800"


def test_a_table_of_camunda_7_is_in_feel():
    converted = convert("parcel_price.dmn", (FOLDER / "camunda" / "seven" / "parcel_price.dmn").read_bytes())
    (table,) = decisions.read(converted.content, "parcel_price.dmn")
    assert [(one.expression, one.type) for one in table.inputs] == [("parcel.weight", "number"), ("abroad", "boolean")]
    assert b"biodi:width" in converted.content  # how wide a column is drawn is ours as well
    other = convert("discount.dmn", (FOLDER / "camunda" / "seven" / "discount.dmn").read_bytes())
    assert [note.says for note in other.of(LEFT)] == [
        "What stands there is written in javascript: ‘cellInput == 1 || cellInput == 2’. Write it in FEEL."
    ]


def everything():
    """The invented files of both products, converted: {"seven": {name: content}, …}."""
    found = {}
    for path in INVENTED:
        converted = convert(path.name, path.read_bytes())
        found.setdefault(path.parent.name, {}).update({path.name: converted.content, **converted.forms})
    return found


@pytest.mark.parametrize("path", [one for one in INVENTED if one.suffix == ".bpmn"], ids=lambda path: path.stem)
def test_an_invented_drawing_is_accepted_and_can_be_played_to_its_end(path):
    around = Surroundings(everything()[path.parent.name])
    checked = checking.check(path.name, around.files[path.name], around)
    assert checked.verdict != checking.REFUSED
    plays = [playing.play(checked.procedure, path.name, around, seed=seed).outcome for seed in range(4)]
    assert set(plays) == {playing.COMPLETED}


def test_new_forms_and_tables_are_accepted_but_for_the_one_in_javascript():
    for content in everything().values():
        around = Surroundings(content)
        stopping = [name for name in content if any(one.severity == "error" for one in _looked(name, around))]
        assert stopping in ([], ["discount.dmn"])


def _looked(name, around):
    return inspecting.look(name, around.files[name], around)


@pytest.mark.parametrize("path", [*INVENTED, *STRANGERS], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_to_convert_twice_is_to_convert_once(path):
    once = convert(path.name, path.read_bytes())
    again = convert(path.name, once.content)
    assert (again.content, again.notes, again.forms, again.product) == (once.content, (), {}, "")
    assert (once.content == path.read_bytes()) is not bool(once.product) and bool(once.notes) is bool(once.product)


def test_files_that_are_not_of_camunda_stay_as_they_are():
    assert [path.name for path in OURS if convert(path.name, path.read_bytes()).content != path.read_bytes()] == []


@pytest.mark.parametrize(
    "content", [b"", b"<a", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a>" * 200 + b"</a>" * 200]
)
@pytest.mark.parametrize("name", ["a.bpmn", "a.dmn"])
def test_what_cannot_be_read_is_refused(name, content):
    with pytest.raises(DrawingBroken):
        convert(name, content)
