"""A partnership takes in its agencies and people from the command line, and lets people go."""

import pytest
from click.testing import CliRunner

from app.cli.commands import trigger
from app.store import people, sessions

PASSWORD = "correct horse battery"


@pytest.fixture
def run(partnership):
    def told(*words, **how):
        return CliRunner().invoke(trigger, ["people", *words], obj=lambda: partnership, **how)

    return told


def test_somebody_joins_an_agency_and_can_sign_in(run, partnership):
    assert run("agency", "fire", "Larkmere Fire Brigade", "asb@fire.larkmere.example").exit_code == 0
    words = ("add", "Ash Kindle", "ash@fire.larkmere.example", "--role", "Agencies", "--agency", "fire")
    assert run(*words, input=f"{PASSWORD}\n{PASSWORD}\n").exit_code == 0
    assert "fire" in {agency.key for agency in people.agencies(relevant_only=True)}
    entered = {"email": "ash@fire.larkmere.example", "password": PASSWORD}
    assert partnership.test_client().post("/sign-in", data=entered).location == "/tasks"


def test_who_leaves_is_locked_out_at_once(run, partnership):
    client = partnership.test_client()
    client.post("/sign-in", data={"email": "basil@larkmere.example", "password": "larkmere"})
    assert client.get("/cases").status_code == 200
    assert run("leave", "basil@larkmere.example").exit_code == 0
    sessions.end()  # each request of a server begins with a session of its own
    assert client.get("/cases").status_code == 303


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "A", "basil@larkmere.example", "--role", "Coordinator", "--password", PASSWORD), "is taken already"),
        (("add", "A", "a@x.example", "--role", "Wizard", "--password", PASSWORD), "There is no role ‘Wizard’"),
        (("add", "A", "a@x.example", "--role", "Agencies", "--agency", "no", "--password", PASSWORD), "no agency ‘no’"),
        (("add", "A", "a@x.example", "--role", "Coordinator", "--password", "short"), "at least 12 characters"),
        (("agency", "police", "Police", "p@x.example"), "is taken already"),
        (("leave", "nobody@x.example"), "Nobody has the address"),
    ],
)
def test_what_cannot_be_taken_is_said_in_words(run, words, says):
    found = run(*words)
    assert found.exit_code == 1 and says in found.output
