"""What we depend on: with a reason, within bounds, pinned, and from nowhere in particular."""

import json
import re

import pytest

from tests.house.tree import ROOT, document, requirements, table_words

NAME = re.compile(r"[\w.-]+")
LOCKS = ("requirements.lock", "requirements-dev.lock", "frontend/package-lock.json")
PACKAGE = json.loads(document("frontend/package.json"))
IN_THE_BROWSER = PACKAGE["dependencies"] | PACKAGE["devDependencies"]
WHOSE_LAST_NUMBER_IS_A_YEAR = {"regex", "tzdata"}  # they promise to stay compatible, and must be new


def names():
    return [NAME.match(line)[0] for line in requirements()]


@pytest.mark.parametrize("name", [*names(), *IN_THE_BROWSER])
def test_every_dependency_has_its_reason(name):
    assert name in document("docs/dependencies.md")


def test_every_reason_belongs_to_a_dependency():
    written = table_words(document("docs/dependencies.md")) - {"dependency"}
    assert written
    assert written <= {*names(), *IN_THE_BROWSER}


@pytest.mark.parametrize("line", requirements())
def test_every_dependency_has_bounds(line):
    if NAME.match(line)[0] in WHOSE_LAST_NUMBER_IS_A_YEAR:
        assert ">=" in line
    else:
        assert "==" in line or (">=" in line and ",<" in line)


@pytest.mark.parametrize("name", IN_THE_BROWSER)
def test_what_a_browser_is_sent_has_one_exact_version(name):
    assert re.fullmatch(r"\d+\.\d+\.\d+", IN_THE_BROWSER[name])


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address_and_no_place(name):
    assert not re.search(
        r"https?:|file:|index-url|find-links|\"resolved\"|(?<![\w+])/(home|root|tmp|srv)/", document(name)
    )


@pytest.mark.parametrize("name", LOCKS[:2])
def test_everything_in_a_python_lock_has_an_exact_version_and_hashes(name):
    pinned = re.findall(r"^(\S+?)(?:\[\S+\])?==\S+", document(name), re.MULTILINE)
    with_hashes = re.findall(r"^(\S+?)(?:\[\S+\])?==[^\n]*\\\n +--hash=sha256:", document(name), re.MULTILINE)
    assert pinned
    assert pinned == with_hashes


@pytest.mark.parametrize("name", names())
def test_every_dependency_is_pinned(name):
    normal = re.sub(r"[-_.]+", "-", name).lower()
    assert re.search(rf"^{normal}(\[\S+\])?==", document("requirements-dev.lock"), re.MULTILINE)


def test_no_package_of_npm_may_run_anything_when_it_is_installed():
    assert "ignore-scripts=true" in (ROOT / "frontend" / ".npmrc").read_text("utf-8").splitlines()
