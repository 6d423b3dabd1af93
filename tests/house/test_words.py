"""Words: none that we do not say, and nothing that names the place where this was made."""

import json
import re

import pytest

from app.config import PREFIX
from tests.house.tree import ROOT, document, documents, files

MARKUP = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)
QUOTED = re.compile(r"\b(?:alt|title|placeholder|aria-label|value|content)=\"([^\"{]*)\"")
NEVER_SAID = sorted(set(re.findall(r"\*\*([^*]+)\*\*", document("docs/glossary.md"))) - {"bold"})
SAID_ON_PURPOSE = {("home.html", "Community Trigger")}  # where people look for it by that name
READ_BY_PEOPLE = [*sorted((ROOT / "app").rglob("*.html")), *sorted((ROOT / "forms").glob("*.form"))]
SHOWN = ("label", "description", "text", "errorRequired", "errorMin", "errorMax", "patternErrorMessage")
WORKPLACE = ["/" + "work/", "far" + "m-", "proto" + "types"]
REGISTRIES = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".", "registry" + ".npm"]
OF_GOV_UK = ("1d70b8", "GDS Transport", "@font-face", "crown")


def visible(path):
    """What somebody reads of a template or a form."""
    text = path.read_text("utf-8")
    if path.suffix == ".form":
        return "\n".join(_shown(json.loads(text)))
    return MARKUP.sub(" ", text) + "\n".join(QUOTED.findall(re.sub(r"<(input|button|meta)\b[^>]*>", "", text)))


def _shown(part, name=""):
    if isinstance(part, dict):
        for key, value in part.items():
            yield from _shown(value, key)
    elif isinstance(part, list):
        for value in part:
            yield from _shown(value, name)
    elif isinstance(part, str) and name in SHOWN:
        yield part


def test_the_glossary_says_what_not_to_say():
    assert {"perpetrator", "please", "workflow"} <= set(NEVER_SAID)


@pytest.mark.parametrize("path", READ_BY_PEOPLE, ids=lambda path: path.name)
def test_what_people_read_has_no_word_that_we_do_not_say(path):
    text = visible(path)
    said = {word for word in NEVER_SAID if re.search(rf"\b{re.escape(word)}s?\b", text, re.IGNORECASE)}
    assert not {word for word in said if (path.name, word) not in SAID_ON_PURPOSE}


def test_every_word_of_ours_stands_in_the_glossary_once():
    words = [line.split("|")[1].strip() for line in document("docs/glossary.md").splitlines() if line.startswith("| ")]
    words = [word for word in words if word != "word"]
    assert len(words) > 50
    assert sorted(words) == sorted(set(words))


@pytest.fixture(scope="module")
def standing():
    """Every word that stands in code, drawings, tables, forms and settings, and the name of every file."""
    kept = [path for path in files() if path.suffix != ".md"]
    return {word for path in kept for word in re.findall(r"\w+", f"{path.read_text('utf-8')} {path.relative_to(ROOT)}")}


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_name_in_a_document_stands_somewhere(path, standing):
    named = re.findall(r"`([A-Za-z_][\w.]*)`", path.read_text("utf-8"))
    named = [word.removeprefix(PREFIX).lower() if word.startswith(PREFIX) else word for word in named]
    assert not [word for word in named if not {part for part in word.split(".") if part} <= standing]


@pytest.mark.parametrize("word", [*WORKPLACE, *REGISTRIES])
def test_nothing_names_the_place_where_this_was_made(word):
    found = [path.relative_to(ROOT).as_posix() for path in files() if word in path.read_text("utf-8")]
    assert not found


@pytest.mark.parametrize("word", OF_GOV_UK)
def test_the_built_style_sheet_has_nothing_that_belongs_to_gov_uk(word):
    built = sorted((ROOT / "app" / "web" / "static").glob("public-*.css"))
    assert built, "run `make setup`: the front end is not built"
    assert not [path.name for path in built if word.lower() in path.read_text("utf-8").lower()]
