"""The command ``trigger``, as it is installed. Nothing imports this module.

Expressions, tables and drawings need nothing of the house but themselves; a loop over a thousand of them should not
put together the database and the web pages a thousand times.
"""

import sys
from importlib import import_module

ALONE = {  # commands that need no house, and the module of each
    "feel": "app.cli.deciding",
    "decide": "app.cli.deciding",
    "check": "app.cli.drawings",
    "play": "app.cli.drawings",
    "outline": "app.cli.reading_aloud",
    "compare": "app.cli.reading_aloud",
    "scenarios": "app.cli.scenarios",
}


def main() -> None:
    """Run what the command line says: what needs no house alone, all else with the whole of it."""
    alone = ALONE.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if alone:
        import_module(alone).alone()
    else:
        import_module("app.factory").main()
