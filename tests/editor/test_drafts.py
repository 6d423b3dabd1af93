"""Drafts: every save is kept, nothing is overwritten unseen, and publishing takes two."""

import pytest

from app import errors
from app.cases import access, procedures
from app.config import ROOT
from app.editor import bundles, commenting, drafts, loading, proposing
from app.editor.drafts import NEW
from app.store import people, releases, releasing

FORM = b'{"id": "hello", "type": "default", "title": "Hello", "components": []}'
NAME = "hello.form"
GOOD = b"""{"id": "hello", "type": "default", "title": "Hello", "components":
 [{"type": "textfield", "id": "a", "key": "hello.name", "label": "Who is it?"}]}"""


@pytest.fixture
def colleagues(partnership):
    """Three people, with a procedure that is live."""
    mails = ("marigold@larkmere.example", "horatio@larkmere.example", "basil@larkmere.example")
    return [access.who(people.by_email(mail)) for mail in mails]


@pytest.fixture
def draft(colleagues, clock):
    return drafts.begin("Ask for less", colleagues[0], clock=clock)


def write(draft, who, clock, seen=NEW, text=FORM, name=NAME):
    return drafts.save(draft.id, {name: text}, who, seen={name: seen}, clock=clock)


def test_a_draft_begins_as_the_live_release(draft):
    assert drafts.content(draft) == releases.files(releases.live().key)
    assert drafts.changed(draft) == {}


def test_a_draft_needs_a_title(colleagues, clock):
    with pytest.raises(errors.Refused) as refused:
        drafts.begin("  ", colleagues[0], clock=clock)
    assert set(refused.value.problems) == {"title"}


def test_every_save_is_kept_and_can_be_brought_back(draft, colleagues, clock):
    one = write(draft, colleagues[0], clock)
    two = write(draft, colleagues[1], clock, seen=one.hashes[NAME], text=FORM + b"\n")
    assert [save.number for save, _ in releasing.saves(draft.id)] == [2, 1]
    assert drafts.file(draft, NAME, 1) == FORM
    assert drafts.changed(draft) == {NAME: "added"}
    drafts.restore(draft.id, 1, colleagues[0], clock=clock)
    assert drafts.file(draft, NAME) == FORM and draft.number == two.number + 1
    drafts.restore(draft.id, 0, colleagues[0], clock=clock)
    assert drafts.changed(draft) == {}
    assert drafts.file(draft, NAME, 2) == FORM + b"\n", "what was saved stays saved"


def test_what_changes_nothing_makes_no_save(draft, colleagues, clock):
    one = write(draft, colleagues[0], clock)
    assert write(draft, colleagues[0], clock).number == one.number == 1


def test_nobody_overwrites_what_somebody_else_saved(draft, colleagues, clock):
    write(draft, colleagues[0], clock)
    clock.pass_(minutes=5)
    with pytest.raises(errors.SavedMeanwhile) as told:
        write(draft, colleagues[1], clock, text=b"{}")
    assert (told.value.file, told.value.by) == (NAME, "Marigold Swift")
    assert drafts.file(draft, NAME) == FORM


def test_two_files_do_not_get_in_each_others_way(draft, colleagues, clock):
    write(draft, colleagues[0], clock)
    write(draft, colleagues[1], clock, name="other.form")
    assert drafts.changed(draft) == {NAME: "added", "other.form": "added"}


def test_who_has_a_file_open_is_known_while_their_page_says_so(draft, colleagues, clock):
    assert drafts.edits(draft.id, NAME, colleagues[0], clock=clock) == []
    clock.pass_(seconds=60)
    assert [one.by for one in drafts.edits(draft.id, NAME, colleagues[1], clock=clock)] == ["Marigold Swift"]
    assert drafts.edits(draft.id, "other.form", colleagues[1], clock=clock) == []
    clock.pass_(seconds=60)
    assert drafts.edits(draft.id, NAME, colleagues[1], clock=clock) == []
    drafts.stops_editing(draft.id, NAME, colleagues[1])
    assert drafts.edits(draft.id, NAME, colleagues[0], clock=clock) == []


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("Hello.form", FORM, "small letters"),
        ("../hello.form", FORM, "small letters"),
        ("hello.py", b"", "small letters"),
        ("hello.form", b"\xff\xfe", "not text"),
        ("hello.form", b"[" * 100_000, "not JSON"),
        ("hello.form", b'{"a":' * 70 + b"{}" + b"}" * 70, "levels deep"),
        ("hello.form", b"[]", "no JSON object"),
        ("hello.bpmn", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCTYPE"),
        ("hello.bpmn", b"no drawing", "XML"),
        ("hello.letter", b"a\0b", "NUL"),
        ("hello.form", b" " * 2_000_001, "larger than 2 MB"),
    ],
)
def test_what_may_not_be_kept_is_refused_with_its_reason(draft, colleagues, clock, name, content, says):
    with pytest.raises(errors.DrawingBroken, match=says):
        write(draft, colleagues[0], clock, text=content, name=name)
    assert draft.number == 0


