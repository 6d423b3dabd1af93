"""What a page shows, ready to be written: every text filled in, every value as it stands in its box.

The macros of ``templates/forms/questions.html`` read these and decide nothing. Invariant: ``name`` is both the
name and the id of a question's first box, as it stands in ``Submission.problems``.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """One box of a date or time: day, month, year, time."""

    name: str  # the part
    label: str
    value: str
    wrong: bool
    autocomplete: str = ""


@dataclass(frozen=True)
class Choice:
    """One answer to choose, with the questions that choosing it reveals."""

    value: str
    label: str
    hint: str = ""
    chosen: bool = False
    reveals: tuple["Question", ...] = ()


@dataclass(frozen=True)
class File:
    """A file that is kept already."""

    id: str
    name: str
    size: str  # as people say it


@dataclass(frozen=True)
class Row:
    """One row of a dynamic list, numbered from 1 for people (``Report 1``); ``index`` counts from 0."""

    index: int
    legend: str
    questions: tuple["Question", ...]
    marks: tuple[str, ...] = ()  # sent along, so that the kept row is found again


@dataclass(frozen=True)
class Question:
    """One thing on a page.

    ``kind`` is one of text, separator, group, shown, table (to read); input, textarea, date, time, radios,
    checkboxes, select, files (to answer); list (rows of questions). What a kind does not need is empty.
    """

    kind: str
    name: str = ""
    label: str = ""
    hint: str = ""
    error: str = ""
    value: str = ""
    html: str = ""  # safe, from the author's Markdown
    boxes: tuple[Box, ...] = ()
    choices: tuple[Choice, ...] = ()
    questions: tuple["Question", ...] = ()
    rows: tuple[Row, ...] = ()
    files: tuple[File, ...] = ()
    heads: tuple[str, ...] = ()  # of a table
    cells: tuple[tuple[str, ...], ...] = ()
    input_type: str = "text"
    inputmode: str = ""
    autocomplete: str = ""
    width: str = ""  # characters: 2, 3, 4, 5, 10, 20 or 30
    prefix: str = ""
    suffix: str = ""
    most_characters: int = 0  # with a count beside the box
    accept: str = ""
    multiple: bool = False
    legend_hidden: bool = False
    row_name: str = ""  # what a row is called inside a sentence: ``report``
    can_add: bool = False
    can_remove: bool = False
