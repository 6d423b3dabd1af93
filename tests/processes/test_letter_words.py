"""What letters say and may say: short words, only facts that are meant for their reader, the same in every language."""

from datetime import date

import pytest
import textstat
from lxml import html

from app.forms.letters import library
from app.notify import languages, letters
from tests.processes import published, read_facts
from tests.processes.published import LETTER_NAMES, LETTERS, ON_REQUEST, PASSAGES, TRANSLATED
from tests.processes.test_letters import FOR_COLLEAGUES, GIVEN

ON_REQUEST_TO_COLLEAGUES = {"victim_said", "victim_support_said", "alarm", "answer_link", "feedback_call"}
TO_COLLEAGUES = sorted({*FOR_COLLEAGUES, *ON_REQUEST_TO_COLLEAGUES})
TO_VICTIMS = sorted({*LETTER_NAMES, *ON_REQUEST} - set(TO_COLLEAGUES))
AGE_11, AGE_12 = 6, 7  # the last school grade of the United States in which children are not older (Flesch–Kincaid)
ONE_TEXT = 160  # letters of the basic alphabet that one text message holds
TELLING = ("anti-social", "asb", "panel", "police", "review", "case", "victim", "appeal", "risk", "council")
DAY = date(2026, 8, 3)
PLAN = [
    {"kind": "action", "what": "We will fit a new lock.", "agency": "thistledown_homes", "due_on": "2026-08-03"},
    {"kind": "recommendation", "what": "Train the night team.", "agency": "council", "due_on": "2026-09-01"},
]
KNOWN = {
    "victim": {"name": "Tansy Applegarth", "preferred_name": "Tansy"},
    "contact_officer": {"name": "Basil Tamarind", "phone": "020 7946 0134", "deputy": "Juniper Wick"},
    "application": {"victim_support": "yes"},
    "threshold": {
        "qualifying": 2,
        "reasons": "You made two reports in time. The noise is hard to live with, but people came each time you called.",
        "complaints": [
            {
                "happened_on": "2026-01-05",
                "reported_on": "2026-03-06",
                "what": "Banging on the door at night.",
                "qualifies": False,
                "why": "It was not made within a month of the day it happened, or a day is not known.",
            }
        ],
    },
    "panel": {
        "held_at": "2026-07-24T10:00",
        "mode": "both",
        "place": "Room 2, Town Hall",
        "chair": "Clementine Dray",
        "chair_service": "Fire service",
        "not_invited_reason": "A court case is near, and what you say there must not be in doubt.",
    },
    "plan": {
        "findings_in_plain_words": "The council was slow to visit. The police did what they had to do.",
        "answer_to_victim": "You asked for a new lock first. We moved it to the top.",
        "review_on": "2026-08-28",
    },
    "agreed_actions": PLAN,
    "concern_acceptances": [
        {"for": {"agency": "nhs", "due_on": "2026-08-03"}, "concern": {"action": "We call you.", "person": "Ash Fen"}}
    ],
    "refusal": {"reasons": "You made two reports in time. People came each time you called."},
    "appeal": {
        "outcome": "upheld",
        "text": "You did not count my second report.",
        "reasons": "We counted it again. It was made too late.",
        "reviewer": "Horatio Plume",
        "tested": [{"ground": "A report was missed", "upheld": "no", "why": "It was made too late."}],
    },
    "elsewhere": {"where": "Call the Housing Ombudsman.", "why": "It is about your rent, and not about this review."},
    "closing": {"on": "2026-09-01", "why": "There were no reports for eight weeks."},
    "closure": {"reason": "stopped", "still_open": "Nobody."},
    "update": {"text": "We have asked the police and your landlord. Both have answered.", "next_on": "2026-08-10"},
    "late": {"reason": "Your landlord did not answer us.", "step": "extended", "new_day_on": "2026-08-03"},
    "risk": {"band": "high", "reason": "There was a threat last night."},
    "reports": [{}, {}],
}
MOVED = {"kind": "limit_extended", "name": "Hold the panel", "old": "2026-07-24", "new": "2026-08-03", "first": None}
ITEM = MOVED | {"reason": "The chair is ill.", "url": "https://larkmere.example/t", "limit": "2026-08-03"}
MILESTONES = "interview threshold panel outcome appeal appeal_window return_information confirm_reports safety_plan"

