"""A real installation in processes of its own, which may be killed at any moment and is started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from tests.factories.smtp import free_port

ROOT = Path(__file__).resolve().parents[2]
PROC = Path("/proc")
WEB, MASTER, SUPERVISOR, BACKGROUND = "web process", "web master", "supervisor", "background worker"


def children(pid: int) -> list[int]:
    """The living children of a process."""
    try:
        tasks = list((PROC / str(pid) / "task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def command(pid: int) -> str:
    """How a process was started; empty when it is gone or dying."""
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


class Site:
    """`kaiji serve` under a supervisor's supervisor: whenever it has ended, it is started again."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home, self.port = home, free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KAIJI_")}
        more = {f"KAIJI_{name.upper()}": value for name, value in settings.items()}
        self.environment = {**kept, "KAIJI_HOME": str(home), "KAIJI_PORT": str(self.port), **more}
        self.log = home / "site.log"
        self.starts = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> Site:
        self._keeper.start()
        self.wait_until_ready()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def _keep(self) -> None:
        with self.log.open("ab") as log:
            while not self._stopping.is_set():
                if self._process is None or self._process.poll() is not None:
                    self.starts += 1
                    self._process = subprocess.Popen(
                        [sys.executable, "-m", "portal.cli", "serve"],
                        cwd=ROOT,
                        env=self.environment,
                        stdin=subprocess.DEVNULL,
                        stdout=log,
                        stderr=log,
                    )
                self._stopping.wait(0.1)

    def wait_until_ready(self, seconds: float = 60) -> None:
        """Wait for `/readyz`."""
        until, address = time.monotonic() + seconds, f"http://127.0.0.1:{self.port}/readyz"
        while time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
            time.sleep(0.1)
        raise AssertionError(f"The site does not become ready:\n{self.log.read_text()[-3000:]}")

    def find(self, kind: str) -> list[int]:
        """The ids of the processes of this site that are of one kind."""
        if self._process is None or self._process.poll() is not None:
            return []
        supervisor = self._process.pid
        if kind == SUPERVISOR:
            return [supervisor]
        if kind == BACKGROUND:
            return [pid for pid in children(supervisor) if "portal.cli worker" in command(pid)]
        masters = [pid for pid in children(supervisor) if "gunicorn" in command(pid)]
        return masters if kind == MASTER else [pid for master in masters for pid in children(master)]

    def remains(self) -> list[int]:
        """Every living process that was started with this site's home, orphans too."""
        mark, found = f"KAIJI_HOME={self.home}".encode(), []
        for folder in PROC.iterdir():
            if folder.name.isdecimal() and int(folder.name) != os.getpid():
                with suppress(OSError):
                    if mark in (folder / "environ").read_bytes().split(b"\0"):
                        found.append(int(folder.name))
        return found

    def stop(self, seconds: float = 40) -> None:
        """SIGTERM, as a service manager does; nothing of the site is left afterwards."""
        self._stopping.set()
        self._keeper.join()
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(seconds)
        until = time.monotonic() + seconds
        while (left := self.remains()) and time.monotonic() < until:
            time.sleep(0.2)
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert not left, f"still running after SIGTERM: {left}"
