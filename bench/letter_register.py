"""The register of question letters at scale: 500 letters with some 20,000 questions, on both databases.

Run: ``python -m bench.letter_register [letters]``. As in bench.record: processor time of all who serve, made anew
(nothing kept), the first answer after a letter changed, and kept ones.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select, text

from bench.meter import Line, Meter, memory_now, most_memory
from bench.record import ROUNDS, asked_pages, both_opened, forget
from content.models.incidents import Incident
from content.models.systems import System
from content.operations.public_change import public_changed
from content.queries.question_letters.register import register
from portal.core import clock, collector
from tests.factories.letter_register import About, fill

LETTERS, AT_ONCE, FIRST_ROUNDS, KEPT_ROUNDS = 500, 50, 20, 10
STANDINGS = ("answered", "kept", "declined", "deferred", "unanswered", "waiting")
GROUNDS = ("system-detail", "under-review", "confidential-design", "operations")
SENDERS, DECLINING = ("group", "press"), ("A5", "A6", "A7")
Addresses = dict[str, Callable[[], str]]


def pages(letters: int, about: About) -> Addresses:
    """The kinds of addresses, each time another one."""
    chance = random.Random(3)
    some = chance.choice

    def page(most: int) -> int:
        return chance.randrange(1, most)

    def year() -> int:
        return chance.randrange(2022, 2027)

    return {
        "letters": lambda: f"/letters?page={page(letters // 20)}",
        "letters, state, kind, year": lambda: f"/letters?state=answered&sender={some(SENDERS)}&year={year()}",
        "letters, words, slowest first": lambda: f"/letters?q=見本{page(9)}&sort=slowest",
        "letters overdue": lambda: f"/letters?overdue=yes&lang={page(99)}",
        "questions": lambda: f"/letters/items?page={page(600)}",
        "questions by where they stand": lambda: f"/letters/items?standing={some(STANDINGS)}&year={year()}",
        "questions by ground and type": lambda: f"/letters/items?ground={some(GROUNDS)}&type={some(DECLINING)}",
        "questions of a department, due first": lambda: f"/letters/items?department=department-{page(5)}&sort=due",
        "questions about an incident": lambda: f"/letters/items?incident={some(about.incidents)}",
        "questions overdue": lambda: f"/letters/items?overdue=yes&page={page(9)}",
        "figures": lambda: f"/figures/letters?{page(99)}",
        "letters.json": lambda: f"/letters.json?page={page(5)}",
        "API, questions": lambda: f"/api/v1/questions?standing={some(STANDINGS)}&limit={page(100)}",
        "feed of letters": lambda: f"/feeds/letters.atom?{page(99)}",
        "front page": lambda: f"/?{page(99)}",
    }


def measure(app: Flask, letters: int, about: About, meter: Meter) -> None:
    """Ask for each page again and again, print what it took."""
    collector.serve()
    database = app.extensions["kaiji"].database
    before = memory_now()
    with database.session(write=False) as session, meter.measure() as took:
        register(session)
    print(f"the register of a process, once: {took.spent:.0f} CPU-ms and {memory_now() - before} MB")
    heads = ("anew p50", "p95", "published p50", "p95", "kept p95")
    print(f"{'milliseconds':<40}" + "".join(f"{head:>14}" for head in heads))
    for title, address in pages(letters, about).items():
        anew = Line(title, asked_pages(app, address, ROUNDS, meter, before=lambda _n: forget(app)))
        first = Line(title, asked_pages(app, address, FIRST_ROUNDS, meter, before=lambda n: _publish(app, n)))
        path = address()
        kept = Line(title, asked_pages(app, lambda path=path: path, KEPT_ROUNDS, meter))  # type: ignore[misc]
        figures = (*anew.figures()[:2], *first.figures()[:2], kept.figures()[1])
        print(f"{title:<40}" + "".join(f"{one:>14.1f}" for one in figures), flush=True)
    for path in ("/letters.csv", "/letters/items.csv"):
        peak = most_memory()
        with meter.measure() as took:
            size = sum(len(piece) for piece in app.test_client().get(path, buffered=False).response)
        told = f"{size:,} bytes, {took.spent:.0f} CPU-ms, {most_memory() - peak} MB more memory at most"
        print(f"{path:<40}{told}")


def _publish(app: Flask, number: int) -> None:
    with app.extensions["kaiji"].database.session(write=True) as session:
        public_changed(session, [f"letter/q-made-{number:04}"], at=clock.now(), alone=True)


def main(letters: int = LETTERS) -> None:
    """Both databases."""
    for name, app, meter in both_opened():
        database, began = app.extensions["kaiji"].database, time.perf_counter()
        with database.session(write=False) as session:
            about = About(
                session.scalars(select(Incident.key).order_by(Incident.key).limit(40)).all(),
                session.scalars(select(System.key).order_by(System.key)).all(),
            )
        questions = 0
        for first in range(0, letters, AT_ONCE):
            with database.session(write=True) as session:
                questions += fill(session, min(AT_ONCE, letters - first), about, first=first)
        with database.session(write=True) as session:
            public_changed(session, [], at=clock.now())
            session.execute(text("ANALYZE"))
        print(f"\nThe register of letters: {name}, {letters} letters, {questions:,} questions, "
              f"written in {time.perf_counter() - began:.0f} s")  # fmt: skip
        measure(app, letters, about, meter)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else LETTERS)
