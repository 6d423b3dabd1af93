"""The command ``trigger``, as it is installed. Nothing imports this module.

FEEL and DMN need nothing of the house but themselves; a loop over a thousand expressions should not put together the
database and the web pages a thousand times.
"""

import sys
from importlib import import_module

from app.cli import deciding


def main() -> None:
    """Run what the command line says: ``feel`` and ``decide`` alone, all else with the whole house."""
    if sys.argv[1:2] in (["feel"], ["decide"]):
        deciding.alone()
    else:
        import_module("app.factory").main()
