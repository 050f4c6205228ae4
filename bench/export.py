"""The whole record as files, for records of growing size: seconds, and the most memory.

Run: ``python -m bench.export``. The limit: 2,000 incidents in 60 seconds, in step with their number.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bench.meter import most_memory
from bench.record import record
from content.operations import dumps

SIZES = (500, 1000, 2000)


def main() -> None:
    """Print a line for each size."""
    print("\nThe whole record as files, SQLite")
    print(f"{'incidents':>10}{'seconds':>9}{'CPU':>8}{'ms an incident':>16}{'MB of files':>13}{'MB more memory':>16}")
    for size in SIZES:
        with record("", size) as app, tempfile.TemporaryDirectory(prefix="kaiji-export-") as folder:
            before = most_memory()
            began, used = time.perf_counter(), time.process_time()
            with app.extensions["kaiji"].database.session(write=False) as session:
                dumps.write(session, Path(folder), origin="https://kaiji.example")
            took, spent = time.perf_counter() - began, time.process_time() - used
            written = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
            memory = most_memory() - before
            print(f"{size:>10,}{took:>9.1f}{spent:>8.1f}{took * 1000 / size:>16.1f}{written:>13.1f}{memory:>16}")


if __name__ == "__main__":
    main()
