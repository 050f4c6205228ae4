"""Key files in a folder: which there are, who may read them, and how new ones come onto the disk.

`office-0001.pem` and `office-0001.pub` are the back office's key pair, later pairs count up and the highest is in use;
`index.key` is the secret of the blind indexes. A machine that serves the public only holds the `.pub` files and
`index.key`.
"""

import os
import re
import stat
from pathlib import Path

INDEX = "index.key"
_OFFICE = re.compile(r"office-([0-9]{4,})\.(pem|pub)")


class KeyFileError(RuntimeError):
    """A key file is missing or open to others; the message says what to do."""


def office_files(folder: Path, suffix: str) -> dict[int, Path]:
    """The office's key files with a suffix (`pem` private, `pub` public) by number."""
    if not folder.is_dir():
        return {}
    found = {int(m[1]): path for path in folder.iterdir() if (m := _OFFICE.fullmatch(path.name)) and m[2] == suffix}
    return dict(sorted(found.items()))


def read_secret(path: Path) -> bytes:
    """A file that nobody but its owner can read (mode 0400 or 0600). KeyFileError."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise KeyFileError(
            f"The key file {path} is missing. Make the keys, or restore them from their backup."
        ) from None
    with os.fdopen(handle, "rb") as file:
        if stat.S_IMODE(os.fstat(handle).st_mode) not in (0o400, 0o600):
            raise KeyFileError(f"The key file {path} must have mode 0400 or 0600. Run: chmod 0400 {path}")
        return file.read()


def write_new(path: Path, data: bytes, *, mode: int = 0o400) -> None:
    """Write a file that must not exist yet; it is on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(handle)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
