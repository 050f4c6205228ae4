"""The whole record as a bundle for records of growing size: seconds, processor time, memory, files.

Run: ``python -m bench.bundle [incidents …]``. The aim: 2,000 incidents in 60 seconds on two cores, in step with their
number.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from bench.record import record
from content.bundle_cli import exporter
from content.operations.export_bundle import Wish

SIZES = (500, 1000, 2000)


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print a line for each size."""
    for size in sizes:
        with record("", size) as app, tempfile.TemporaryDirectory(prefix="kaiji-bundle-") as folder:
            with app.app_context():
                made_by = exporter()
            used, began = _spent(), time.perf_counter()
            made = made_by.export(Path(folder) / "copy", Wish(processes=2), signer=app.extensions["kaiji"].signer)
            took, spent = time.perf_counter() - began, _spent() - used
            written = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 1e6
        if size == sizes[0]:
            head = ("incidents", "seconds", "CPU s", "CPU-ms each", "files", "MB", "MB memory")
            print("\n" + "".join(f"{word:>13}" for word in head))
        figures = (size, took, spent, spent * 1000 / size, made.files, written, _most())
        print("".join(f"{figure:>13,.0f}" for figure in figures), flush=True)


def _spent() -> float:
    """Processor seconds of this process and of those that it waited for."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _most() -> int:
    """The most memory that one of these processes ever had, in MB."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in kinds) // 1024


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
