"""How a letter gets on its sheet: values as people say them, nothing harmful on the way, and an end to all work."""

import re
import time

import pytest
from lxml import html

from app import errors
from app.forms.letters import library, own
from app.notify import languages, letters
from tests.processes.test_letters import GIVEN

HOME = "https://larkmere.example"
SECONDS = 10  # in which anything is written or refused, also on a busy machine
HARM = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def written(body, facts=None, head="", language=None, **more):
    """A letter made of a body alone, with nothing at its end."""
    text = f"subject: Any\nending: none\n{head}\n{body}"
    files = {**own.letters(), "any": library.read(text.encode(), "any.letter")}
    values = GIVEN | {"facts": facts or {}, "dates": {}, "public_url": HOME, "language": language} | more
    return letters.write("any", values, files)


def body_of(letter):
    """The HTML between the greeting and the farewell."""
    return letter.html.partition("<p>Hello</p>")[2].partition("<p>Yours")[0].strip()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2026-03-06", "Friday 6\xa0March"),
        ("2026-03-06T10:00", "Friday 6\xa0March at 10am"),
        ("2026-13-06", "2026-13-06"),
        (True, "yes"),
        (3, "3"),
        (2.5, "2.5"),
        (["a", "b", "c"], "a, b and c"),
        ([], ""),
        (None, ""),
        ({"a": 1}, ""),
        ("one\ntwo", "one<br>\ntwo"),
    ],
)
def test_values_are_written_as_people_say_them(value, said):
    assert body_of(written("It is: ((x)).", {"x": value})) == f"<p>It is: {said}.</p>"


def test_values_are_written_in_the_language_of_the_letter():
    letter = written("", language=languages.FRENCH)
    assert letter.subject == "Any"  # not translated
    files = {**own.letters(), "any": library.read(b"subject: A\n\nA", "any.letter")}
    files["any.fr"] = library.read(b"subject: B\n\nLe ((x)), ((y))", "any.fr.letter")
    values = GIVEN | {"facts": {"x": "2026-03-06T10:00", "y": ["a", "b"]}, "dates": {}, "language": languages.FRENCH}
    assert "Le vendredi 6 mars à 10:00, a et b" in letters.write("any", values, files).html


def test_markdown_is_written_and_what_is_not_known_leaves_no_trace():
    body = "# One\nWe will:\n- **do** ((x))\n- ((y))\n\n((y))\n\nBe **((y))**.\n\n> ((x))\n\n[here](https://a.example)"
    shown = " ".join(body_of(written(body, {"x": "it"})).split())
    assert shown == (
        '<h2>One</h2> <p>We will:</p> <ul class="app-plain"> <li><strong>do</strong> it</li> </ul> <p>Be .</p> '
        '<blockquote> <p>it</p> </blockquote> <p><a href="https://a.example" rel="noopener noreferrer">here</a></p>'
    )


def test_a_table_can_be_read_on_a_phone():
    body = "## Plan\n| What | Who |\n|---|---|\n((for a in rows))\n| ((a.what)) | ((named(a.who))) |\n((end))"
    rows = [{"what": "a | b", "who": "thistledown_homes"}, {"what": "c", "who": "nhs"}]
    table = html.fromstring(written(body, {"rows": rows}).html).find(".//table")
    assert table.get("aria-label") == "Plan"
    assert [cell.text for cell in table.iterfind("tbody/tr/th")] == ["a | b", "c"]
    assert [(c.text, c.get("data-label")) for c in table.iterfind("tbody/tr/td")] == [
        ("Thistledown Homes", "Who"),
        ("NHS", "Who"),
    ]


def test_a_card_stands_out():
    assert '<div class="app-card app-card--now">\n<p>Short</p>\n</div>' in written("((card))\nShort\n((end))").html


@pytest.mark.parametrize(
    "facts",
    [
        {"x": HARM},
        {"x": "[a](javascript:alert(1))"},
        {"x": "# Title"},
        {"x": "- a\n- b"},
        {"x": "| a | b |\n|---|---|\n| 1 | 2 |"},
        {"x": "((case.reference))"},
        {"x": "{{ 7 * 7 }}{% raw %}"},
        {"x": "\ue0000\ue001\ue002"},
        {"x": "&lt;b&gt; \u0002wzxhzdk:0\u0003"},
        {"x": "```\ncode\n```"},
    ],
)
@pytest.mark.parametrize("body", ["((x))", "- ((x))", "| a |\n|---|\n| ((x)) |", "> ((x))", "**((x))**", "## ((x))"])
def test_what_somebody_wrote_stays_text(facts, body):
    shown = html.fromstring(f"<div>{body_of(written(body, facts))}</div>")
    assert shown.xpath("//script | //img | //a | //h1 | //code | //pre") == []
    assert len(shown.xpath("//ul/li")) <= 1 and len(shown.xpath("//th | //td")) <= 2
    plain = re.sub("[\ue000-\ue002\x02\x03]", "", facts["x"])
    assert re.sub("[\x02\x03]", "", " ".join(shown.text_content().split())).endswith(" ".join(plain.split()))


