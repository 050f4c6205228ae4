"""The desk over 100,000 made cases: its list, queues, deep pages, a case, the workload, the figures; both databases.

Run: ``python -m bench.desk [cases]``. Server time is from a request to its whole answer, in one process through the
whole application; CPU is what the process itself used, which other work on the machine changes least (PostgreSQL works
in processes of its own). The 95th percentile is by nearest rank.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from bench.record import both
from bench.site import environment, kaiji
from bench.statistics import made, p95
from disclosure.models.case import Case
from disclosure.operations.publish_figures import count_if_missing, publish_figures
from disclosure.rules.states import State
from portal.accounts.operations.departments import create_department
from portal.accounts.operations.set_department import set_department
from portal.app import create_app
from portal.core import clock
from portal.core.actor import SYSTEM, Role
from portal.core.db import Database
from portal.core.settings import Settings
from tests.client import Browser
from tests.factories.accounts import PASSWORD, an_account
from tests.factories.disclosure import a_case
from tests.factories.requests import store
from tests.factories.smtp import free_port

CASES, OPEN_SHARE, PEOPLE, DEPARTMENTS, AT_ONCE, ROUNDS = 100_000, 0.1, 12, 4, 5_000, 60
WORKING = (
    State.RECEIVED, State.IDENTITY_CHECK, State.SEARCH, State.DRAFTING, State.APPROVAL, State.APPROVED,
)  # fmt: skip


def rows(count: int, people: list[tuple[str, str]], today: date, seed: int = 11) -> Iterator[dict[str, Any]]:
    """Cases of five years: one in ten open and in somebody's hands, the others decided and closed, or withdrawn."""
    chance = random.Random(seed)
    for row in made(count, seed):
        who = chance.choice(people) if chance.random() < 0.85 else None
        row |= {"assignee_id": who[0] if who else None, "assignee_name": who[1] if who else ""}
        if chance.random() < OPEN_SHARE:
            row |= {
                "state": chance.choice(WORKING), "decision_type": None, "notified_on": None, "ended_on": None,
                "next_due_on": today + timedelta(days=chance.randrange(-10, 30)),
            }  # fmt: skip
        elif row["state"] is State.NOTIFIED:
            row |= {"state": State.CLOSED, "ended_on": row["notified_on"] + timedelta(days=40), "next_due_on": None}
        yield row


def fill(app: Flask, count: int) -> tuple[str, str, str]:
    """Write them; returns the number of one whole case, and the ids of somebody in charge and of a department."""
    building, today = app.extensions["kaiji"], clock.day_in_japan(clock.now())
    with building.database.session(write=True) as session:
        accounts = [
            an_account(session, Role.OFFICER, Role.RECEPTION, Role.APPROVER, login=f"bench-{n}", name=f"見本 {n}号")
            for n in range(PEOPLE)
        ]
        places = [
            create_department(session, name_ja=f"見本{n}課", name_en=f"Sample {n}", by=SYSTEM, at=clock.now())
            for n in range(DEPARTMENTS)
        ]
        for n, account in enumerate(accounts):
            set_department(session, account, places[n % DEPARTMENTS], by=SYSTEM, at=clock.now())
        people, department = [(row.id, row.name) for row in accounts], places[0].id
        case = a_case(
            session, building.settings, building.office, state=State.DRAFTING, at=clock.now() - timedelta(days=9)
        )
        number: str = case.number
    made_rows = rows(count, people, today)
    while block := list(islice(made_rows, AT_ONCE)):
        with building.database.session(write=True) as session:
            store(session, block)
    _settle(building.database)
    with building.database.session(write=True) as session:
        profile = building.settings.organisation.profile
        if (found := count_if_missing(session, profile, today=today)) is not None:
            publish_figures(session, found, profile, today=today, at=clock.now())
    return number, people[3][0], department


def _settle(database: Database) -> None:
    """What either database does by itself in time: count its values and, in PostgreSQL, mark what all can see."""
    connection = database.engine.raw_connection()
    driver: Any = connection.driver_connection
    if database.dialect == "postgresql":
        driver.autocommit = True
        connection.cursor().execute("VACUUM ANALYZE")
        driver.autocommit = False
    else:
        connection.cursor().execute("ANALYZE")
    connection.close()


def measure(name: str, app: Flask, count: int) -> None:
    """Fill a database, ask for each page again and again, print what it took."""
    began = time.perf_counter()
    number, person, department = fill(app, count)
    print(f"\n{name}, {count:,} cases, filled in {time.perf_counter() - began:.0f} s; milliseconds of server time")
    print(f"{'':<44}{'median':>9}{'p95':>9}{'max':>9}{'CPU':>9}")
    browser = Browser(app)
    browser.get("/staff/sign-in")
    browser.send(login="bench-3", password=PASSWORD)
    with app.extensions["kaiji"].database.session(write=False) as session:
        some = session.scalars(select(Case.number).where(Case.ended_on.is_(None)).limit(1)).one()
    for title, path in (
        ("desk, first page", "/staff"),
        ("desk, mine", "/staff?scope=mine"),
        ("desk, overdue", "/staff?scope=overdue"),
        ("desk, queue of decisions to approve", "/staff?duty=approve"),
        ("desk, one person's cases", f"/staff?person={person}"),
        ("desk, one department's cases", f"/staff?department={department}"),
        ("desk, page 190", "/staff?page=190"),
        ("desk, ended, first page", "/staff?scope=ended"),
        ("desk, ended, page 1,500", "/staff?scope=ended&page=1500"),
        ("desk, one number", f"/staff?number={some}"),
        ("workload", "/staff/workload"),
        ("absences", "/staff/absences"),
        ("a case's page", f"/staff/cases/{number}"),
        ("fees of a case", f"/staff/cases/{number}/fees"),
        ("requests in numbers", "/statistics/requests"),
        ("requests in numbers, JSON", "/statistics/requests.json"),
    ):
        times, spent = [], []
        for _ in range(ROUNDS):
            start, used = time.perf_counter(), time.process_time()
            answer = browser.client.get(path)
            times.append((time.perf_counter() - start) * 1000)
            spent.append((time.process_time() - used) * 1000)
            if answer.status_code != 200:
                raise RuntimeError(f"{path}: {answer.status_code}")
        middle, cpu = sorted(times)[len(times) // 2], sorted(spent)[len(spent) // 2]
        print(f"{title:<44}{middle:>9.1f}{p95(times):>9.1f}{max(times):>9.1f}{cpu:>9.1f}", flush=True)


def main(count: int = CASES) -> None:
    """Both databases."""
    for name, url, _meter in both():
        with tempfile.TemporaryDirectory(prefix="kaiji-bench-") as folder:
            home, port = Path(folder) / "var", free_port()
            os.environ.pop("KAIJI_DATABASE_URL", None)
            if url:
                os.environ["KAIJI_DATABASE_URL"] = url  # the commands below make its tables
            given = environment(home, port)
            kaiji(home, port, "keys", "init")
            kaiji(home, port, "db", "upgrade")
            app = create_app(Settings.from_env({k: v for k, v in given.items() if k.startswith("KAIJI_")}))
            measure(name, app, count)
            app.extensions["kaiji"].database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else CASES)
