"""Small forms for the tests: each is the JSON that the form editor would write."""

import json
from datetime import date

from app.forms import library
from app.forms.parts import Form, Page

TODAY = date(2026, 3, 6)  # a Friday

BODIES = [{"value": "council", "label": "Larkmere Council"}, {"value": "police", "label": "The police"}]


def schema(*components, id="sample", **more):
    return {"type": "default", "schemaVersion": 19, "id": id, "components": list(components), **more}


def form(*components, **more) -> Form:
    return library.read(json.dumps(schema(*components, **more)), "sample.form")


def page(*components) -> Page:
    return form(group("Page", *components)).pages[0]


def group(label, *components, **more):
    return {
        "type": "group",
        "id": f"Group_{label}".replace(" ", "_"),
        "label": label,
        "components": list(components),
        **more,
    }


def ask(type, key="x", *, label="Thing", required=False, **more):
    validate = {"required": required, **more.pop("validate", {})}
    name = {"datetime": "timeLabel" if more.get("subtype") == "time" else "dateLabel"}.get(type, "label")
    place = "path" if type == "dynamiclist" else "key"
    return {"type": type, "id": f"Field_{key}", place: key, name: label, "validate": validate, **more}


def radio(key="x", *, values=BODIES, **more):
    return ask("radio", key, values=values, **more)


REPORTS = ask(
    "dynamiclist",
    "reports",
    label="What you reported",
    required=True,
    properties={"shortName": "report", "errorRequired": "Tell us about at least one report"},
    components=[
        ask("textarea", "what", label="What happened?", required=True, properties={"shortName": "what happened"}),
        ask(
            "datetime",
            "when",
            label="When did it happen?",
            properties={"shortName": "date it happened", "past": "true"},
        ),
        radio("told", label="Who did you tell?", values=[*BODIES, {"value": "other", "label": "Someone else"}]),
        ask("textfield", "who", label="Who else?", required=True, conditional={"hide": '=told != "other"'}),
        ask("filepicker", "photos", label="Photos", multiple=True, accept=".jpg,.png"),
    ],
)

EVERYTHING = schema(
    {"type": "text", "id": "Text_start", "text": "# Tell us what happened\nIt takes about 10 minutes."},
    group(
        "About {{victim.name}}",
        {
            "type": "text",
            "id": "Text_hello",
            "text": "You told us: **{{told}}**.\n\n- one\n- [two](https://larkmere.example/)",
        },
        ask("textfield", "victim.name", label="Full name", required=True, properties={"autocomplete": "name"}),
        ask(
            "textfield",
            "victim.email",
            label="Email address",
            description="For letters",
            validate={"validationType": "email"},
        ),
        ask("textfield", "victim.phone", label="Phone number", validate={"validationType": "phone"}),
        ask("textarea", "harm", label="How has it harmed you?", required=True, validate={"maxLength": 500}),
        ask("textarea", "notes", label="Notes"),
        ask("number", "rooms", label="Rooms", decimalDigits=0, validate={"min": 1, "max": 20}),
        ask("number", "cost", label="Cost", appearance={"prefixAdorner": "£"}),
        ask("datetime", "born", label="Date of birth", properties={"autocomplete": "bday"}),
        ask("datetime", "call", label="Time to call", subtype="time"),
        ask("datetime", "panel.held_at", label="Panel", subtype="datetime"),
        ask("checkbox", "agree", label="I agree", required=True, description="Read the notice first"),
        ask("checklist", "kinds", label="What is it?", values=BODIES),
        ask("taglist", "tags", label="Tags", values=BODIES),
        radio(
            "contact",
            label="How can we reach you?",
            values=[{"value": "phone", "label": "Phone"}, {"value": "letter", "label": "Letter"}],
        ),
        ask(
            "textarea",
            "best_time",
            label="When can we ring?",
            required=True,
            conditional={"hide": '=contact != "phone"'},
        ),
        ask("select", "area", label="Area", valuesKey="areas"),
        ask("filepicker", "evidence", label="Evidence", multiple=True, accept=".jpg,.pdf"),
        ask("textfield", "reference", label="Case reference", readonly=True),
        ask("expression", "score", label="Score", expression="=rooms + 1"),
        {"type": "separator", "id": "Separator_1"},
        {"type": "spacer", "id": "Spacer_1"},
        {
            "type": "table",
            "id": "Table_1",
            "label": "Reports so far",
            "dataSource": "=earlier",
            "columns": [{"key": "what", "label": "What"}, {"key": "on", "label": "When"}],
        },
        group("Access", ask("textfield", "key_safe", label="Key safe")),
        {"type": "button", "id": "Button_1", "label": "Go", "action": "submit"},
    ),
    group("Your reports", REPORTS),
)

FACTS = {
    "victim": {"name": "Barnaby Thistlewood"},
    "told": "<script>alert(1)</script> **not bold** [x](https://evil.example/)",
    "areas": ["North", {"value": "s", "label": "South"}],
    "reference": "LM-0042",
    "earlier": [{"what": "Shouting", "on": "2026-03-02"}],
    "evidence": [{"id": "d1", "name": "diary.pdf", "size": 340_000}],
}


def everything() -> Form:
    return library.read(json.dumps(EVERYTHING), "everything.form")