@pytest.mark.parametrize(
    ("body", "facts"),
    [
        (f"Hello {HARM}", {}),
        ("[here](javascript:alert(1)) <a href='javascript:alert(1)' onclick='x()'>a</a>", {}),
        ("[here](((x)))", {"x": "javascript:alert(1)"}),
        ("[here](((x)))", {"x": "https://a.example\" onclick='alert(1)"}),
        ("<style>p{display:none}</style><iframe src='https://a.example'></iframe><form><input></form>", {}),
        ("<div class='app-card'><svg onload=alert(1)></svg></div>", {}),
        ("![x](https://a.example/pixel.png)", {}),
        ("[a]: javascript:alert(1)\n\n[a]", {}),
    ],
)
def test_a_hostile_letter_is_harmless(body, facts):
    shown = html.fromstring(f"<div>{body_of(written(body, facts))}</div>")
    assert {element.tag for element in shown.iter()} <= {"div", "p", "a"}
    for link in shown.iter("a"):
        assert set(link.attrib) <= {"href", "rel"}
        assert not link.get("href", "").startswith("javascript")


@pytest.mark.parametrize(
    ("body", "facts"),
    [
        ("((for a in x))((for b in x))((for c in x))((a))((b))((c))((end))((end))((end))", {"x": list(range(300))}),
        ("((for a in x))((a))((end))", {"x": list(range(5_000))}),
        ("((for a in x))((y))((end))", {"x": list(range(1_000)), "y": "long " * 1_000}),
        ("((count(for a in 1..2000, b in 1..2000 return a)))", {}),
        ("((passage: loop))", {}),
        ("((passage: nothing))", {}),
        ("((passage: update))", {}),
    ],
)
def test_a_letter_without_end_is_not_written(body, facts):
    files = {**own.letters(), "loop": library.read(b"title: Loop\n\n((passage: loop))", "loop.letter")}
    files["any"] = library.read(f"subject: Any\n\n{body}".encode(), "any.letter")
    started = time.monotonic()
    with pytest.raises(errors.CannotGoOn):
        letters.write("any", GIVEN | {"facts": facts, "dates": {}}, files)
    assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize(
    "body",
    ["*" * 3_900, "[" * 3_900, "[](" * 1_300, "`" * 3_900, "_a" * 1_900, "<a " * 1_300, "**a*" * 900, "&" * 3_900]
    + [
        (f"{'[a](' * 900}\n") * 7,
        ("<!--" * 900 + "\n") * 7,
        ("| a " * 900 + "\n") * 7,
        ("*a **b " * 500 + "\n") * 7,
    ]
    + ["\n".join(f"{'  ' * n}- a" for n in range(20)), "1. a\n" * 5_800, "> a\n" * 7_000, "## a\n" * 5_900],
    ids=range(16),
)
def test_markdown_that_is_hard_to_read_is_read_in_time_or_refused(body):
    started = time.monotonic()
    try:
        written(body)
    except errors.CaseworkError:
        pass
    assert time.monotonic() - started < SECONDS


def test_only_an_address_of_ours_becomes_a_link_by_itself():
    facts = {"theirs": "https://evil.example/x", "like_ours": f"{HOME}.evil.example/x", "ours": f"{HOME}/track"}
    shown = html.fromstring(written("((theirs)) ((like_ours)) ((ours))", facts).html)
    assert [link.get("href") for link in shown.iter("a")] == [f"{HOME}/track"]


def test_a_letter_may_say_who_is_addressed_how_it_greets_and_what_a_text_message_may_say():
    head = "name: ((tenant.name))\ntext: Call us about ((case.reference)).\n"
    letter = written("Hello", {"tenant": {"name": "Ash"}, "victim": {"name": "Tansy"}}, head)
    assert "Dear Ash" in letter.html and "Tansy" not in letter.html
    assert letter.text == "Call us about CT-2026-0031."
    assert (
        "Good day Ash"
        in written("Hello", {"tenant": {"name": "Ash"}}, f"{head}greeting: Good day ((tenant.name))\n").html
    )


def test_where_the_one_addressed_is_not_known_nobody_else_is_named():
    letter = written("Hello", {"victim": {"name": "Tansy"}}, "name: ((tenant.name))\n")
    assert "Tansy" not in letter.html and "<p>Hello</p>" in letter.html


def test_a_letter_to_both_comes_to_each_on_their_own_sheet():
    body = "((if recipient.is_colleague))To us((else))To you((end))"
    to_victim = written(body, {"victim": {"name": "Tansy"}}, "to: both\n")
    to_police = written(
        body, {"victim": {"name": "Tansy"}}, "to: both\n", recipient={"key": "police", "name": "Police"}
    )
    assert "Dear Tansy" in to_victim.html and "To you" in to_victim.html and to_victim.text
    assert "Dear colleague" in to_police.html and "Tansy" not in to_police.html and not to_police.text


def test_the_facts_that_a_letter_used_are_known_afterwards():
    body = "((if a.b))((a.c))((else))((a.d))((end))((for r in rows))((r.x))((end))((partnership.name))((dates.panel))"
    used = written(body, {"a": {"b": "yes"}, "rows": [{"x": 1}]}, "name: ((recipient.name))\n").used
    assert used == {"a.b": "yes", "a.c": None, "rows": [{"x": 1}], "rows[].x": 1, "dates.panel": None}