def test_what_was_published_meanwhile_is_taken_in(draft, colleagues, clock):
    write(draft, colleagues[0], clock)
    live = releases.files(releases.live().key)
    touched = next(name for name in live if name.endswith(".dmn"))
    clock.pass_(hours=1)
    now = live | {touched: live[touched] + b"\n", "new.form": GOOD.replace(b'"hello"', b'"new"')}
    procedures.publish(now, by="tests", note="", clock=clock)
    found = drafts.behind(draft)
    assert set(found.theirs) == {touched, "new.form"} and found.both == ()
    with pytest.raises(errors.Refused):
        proposing.hand_in(draft.id, "It is shorter.", colleagues[0], clock=clock)
    drafts.catch_up(draft.id, colleagues[0], clock=clock)
    assert drafts.behind(draft) is None
    assert drafts.changed(draft) == {NAME: "added"}
    assert drafts.content(draft) == now | {NAME: FORM}


@pytest.fixture
def handed_in(draft, colleagues, clock):
    write(draft, colleagues[0], clock, text=GOOD)
    proposing.hand_in(draft.id, "A form that greets.", colleagues[0], clock=clock)
    return draft


def test_publishing_takes_somebody_who_took_no_part(handed_in, colleagues, clock):
    before = releases.live().key
    with pytest.raises(errors.NotAllowed):
        proposing.approve(handed_in.id, "Good.", colleagues[0], clock=clock)
    assert releases.live().key == before
    clock.pass_(minutes=1)
    key = proposing.approve(handed_in.id, "It is clear.", colleagues[1], clock=clock)
    live = releases.live()
    assert (live.key, live.published_by, live.note, live.draft_id) == (
        key,
        "Horatio Plume",
        "Ask for less",
        handed_in.id,
    )
    assert releases.files(key)[NAME] == GOOD
    assert handed_in.state == "published"


def test_what_the_partnership_published_is_not_taken_back_by_the_folders(handed_in, colleagues, clock):
    key = proposing.approve(handed_in.id, "It is clear.", colleagues[1], clock=clock)
    assert loading.load(ROOT, by="the system", clock=clock) == key


def test_a_draft_that_was_handed_in_cannot_be_changed_until_it_is_open_again(handed_in, colleagues, clock):
    with pytest.raises(errors.CaseMovedOn):
        write(handed_in, colleagues[0], clock, name="more.form")
    proposing.send_back(handed_in.id, "Say who greets.", colleagues[1], clock=clock)
    write(handed_in, colleagues[0], clock, name="more.form", text=GOOD.replace(b'"hello"', b'"more"'))
    with pytest.raises(errors.CaseMovedOn):
        proposing.approve(handed_in.id, "Good.", colleagues[1], clock=clock)


def test_only_who_took_part_takes_a_draft_back(handed_in, colleagues, clock):
    with pytest.raises(errors.NotAllowed):
        proposing.take_back(handed_in.id, colleagues[1], clock=clock)
    proposing.take_back(handed_in.id, colleagues[0], clock=clock)
    assert handed_in.state == "open"


def test_what_changes_nothing_or_cannot_be_executed_is_not_handed_in(draft, colleagues, clock):
    with pytest.raises(errors.Refused) as refused:
        proposing.hand_in(draft.id, "Nothing.", colleagues[0], clock=clock)
    assert set(refused.value.problems) == {"draft"}
    write(draft, colleagues[0], clock)
    with pytest.raises(errors.DrawingBroken, match="asks nothing"):
        proposing.hand_in(draft.id, "A form without questions.", colleagues[0], clock=clock)


def test_an_earlier_release_comes_back_as_a_new_save(draft, handed_in, colleagues, clock):
    before = draft.based_on
    proposing.approve(handed_in.id, "It is clear.", colleagues[1], clock=clock)
    again = drafts.begin("Back to before", colleagues[0], clock=clock)
    drafts.take_over(again.id, before, colleagues[0], clock=clock)
    assert drafts.changed(again) == {NAME: "removed"}


def test_comments_stay_and_are_dealt_with(draft, colleagues, clock):
    said = commenting.say(
        draft.id, "asb_case_review.bpmn", "note_application", "Who is this for?", colleagues[1], clock=clock
    )
    commenting.deal_with(draft.id, said.id, colleagues[0], clock=clock)
    (kept,) = releasing.comments(draft.id, "asb_case_review.bpmn")
    assert (kept.by, kept.text, kept.resolved_by) == ("Horatio Plume", "Who is this for?", "Marigold Swift")
    with pytest.raises(errors.NotFound):
        commenting.say(draft.id, "nothing.bpmn", "", "Where?", colleagues[1], clock=clock)


def test_a_release_goes_out_as_a_zip_and_comes_back_the_same(draft):
    content = drafts.content(draft)
    assert bundles.unpack(bundles.pack(content)) == content
    assert bundles.pack(content) == bundles.pack(dict(reversed(content.items())))
