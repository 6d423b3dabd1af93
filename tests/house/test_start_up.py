"""What stops a start: settings and drawings that cannot be used, each named so that somebody can mend it."""

import shutil

import pytest

from app import errors
from app.config import ROOT, Settings, check_may_serve, from_environment
from app.editor import folders as own
from app.editor import loading
from app.engine import library
from app.store import releases

BREAKS = {  # file: (what stands there, what somebody makes of it, the element, the reason)
    "review_case.bpmn": (
        '=timescale("appeal_window")',
        "some working days",
        "no_appeal",
        "‘some working days’ is not a time limit",
    ),
    "threshold.dmn": ("<text>3</text>", "<text>&gt;=</text>", "complaints_needed", "‘>=’ cannot be read"),
    "interview_applicant.form": ('"type": "radio"', '"type": "wheel"', "interview_result", "wheel"),
}


@pytest.fixture
def folders(tmp_path):
    """The drawings, tables and forms, to be broken."""
    for folder in own.KINDS:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def broken(folders, file):
    """The file, with what somebody made of it."""
    path = next(folders.rglob(file))
    stands, becomes, _, _ = BREAKS[file]
    text = path.read_text("utf-8")
    assert stands in text
    path.write_text(text.replace(stands, becomes, 1), "utf-8")


@pytest.mark.parametrize("file", BREAKS)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_file_that_cannot_be_used_is_named_with_element_and_reason_and_nothing_changes(
    file, partnership, folders, clock
):
    broken(folders, file)
    with pytest.raises(errors.DrawingBroken) as refused:
        loading.load(folders, by="tests", clock=clock)
    _, _, element, reason = BREAKS[file]
    named = [(p.file, p.element) for p in refused.value.problems if reason in p.says]
    assert named == [(file, element)]
    assert f"{file}: " in str(refused.value)
    assert releases.live().key == library.key_of(own.read(ROOT))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_form_and_a_drawing_that_cannot_be_used_are_named_together(partnership, folders, clock):
    both = {"review_case.bpmn", "interview_applicant.form"}
    for file in both:
        broken(folders, file)
    with pytest.raises(errors.DrawingBroken) as refused:
        loading.load(folders, by="tests", clock=clock)
    assert both <= {problem.file for problem in refused.value.problems}


@pytest.mark.parametrize(
    "environment",
    [
        {"TRIGGER_CHANNEL": "pigeon"},
        {"TRIGGER_SMTP_PORT": "many"},
        {"TRIGGER_IS_DEMO": "maybe"},
        {"TRIGGER_IS_DEMO": "yes", "TRIGGER_DATABASE_URL": "postgresql+psycopg://nowhere/none"},
    ],
    ids=lambda environment: "-".join(environment.values()).partition(":")[0],
)
def test_a_setting_that_cannot_be_used_is_named(environment):
    with pytest.raises(ValueError, match=next(iter(environment))):
        from_environment(environment)


def test_pages_are_not_served_without_a_secret_that_is_long_enough():
    with pytest.raises(ValueError, match="TRIGGER_SECRET_KEY"):
        check_may_serve(Settings(secret_key="short"))
