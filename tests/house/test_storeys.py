"""The import contracts: kept here, and each shown to break by one line in a copy of the house."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, setup

OFFENCES = {  # contract: (module that is added, its line, the import that the report must name)
    "storeys": ("app/tasks/offence.py", "import app.timers.firing", "app.tasks.offence -> app.timers.firing"),
    "no_circles": ("app/law/wording.py", "import app.law.offence", ".offence"),
    "spiff": ("app/web/offence.py", "import SpiffWorkflow", "app.web.offence -> SpiffWorkflow"),
    "flask": ("app/records/offence.py", "import flask", "app.records.offence -> flask"),
    "sql": ("app/status/offence.py", "import sqlalchemy", "app.status.offence -> sqlalchemy"),
    "pure": ("app/forms/offence.py", "import app.store.cases", "app.forms.offence -> app.store.cases"),
    "commit": (
        "app/timers/offence.py",
        "from app.store.transactions import transaction",
        "app.timers.offence -> app.store.transactions",
    ),
}
CONTRACTS = [section.rsplit(":", 1)[1] for section in setup().sections() if ":contract:" in section]
HEADING = re.compile(r"^(?P<name>.+)\n-+\n", re.MULTILINE)


def linted(folder):
    """What import-linter says about the house in ``folder``."""
    linter = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", linter], cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout


def name_of(contract):
    return setup()[f"importlinter:contract:{contract}"]["name"]


def copied(folder):
    """The house without what is built, in a folder of its own."""
    shutil.copytree(ROOT / "app", folder / "app", ignore=shutil.ignore_patterns("static", "__pycache__", "templates"))
    shutil.copy(ROOT / "setup.cfg", folder)
    return folder


@pytest.fixture(scope="module")
def broken_house(tmp_path_factory):
    """The report on a copy in which every contract has its offence."""
    folder = copied(tmp_path_factory.mktemp("house"))
    for place, line, _ in OFFENCES.values():
        with Path(folder, place).open("a", encoding="utf-8") as module:
            module.write(f"\n{line}\n")
    Path(folder, "app/law/offence.py").write_text("import app.law.wording\n", "utf-8")  # closes the circle
    return linted(folder)[1]


def test_every_contract_is_kept():
    code, report = linted(ROOT)
    assert code == 0, report


def test_every_contract_has_an_offence_that_breaks_it():
    assert set(CONTRACTS) == set(OFFENCES)


@pytest.mark.parametrize("contract", OFFENCES)
def test_one_line_breaks(contract, broken_house):
    assert f"{name_of(contract)} BROKEN" in broken_house
    begin = next(found.end() for found in HEADING.finditer(broken_house) if found["name"] == name_of(contract))
    following = HEADING.search(broken_house, begin)
    section = broken_house[begin : following.start() if following else None]
    named = OFFENCES[contract][2]
    assert named in section, section


def test_a_package_without_a_storey_is_refused(tmp_path):
    folder = copied(tmp_path)
    (folder / "app" / "shiny").mkdir()
    (folder / "app" / "shiny" / "__init__.py").write_text('"""Something new."""\n', "utf-8")
    code, report = linted(folder)
    assert code and "shiny" in report
