"""The public record with 20,000 incidents and 200,000 bulletins: lists, facets, pages, figures, feeds, the API, and
what publishing one bulletin takes; both databases.

Run: ``python -m bench.record [incidents]``. A request goes through the whole application in one process that is warm.
What counts is the processor time of all who serve it, PostgreSQL's server included. Three answers are measured of each
kind of page, for many addresses: made anew (nothing kept), the first one after something was published, and kept ones.
The 95th percentile is by nearest rank.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from bench.large_record import INCIDENTS, Choices, fill
from bench.meter import Line, Meter, Took, memory_now, most_memory
from bench.publishing import publishing
from bench.record_pages import Addresses, Some, pages, programs
from bench.site import environment, kaiji
from content.operations.public_change import public_changed
from content.queries.incident_shelf import shelf
from content.views.kept import EXTENSION, KeptPages
from portal.app import create_app
from portal.core import clock, collector
from portal.core.settings import Settings
from tests import postgres
from tests.factories.smtp import free_port

ROUNDS, FIRST_ROUNDS, KEPT_ROUNDS = 40, 20, 10


@contextmanager
def record(url: str, incidents: int) -> Iterator[Flask]:
    """An application whose database holds the archive and the large record. ``url`` empty: SQLite."""
    with tempfile.TemporaryDirectory(prefix="kaiji-bench-") as folder:
        home = Path(folder) / "var"
        with opened(home, url, build=True) as app:
            began, before = time.perf_counter(), most_memory()
            written = fill(app.extensions["kaiji"].database, incidents)
            print(
                f"{incidents:,} incidents, {written['content_bulletin']:,} bulletins, "
                f"{written['content_fact']:,} facts, {written['content_incident_area']:,} areas, "
                f"written in {time.perf_counter() - began:.0f} s, with {most_memory() - before} MB more memory at most"
            )
            yield app


@contextmanager
def opened(home: Path, url: str, *, build: bool = False) -> Iterator[Flask]:
    """An application over a database; ``build``: its tables and the archive are put there first."""
    os.environ.pop("KAIJI_DATABASE_URL", None)
    if url:
        os.environ["KAIJI_DATABASE_URL"] = url  # the commands below make its tables
    port = free_port()
    if build:
        for command in (("keys", "init"), ("db", "upgrade"), ("archive", "load")):
            kaiji(home, port, *command)
    given = environment(home, port)
    app = create_app(Settings.from_env({k: v for k, v in given.items() if k.startswith("KAIJI_")}))
    try:
        yield app
    finally:
        app.extensions["kaiji"].database.close()
        os.environ.pop("KAIJI_DATABASE_URL", None)


def both() -> Iterator[tuple[str, str, Meter]]:
    """Each database in turn: its name, its address (empty: SQLite), and what measures it, its server included."""
    with postgres.server() as server:
        server.sql("CREATE DATABASE bench")
        yield "SQLite", "", Meter(None)
        yield "PostgreSQL", server.url("bench"), Meter(server.pid)


def both_opened() -> Iterator[tuple[str, Flask, Meter]]:
    """An application with the archive over each database in turn."""
    for name, url, meter in both():
        with (
            tempfile.TemporaryDirectory(prefix="kaiji-bench-") as folder,
            opened(Path(folder) / "var", url, build=True) as app,
        ):
            yield name, app, meter


def measure(app: Flask, incidents: int, meter: Meter) -> None:
    """Ask for each page again and again, print what it took."""
    collector.serve()  # as in a web process
    database = app.extensions["kaiji"].database
    with database.session(write=False) as session:
        choices = Choices(session)
        with meter.measure() as took:
            shelf(session)
    print(f"the shelf of a process, once: {took.spent:.0f} CPU-ms; {memory_now()} MB in memory with it")
    heads = ("anew p50", "p95", "clock p95", "published p50", "p95", "clock p95", "kept p95")
    print(f"{'milliseconds':<40}" + "".join(f"{head:>14}" for head in heads))
    for found in (pages(Some(incidents, choices)), programs(Some(incidents, choices))):
        for title in found:
            _page(app, title, found, meter)
    print(f"at most {most_memory()} MB in memory, {memory_now()} MB now")
    for line in publishing(app, meter):
        middle, high, by_clock = line.figures()
        print(f"{line.title:<40}{middle:>14.1f}{high:>14.1f}{by_clock:>14.1f}", flush=True)


def _page(app: Flask, title: str, found: Addresses, meter: Meter) -> None:
    address = found[title]
    anew = Line(title, asked_pages(app, address, ROUNDS, meter, before=lambda _n: forget(app)))
    first = Line(title, asked_pages(app, address, FIRST_ROUNDS, meter, before=lambda n: _publish(app, n)))
    path = address()
    kept = Line(title, asked_pages(app, lambda: path, KEPT_ROUNDS, meter))
    figures = (*anew.figures(), *first.figures(), kept.figures()[1])
    print(f"{title:<40}" + "".join(f"{one:>14.1f}" for one in figures), flush=True)


def forget(app: Flask) -> None:
    app.extensions[EXTENSION] = KeptPages()


def _publish(app: Flask, number: int) -> None:
    """What publishing does to what is kept."""
    with app.extensions["kaiji"].database.session(write=True) as session:
        public_changed(session, [f"incident/made-{number:05}"], at=clock.now(), alone=True)


def asked_pages(
    app: Flask, address: Callable[[], str], rounds: int, meter: Meter, *, before: Callable[[int], None] | None = None
) -> list[Took]:
    """What each round took, the first two left out. An address where there is nothing is passed over."""
    found: list[Took] = []
    client = app.test_client()
    tries = 0
    while len(found) < rounds + 2:
        tries += 1
        if before:
            before(tries)
        path = address()
        with meter.measure() as took:
            answer = client.get(path)
        if answer.status_code == 200:
            found.append(took)
        elif answer.status_code != 404 or tries > 10 * rounds:
            raise RuntimeError(f"{path}: {answer.status_code}")
    return found[2:]


def main(incidents: int = INCIDENTS) -> None:
    """Both databases."""
    for name, url, meter in both():
        print(f"\nThe public record at scale: {name}")
        with record(url, incidents) as app:
            measure(app, incidents, meter)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else INCIDENTS)
