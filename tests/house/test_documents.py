"""What is written about the house is true, and whole."""

import re
import tomllib
from dataclasses import fields

import pytest

from app.cli import demo
from app.cli.commands import trigger
from app.config import PREFIX, Settings
from tests.house.tree import CODE, LINK, ROOT, document, documents, modules, table_words

PLACES = ("app/", "docs/", "forms/", "frontend/", "processes/", "tests/")
ACTION = re.compile(r'"action": "(\w+)"')
RECORD = re.compile(r"\d{4}-[a-z][a-z-]*\.md")
RECORDS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PARTS = ("**Decision.**", "**Forces.**", "**What we gave up.**", "**Evidence.**", "**We would change our mind if**")
A_PAGE = 45  # lines


def test_every_setting_is_documented_and_no_other():
    named = {word for word in table_words(document("docs/operating.md")) if word.startswith(PREFIX)}
    assert named == {PREFIX + field.name.upper() for field in fields(Settings)}


@pytest.mark.parametrize("field", fields(Settings), ids=lambda field: field.name)
def test_a_documented_default_is_the_real_one(field):
    row = next(r for r in document("docs/operating.md").splitlines() if f"`{PREFIX}{field.name.upper()}`" in r)
    said = row.split("|")[2]
    if isinstance(field.default, bool):
        assert said.strip() == ("yes" if field.default else "no")
    elif field.name != "database_url":  # a path of the installation
        assert str(field.default) in said


def test_every_action_in_the_logs_is_documented():
    logged = {action for path, _ in modules() for action in ACTION.findall((ROOT / path).read_text("utf-8"))}
    assert logged
    assert logged <= table_words(document("docs/operating.md"))


def test_every_demo_person_stands_in_the_readme():
    missing = [who.name for who in demo.MEMBERS if f"| {who.name} | {who.email} |" not in document("README.md")]
    assert not missing
    assert f"`{demo.PASSWORD}`" in document("README.md")


def test_every_command_stands_on_its_page_and_those_of_the_readme_are_real():
    commands = {word for word in table_words(document("docs/commands.md")) if word.startswith("trigger ")}
    groups = {name: getattr(command, "commands", {}) for name, command in trigger.commands.items()}
    real = {f"trigger {name} {inner}" for name, group in groups.items() for inner in group}
    assert commands == real | {f"trigger {name}" for name, group in groups.items() if not group}
    named = {word for word in table_words(document("README.md")) if word.startswith("trigger ")}
    assert named and named <= commands


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(path):
    inside = [link for link in LINK.findall(path.read_text("utf-8")) if "://" not in link]
    assert not [link for link in inside if not (path.parent / link).exists()]


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_place_that_is_named_exists(path):
    named = [word for word in CODE.findall(path.read_text("utf-8")) if word.startswith(PLACES) and " " not in word]
    built = "app/web/static"
    assert not [word for word in named if not word.startswith(built) and not list(ROOT.glob(word.rstrip("/")))]


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_test_that_is_named_exists(path):
    tests = " ".join(p.read_text("utf-8") for p in (ROOT / "tests").rglob("*.py"))
    named = [word for word in CODE.findall(path.read_text("utf-8")) if re.fullmatch(r"test_\w+", word)]
    assert not [word for word in named if f"def {word}(" not in tests]


def test_decisions_are_numbered_from_one_without_a_gap():
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_decision_says_what_why_and_what_would_change_it_on_a_page(path):
    text = path.read_text("utf-8")
    assert RECORD.fullmatch(path.name)
    assert text.startswith(f"# {path.name[:4]} ")
    assert re.search(r"^\d{4}-\d{2}-\d{2}$", text, re.MULTILINE)
    assert [part for part in PARTS if part in text] == list(PARTS)
    assert len(text.splitlines()) <= A_PAGE


def test_the_readme_can_be_read_in_one_go():
    assert len(document("README.md").splitlines()) <= 130


def test_the_project_is_built_from_setup_cfg_alone():
    assert set(tomllib.loads(document("pyproject.toml"))) == {"build-system"}


def test_every_drawing_has_its_picture_and_its_outline():
    drawn = {path.stem for path in (ROOT / "processes").glob("*.bpmn")}
    shown = set(re.findall(r"images/drawings/(\w+)\.png", document("docs/drawings.md")))
    assert shown == drawn
    assert drawn <= {path.stem for path in (ROOT / "docs" / "outlines").glob("*.txt")}
