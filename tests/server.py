"""A PostgreSQL server of the tests' own, from installed binaries: it may be ended and started as they like."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

QUIET = {"check": True, "stdout": subprocess.DEVNULL}


def binaries():
    """Where the newest PostgreSQL stands; None where there is none."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


class Server:
    """A server that runs as long as nobody stops it. ``url`` is that of its first database."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp())  # not below a folder that only root may enter
        run = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if run:
            shutil.chown(self.folder, "postgres")
        with socket.socket() as probe:  # each test process has a server of its own
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"postgresql://root@127.0.0.1:{self.port}/postgres"
        self._control = [*run, binaries() / "pg_ctl", "-D", self.folder / "data", "-w"]
        subprocess.run([*run, binaries() / "initdb", "-D", self.folder / "data", "-U", "root", "-A", "trust"], **QUIET)
        self.start()

    def start(self):
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        subprocess.run([*self._control, "-l", self.folder / "log", "-o", options, "start"], **QUIET)

    def stop(self, how="fast"):
        """``immediate`` leaves everything as a crash does."""
        subprocess.run([*self._control, "-m", how, "stop"], **QUIET)

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder)
