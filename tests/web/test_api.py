"""What programs read: tokens with scopes, pages that do not shift, nobody's name unless it is allowed."""

import json

import pytest
from click.testing import CliRunner
from openapi_spec_validator import validate

from app.cli.commands import trigger
from app.notify.webhooks import telling
from app.records.giving import shapes, tokens
from app.store import feed
from app.store.db import db
from app.store.rows.out import ApiToken
from tests.walks import stories

ADMIN = "marigold@larkmere.example"
WITHOUT_NAMES = [scope for scope in tokens.SCOPES if scope not in (tokens.NAMES, tokens.PEOPLE)]
NAMES = ("Tansy Applegarth", "Barnaby Thistlewood", "Lettice Quillfeather")


@pytest.fixture
def told(walk, clock):
    """Three cases that have just begun, one of them further on."""
    for name in NAMES:
        walk.apply(**stories.TANSY | {"victim": {"name": name}})
        clock.pass_(minutes=1)
    walk.do_all("acknowledge_application", "note_application")
    settle(walk)
    return walk


def settle(walk):
    """The worker has looked."""
    db.session.rollback()
    telling.sweep(walk.settings, walk.clock)
    assert feed.readable() == feed.newest()


class Program:
    """A program with a token."""

    def __init__(self, app, clock, scopes):
        self.client = app.test_client()
        self.row, self.secret = tokens.make("Power BI", scopes, 90, by="a test", clock=clock)

    def ask(self, path, **headers):
        response = self.client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {self.secret}", **headers})
        db.session.rollback()
        return response

    def every(self, path, limit):
        """Every record of a list, page after page by the links."""
        found, following = [], f"{path}?limit={limit}"
        while following:
            response = self.ask(following)
            assert response.status_code == 200, response.text
            found += response.json["items"]
            link = response.headers.get("Link", "")
            assert bool(link) == bool(response.json["next_cursor"])
            following = link.split(">")[0].partition("/api/v1/")[2]
        return found


@pytest.fixture
def program(told, app, clock):
    return Program(app, clock, WITHOUT_NAMES)


@pytest.fixture
def trusted(told, app, clock):
    return Program(app, clock, list(tokens.SCOPES))


@pytest.mark.parametrize("limit", [1, 2, 500])
def test_pages_of_any_size_give_every_row_once(program, rows, limit):
    wanted = {
        "cases": rows('select reference from "case" order by opened_at, id'),
        "tasks": rows("select id from task order by opened_at, id"),
        "limits": rows("select id from timer where key not like :near", near="%near"),
        "events": rows("select id from event order by id"),
        "agencies": rows("select key from agency order by key"),
    }
    for path in ("cases", "agencies") if limit == 1 else wanted:
        found = program.every(path, limit)
        assert len(found) == len(wanted[path])
        key = {"cases": "reference", "agencies": "key"}.get(path)
        if key:
            assert [(one[key],) for one in found] == wanted[path]
        assert len({json.dumps(one) for one in found}) == len(found)
        assert all(
            one.keys() == shapes.SHAPES[path[:-1].capitalize() if path != "agencies" else "Agency"].keys()
            for one in found
        )


def test_a_case_that_is_opened_meanwhile_shifts_no_page(program, told):
    first = program.ask("cases?limit=2").json
    told.apply(**stories.TANSY)
    second = program.ask(f"cases?limit=2&cursor={first['next_cursor']}").json
    assert [one["reference"] for one in first["items"] + second["items"]] == [f"CT-2026-000{n}" for n in range(1, 5)]


def test_since_gives_what_is_new(program, told, clock):
    since = clock().isoformat().replace("+00:00", "Z")
    clock.pass_(minutes=5)
    told.do("offer_support")
    settle(told)
    changed = program.ask(f"cases?since={since}").json["items"]
    assert [one["reference"] for one in changed] == ["CT-2026-0003"]
    kinds = {one["kind"] for one in program.ask(f"events?since={since}").json["items"]}
    assert "task_completed" in kinds and "case_opened" not in kinds


def test_no_name_is_given_without_its_scope(program, trusted, rows):
    staff = [name for (name,) in rows("select name from person")]
    given = "".join(program.ask(path).text for path in ("cases", "tasks", "limits", "events", "cases/CT-2026-0003"))
    assert not [name for name in (*NAMES, *staff, "Threats on the stairs") if name in given]
    assert [one["title"] for one in trusted.ask("cases").json["items"]] == list(NAMES)
    assert {"Basil Tamarind", "Horatio Plume"} <= {
        one["person"] for one in trusted.ask("events?limit=500").json["items"]
    }


def test_reading_names_or_a_whole_case_is_noted_in_the_case(program, trusted, rows):
    program.ask("cases")
    assert rows("select count(*) from reading") == [(0,)]
    assert program.ask("cases/CT-2026-0001").status_code == 200
    trusted.ask("cases?limit=2")
    noted = rows('select c.reference, r.name, r.page from reading r join "case" c on c.id = r.case_id order by r.id')
    assert noted == [
        ("CT-2026-0001", "the program Power BI", "API: the case"),
        ("CT-2026-0001", "the program Power BI", "API: list of cases with names"),
        ("CT-2026-0002", "the program Power BI", "API: list of cases with names"),
    ]


def test_a_page_takes_as_many_statements_for_one_record_as_for_all(trusted, statements):
    trusted.ask("cases?limit=1")  # notes once that the token was used
    for path in ("cases", "tasks", "limits", "events", "agencies"):
        counts = []
        for limit in (1, 500):
            with statements() as said:
                assert trusted.ask(f"{path}?limit={limit}").status_code == 200
            counts.append(len([one for one in said if not one.startswith(("BEGIN", "PRAGMA"))]))
        assert counts[0] == counts[1] <= 4, path


