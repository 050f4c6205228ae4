"""A throwaway PostgreSQL: own folder, free port, an unprivileged user; gone when the tests end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.factories.smtp import free_port


def _programs() -> Path:
    """The newest PostgreSQL that Debian installed, or the one on the path."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if versions:
        return versions[-1]
    found = shutil.which("pg_ctl")
    if not found:
        raise RuntimeError("PostgreSQL is missing: run `make test`, which installs it.")
    return Path(found).parent


class Server:
    """A running server; ``url(name)`` addresses one of its databases."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kaiji-pg-"))
        self.port = free_port()
        self.bin = _programs()
        # PostgreSQL refuses to run as root, so root lends it the user "postgres" (or "nobody").
        self.user: str | None = None
        if os.geteuid() == 0:
            self.user = next(name for name in ("postgres", "nobody") if _exists(name))
            shutil.chown(self.folder, self.user)
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "kaiji", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder} -c fsync=off -c max_connections=200"
        self._run("pg_ctl", "-D", data, "-o", options, "-l", str(self.folder / "log"), "-w", "start")

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        subprocess.run(
            [self.bin / program, *arguments],
            check=check,
            user=self.user,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        )

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://kaiji@127.0.0.1:{self.port}/{name}"

    def sql(self, statement: str) -> None:
        """Run one statement in the maintenance database."""
        self._run("psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "kaiji", "-d", "postgres", "-qc", statement)

    @property
    def pid(self) -> int:
        """The process that all others of the server come from."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop", check=False)
        time.sleep(0.1)
        shutil.rmtree(self.folder, ignore_errors=True)


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


@contextmanager
def server() -> Iterator[Server]:
    """Run a server for the block."""
    running = Server()
    try:
        yield running
    finally:
        running.stop()
