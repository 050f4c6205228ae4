"""Publishing one bulletin as files: what the writer of pages rewrites, and the processor time that it takes.

Run: ``python -m bench.written [incidents]`` (20,000 in some minutes). The limit: under 2 seconds for a publication.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from bench.record import record
from bench.statistics import p95
from content.models.bodies import Body
from content.operations.write_pages import Done, Writer
from content.rules.writing import Writing
from portal.core import clock, collector
from portal.web.reader import Reader
from tests.factories.content import a_published, a_writing

INCIDENTS, PUBLICATIONS = 2_000, 5
# Nationwide; one municipality; five municipalities of two prefectures.
AREAS = (("JP",), ("131016",), ("131016", "131024", "131032", "271004", "271403"))


def measure(app: Flask, folder: Path) -> None:
    """Publish bulletin after bulletin of three incidents, and write after each."""
    collector.serve()  # as in the worker
    building = app.extensions["kaiji"]
    writer = Writer(building.database, folder, Reader(app.wsgi_app, building.settings).ask, "bench")
    _line("the front pages, once, nothing known", *_timed(writer))
    with building.database.session(write=False) as session:
        publisher = session.scalars(select(Body.key).where(Body.kind == "operator").order_by(Body.key)).first() or ""
    for areas in AREAS:
        spent, last = [], Done()
        for n in range(PUBLICATIONS):
            with building.database.session(write=True) as session:
                key = f"bench-{areas[0].lower()}-{len(areas)}"
                a_published(session, _writing(areas, publisher), key=key, new=n == 0)
            last, cpu = _timed(writer)
            spent.append(cpu)
        _line(f"first bulletin, {len(areas)} × {areas[0]}", last, spent[0])
        _line(f"bulletins 2 to {PUBLICATIONS}, p95", last, p95(spent[1:]))


def _writing(areas: tuple[str, ...], publisher: str) -> Writing:
    made = a_writing(incident={"areas": areas})
    return replace(made, bulletin=replace(made.bulletin, publisher=publisher))


def _timed(writer: Writer) -> tuple[Done, float]:
    used = time.process_time()
    done = writer.run(now=clock.now(), seconds=600)
    return done, time.process_time() - used


def _line(title: str, done: Done, cpu: float) -> None:
    print(f"{title:<44}{cpu:>9.2f}{done.written:>9}{done.same:>9}{done.removed:>9}", flush=True)


def main(incidents: int = INCIDENTS) -> None:
    """SQLite; PostgreSQL differs in the questions alone, which bench.record measures."""
    with record("", incidents) as app, tempfile.TemporaryDirectory(prefix="kaiji-written-") as folder:
        print(f"\n{'pages as files, after one publication':<44}{'CPU s':>9}{'written':>9}{'same':>9}{'removed':>9}")
        measure(app, Path(folder))


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else INCIDENTS)
