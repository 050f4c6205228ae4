"""The public record with 20,000 incidents and 200,000 bulletins: lists, facets, pages, figures; both databases.

Run: ``python -m bench.record [incidents]``. Server time is from a request to its whole answer, in one process through
the whole application, warm, with nothing kept: every page is made anew each time. The 95th percentile is by nearest
rank.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from bench.large_record import FIRST, INCIDENTS, fill
from bench.site import environment, kaiji
from bench.statistics import p95
from content.operations.public_change import public_changed
from content.queries.incident_shelf import shelf
from content.rules.areas import PREFECTURES
from content.views.kept import EXTENSION, KeptPages
from portal.app import create_app
from portal.core import clock
from portal.core.settings import Settings
from tests import postgres
from tests.factories.smtp import free_port

ROUNDS = 60


@contextmanager
def record(url: str, incidents: int) -> Iterator[Flask]:
    """An application whose database holds the archive and the large record. ``url`` empty: SQLite."""
    with tempfile.TemporaryDirectory(prefix="kaiji-bench-") as folder:
        home, port = Path(folder) / "var", free_port()
        os.environ.pop("KAIJI_DATABASE_URL", None)
        if url:
            os.environ["KAIJI_DATABASE_URL"] = url  # the commands below make its tables
        given = environment(home, port)
        for command in (("keys", "init"), ("db", "upgrade"), ("archive", "load")):
            kaiji(home, port, *command)
        app = create_app(Settings.from_env({k: v for k, v in given.items() if k.startswith("KAIJI_")}))
        database = app.extensions["kaiji"].database
        began, before = time.perf_counter(), _memory()
        written = fill(database, incidents)
        print(
            f"{incidents:,} incidents, {written['content_bulletin']:,} bulletins, {written['content_fact']:,} facts, "
            f"{written['content_incident_area']:,} areas, written in {time.perf_counter() - began:.0f} s, "
            f"with {_memory() - before} MB more memory at most"
        )
        yield app
        database.close()
        os.environ.pop("KAIJI_DATABASE_URL", None)


def _memory() -> int:
    """The most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def addresses(incidents: int, chance: random.Random) -> dict[str, Callable[[], str]]:
    """Pages by what they measure; each call asks for another one where there are many."""

    def some() -> str:
        return f"made-{chance.randrange(incidents):05}"

    def year() -> int:
        return FIRST.year + chance.randrange(11)

    def prefecture() -> str:
        return chance.choice(list(PREFECTURES))

    return {
        "list, first page": lambda: "/incidents",
        "list, page 700": lambda: "/incidents?page=700",
        "list, one year": lambda: f"/incidents?from={year()}&to={year() + 1}",
        "list, system and severity": lambda: f"/incidents?system=jpki&severity={chance.randrange(1, 5)}",
        "list, prefecture, also nationwide": lambda: f"/incidents?area={prefecture()}&wide=yes&sort=severity",
        "list, five filters": lambda: (
            f"/incidents?system=jpki&from={year()}&area={prefecture()}&state=closed&sort=said"
        ),
        "list, JSON": lambda: f"/incidents.json?page={chance.randrange(1, 100)}",
        "an incident": lambda: f"/incidents/{some()}",
        "a bulletin": lambda: f"/incidents/{some()}/bulletins/1",
        "a prefecture": lambda: f"/places/{prefecture()}",
        "a municipality": lambda: "/places/131016",
        "all places": lambda: "/places",
        "a system": lambda: "/systems/jpki",
        "a cause": lambda: "/causes/capacity",
        "figure, by year": lambda: "/figures/incidents-by-year",
        "figure, by month": lambda: "/figures/incidents-by-month",
        "figure, by cause": lambda: "/figures/incidents-by-cause",
        "figure, by cause, CSV": lambda: "/figures/incidents-by-cause.csv",
        "home": lambda: "/",
    }


def measure(name: str, app: Flask, incidents: int) -> None:
    """Ask for each page again and again, print what it took."""
    client, database = app.test_client(), app.extensions["kaiji"].database
    with database.session(write=False) as session:
        began = time.perf_counter()
        shelf(session)
        print(f"{name}: the shelf of a process, once: {(time.perf_counter() - began) * 1000:.0f} ms")
    print(f"{'milliseconds of server time':<40}{'p50':>9}{'p95':>9}{'max':>9}{'CPU':>9}")
    for title, address in addresses(incidents, random.Random(5)).items():
        _line(title, *_asked(app, address, ROUNDS))
    key = "made-00001"
    client.get(f"/incidents/{key}")
    times = []
    for n in range(20):
        with database.session(write=True) as session:
            public_changed(session, [f"incident/made-{n:05}"], at=clock.now(), alone=True)
        began = time.perf_counter()
        client.get("/incidents")
        times.append((time.perf_counter() - began) * 1000)
    _line("list, first after a publication", times, [0.0])
    _line("incident kept, others published", *_asked(app, lambda: "/incidents/made-00100", ROUNDS, anew=False))


def _asked(
    app: Flask, address: Callable[[], str], rounds: int, *, anew: bool = True
) -> tuple[list[float], list[float]]:
    """Milliseconds of the clock and of this process for each round, the first two left out."""
    times, spent, client = [], [], app.test_client()
    for n in range(rounds + 2):
        if anew:
            app.extensions[EXTENSION] = KeptPages()
        path = address()
        start, used = time.perf_counter(), time.process_time()
        answer = client.get(path)
        took, cpu = (time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        if n > 1:
            times.append(took)
            spent.append(cpu)
    return times, spent


def _line(title: str, times: list[float], spent: list[float]) -> None:
    middle, cpu = sorted(times)[len(times) // 2], sorted(spent)[len(spent) // 2]
    print(f"{title:<40}{middle:>9.1f}{p95(times):>9.1f}{max(times):>9.1f}{cpu:>9.1f}", flush=True)


def main(incidents: int = INCIDENTS) -> None:
    """Both databases."""
    with postgres.server() as server:
        server.sql("CREATE DATABASE bench")
        for name, url in (("SQLite", ""), ("PostgreSQL", server.url("bench"))):
            print(f"\nThe public record at scale: {name}")
            with record(url, incidents) as app:
                measure(name, app, incidents)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else INCIDENTS)
