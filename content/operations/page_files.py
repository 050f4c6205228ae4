"""A page as files: as it is, and packed by gzip and brotli beside it, each put in its place whole."""

from __future__ import annotations

import gzip
import os
from contextlib import suppress
from pathlib import Path

import brotli

GZIP, BROTLI = ".gz", ".br"
# A middle way: the last percent of size costs ten times the time, and pages are written while readers wait for them.
GZIP_LEVEL, BROTLI_QUALITY = 6, 5


def put(folder: Path, name: str, data: bytes) -> None:
    """Put a page in its place. The packed files come first: who finds the page finds nothing older beside it."""
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    _whole(_beside(target, GZIP), gzip.compress(data, GZIP_LEVEL, mtime=0))
    _whole(_beside(target, BROTLI), brotli.compress(data, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY))
    _whole(target, data)


def remove(folder: Path, name: str) -> None:
    """Take a page away, and the folders that held nothing else."""
    target = folder / name
    for path in (target, _beside(target, GZIP), _beside(target, BROTLI)):
        path.unlink(missing_ok=True)
    for parent in target.parents:
        if parent == folder or not parent.is_dir() or next(parent.iterdir(), None) is not None:
            return
        parent.rmdir()


def problem(folder: Path, name: str, data: bytes) -> str:
    """What is wrong with the files of a page that should say ``data``; empty: nothing."""
    target = folder / name
    try:
        if target.read_bytes() != data:
            return "other bytes"
        if gzip.decompress(_beside(target, GZIP).read_bytes()) != data:
            return "other bytes in the gzip file"
        if brotli.decompress(_beside(target, BROTLI).read_bytes()) != data:
            return "other bytes in the brotli file"
    except FileNotFoundError:
        return "missing"
    except (OSError, EOFError, ValueError, brotli.error):
        return "unreadable"
    return ""


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(target.name + ending)


def _whole(target: Path, data: bytes) -> None:
    """A reader sees the old file or the new one, never a part of one.

    The new one is younger by a second at least: web servers mark files by length and time in whole seconds. What a
    killed process left half made bears the name of what the next one makes of this page, for which it is still asked.
    """
    making = target.with_name(f".{target.name}.new")
    making.write_bytes(data)
    with suppress(FileNotFoundError):
        before = int(target.stat().st_mtime)
        if making.stat().st_mtime < before + 1:
            os.utime(making, (before + 1, before + 1))
    making.replace(target)
