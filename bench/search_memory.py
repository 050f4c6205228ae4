"""How much memory a web process has with a large index: a whole site, asked all queries as pages in both languages.

Run: ``python -m bench.search_memory [documents]``. A line for each process of the web server: what it has at the end in
MB, of that its own (the rest are files that processes share), and the most that it had.
"""

from __future__ import annotations

import os
import sys
import tempfile
import urllib.request
from pathlib import Path
from urllib.parse import quote

from bench.meter import held_by
from bench.search_corpus import QUERIES, corpus
from bench.site import descendants
from search.engines import engine
from tests.browser.running import running_site

PAGES = ("/", "/incidents", "/systems", "/figures", "/search")
SERVER = b"gunicorn"
SHOWN = ("VmRSS", "RssAnon", "VmHWM")


def measure(documents: int) -> None:
    """Print the lines."""
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site:
        engine(site.building.settings).put(corpus(documents))
        asked = [*PAGES, *(f"{prefix}/search?q={quote(query)}" for query in QUERIES for prefix in ("", "/en"))]
        for number, path in enumerate(asked * 3):
            _read(site.url + path, number)
        print(f"{'process':<10}{'MB':>6}{'own':>6}{'most':>6}")
        for pid in descendants(os.getpid()):
            if SERVER in Path(f"/proc/{pid}/cmdline").read_bytes():
                print(f"{pid:<10}" + "".join(f"{held:>6}" for held in held_by(pid, *SHOWN)))


def _read(url: str, number: int) -> None:
    """Each from an address of its own, so that no limit of requests is met."""
    request = urllib.request.Request(url, headers={"X-Forwarded-For": f"10.0.{number >> 8}.{number & 255}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()


if __name__ == "__main__":
    measure(int(sys.argv[1]) if sys.argv[1:] else 20_000)