MEANT_FOR_VICTIMS = {
    "agreed_actions": "",
    "appeal": "directions onward_rights outcome reasons reviewer tested text",
    "appeal.tested[]": "ground upheld why",
    "application": "victim_support",
    "closing": "on why",
    "closure": "reason still_open",
    "concern_acceptances": "",
    "concern_acceptances[]": "concern for",
    "concern_acceptances[].concern": "action person",
    "concern_acceptances[].for": "agency due_on for_victim what",
    "contact_officer": "deputy name phone",
    "elsewhere": "where why",
    "late": "new_day_on reason step",
    "panel": "chair chair_service chair_service_other held_at mode not_invited_reason place",
    "plan": "answer_to_victim findings_in_plain_words recommendations_in_plain_words review_on",
    "progress": "decision reasons",
    "refusal": "appeal_note reasons",
    "reports": "",
    "risk": "band",
    "threshold": "complaints decided_by needed qualifying reasons",
    "update": "next_on text",
    "victim": "name preferred_name",
    "agreed_actions[]": "agency due_on for_victim what",
    "threshold.complaints[]": "happened_on qualifies reported_on what why",
    "item": "first kind name new old reason url",  # a time limit that moved; a new link
}
FIELDS = {f"{topic}.{field}" for topic, fields in MEANT_FOR_VICTIMS.items() for field in fields.split()}
ALLOWED = FIELDS | set(MEANT_FOR_VICTIMS)


def values(facts, language=None, **more):
    """What a letter is given. A letter to colleagues goes to the police."""
    given = {"public_url": "https://larkmere.example", "item": ITEM, "language": language, "facts": facts}
    return GIVEN | {"dates": dict.fromkeys(MILESTONES.split(), DAY)} | given | more


def prose(written):
    """The sentences of a letter: each paragraph, row and entry of a list ends with a full stop."""
    found = [" ".join(e.text_content().split()) for e in html.fromstring(written).iter("p", "li", "td", "th")]
    return " ".join(text.rstrip(".:,") + "." for text in found if text)


def grade(text):
    """The school grade at which a text can be read: Flesch–Kincaid, see textstat."""
    return textstat.flesch_kincaid_grade(text)


@pytest.mark.parametrize("facts", [{}, KNOWN], ids=["nothing known", "all known"])
@pytest.mark.parametrize("name", TO_VICTIMS)
def test_a_letter_to_a_victim_can_be_read_at_eleven(name, facts):
    assert grade(prose(letters.write(name, values(facts), LETTERS).html)) <= AGE_11


@pytest.mark.parametrize("facts", [{}, KNOWN], ids=["nothing known", "all known"])
@pytest.mark.parametrize("name", TO_COLLEAGUES)
def test_a_letter_to_colleagues_can_be_read_at_twelve(name, facts):
    police = {"key": "police", "name": "Larkmere Police"}
    assert grade(prose(letters.write(name, values(facts, recipient=police), LETTERS).html)) <= AGE_12


@pytest.mark.parametrize("key", ["application_received", "appeal_received"])
def test_what_the_public_is_asked_can_be_read_at_eleven(key):
    said = [
        str(part.get(name) or "").rstrip(".?:")
        for part in published.components(published.form(key))
        for name in ("label", "description", "text")
    ]
    assert grade(". ".join(text for text in said if text and "{{" not in text)) <= AGE_11


def test_long_words_in_long_sentences_are_told_from_plain_ones():
    assert grade("Notwithstanding the aforementioned considerations, applicability remains undetermined.") > AGE_12
    assert grade("We will call you. You can tell us what you need.") < AGE_11


