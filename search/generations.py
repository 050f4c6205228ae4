"""Folders of an embedded index: one is current, a new one is built beside it, the pointer is moved in one step.

A process that is killed leaves at most a folder that nobody points to; the next writer deletes it. Writers of all
processes wait for one another under a lock of the operating system, which a killed process cannot keep. Readers take
no lock.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_POINTER = "CURRENT"
_LOCK = "writer.lock"


class Generations:
    """The folders under one home; `version` is of the code that writes: another version's index is not read."""

    def __init__(self, home: Path, version: int) -> None:
        self.home = home
        self._prefix = f"v{version}-"
        self._pointer = home / _POINTER
        self._seen: tuple[int, int] | None = None  # of the pointer, and what it named: it is replaced, never written to
        self._named: Path | None = None

    def current(self) -> Path | None:
        """The folder to read, or None when there is none that this version can read."""
        try:
            found = self._pointer.stat()
            stamp = (found.st_mtime_ns, found.st_ino)
            if stamp != self._seen:
                self._named, self._seen = self._read(), stamp
        except (OSError, ValueError):
            return None
        return self._named if self._named and self._named.is_dir() else None

    def _read(self) -> Path | None:
        name = self._pointer.read_text(encoding="ascii").strip()
        return self.home / name if name.startswith(self._prefix) and "/" not in name else None

    def switched(self) -> int:
        """When the present folder became current, in nanoseconds: after a loss names of folders begin anew."""
        try:
            return self._pointer.stat().st_mtime_ns
        except OSError:
            return 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer; waits for the present one to finish."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / _LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._sweep()
            yield

    def begin(self) -> Path:
        """A new empty folder, not yet current."""
        taken = [int(path.name.rpartition("-")[2]) for path in self._folders()]
        folder = self.home / f"{self._prefix}{max(taken, default=0) + 1:06}"
        folder.mkdir()
        return folder

    def switch(self, folder: Path) -> None:
        """Make a complete folder the current one, durably, and delete the others."""
        for path in folder.iterdir():
            _to_disk(path)
        _to_disk(folder)
        pending = self.home / f"{_POINTER}.new"
        pending.write_text(folder.name, encoding="ascii")
        _to_disk(pending)
        pending.replace(self._pointer)
        _to_disk(self.home)
        self._sweep()

    def _sweep(self) -> None:
        try:
            current = self._pointer.read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            current = ""
        for path in self._folders():
            if path.name != current:
                shutil.rmtree(path, ignore_errors=True)

    def _folders(self) -> list[Path]:
        found = self.home.glob("v*-*")
        return [path for path in found if path.is_dir() and path.name.rpartition("-")[2].isdigit()]


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
