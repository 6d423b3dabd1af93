"""A decision table changed row by row with ordinary forms, tried, and kept with its test rows."""

import pytest

from app.drawing import decisions, tabling
from app.editor import drafts
from tests.web import studio
from tests.web.studio import SENIOR, form_to, said, upload

FILE, TABLE = "risk_band.dmn", "risk_band"


@pytest.fixture
def table(draft):
    """The address of the table."""
    return f"{draft}/files/{FILE}/tables/{TABLE}"


def content(draft, name=FILE):
    return drafts.file(studio.kept(draft), name)


def kept(draft, name=FILE):
    return decisions.read(content(draft, name), name)[0]


def press(person, page, action, row):
    """Press the button for one row."""
    for form in page.forms:
        button = form.find(f".//button[@value='{action}']")
        if button is not None and form.fields.get("row") == str(row):
            return person.fill(form, button=action)
    raise AssertionError(f"no button for {action} on row {row}")


def test_a_row_is_changed_and_the_file_keeps_the_rest(owner, table, draft):
    before = kept(draft)
    page = owner.get(f"{table}/rows/8")
    page = owner.fill(form_to(page, "/rows/8"), {"cell.0": "[16..", "note": "Agreed in May."})
    assert owner.status == 422 and "cannot be read" in said(owner, page)
    assert page.find(".//input[@name='cell.0']").get("value") == "[16.."  # nothing typed is lost
    owner.fill(form_to(page, "/rows/8"), {"cell.0": "[14..27]"})
    after = kept(draft)
    assert after.rules[7].tests[0] == "[14..27]" and after.rules[7].note == "Agreed in May."
    assert after.rules[:7] + after.rules[8:] == before.rules[:7] + before.rules[8:]
    assert b"DMNShape" in content(draft)


def test_rows_are_moved_copied_added_and_taken_away(owner, table, draft):
    ids = [rule.id for rule in kept(draft).rules]
    page = press(owner, owner.get(table), "down", 0)
    assert [rule.id for rule in kept(draft).rules][:2] == [ids[1], ids[0]]
    page = press(owner, page, "copy", 0)
    assert kept(draft).rules[1].tests == kept(draft).rules[0].tests
    page = press(owner, page, "add", 1)
    assert set(kept(draft).rules[2].tests) == {"-"}
    assert "never used" in said(owner, page)  # an empty row takes what stands below it
    page = press(owner, page, "remove", 2)
    press(owner, page, "remove", 1)
    assert len(kept(draft).rules) == len(ids)


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(owner, table, draft):
    old = owner.get(f"{table}/rows/8")
    press(owner, owner.get(table), "remove", 0)
    page = owner.fill(form_to(old, "/rows/8"), {"cell.0": "1"})
    assert owner.status == 409 and "Look at the table as it is now" in said(owner, page)


def test_which_rows_count_is_chosen_from_sentences(owner, table, draft):
    page = owner.get(table)
    assert "If two rows fit the same case, the case stops" in said(owner, page)
    form = next(form for form in page.forms if "policy" in form.fields)
    page = owner.fill(form, {"policy": "UNIQUE"})
    assert kept(draft).hit_policy == "UNIQUE" and "both fit when" in said(owner, page)


def test_a_column_is_added_renamed_and_taken_away(owner, table, draft):
    page = owner.get(f"{table}/columns")
    form = next(form for form in page.forms if "type" in form.fields)
    page = owner.fill(form, {"label": "Pets", "fact": "1 +", "type": "boolean"}, button="add")
    assert owner.status == 422
    form = next(form for form in page.forms if "type" in form.fields)
    page = owner.fill(form, {"fact": "risk.pets", "type": "boolean"}, button="add")
    assert (kept(draft).inputs[-1].expression, kept(draft).inputs[-1].type) == ("risk.pets", "boolean")
    form = next(f for f in page.forms if f.fields.get("column") == "7" and f.fields.get("kind") == "input")
    page = owner.fill(form, {"label": "Animals"}, button="change")
    assert kept(draft).inputs[-1].label == "Animals"
    form = next(f for f in page.forms if f.fields.get("column") == "7" and f.fields.get("kind") == "input")
    owner.fill(form, button="remove")
    assert len(kept(draft).inputs) == 7 and all(len(rule.tests) == 7 for rule in kept(draft).rules)


def test_a_table_is_tried_and_a_test_row_is_kept_and_told_when_it_fails(owner, table, draft):
    page = owner.get(table)
    page = owner.fill(form_to(page, "/try#tried"), {"given.0": "20", "given.6": "high"})
    assert "Rows 6, 8 fit" in said(owner, page)
    page = owner.fill(form_to(page, "/try#tried"), button="keep")
    (test,) = tabling.tested(content(draft), FILE, TABLE)
    assert test.given[0] == "20" and test.given[6] == '"high"' and test.expected[0] == '"high"'
    page = press(owner, page, "remove", 5)
    assert "Test row 1:" in said(owner, page) and 'we expected "high"' in said(owner, page)
    assert 'got "medium"' in said(owner, page)
    press(owner, page, "drop", 0)
    assert not tabling.tested(content(draft), FILE, TABLE)


def test_a_table_is_begun_from_nothing(owner, draft):
    page = owner.get(f"{draft}/new")
    page = owner.fill(form_to(page, "/new/table"), {"called": "Which team answers"})
    assert owner.status == 200 and owner.path.endswith("/which_team_answers.dmn")
    made = kept(draft, "which_team_answers.dmn")
    assert (len(made.inputs), len(made.outputs), len(made.rules)) == (1, 1, 1)


def test_who_does_not_own_the_process_reads_and_tries_but_changes_nothing(owner, table, counter):
    counter.sign_in(SENIOR)
    page = counter.get(table)
    assert counter.status == 200 and not page.findall(".//button[@value='remove']")
    counter.get(f"{table}/rows/1")
    assert counter.status == 403


def test_rows_and_tables_that_are_not_there_are_not_found(owner, table, draft):
    for address in (f"{table}/rows/99", f"{table}x", f"{draft}/files/read_information.form/table-editor"):
        owner.get(address)
        assert owner.status == 404


HOSTILE = b"""<?xml version="1.0"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
 namespace="urn:x"><decision id="bomb" name="&lt;script&gt;alert(1)&lt;/script&gt;"><extensionElements>
<t:testRow xmlns:t="urn:trigger:tables" given="%s" expected="[]"/></extensionElements>
<decisionTable id="l" hitPolicy="UNIQUE">%s<output id="o" name="bomb.way"/>%s</decisionTable></decision></definitions>"""


def test_a_table_of_thousands_of_cells_and_a_bomb_in_its_test_rows_do_no_harm(owner, draft):
    asked = b"".join(
        b'<input id="i%d"><inputExpression><text>__proto__%d</text></inputExpression></input>' % (n, n)
        for n in range(30)
    )
    cells = b"".join(b"<inputEntry><text>[%d..99]</text></inputEntry>" % n for n in range(30))
    rows = b"<rule>%s<outputEntry><text>1</text></outputEntry></rule>" % cells * 200
    upload(owner, draft, "bomb.dmn", HOSTILE % (b"[" * 50_000, asked, rows))
    page = owner.get(f"{draft}/files/bomb.dmn/tables/bomb")
    assert owner.status == 200 and "<script>alert(1)</script>" in said(owner, page)  # as words
    assert not [one for one in page.iter("script") if "alert" in (one.text or "")]
