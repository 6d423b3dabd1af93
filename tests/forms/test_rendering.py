"""Every component through the real macros: what a browser and a screen reader get."""

from collections import Counter
from pathlib import Path

import lxml.html
import pytest
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

from app.forms import answers, asking, summary
from tests.forms.form_samples import FACTS, TODAY, everything

TEMPLATES = Path(__file__).parents[2] / "app" / "web" / "templates"
JINJA = Environment(
    loader=ChoiceLoader(
        [
            FileSystemLoader(TEMPLATES),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    ),
    autoescape=True,
)
PAGE = JINJA.from_string(
    "{% from 'forms/questions.html' import questions, error_summary, buttons %}"
    "<main>{{ error_summary(problems) }}<form>{{ questions(nodes) }}{{ buttons() }}</form></main>"
)
CHECK = JINJA.from_string("{% from 'forms/check.html' import summary %}<main>{{ summary(sections, url) }}</main>")


def rendered(page, posted=None, facts=FACTS):
    submission = answers.take(page, posted, facts, today=TODAY) if posted is not None else None
    nodes = asking.questions(page, facts, submission)
    html = PAGE.render(nodes=nodes, problems=submission.problems if submission else {})
    return html, lxml.html.fromstring(html)


def pages():
    form = everything()
    wrong = {"rooms": ["many"], "born-day": ["31"], "born-month": ["2"], "born-year": ["2026"], "contact": ["phone"]}
    rows = {"reports-rows": ["2"], "reports.0.what": ["x\n  y"], "reports.1.when-day": ["4"], "action": ["continue"]}
    yield "first", rendered(form.pages[0])
    yield "first wrong", rendered(form.pages[0], wrong)
    yield "list", rendered(form.pages[1])
    yield "list wrong", rendered(form.pages[1], rows)


PAGES = dict(pages())


@pytest.fixture(params=PAGES, ids=lambda name: name.replace(" ", "_"))
def tree(request):
    return PAGES[request.param][1]


def test_an_id_stands_once_in_a_page(tree):
    ids = Counter(tree.xpath("//@id"))
    assert [id for id, times in ids.items() if times > 1] == []


def test_every_box_has_a_label_that_names_it(tree):
    labelled = set(tree.xpath("//label/@for"))
    boxes = tree.xpath("//input[not(@type='hidden')] | //textarea | //select")
    assert boxes and {box.get("id") for box in boxes} == labelled


def test_every_description_is_there(tree):
    named = [id for ids in tree.xpath("//@aria-describedby") for id in ids.split()]
    assert set(named) <= set(tree.xpath("//@id"))


def test_every_radio_and_checkbox_stands_in_a_fieldset_with_a_legend(tree):
    for box in tree.xpath("//input[@type='radio' or @type='checkbox']"):
        fieldset = box.xpath("ancestor::fieldset[1]")
        assert fieldset and fieldset[0].xpath("./legend")[0].text_content().strip()


def test_every_problem_links_to_something_that_is_there(tree):
    links = tree.xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href")
    assert {link.removeprefix("#") for link in links} <= set(tree.xpath("//@id"))


def test_nothing_stands_there_that_a_strict_page_would_refuse(tree):
    assert tree.xpath("//@style | //script | //@onclick") == []


def test_no_name_of_a_type_is_left_to_the_reader(tree):
    assert "None" not in tree.text_content() and "undefined" not in tree.text_content()


def test_pages_with_mistakes_show_a_summary_and_the_message_at_its_question():
    tree = PAGES["first wrong"][1]
    messages = [link.text_content().strip() for link in tree.xpath("//ul[contains(@class,'error-summary')]//a")]
    beside = [
        text.text_content().replace("Error:", "").strip()
        for text in tree.xpath("//p[contains(@class,'govuk-error-message')]")
    ]
    assert "Rooms must be a number, like 3" in messages
    assert "Born" not in messages
    assert sorted(messages) == sorted(beside)


def test_an_answer_that_is_html_is_shown_and_not_obeyed():
    html, tree = PAGES["first"]
    assert (
        "<script>" not in html
        and "<script>alert(1)</script> **not bold** [x](https://evil.example/)" in tree.text_content()
    )
    assert tree.xpath("//a[contains(@href, 'evil')]") == []
    assert tree.xpath("//a[@class='govuk-link']/@href") == ["https://larkmere.example/"]


def test_a_question_that_a_choice_reveals_stands_under_that_choice():
    tree = PAGES["first"][1]
    (choice,) = tree.xpath("//input[@name='contact' and @value='phone']")
    (revealed,) = tree.xpath(f"//div[@id='{choice.get('data-aria-controls')}']")
    assert revealed.xpath(".//textarea/@name") == ["best_time"]


def test_text_of_several_lines_in_a_revealed_box_comes_back_as_it_was_typed():
    form = everything()
    posted = {"contact": ["phone"], "best_time": ["Monday\n  not before 10\nTuesday"]}
    _, tree = rendered(form.pages[0], posted)
    assert tree.xpath("//textarea[@name='best_time']")[0].text.strip("\n") == "Monday\n  not before 10\nTuesday"


def test_the_first_button_of_a_form_with_rows_goes_on():
    tree = PAGES["list wrong"][1]
    first, *others = tree.xpath("//button")
    assert first.get("value") == "continue"
    assert [button.get("value") for button in others] == [
        *("remove:reports:0", "remove:reports:1", "add:reports", "continue", "save")
    ]


def test_rows_are_numbered_for_people():
    legends = [
        legend.text_content().strip()
        for legend in PAGES["list wrong"][1].xpath("//div[@class='app-repeat']/fieldset/legend")
    ]
    assert legends == ["Report 1", "Report 2"]


def test_only_the_wrong_boxes_of_a_date_are_marked():
    tree = PAGES["list wrong"][1]
    marked = tree.xpath("//input[contains(@class,'govuk-input--error')]/@id")
    assert [id for id in marked if id.startswith("reports.1.when")] == ["reports.1.when-month", "reports.1.when-year"]


def test_kept_files_can_be_taken_away():
    tree = PAGES["first"][1]
    assert tree.xpath("//input[@name='evidence-kept']/@value") == ["d1"]
    assert tree.xpath("//input[@name='evidence-remove']/@value") == ["d1"]


def test_no_asterisk_marks_a_question_and_optional_ones_say_so():
    labels = [label.text_content().strip() for label in PAGES["first"][1].xpath("//label | //legend")]
    assert "Email address (optional)" in labels and "Full name" in labels
    assert not any("*" in label for label in labels)


def test_the_page_to_check_answers_links_back_to_each_question():
    form = everything()
    kept = {"victim": {"name": "Tansy <b>Applegarth</b>"}, "kinds": ["council", "police"]}
    sections = summary.sections(form, kept, FACTS)
    html = CHECK.render(sections=sections, url=lambda number: f"/apply/{number}")
    tree = lxml.html.fromstring(html)
    assert "/apply/1#victim.name" in tree.xpath("//a/@href")
    assert "Tansy <b>Applegarth</b>" in tree.text_content() and not tree.xpath("//b")
    assert len(tree.xpath("//dd[contains(., 'Larkmere Council')]/br")) == 1


def test_answers_that_can_no_longer_be_changed_have_no_links():
    html = CHECK.render(sections=summary.sections(everything(), {}, FACTS), url=None)
    assert "<a" not in html
