"""A worker that goes by a clock which tests set. Run as a program by ``tests.walks.crew``.

Its one argument is JSON: {"url", "pause" in seconds, "clock": path of the file that says the time, "say": statements
for each new connection, in place of what the product says}.
"""

import json
import sys
from pathlib import Path

from sqlalchemy import event

from app import worker
from app.cli import logs
from app.config import Settings
from app.factory import create_app
from app.store.db import db
from tests.conftest import SECRET
from tests.walks.crew import read_clock


def saying(statements):
    def say(connection, _):
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        connection.commit()

    return say


def main():
    order = json.loads(sys.argv[1])
    logs.write_to_stderr()
    settings = Settings(database_url=order["url"], secret_key=SECRET, worker_pause=order["pause"])
    with create_app(settings).app_context():
        event.listen(db.engine, "connect", saying(order["say"]))
        worker.run(settings, lambda: read_clock(Path(order["clock"])))


if __name__ == "__main__":
    main()
