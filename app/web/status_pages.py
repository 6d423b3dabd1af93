"""The pages about how everything stands, in one place: which there are, for whom, and which one somebody looks at."""

from app.cases.access import ADMINISTRATOR, MANAGER, PROCESS_OWNER, Who

READERS = (MANAGER, "Senior officer", "Coordinator")
SILENCE = (*READERS, "Victim Support officer", ADMINISTRATOR)
BOARD = "/status"
PAGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (  # address, words, for whom
    (BOARD, "Board", READERS),
    ("/status/processes", "Procedures", (*READERS, PROCESS_OWNER)),
    ("/status/forecast", "Forecast", READERS),
    ("/status/people", "People", READERS),
    ("/status/agencies", "Agencies", READERS),
    ("/admin/silence", "Not heard from us", SILENCE),
    ("/status/exports", "Take figures away", (MANAGER,)),
)


def links(who: Who, path: str) -> list[dict[str, object]]:
    """The pages that are open to somebody, [{href, text, current}]; none where ``path`` leads to none of them."""
    here = page_of(path)
    open_to = [(href, text) for href, text, roles in PAGES if who.roles & set(roles)]
    return [{"href": href, "text": text, "current": href == here} for href, text in open_to] if here else []


def page_of(path: str) -> str:
    """The address of the page that ``path`` belongs to, "" for none."""
    fits = [href for href, *_ in PAGES if path == href or path.startswith(href + "/")]
    return max(fits, key=len, default="")
