"""A release as a zip file: what comes back is what went out, and what is hostile is refused with a reason."""

import io
import zipfile

import pytest

from app import errors
from app.editor import bundles

FORM = b'{"id": "hello"}'


def zipped(**entries):
    """A zip with these entries; ``__`` in a name stands for a dot, a content may be a number of zeros."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, b" " * content if isinstance(content, int) else content)
    return whole.getvalue()


def test_folders_do_not_matter_and_other_files_are_left_out():
    whole = zipped(**{"forms/hello.form": FORM, "README.md": b"Read me.", "deep/er/other.form": FORM})
    assert bundles.unpack(whole) == {"hello.form": FORM, "other.form": FORM}


def test_what_goes_out_stands_in_its_folder():
    whole = bundles.pack({"hello.form": FORM, "a.bpmn": b"<a/>", "b.letter": b"Hello"})
    names = zipfile.ZipFile(io.BytesIO(whole)).namelist()
    assert names == ["processes/a.bpmn", "forms/b.letter", "forms/hello.form"]


def test_a_path_out_of_the_folder_is_only_a_name():
    assert set(bundles.unpack(zipped(**{"../../etc/passwd.form": FORM, "C:\\temp\\other.form": FORM}))) == {
        "passwd.form",
        "other.form",
    }


@pytest.mark.parametrize(
    ("whole", "says"),
    [
        (b"no zip at all", "not a zip file"),
        (zipped(**{"hello.form": FORM})[:-30], "not a zip file"),
        (zipped(**{"README.md": b"Read me."}), "no drawing, table, form or letter"),
        (zipped(**{"a/hello.form": FORM, "b/hello.form": FORM}), "holds this name twice"),
        (zipped(**{"hello.form": 400_000_000}), "larger than 2 MB"),
        (zipped(**{f"a{n}.form": 1_999_999 for n in range(12)}), "larger than 20 MB together"),
        (zipped(**{f"a{n}.form": FORM for n in range(1_001)}), "more than 1,000 files"),
        (zipped(**{"Hello World.form": FORM}), "small letters"),
        (zipped(**{"hello.form": b"<script>"}), "not JSON"),
    ],
)
def test_what_is_hostile_is_refused_with_its_reason(whole, says):
    with pytest.raises(errors.DrawingBroken, match=says):
        bundles.unpack(whole)


def test_a_locked_zip_is_refused():
    whole = bytearray(zipped(**{"hello.form": FORM}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        whole[whole.index(mark) + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    with pytest.raises(errors.DrawingBroken, match="not a zip file that we can read"):
        bundles.unpack(bytes(whole))
