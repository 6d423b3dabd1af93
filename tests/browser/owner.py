"""What a process owner does in the drawing office with ordinary forms: forms, tables, letters and drawings in words."""

import re

from playwright.sync_api import Browser

from tests.browser.serving import watched
from tests.browser.watching import Watched

Answers = dict[str, str | bool]
APPROVER = "marigold@larkmere.example"


class Owner:
    """A process owner with a draft, at a browser."""

    def __init__(self, person: Watched, draft: str) -> None:
        self.person, self.draft = person, draft

    def open(self, path: str) -> None:
        """A page of the draft."""
        self.person.open(f"{self.draft}{path}")

    def follow(self, *words: str) -> None:
        """Follow the first link that says all of these words."""
        found = self.person.page.locator("main a")
        for word in words:
            found = found.filter(has_text=re.compile(re.escape(word)))
        found.first.click()
        self.person.page.wait_for_load_state()

    def send(self, button: str, answers: Answers) -> None:
        """Fill the page in and press its button; it has to be taken."""
        self.person.answer(answers)
        self.person.press(button)
        assert not self.person.problems, (self.person.page.url, self.person.problems)

    def form(self, title: str, first: Answers, *others: tuple[str, Answers], file: str) -> None:
        """A form: its first question, which is some lines of text, and others with the kind of each."""
        self.open("/new")
        self.send("Begin the form", {"title": title})
        self.follow("Change", "What was done")
        self.send("Save this", first)
        for kind, answers in others:
            self.follow("Add something at the end")
            self.send("Continue", {"kind": kind})
            self.send("Add it", answers)
        assert f"/files/{file}.form/" in self.person.page.url

    def inside(self, page: str, *questions: tuple[str, Answers]) -> None:
        """Questions on a page of the form that is open, in this order."""
        for kind, answers in reversed(questions):
            self.follow("Add a question in it", page)
            self.send("Continue", {"kind": kind})
            self.send("Add it", answers)

    def table(self, called: str, *, file: str) -> None:
        """A decision table with one question, one answer and one row."""
        self.open("/new")
        self.send("Begin the table", {"called": called})
        assert self.person.page.url.endswith(f"/files/{file}")
        self.follow("row by row")

    def columns(self, *questions: tuple[str, str], answer: tuple[str, str]) -> None:
        """What the table that is open asks, and what it answers, each with the fact behind it."""
        self.follow("Change the questions and answers")
        for at, (label, fact) in {"input0": questions[0], "output0": answer}.items():
            self.person.page.locator("details", has=self.person.page.locator(f"#{at}-label")).locator("summary").click()
            for end, words in (("label", label), ("fact", fact)):
                self.person.page.locator(f"#{at}-{end}").fill(words)
            self.person.page.locator("form", has=self.person.page.locator(f"#{at}-label")).locator(
                "button[value=change]"
            ).click()
            self.person.page.wait_for_load_state()
        for label, fact in questions[1:]:
            form = self.person.page.locator("main form").last
            for name, words in {"label": label, "fact": fact}.items():
                form.locator(f"[name={name}]").fill(words)
            self.person.press("Add it")

    def rows(self, *rows: tuple[str, ...]) -> None:
        """The rows of the table that is open, each with its cells; it has one that is empty."""
        address = self.person.page.url.removesuffix("/columns")
        for number, cells in enumerate(rows, 1):
            self.person.open(address)
            if number > 1:
                above = self.person.page.locator("main tbody tr").nth(number - 2)
                above.locator("summary").click()
                above.locator("button[value=add]").click()
                self.person.page.wait_for_load_state()
            self.follow("Change", f"row {number}")
            self.send("Save this row", {f"cell.{at}": cell for at, cell in enumerate(cells)})

    def test_row(self, *given: str, says: str) -> None:
        """Try the table that is open, and keep what it has to say."""
        self.send("See what it says", {f"given.{at}": words for at, words in enumerate(given)})
        assert says in self.person.page.locator("#tried").inner_text()
        self.person.press("Keep as a test row")

    def letter(self, subject: str, text: str) -> None:
        """A letter: its whole text."""
        self.open("/new")
        self.send("Begin the letter", {"subject": subject})
        self.send("Save the letter", {"content": text})

    def step(self, after: str, kind: str, answers: Answers, stop: str = "") -> None:
        """A step in the drawing whose words are open, after one that has these words."""
        self.follow("Add a step after", after)
        self._added(kind, answers, stop)

    def step_for(self, answer: str, question: str, kind: str, answers: Answers, stop: str = "") -> None:
        """A step that follows an answer of a question."""
        self.follow("Add a step", f"for the answer {answer} of {question}")
        self._added(kind, answers, stop)

    def change(self, step: str, answers: Answers) -> None:
        """What a step says."""
        self.follow("Change: " + step)
        self.send("Save this step", answers)

    def answer_leads(self, question: str, number: int, to: str) -> None:
        """Where one answer of a question leads."""
        self.follow("Change: " + question)
        self.follow("Change the question and its answers")
        field = f"answers.{number}.leads_to"
        self.send("Save the question", {field: self._choice(field, to)})

    def limit(self, step: str, answers: Answers) -> None:
        """A time limit of a step."""
        self.follow("Change: " + step)
        self.follow("Set a time limit")
        self.send("Save this limit", answers)

    def last_end(self, answers: Answers) -> None:
        """What the last end in the drawing says."""
        self.person.page.locator("main .app-steps a", has_text=re.compile("^Change")).last.click()
        self.person.page.wait_for_load_state()
        self.send("Save this step", answers)

    def lead(self, step: str, to: str) -> None:
        """What comes next."""
        self.follow("Change: " + step)
        self.send("Lead it there", {"leads_to": self._choice("leads_to", to)})

    def _choice(self, field: str, words: str) -> str:
        """The value of a choice that says these words."""
        option = self.person.page.locator(f'main select[name="{field}"] option', has_text=words).first
        return option.get_attribute("value") or ""

    def _added(self, kind: str, answers: Answers, stop: str) -> None:
        self.send("Continue", {"kind": kind})
        self.send("Add this step", answers)
        if stop:
            self.change(str(answers["name"]), {"stop": stop})


def approved(browser: Browser, address: str, person: Watched, draft: str, note: str) -> None:
    """Hand a draft in, and have a second person approve it."""
    person.open(f"{draft}/release")
    person.answer({"note": note})
    person.press("Hand it in")
    with watched(browser, address) as other:
        other.sign_in(APPROVER)
        other.open(f"{draft}/release")
        seen: Answers = {"seen": "yes"} if other.page.locator("main [name=seen]").count() else {}
        other.answer({"reason": "It is what we agreed."} | seen)
        other.press("Approve and publish")
        assert "The release is live." in other.page.locator("main").inner_text()