@pytest.mark.parametrize("name", [*TO_VICTIMS, *TRANSLATED, *PASSAGES])
def test_a_letter_to_a_victim_uses_no_fact_that_is_not_meant_for_them(name):
    """Invariant I16: neither the health nor the criminal record of whom it is about, nor notes of the staff."""
    found = {path for path in read_facts.of_letter(name) if not f"{path}.".startswith("dates.")}
    assert found - ALLOWED == set()


def test_every_fact_that_is_meant_for_victims_is_used_in_a_letter_to_them():
    used = read_facts.of_sheet().union(*(read_facts.of_letter(name) for name in [*TO_VICTIMS, *PASSAGES]))
    assert FIELDS - used == set()


def test_a_fact_is_found_on_every_way_of_a_letter():
    body = (
        "((if panel.x = 1))((for a in panel.rows))((either(a.health, 2)))((end))((else))((panel.closed_notes))((end))"
    )
    found = read_facts.of_file(library.read(f"subject: Any\n\n{body}".encode(), "any.letter"))
    assert found == {"panel.x", "panel.rows", "panel.rows[].health", "panel.closed_notes"}


@pytest.mark.parametrize("name", TO_VICTIMS)
@pytest.mark.parametrize("language", [None, *languages.LANGUAGES], ids=lambda one: one.code if one else "en")
def test_a_letter_to_a_victim_has_a_short_form_that_tells_nobody_anything(name, language):
    text = letters.write(name, values(KNOWN, language), LETTERS).text
    assert "CT-2026-0031" in text
    assert "020 7946 0120" in text
    assert len(text) <= ONE_TEXT
    assert not [word for word in TELLING if word in text.lower()]
    assert "Applegarth" not in text


@pytest.mark.parametrize("name", TO_COLLEAGUES)
def test_a_letter_to_colleagues_has_no_short_form(name):
    assert (
        letters.write(name, values(KNOWN, recipient={"key": "police", "name": "Larkmere Police"}), LETTERS).text == ""
    )


@pytest.mark.parametrize("name", TRANSLATED)
@pytest.mark.parametrize("facts", [{}, KNOWN], ids=["nothing known", "all known"])
def test_a_translation_uses_the_same_facts_as_the_english_letter(name, facts):
    english, _, code = name.partition(".")
    assert code in {language.code for language in languages.LANGUAGES}
    used = [letters.write(each, values(facts), LETTERS).used for each in (name, english)]
    assert used[0] == used[1]


def test_a_letter_in_another_language_has_its_english_below():
    language = languages.chosen("Français")
    letter = letters.write("acknowledgement", values(KNOWN, language), LETTERS)
    sheets = html.fragments_fromstring(letter.html)
    assert [(sheet.get("lang"), sheet.get("dir")) for sheet in sheets] == [("fr", "ltr"), ("en-GB", "ltr")]
    assert [sheet.xpath("string(.//h1)") for sheet in sheets] == [letter.subject, ""]
    assert letter.subject == "Nous avons reçu votre demande"
    assert "au plus tard le lundi 3 août" in " ".join(sheets[0].text_content().split())
    assert "by Monday 3" in " ".join(sheets[1].text_content().split())


def test_a_letter_that_is_not_translated_is_in_english():
    assert letters.write("update", values(KNOWN, languages.FRENCH), LETTERS).subject == "How your case is going"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("French", "fr"),
        ("français", "fr"),
        ("FRANCAIS, with an interpreter", "fr"),
        ("I speak Portuguese and some English", "pt"),
        ("português", "pt"),
        ("English or French", ""),
        ("English", ""),
        ("Frenchay Road", ""),
        ("Klingon", ""),
        ("", ""),
        (None, ""),
        (["French"], ""),
    ],
)
def test_a_language_is_found_in_what_somebody_wrote(said, code):
    language = languages.chosen(said)
    assert (language.code if language else "") == code
