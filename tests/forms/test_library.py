"""What makes a form usable, and what its author is told when it is not."""

import json

import pytest

from app.errors import DrawingBroken
from app.forms import library
from tests.forms.form_samples import REPORTS, ask, everything, form, group, radio, schema


def problems(content):
    written = content if isinstance(content, bytes | str) else json.dumps(content)
    with pytest.raises(DrawingBroken) as broken:
        library.read(written, "sample.form")
    return [(problem.element, problem.says) for problem in broken.value.problems]


def test_each_group_is_a_page_and_the_text_before_them_introduces_the_form():
    read = everything()
    assert (read.key, read.title) == ("sample", "Tell us what happened")
    assert [(page.number, page.title) for page in read.pages] == [(1, "About {{victim.name}}"), (2, "Your reports")]
    assert read.introduction == "It takes about 10 minutes."


def test_a_page_says_whether_it_takes_files():
    assert [page.takes_files for page in everything().pages] == [True, True]
    assert not form(ask("textfield")).pages[0].takes_files


def test_components_outside_groups_are_a_page_too():
    heading = {"type": "text", "id": "Text_1", "text": "# When we talked\nSay what you heard."}
    read = form(
        heading, ask("textfield", "a"), group("Second", ask("textfield", "b")), ask("textfield", "c", label="Last")
    )
    assert [(page.number, page.title) for page in read.pages] == [(1, "When we talked"), (2, "Second"), (3, "Last")]


def test_text_after_the_last_group_closes_its_page():
    (page,) = form(group("One", ask("textfield")), {"type": "text", "id": "Text_end", "text": "That is all."}).pages
    assert [part.type for part in page.components] == ["textfield", "text"]


def test_a_group_with_a_path_puts_it_before_the_keys_inside():
    inner = group("More", ask("textfield", "phone"), path="contact")
    (page,) = form(group("Page", inner, path="victim")).pages
    assert [part.key for part in page.components[0].components] == ["victim.contact.phone"]


def test_attributes_we_do_not_know_are_left_alone():
    assert form(ask("textfield", colour="red", layout={"row": "Row_1", "columns": 8}), versionTag="3").key == "sample"


@pytest.mark.parametrize(
    ("component", "says"),
    [
        (ask("iframe"), "a component of the type ‘iframe’ cannot be used here"),
        (ask("html"), "a component of the type ‘html’ cannot be used here"),
        (ask("textfield", "1st"), "the key ‘1st’ must be words of letters, numbers and _, with dots between"),
        (ask("textfield", "a-b"), "the key ‘a-b’ must be words of letters, numbers and _, with dots between"),
        (ask("textfield", ""), "this question has no key (for a list: no path)"),
        (ask("textfield", "victim.typename"), "a key cannot be called ‘typename’"),
        (ask("textfield", "csrf_token"), "the key ‘csrf_token’ is used by every page; choose another"),
        (ask("textfield", label=" "), "this question has no label"),
        (radio(values=[]), "this question has no answers to choose from"),
        (radio(values=[{"value": "a", "label": ""}]), "the answer ‘a’ needs a label"),
        (radio(values=[{"label": "A"}]), "each answer needs a value"),
        (radio(values=[{"value": "a", "label": "A"}] * 2), "the answer ‘a’ stands there twice"),
        (ask("expression", expression=""), "there is nothing to work out: the expression is empty"),
        ({"type": "table", "id": "Table_1"}, "this table does not say where its rows come from"),
        (ask("textfield", label=["a"]), "‘label’ is not of the kind that form-js writes"),
        (ask("textfield", conditional={"hide": True}), "the condition is not written as an expression"),
        (ask("textfield", description="a" * 10_001), "‘description’ is longer than 10,000 characters"),
    ],
)
def test_a_component_that_cannot_be_used_is_named(component, says):
    assert (component["id"], says) in problems(schema(component))


@pytest.mark.parametrize(
    "component",
    [
        ask("textfield", conditional={"hide": '=a = = "b"'}),
        ask("textfield", label="Hello {{victim.}}"),
        ask("textfield", label="{{#if a}}Hello{{/if}}"),
        ask("textfield", properties={"prefill": "=("}),
        ask("number", validate={"min": "=1 +"}),
        ask("radio", valuesExpression="=for x in"),
        ask("expression", expression="=__import__('os')"),
        ask("textfield", validate={"pattern": "(["}),
        ask("textfield", readonly="=)"),
        ask("number", appearance={"prefixAdorner": "{{)}}"}),
    ],
)
def test_an_expression_that_cannot_be_read_is_named(component):
    assert any(id == component["id"] and "cannot be understood" in says for id, says in problems(schema(component)))


def test_all_problems_come_at_once():
    found = problems(schema(ask("html", "a"), ask("textfield", "b", label=""), radio("c", values=[])))
    assert [element for element, _ in found] == ["Field_a", "Field_b", "Field_c"]


def test_a_key_can_stand_only_once_also_across_pages():
    assert ("Field_b", "the key ‘a’ is used twice") in problems(
        schema(group("One", ask("textfield", "a")), group("Two", {**ask("textfield", "a"), "id": "Field_b"}))
    )


def test_a_key_cannot_stand_inside_the_key_of_another_question():
    found = problems(schema(ask("textfield", "victim"), ask("textfield", "victim.name")))
    assert found == [("Field_victim.name", "the key ‘victim.name’ stands inside another question’s key ‘victim’")]


def test_rows_have_keys_of_their_own():
    assert form({**ask("textfield", "what"), "id": "Field_outside"}, REPORTS).pages


def test_a_list_inside_a_list_cannot_be_used():
    inner = ask("dynamiclist", "inner", components=[ask("textfield", "a")])
    found = problems(schema(ask("dynamiclist", "outer", components=[inner])))
    assert ("Field_outer", "a list inside a list cannot be used") in found


def test_an_id_can_stand_only_once():
    assert ("Field_x", "this id is used twice") in problems(
        schema(ask("textfield"), {**ask("textfield", "y"), "id": "Field_x"})
    )


def test_a_page_needs_a_title():
    assert problems(schema(group(" ", ask("textfield"))))[0][1].startswith("a group at the top is a page")


def nested(depth):
    return ask("textfield") if depth == 0 else group(f"G{depth}", nested(depth - 1))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe\x00", "this is not a form: the file is not JSON"),
        ("not json", "this is not a form: the file is not JSON"),
        ('{"a": NaN}', "this is not a form: the file is not JSON"),
        ("[" * 100_000, "this is not a form: the file is not JSON"),
        ("[]", "this is not a form: the file holds no JSON object"),
        (" " * 500_001, "the file is larger than 500 kB"),
        ({"type": "default", "id": "a"}, "the form asks nothing"),
        ({**schema(ask("textfield")), "type": "wizard"}, "this is not a form-js form: its type is not ‘default’"),
        ({**schema(ask("textfield")), "id": "a b"}, "the form’s id ‘a b’ must be letters, numbers and _"),
        (schema(*(ask("textfield", f"k{n}") for n in range(501))), "a form can have 500 components, this one has 501"),
        (schema(nested(30)), "groups stand too deep inside each other"),
        ({**schema(ask("textfield")), "components": "all"}, "‘components’ is not of the kind that form-js writes"),
        ({**schema(ask("textfield")), "components": [1]}, "a component is not an object"),
    ],
)
def test_a_file_that_is_no_form_is_refused(content, says):
    assert says in [said for _, said in problems(content)]
