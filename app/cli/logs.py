"""Log lines: when, how bad, where, what, and the name and facts of what happened, on one line each."""

import logging
import sys

KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Line(logging.Formatter):
    """A line with every fact that was given with it, such as ``action=timer_overtaken``."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the trace below it where there is one."""
        said = super().format(record)
        facts = " ".join(f"{key}={value}" for key, value in sorted(vars(record).items()) if key not in KNOWN)
        first, _, rest = said.partition("\n")
        return "\n".join(filter(None, (f"{first} {facts}".rstrip(), rest)))


def write_to_stderr() -> None:
    """Send every line of ours, from INFO up, to standard error."""
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(Line("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    ours = logging.getLogger("app")
    ours.handlers, ours.propagate = [out], False
    ours.setLevel(logging.INFO)
