"""The figures of requests over 100,000 made cases: the first question of a day, and every later one.

Run: ``python -m bench.statistics [cases]``. Times are server time: from a request to its whole answer, in one process,
on SQLite, with the machine as it is. The 95th percentile is by nearest rank.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from bench.site import environment, kaiji
from disclosure.queries.statistics import figures
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import Channel
from portal.app import create_app
from portal.core import clock
from portal.core.settings import Settings
from tests.factories.requests import a_row, store
from tests.factories.smtp import free_port

CASES, YEARS, AT_ONCE, DAYS, ROUNDS = 100_000, 5, 5_000, 20, 200
KINDS = (DecisionType.FULL, DecisionType.PARTIAL, DecisionType.NONE, DecisionType.NOT_HELD, DecisionType.FORM)
PATHS = ("/statistics/requests", "/statistics/requests/{year}", "/statistics/requests.csv", "/statistics/requests.json")


def made(count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Requests spread over five years, most of them decided within the month that is given for it."""
    chance, today = random.Random(seed), clock.day_in_japan(clock.now())
    channels = list(Channel)
    for _ in range(count):
        received = today - timedelta(days=chance.randrange(1, YEARS * 365))
        days, channel = min(90, int(chance.gammavariate(8, 3)) + 1), chance.choices(channels, (70, 12, 15, 3))[0]
        if received + timedelta(days=days) >= today:
            yield a_row(received, channel=channel)
        elif chance.random() < 0.06:
            yield a_row(received, channel=channel, withdrawn_on=received + timedelta(days=days // 2))
        else:
            yield a_row(received, channel=channel, decided=chance.choices(KINDS, (60, 20, 8, 9, 3))[0], days=days)


def fill(app: Flask, count: int) -> None:
    """Write them."""
    rows = made(count)
    while block := list(islice(rows, AT_ONCE)):
        with app.extensions["kaiji"].database.session(write=True) as session:
            store(session, block)


def p95(times: list[float]) -> float:
    """The 95th percentile by nearest rank."""
    return sorted(times)[-(-len(times) * 95 // 100) - 1]


def timed(rounds: int, work: Callable[[], object]) -> list[float]:
    """Milliseconds of each round."""
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return found


def main(count: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="kaiji-bench-") as folder:
        home, port = Path(folder) / "var", free_port()
        kaiji(home, port, "keys", "init")
        kaiji(home, port, "db", "upgrade")
        given = {name: value for name, value in environment(home, port).items() if name.startswith("KAIJI_")}
        app = create_app(Settings.from_env(given))
        fill(app, count)
        today = clock.day_in_japan(clock.now())
        database = app.extensions["kaiji"].database

        def afresh() -> None:
            session: Session
            with database.session(write=False) as session:
                figures(session, profile="public-body", today=today)

        def ask(path: str) -> None:
            answer = app.test_client().get(path)
            if answer.status_code != 200:
                raise RuntimeError(f"{path}: {answer.status_code}")

        print(f"{count:,} cases of {YEARS} years, SQLite; milliseconds of server time\n")
        print(f"{'':<42}{'median':>9}{'p95':>9}{'max':>9}")
        _line("counting afresh, once a day and process", timed(DAYS, afresh))
        _line("first page of a day", timed(1, lambda: ask(PATHS[0])))
        for path in PATHS:
            address = path.format(year=today.year - 2)
            _line(address, timed(ROUNDS, lambda address=address: ask(address)))  # type: ignore[misc]
        database.close()


def _line(name: str, times: list[float]) -> None:
    middle = sorted(times)[len(times) // 2]
    print(f"{name:<42}{middle:>9.1f}{p95(times):>9.1f}{max(times):>9.1f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else CASES)
