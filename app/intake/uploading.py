"""Files people send along: checked by name and by content, and put in quarantine.

A file is taken when its ending is on the list and its first bytes say the same. Nobody is given it back from here.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from app import errors
from app.clock import Clock
from app.forms.answers import Upload
from app.store import drafts
from app.store.rows.drafts import Document
from app.store.transactions import transaction

LARGEST = 20 * 1024 * 1024  # bytes
MOST = 10  # files of one application
LONGEST_NAME = 120  # characters
_UNSAFE = re.compile(r"[^\w .()\-]+")
TAKEN = "a photo (JPG or PNG), a PDF, a Word file (DOCX), a text (TXT), a sound (MP3 or M4A) or a video (MP4)"


@dataclass(frozen=True)
class Sent:
    """A file as it came: the name the browser gave, and its bytes."""

    name: str
    content: bytes


def keep(field: str, files: Sequence[Sent], there: int, clock: Clock) -> tuple[list[Upload], dict[str, str]]:
    """Keep the files that can be taken; ``there`` is how many stand already.

    Gives what was kept, and {field: what to do about it} for the rest.
    """
    kept: list[Upload] = []
    says = ""
    for file in files:
        try:
            if there + len(kept) >= MOST:
                raise errors.Refused({field: f"You can add {MOST} files. Remove one to add another"})
            kept.append(_keep(field, file, clock))
        except errors.Refused as refused:
            says = says or refused.problems[field]
    return kept, {field: says} if says else {}


def remove(ids: Iterable[UUID]) -> None:
    """Delete files that were taken out again before anything was sent."""
    with transaction():
        drafts.drop_documents(list(ids))


def clean_name(name: str) -> str:
    """A file's name without folders and signs that mean something elsewhere; its ending stays."""
    base = _UNSAFE.sub("_", re.split(r"[/\\]", name)[-1]).strip(" .") or "file"
    stem, dot, ending = base.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending[:10]}" if dot else base[:LONGEST_NAME]


def _keep(field: str, file: Sent, clock: Clock) -> Upload:
    name = clean_name(file.name)
    if len(file.content) > LARGEST:
        raise errors.Refused({field: f"‘{name}’ is too large. A file can be up to 20 MB"})
    if not file.content:
        raise errors.Refused({field: f"‘{name}’ is empty"})
    if not is_allowed(name, file.content):
        raise errors.Refused({field: f"We cannot take ‘{name}’. Choose {TAKEN}"})
    document = Document(id=uuid4(), name=name, size=len(file.content), content=file.content, uploaded_at=clock())
    with transaction():
        drafts.add(document)
    return Upload(document.id.hex, name, document.size)


def is_allowed(name: str, content: bytes) -> bool:
    """Whether the ending is one we take, and the content begins as a file of that kind does."""
    ending = name.rpartition(".")[2].lower()
    begins = {
        "jpg": content.startswith(b"\xff\xd8\xff"),
        "jpeg": content.startswith(b"\xff\xd8\xff"),
        "png": content.startswith(b"\x89PNG\r\n\x1a\n"),
        "pdf": content.startswith(b"%PDF-"),
        "mp3": content.startswith(b"ID3") or _is_mpeg_frame(content),
        "mp4": content[4:8] == b"ftyp",
        "m4a": content[4:8] == b"ftyp",
        "docx": content.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in content and b"word/" in content,
        "txt": _is_text(content),
    }
    return begins.get(ending, False)


def _is_mpeg_frame(content: bytes) -> bool:
    """Eleven bits set: how a frame of MPEG sound begins (ISO/IEC 11172-3)."""
    return len(content) > 1 and content[0] == 0xFF and content[1] & 0xE0 == 0xE0


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