def test_an_answer_that_has_not_changed_is_not_sent_again(program, told):
    first = program.ask("tasks")
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = program.ask("tasks", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    told.do("offer_support")
    assert program.ask("tasks", **{"If-None-Match": first.headers["ETag"]}).status_code == 200


def problem_of(response, status):
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert response.json["status"] == status
    return response.json


def test_what_is_wrong_is_said_as_problem_json(program):
    for asked, field in (
        ("cases?cursor=abc", "cursor"),
        (f"tasks?cursor={program.ask('cases?limit=1').json['next_cursor'].strip('=')}x", "cursor"),
        ("cases?limit=0", "limit"),
        ("cases?limit=501", "limit"),
        ("cases?since=2026-03-02", "since"),
        ("cases?color=red", "color"),
    ):
        assert field in problem_of(program.ask(asked), 400)["errors"]
    problem_of(program.ask("cases/CT-1999-0001"), 404)
    problem_of(program.ask("people"), 404)
    response = program.client.post("/api/v1/cases", headers={"Authorization": f"Bearer {program.secret}"})
    problem_of(response, 405 if response.status_code == 405 else 400)


def test_a_cursor_of_one_list_opens_no_other(program):
    cursor = program.ask("cases?limit=1").json["next_cursor"]
    assert "cursor" in problem_of(program.ask(f"tasks?cursor={cursor}"), 400)["errors"]


def test_only_a_good_token_opens_anything_and_only_its_scopes(told, app, clock, rows):
    narrow = Program(app, clock, [tokens.TASKS])
    assert narrow.ask("tasks").status_code == 200
    assert tokens.CASES in problem_of(narrow.ask("cases"), 403)["detail"]
    problem_of(narrow.ask("cases/CT-2026-0001"), 403)
    for shown in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic abc"}):
        response = narrow.client.get("/api/v1/tasks", headers=shown)
        problem_of(response, 401)
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
    stored = rows("select hash, begins from api_token")[0]
    assert narrow.secret not in stored[0] and len(stored[1]) < 12
    tokens.revoke(narrow.row.id, by="a test", clock=clock)
    problem_of(narrow.ask("tasks"), 401)
    late = Program(app, clock, [tokens.TASKS])
    clock.pass_(days=90)
    problem_of(late.ask("tasks"), 401)


def test_when_a_token_was_last_used_is_noted_now_and_then(program, clock):
    program.ask("tasks")
    first = db.session.get(ApiToken, program.row.id, populate_existing=True).used_at
    clock.pass_(minutes=1)
    program.ask("tasks")
    assert db.session.get(ApiToken, program.row.id, populate_existing=True).used_at == first
    clock.pass_(minutes=5)
    program.ask("tasks")
    assert db.session.get(ApiToken, program.row.id, populate_existing=True).used_at == clock()


def test_a_training_case_is_not_there_for_programs(program, told, clock):
    from_training = told.case.reference
    db.session.execute(db.text(f"update \"case\" set virtual_at = opened_at where reference = '{from_training}'"))
    db.session.commit()
    problem_of(program.ask(f"cases/{from_training}"), 404)
    for path in ("cases", "tasks", "limits", "events"):
        assert from_training not in program.ask(f"{path}?limit=500").text


def test_the_description_is_openapi_and_says_what_answers_hold(program, app):
    document = app.test_client().get("/api/v1/openapi.json").json
    validate(document)
    assert document["openapi"] == "3.1.0"
    one = program.ask("cases/CT-2026-0001").json
    assert one.keys() == document["components"]["schemas"]["CaseWithWork"]["properties"].keys()
    served = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1")}
    assert len(document["paths"]) == len(served) - 1 + 4  # all lists are one rule, and the document is none


def test_an_administrator_makes_a_token_sees_it_once_and_ends_it(counter, told):
    counter.sign_in("basil@larkmere.example")
    counter.get("/admin/tokens")
    assert counter.status == 403
    counter.sign_in(ADMIN)
    page = counter.get("/admin/tokens")
    page = counter.fill(page.xpath("//main//form")[-1], {"name": ""})
    assert counter.status == 422
    page = counter.fill(page.xpath("//main//form")[-1], {"name": "Power BI", "scopes": [tokens.TASKS]})
    assert counter.status == 201
    secret = page.findtext(".//code")
    asked = {"Authorization": f"Bearer {secret}"}
    assert counter.client.get("/api/v1/tasks", headers=asked).status_code == 200
    page = counter.get("/admin/tokens")
    assert secret not in counter.response.text
    counter.fill(page.xpath("//main//form")[0])
    assert "opens nothing any more" in counter.response.text
    assert counter.client.get("/api/v1/tasks", headers=asked).status_code == 401


def test_the_page_for_people_explains_every_list(counter, told):
    counter.sign_in("basil@larkmere.example")
    page = counter.get("/api")
    said = counter.words(page)
    assert [one for one in shapes.EVENT if one not in said] == []
    assert all(scope in said for scope in tokens.SCOPES)


def test_the_commands_make_list_and_end_tokens(told, app):
    def run(*words):
        return CliRunner().invoke(trigger, ["token", *words], obj=lambda: app)

    secret = run("add", "Power BI", "--scope", tokens.CASES, "--by", "Marigold Swift").stdout.strip()
    assert app.test_client().get("/api/v1/cases", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    assert "cases:read" in run("list").output and secret not in run("list").output
    assert "Nothing was kept" in run("add", "X", "--scope", "all", "--by", "M").output
    run("revoke", run("list").output.split("\t")[0], "--by", "Marigold Swift")
    assert app.test_client().get("/api/v1/cases", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
