"""What tests of the drawing office share: its people, a form, finding and filling what stands on a page."""

import io
import re
from uuid import UUID

from app.store import releasing

OWNER, OTHER, SENIOR = "linnet@larkmere.example", "marigold@larkmere.example", "horatio@larkmere.example"
FORM = {
    "id": "offer_mediation",
    "type": "default",
    "title": "Offer mediation",
    "components": [{"type": "textfield", "id": "a", "key": "mediation.offer", "label": "What do you offer?"}],
}


def form_to(page, end):
    """The form that goes to an address with this end."""
    return next(form for form in page.forms if (form.action or "").endswith(end))


def link(page, *words):
    """Where the first link leads that says all of these words."""
    links = page.iter("a")
    return next(one.get("href") for one in links if all(word in " ".join(one.text_content().split()) for word in words))


def said(person, page):
    """The words of the main part of a page."""
    return person.words(page.find(".//main"))


def upload(person, draft, name, content):
    """Bring a file into a draft."""
    return person.post(f"{draft}/files", {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def begin(person, title="Offer mediation"):
    """Begin a draft; gives its address."""
    person.fill(form_to(person.get("/studio"), "/studio/drafts"), {"title": title})
    return person.path


def kept(address):
    """The draft at an address."""
    return releasing.draft(UUID(re.search(r"[0-9a-f-]{36}", address)[0]))
