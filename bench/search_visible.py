"""How soon a reader finds what was published: a whole site with its worker, on SQLite and on PostgreSQL.

Run: ``python -m bench.search_visible``. Counted from the commit of the publication to the first answer of the search
that has it, asked anew all the time over HTTP; these are seconds of the clock, so say what else the machine does.
"""

from __future__ import annotations

import json
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median
from urllib.parse import quote

from tests.browser.running import Site, running_site
from tests.factories.content import a_published, a_writing
from tests.postgres import server

TIMES, PATIENCE, PAUSE = 15, 20.0, 0.02
WORDS = ("ツユクサ", "ナデシコ", "スミレ", "アヤメ", "キキョウ", "ハギ", "オミナエシ", "フジバカマ", "クズ", "ススキ")


def measure() -> None:
    """Print a line for each database."""
    print(f"{'database':<12}{'published':>10}{'median s':>10}{'slowest s':>11}")
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder) / "sqlite") as site:
        _line("sqlite", site)
    with tempfile.TemporaryDirectory() as folder, server() as database:
        database.sql("CREATE DATABASE visible")
        with running_site(Path(folder) / "postgresql", database_url=database.url("visible")) as site:
            _line("postgresql", site)


def _line(name: str, site: Site) -> None:
    taken = sorted(_one(site, number) for number in range(TIMES))
    print(f"{name:<12}{len(taken):>10}{median(taken):>10.2f}{taken[-1]:>11.2f}")


def _one(site: Site, number: int) -> float:
    """Publish one bulletin; seconds from its commit until it is found."""
    key, word = f"visible-{number}", f"{WORDS[number % len(WORDS)]}第{number}装置"
    with site.building.database.session(write=True) as session:
        a_published(session, a_writing(body_ja=f"{word}が止まりました。"), key=key)
    began = time.monotonic()
    while time.monotonic() < began + PATIENCE:
        with urllib.request.urlopen(
            f"{site.url}/search.json?q={quote(chr(34) + word + chr(34))}", timeout=20
        ) as answer:
            if any(hit["key"] == f"incident/{key}" for hit in json.load(answer)["hits"]):
                return time.monotonic() - began
        time.sleep(PAUSE)
    raise TimeoutError(f"{key} was not found within {PATIENCE:.0f} s")


if __name__ == "__main__":
    measure()
