"""A site for measuring: its own home, filled with the archive and cases, served as in real use."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HELLO = """
def app(environ, start_response):
    body = b"hello"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [body]
"""


def environment(home: Path, port: int) -> dict[str, str]:
    """The environment of an installation under ``home``."""
    return {**os.environ, "KAIJI_HOME": str(home), "KAIJI_PORT": str(port), "KAIJI_LOG_LEVEL": "error"}


def kaiji(home: Path, port: int, *arguments: str) -> str:
    """Run a command of the site; returns what it printed."""
    command = [sys.executable, "-m", "portal.cli", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(home, port), check=True, capture_output=True, text=True)
    return done.stdout


@contextmanager
def serving(command: list[str], port: int, cwd: Path, env: dict[str, str]) -> Iterator[int]:
    """Run a server for the block; yields its process id."""
    server = subprocess.Popen(command, cwd=cwd, env=env)
    try:
        for _ in range(1200):  # a busy machine needs long
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=1).close()
                break
            except OSError as error:
                if "404" in str(error):
                    break
                time.sleep(0.1)
        yield server.pid
    finally:
        server.terminate()
        server.wait(30)


def descendants(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
            if parent == pid:
                found += descendants(int(entry.name))
    return found


def cpu_seconds(pid: int) -> float:
    """CPU time that a process tree has used so far."""
    ticks = 0
    for process in descendants(pid):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
