"""Questions that depend on answers: on this page, on an earlier one, in a row."""

import pytest

from app.forms import answers, asking, conditions, paging
from tests.forms.form_samples import BODIES, TODAY, ask, form, group, page, radio

WHO = ask("textfield", "who", label="Who else?", required=True, conditional={"hide": '=told != "other"'})
TOLD = radio("told", values=[*BODIES, {"value": "other", "label": "Someone else"}])


def take(page, posted, facts=None):
    return answers.take(page, posted, facts or {}, today=TODAY)


def names(page, facts=None, submission=None):
    return [node.name for node in asking.questions(page, facts or {}, submission)]


def test_a_question_that_the_new_answer_hides_is_let_go_and_never_missing():
    submission = take(page(TOLD, WHO), {"told": ["police"], "who": ["typed before"]})
    assert submission.problems == {} and submission.values == {"told": "police", "who": None}


def test_a_question_that_the_new_answer_shows_is_asked():
    submission = take(page(TOLD, WHO), {"told": ["other"]})
    assert submission.problems == {"who": "Enter your answer to ‘Who else?’"}


def test_a_question_may_come_before_the_answer_that_hides_it():
    submission = take(page(WHO, TOLD), {"told": ["police"], "who": ["x"]}, {"told": "other"})
    assert submission.values == {"who": None, "told": "police"}


def test_what_hangs_on_a_hidden_answer_is_hidden_too():
    third = ask("textfield", "third", required=True, conditional={"hide": '=who != "a friend"'})
    sent = {"told": ["police"], "who": ["a friend"], "third": ["x"]}
    assert take(page(TOLD, WHO, third), sent).values == {"told": "police", "who": None, "third": None}
    assert take(page(TOLD, WHO, third), sent | {"told": ["other"]}).values["third"] == "x"


def test_conditions_that_chase_each_other_still_give_an_answer():
    one = ask("textfield", "one", conditional={"hide": "=two != null"})
    two = ask("textfield", "two", conditional={"hide": "=one = null"})
    submission = take(page(one, two), {"one": ["a"], "two": ["b"]})
    assert set(submission.values) == {"one", "two"}


def test_a_group_hides_what_stands_in_it():
    inner = group("More", ask("textfield", "a", required=True), conditional={"hide": '=told = "police"'})
    submission = take(page(TOLD, inner), {"told": ["police"]})
    assert submission.problems == {} and submission.values["a"] is None
    assert [node.kind for node in asking.questions(page(TOLD, inner), {"told": "police"})] == ["radios"]


@pytest.mark.parametrize(
    ("hide", "choice"),
    [
        ('=told != "other"', ("told", "other")),
        ('=not(told = "other")', ("told", "other")),
        ('=not(list contains(victim.needs, "ramp"))', ("victim.needs", "ramp")),
        ("=agree != true", ("agree", "true")),
        ('=told = "other"', None),
        ('=told != "other" or a', None),
        ("", None),
    ],
)
def test_a_condition_on_one_choice_reveals_under_that_choice(hide, choice):
    part = page(ask("textfield", conditional={"hide": hide})).components[0]
    assert conditions.reveal(part) == choice


def test_a_question_stands_in_one_place_only():
    (told,) = asking.questions(page(TOLD, WHO), {})
    assert [[node.name for node in choice.reveals] for choice in told.choices] == [[], [], ["who"]]
    assert names(page(WHO, TOLD)) == ["told"]
    assert names(page(WHO, TOLD), {"told": "other"}) == ["who", "told"]


def test_two_questions_that_reveal_each_other_are_not_lost():
    kinds = [{"value": "a", "label": "A"}]
    one = radio("one", values=kinds, conditional={"hide": '=two != "a"'})
    two = radio("two", values=kinds, conditional={"hide": '=one != "a"'})
    assert names(page(one, two), {"two": "a"}) == ["one"]


def test_a_page_that_is_hidden_is_skipped_and_what_hangs_on_its_answers_too():
    asked = form(
        group("One", TOLD),
        group("Two", ask("textfield", "badge"), conditional={"hide": '=told != "police"'}),
        group("Three", ask("textfield", "rank"), conditional={"hide": "=badge = null"}),
        group("Four", ask("textfield", "last")),
    )
    assert [page.number for page in paging.pages(asked, {"told": "police", "badge": "1"})] == [1, 2, 3, 4]
    left_over = {"told": "council", "badge": "1"}
    assert [page.number for page in paging.pages(asked, left_over)] == [1, 4]
    assert paging.page_after(asked, 1, left_over).number == 4
    assert paging.page_before(asked, 4, left_over).number == 1
    assert paging.page_after(asked, 4, left_over) is None and paging.page_before(asked, 1, left_over) is None


def test_a_page_on_which_nothing_applies_is_skipped():
    asked = form(group("One", TOLD), group("Two", WHO), group("Three", ask("textfield", "a")))
    assert [page.number for page in paging.pages(asked, {"told": "police"})] == [1, 3]


def test_answers_on_a_skipped_page_do_not_stand_in_the_way():
    asked = form(group("One", TOLD), group("Two", WHO))
    assert answers.check_all(asked, {"told": "police"}, {}, today=TODAY) == {}
    assert answers.check_all(asked, {"told": "other"}, {}, today=TODAY) == {
        2: {"who": "Enter your answer to ‘Who else?’"}
    }


def test_the_first_value_comes_from_the_facts_once_and_is_not_forced_on_anybody():
    asked = page(ask("textfield", "victim.called", properties={"prefill": "=victim.name"}))
    facts = {"victim": {"name": "Tansy Applegarth"}}
    assert asking.questions(asked, facts)[0].value == "Tansy Applegarth"
    assert asking.questions(asked, answers.merge(facts, {"victim": {"called": None}}))[0].value == ""
    assert asking.questions(asked, answers.merge(facts, {"victim": {"called": "Tans"}}))[0].value == "Tans"
    assert asking.questions(asked, facts, take(asked, {"victim.called": [" "]}, facts))[0].value == ""


def test_the_form_s_own_first_value_stands_where_there_is_no_other():
    (node,) = asking.questions(page(radio("told", defaultValue="police")), {})
    assert [choice.chosen for choice in node.choices] == [False, True]


def test_what_was_typed_comes_back_with_its_message():
    asked = page(ask("number", "rooms", label="Rooms"))
    submission = take(asked, {"rooms": ["lots"]}, {"rooms": 3})
    (node,) = asking.questions(asked, {"rooms": 3}, submission)
    assert (node.value, node.error) == ("lots", "Rooms must be a number, like 3")


def test_labels_name_facts_and_days_as_people_say_them():
    asked = page(ask("textfield", label="What did {{victim.name}} say on {{held_on}}?", required=True))
    (node,) = asking.questions(asked, {"victim": {"name": "Barney"}, "held_on": "2026-03-06"})
    assert node.label == "What did Barney say on Friday 6 March 2026?"


def test_a_read_only_question_shows_its_answer_in_words():
    (node,) = asking.questions(page(radio("told", readonly=True)), {"told": "police"})
    assert (node.kind, node.value) == ("shown", "The police")


def test_a_table_shows_the_rows_of_a_fact():
    table = {
        "type": "table",
        "id": "T",
        "label": "Reports",
        "dataSource": "=reports",
        "columns": [{"key": "on", "label": "When"}],
    }
    (node,) = asking.questions(page(ask("textfield"), table), {"reports": [{"on": "2026-03-06"}, {"on": None}, 7]})[1:]
    assert node.heads == ("When",) and node.cells == (("Friday 6 March 2026",), ("",))
