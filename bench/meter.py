"""Time that a request takes: of the clock, and of the processors, those of the database's server included."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.site import descendants
from bench.statistics import p95

MILLION = 1_000_000


@dataclass
class Took:
    """Milliseconds of the clock and of the processors."""

    clock: float = 0.0
    spent: float = 0.0


class Meter:
    """Counts this process and, where there is one, the PostgreSQL server ``pid`` with all of its processes."""

    def __init__(self, pid: int | None = None) -> None:
        self.server = pid

    @contextmanager
    def measure(self) -> Iterator[Took]:
        """How long the block takes."""
        took = Took()
        before, began, used = self._server_ms(), time.perf_counter(), time.process_time()
        try:
            yield took
        finally:
            took.clock = (time.perf_counter() - began) * 1000
            took.spent = (time.process_time() - used) * 1000 + max(0.0, self._server_ms() - before)

    def _server_ms(self) -> float:
        if self.server is None:
            return 0.0
        spent = 0
        for pid in descendants(self.server):
            try:
                spent += int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
            except (OSError, IndexError):
                continue
        return spent / MILLION


@dataclass
class Line:
    """What many requests of one kind took."""

    title: str
    took: list[Took]

    def figures(self) -> tuple[float, float, float]:
        """Processor time: median and 95th percentile; of the clock the 95th percentile; milliseconds."""
        spent = sorted(one.spent for one in self.took)
        return spent[len(spent) // 2], p95(spent), p95([one.clock for one in self.took])


def most_memory() -> int:
    """The most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def memory_now() -> int:
    """What this process has in memory, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024**2


def held_by(pid: int, *names: str) -> list[int]:
    """What the system says that a process has of these kinds of memory (``VmRSS``), each in MB."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return [int(lines[name].split()[0]) // 1024 for name in names]
