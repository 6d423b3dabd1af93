"""A form of a draft as people will see it; hostile forms are refused with a reason, or do no harm."""

import json

import pytest

from app.forms.parts import SUPPORTED
from tests.web.studio import FORM, form_to, link, said, upload


def made(**more):
    question = {**FORM["components"][0], **more}
    return json.dumps({**FORM, "components": [question]}).encode()


def test_a_form_is_seen_and_checked_as_people_will_meet_it(counter, draft):
    upload(counter, draft, "offer_mediation.form", made(validate={"required": True}))
    page = counter.get(f"{draft}/files/offer_mediation.form/preview")
    assert "What do you offer?" in said(counter, page) and "Nothing that you type here is kept" in said(counter, page)
    form = form_to(page, "/preview?page=1")
    page = counter.fill(form)
    assert counter.status == 422 and page.find(".//*[@class='govuk-error-summary__title']") is not None
    page = counter.fill(form_to(page, "/preview?page=1"), {"mediation.offer": "A talk"})
    assert counter.status == 200 and "would be accepted" in said(counter, page)


def test_content_that_is_not_saved_is_shown_as_people_will_see_it(counter, draft):
    address = f"{draft}/files/read_information.form/design"
    before = counter.get(f"{draft}/files/read_information.form")
    shown = counter.client.post(f"{address}/preview", json={"content": made(label="Is <b>it</b> safe?").decode()}).json
    assert "Is &lt;b&gt;it&lt;/b&gt; safe? (optional)" in shown["html"] and shown["says"] == ""
    late = {**FORM["components"][0], "id": "b", "key": "mediation.when", "label": "When?"}
    late["conditional"] = {"hide": "=mediation.agreed != true"}
    content = {**FORM, "components": [FORM["components"][0], late]}
    shown = counter.client.post(f"{address}/preview", json={"content": json.dumps(content)}).json
    assert "Shown only when their condition lets them: ‘When?’" in " ".join(shown["html"].split())
    for bad in ("", "{", made(label="").decode(), json.dumps({**FORM, "components": [{"type": "html"}]})):
        shown = counter.client.post(f"{address}/preview", json={"content": bad}).json
        assert shown["html"] == "" and "until what is wrong with it is mended" in shown["says"]
    assert said(counter, counter.get(f"{draft}/files/read_information.form")) == said(counter, before)


def test_the_designer_offers_what_our_pages_show_and_the_facts_that_are_known(counter, draft):
    page = counter.get(f"{draft}/files/read_information.form")
    assert link(page, "Design the form").endswith("/read_information.form/design")
    counter.get(link(page, "Design the form"))
    assert "style-src-attr 'unsafe-inline'" in counter.response.headers["Content-Security-Policy"]
    offered = counter.client.get(f"{draft}/files/read_information.form/design/catalogue").json
    assert {one["type"] for one in offered["kinds"]} == SUPPORTED - {"taglist", "spacer", "button"}
    assert {"information_read.done", "risk.band", "agencies"} <= set(offered["facts"])  # a form, a table, the system
    assert offered["facts"] == sorted(set(offered["facts"])) and "" not in offered["facts"]
    counter.get(f"{draft}/files/threshold.dmn/design")
    assert counter.status == 404


def test_pages_and_files_that_are_not_there_are_not_found(counter, draft):
    for end in (
        "read_information.form/preview?page=99",
        "threshold.dmn/preview",
        "read_information.form/preview?page=x",
    ):
        counter.get(f"{draft}/files/{end}")
        assert counter.status == 404


def test_script_in_words_is_shown_as_words(counter, draft):
    text = {"type": "text", "id": "t", "text": "# Hello\n<script>alert(1)</script><img src=x onerror=alert(1)>"}
    bad = {**FORM, "components": [text, {**FORM["components"][0], "label": "<script>alert(1)</script>"}]}
    upload(counter, draft, "offer_mediation.form", json.dumps(bad).encode())
    page = counter.get(f"{draft}/files/offer_mediation.form/preview")
    assert counter.status == 200
    assert not [one for one in page.iter("script") if "alert" in (one.text or "")]
    assert not page.xpath("//*[@onerror]")


@pytest.mark.parametrize(
    "content",
    [
        b'{"components": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"components": ' + b"[" * 80 + b"]" * 80 + b"}",
        made(key="__proto__.polluted"),
        made(validate={"pattern": "(" * 5_000 + "a+" + ")+" * 5_000}),
        json.dumps({**FORM, "components": [FORM["components"][0]] * 5_000}).encode(),
        made(label="x" * 1_900_000),
    ],
    ids=["too deep to read", "too deep", "key", "pattern", "many", "large"],
)
def test_a_hostile_form_is_refused_with_a_reason_or_told_as_broken(counter, draft, content):
    page = upload(counter, draft, "offer_mediation.form", content)
    if counter.status == 200:
        is_broken = "nothing to mend" not in page.findtext(".//h1")
        counter.get(f"{draft}/files/offer_mediation.form/preview")
        assert counter.status == (404 if is_broken else 200)  # a key is a word like any other here
    else:
        assert counter.status == 422 and page.find(".//*[@class='govuk-error-summary__title']") is not None
