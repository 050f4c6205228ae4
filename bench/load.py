"""Load from wrk, bounded in time: pages per second, median, 99th percentile, CPU a page."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from bench.site import cpu_seconds

SECONDS = 6
CONNECTIONS = 8
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Measured:
    """One page under load."""

    name: str
    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    failures: int


def measure(
    name: str, url: str, *, server: int, cookie: str = "", seconds: int = SECONDS, more: Sequence[str] = ()
) -> Measured:
    """Load one address for a few seconds. ``more``: further arguments of wrk."""
    subprocess.run(["wrk", "-t1", "-c2", "-d1s", *more, url], check=True, capture_output=True)
    before = cpu_seconds(server)
    headers = ["-H", f"Cookie: {cookie}"] if cookie else []
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", *headers, *more, url]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    spent = cpu_seconds(server) - before
    requests = int(re.search(r"(\d+) requests in", text)[1])  # type: ignore[index]
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return Measured(
        name=name,
        per_second=float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),  # type: ignore[index]
        p50_ms=_latency(text, "50%"),
        p99_ms=_latency(text, "99%"),
        cpu_ms=spent * 1000 / max(requests, 1),
        failures=int(bad[1]) if bad else 0,
    )


def _latency(text: str, share: str) -> float:
    found = re.search(rf"{re.escape(share)}\s+([\d.]+)(us|ms|s)", text)
    return float(found[1]) * UNITS[found[2]] if found else 0.0
