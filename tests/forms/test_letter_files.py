"""Letter files: what partners write is read once, and each thing that is wrong is told with its line."""

import time

import pytest

from app.errors import DrawingBroken
from app.forms.letters import asked, library, own
from app.forms.letters.parts import BOTH, Card, Choice, Each, Fact, Passage, Words

HEAD = "subject: How it goes\n\n"
SECONDS = 10  # in which anything is read or refused, also on a busy machine


def read(text, file="any.letter"):
    return library.read(text.encode(), file)


def told(text):
    """What is wrong with a file: {line: words}."""
    with pytest.raises(DrawingBroken) as broken:
        read(text)
    assert {problem.file for problem in broken.value.problems} == {"any.letter"}
    return {problem.element: problem.says for problem in broken.value.problems}


def test_a_letter_has_a_head_and_a_body_with_facts():
    letter = read("subject: Case ((case.reference))\nto: both\nending: none\n\nHello ((victim.name)).\n")
    assert letter.head == {"subject": (Words("Case "), Fact("case.reference", 1), Words("\n"))}
    assert (letter.to, letter.ending, letter.is_passage) == (BOTH, "none", False)
    assert letter.body == (Words("Hello "), Fact("victim.name", 5), Words(".\n"))


def test_conditions_rows_cards_and_passages_are_read_where_they_stand():
    body = "((card))\nA\n((end))\n((if a))\nB\n((else if b > 1))\nC\n((else))\nD\n((end))\n"
    card, choice, each, passage, _ = read(
        f"{HEAD}{body}((for row in rows))\n- ((row.x))\n((end))\n((passage: rights))"
    ).body
    assert card == Card((Words("A\n"),))
    assert [(way.condition, way.line, way.inside) for way in choice.ways] == [
        ("a", 6, (Words("B\n"),)),
        ("b > 1", 8, (Words("C\n"),)),
        ("", 10, (Words("D\n"),)),
    ]
    assert isinstance(choice, Choice)
    assert each == Each("row", "rows", 13, (Words("- "), Fact("row.x", 14), Words("\n")))
    assert passage == Passage("rights", 16)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("((count(reports)))", "count(reports)"),
        ('((either(a.name, "))")))', 'either(a.name, "))")'),
        ("((“word”))", '"word"'),
        ("((if a then b else c))", "if a then b else c"),
        ("(((a)))", "a"),
        ("[here](((a)))", "a"),
        ("((one.for.agency))", "one.for.agency"),
    ],
)
def test_an_expression_ends_where_its_own_brackets_do(text, source):
    assert [part.source for part, _ in read(HEAD + text).every if isinstance(part, Fact)][-1] == source


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("subject: A\nno head\n\nHello", "line 2", "‘no head’ is no line of the head of a letter. Expected one of"),
        ("to: person\n\nHello", "line 1", "A letter begins with ‘subject:’"),
        ("subject: A\nsubject: B\n\nHello", "line 2", "‘subject:’ stands there twice."),
        ("subject: A\ntitle: B\n\nHello", "line 1", "Leave one of them out."),
        ("subject:\n\nHello", "line 1", "The subject is empty."),
        ("subject: A\nto: everybody\n\nHello", "line 1", "Expected ‘person’, ‘colleague’ or ‘both’."),
        ("subject: A\nending: What?\n\nHello", "line 1", "Expected the name of a passage, or ‘none’."),
        (HEAD + "One\n((case.reference", "line 4", "Expected ‘))’ on the same line."),
        (HEAD + "((case.))", "line 3", "cannot be read. Expected the name of an entry"),
        (HEAD + "((shout(a)))", "line 3", "There is no function ‘shout’."),
        (HEAD + "(())", "line 3", "Nothing stands between the brackets."),
        (HEAD + "((if a))\nHello", "line 3", "‘((if a))’ is not closed. Expected ‘((end))’ further down."),
        (HEAD + "((end))", "line 3", "‘((end))’ closes nothing."),
        (HEAD + "((else))", "line 3", "‘((else))’ stands in no ‘((if …))’."),
        (HEAD + "((if a))\n((else))\n((else))\n((end))", "line 5", "comes after ‘((else))’"),
        (HEAD + "((for rows))\n((end))", "line 3", "Expected ((for row in list))"),
        (HEAD + "((for a.b in rows))\n((end))", "line 3", "Expected ((for row in list))"),
        (HEAD + "((passage: ../../secrets))", "line 3", "cannot be a passage."),
        (HEAD + "((if a))" * 12 + "((end))" * 12, "line 3", "stand within each other"),
        (HEAD + "> " * 9 + "deep", "line 3", "levels deep"),
        (HEAD + "- " * 9 + "deep", "line 3", "levels deep"),
        (HEAD + "x" * 5_000, "line 3", "more than 4,000 characters"),
        (HEAD + "a \ue000 b", "line 3", "a character that cannot be shown"),
        (HEAD + "((a))" * 1_001, "", "more than 1,000 pieces in double brackets"),
        ("x" * 70_000, "", "more than 30,000 characters"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_was_expected(text, line, says):
    started = time.monotonic()
    assert says in told(text)[line]
    assert time.monotonic() - started < SECONDS


def test_everything_that_is_wrong_is_told_at_once():
    assert list(told("to: x\n\n((end))\n((a.))\n((if b))\n")) == ["line 1", "line 3", "line 5", "line 4"]


def test_what_is_no_text_is_refused():
    with pytest.raises(DrawingBroken):
        library.read(b"\xff\xfe", "any.letter")


def test_a_letter_says_which_facts_and_passages_it_asks_for():
    text = "((for r in reports))((r.what))((for w in r.who))((w.name))((end))((end))((item.x))((passage: p))"
    letter = read(HEAD + text)
    assert [one.path for one in asked.facts(letter)] == [
        "reports",
        "reports[].what",
        "reports[].who",
        "reports[].who[].name",
        "item.x",
    ]
    assert asked.passages(letter) == {"p": 3}


def test_a_release_has_its_own_letters_first_and_those_of_the_product_where_it_has_none():
    theirs = library.read_all({"update.letter": b"subject: Ours\n\nHello", "a.form": b"{}"})
    assert list(theirs) == ["update"]
    assert own.beside(theirs)["update"] is theirs["update"]
    assert own.beside(theirs)["refusal"] is own.letters()["refusal"]
