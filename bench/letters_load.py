"""Many processes issue letters at once: the series stays whole, and so does the public tree.

Run: ``python -m bench letters-load`` lays out, signs and registers 2,000 whole letters in 8 processes on a throwaway
PostgreSQL. With ``--whole N`` only the first N letters of each process have a file, which is what the tests do.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
from sqlalchemy import func, select

from portal import schema, services
from portal.core import audit, clock, pdf, press
from portal.core.db import Database
from portal.core.settings import Settings
from portal.letters.models.numbers import LetterNumber, Series
from portal.letters.models.register import IssuedLetter, Standing
from portal.letters.numbering import fiscal_year
from portal.letters.operations import stand
from portal.letters.operations.numbers import LETTERS, void_number
from portal.letters.queries import tree, whole_tree
from tests import postgres
from tests.factories.disclosure import APPROVER
from tests.factories.letters import a_letter, an_entry

ROLLED_BACK, VOIDED, REPLACED = 0.1, 0.03, 0.02  # a share of the letters


class Dropped(Exception):
    """A transaction that is given up after everything was done in it."""


@dataclass(frozen=True)
class Plan:
    """What each process does."""

    settings: Settings
    letters: int
    whole: int
    apart: bool


@dataclass(frozen=True)
class Outcome:
    """What came out; ``problems`` is empty when the series and the tree are whole."""

    letters: int
    whole: int
    voided: int
    rolled_back: int
    replaced: int
    tree: int
    seconds: float
    problems: tuple[str, ...]


def run(settings: Settings, *, letters: int, processes: int, whole: int, apart: bool) -> Outcome:
    """Issue ``letters`` in all, the first ``whole`` of each process with a file, and look at what is there after.

    ``apart``: files are laid out in the press's children, as in real use; otherwise in the processes themselves.
    """
    share = [letters // processes + (number < letters % processes) for number in range(processes)]
    if not apart:
        pdf.warm()
    context = multiprocessing.get_context("fork")
    began = time.perf_counter()
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        plans = [(number, Plan(settings, count, whole, apart)) for number, count in enumerate(share)]
        done = list(pool.map(_issue, plans))
    seconds = time.perf_counter() - began
    rolled_back, voided, replaced = (sum(counts) for counts in zip(*done, strict=True))
    database = Database(settings.database_url)
    try:
        problems, size = _look(database, letters, voided, replaced)
    finally:
        database.close()
    files = sum(min(whole, count) for count in share)
    return Outcome(letters, files, voided, rolled_back, replaced, size, round(seconds, 1), tuple(problems))


def _issue(task: tuple[int, Plan]) -> tuple[int, int, int]:
    """One process: its letters, some transactions given up before, some numbers voided, some letters replaced."""
    number, plan = task
    if not plan.apart:
        press.run = _here
    chance, building = random.Random(number), services.build(plan.settings)
    rolled_back = voided = replaced = 0
    last = ""
    for count in range(plan.letters):
        if chance.random() < ROLLED_BACK:
            rolled_back += 1
            try:
                with building.database.session(write=True) as session:
                    an_entry(session, at=clock.now())
                    raise Dropped
            except Dropped:
                pass
        if chance.random() < VOIDED:
            voided += 1
            with building.database.session(write=True) as session:
                now = clock.now()
                year = fiscal_year(clock.day_in_japan(now))
                void_number(session, fiscal_year=year, reason="見本", by=APPROVER, at=now)
        with building.database.session(write=True) as session:
            old = stand.in_force(session, last) if last and chance.random() < REPLACED else None
            if count < plan.whole:
                issued = a_letter(session, plan.settings, signer=building.signer, at=clock.now())
                row = session.get_one(IssuedLetter, issued.id)
            else:
                row = an_entry(session, at=clock.now())
            if old is not None:
                replaced += 1
                stand.replace(session, old, row, since=row.issued_on, at=clock.now())
            last = row.id
    building.database.close()
    press.close()  # what a forked process leaves behind would keep it from ending
    return rolled_back, voided, replaced


def _here(function: Any, /, *args: Any, seconds: float = 60.0, **kwargs: Any) -> Any:
    """The press's work in this very process."""
    return function(*args, **kwargs)


def _look(database: Database, letters: int, voided: int, replaced: int) -> tuple[list[str], int]:
    """What is wrong with the series, the register and the tree, and the tree's size."""
    wrong = []
    with database.session(write=False) as session:
        for series in session.scalars(select(Series).where(Series.series == LETTERS)):
            wanted = select(LetterNumber.sequence).where(
                LetterNumber.series == LETTERS, LetterNumber.fiscal_year == series.fiscal_year
            )
            if sorted(session.scalars(wanted)) != list(range(1, series.last + 1)):
                wrong.append(f"the series of {series.fiscal_year} has a gap or a double")
        counts = {
            "letters": (select(func.count()).select_from(IssuedLetter), letters),
            "numbers": (select(func.count()).select_from(LetterNumber), letters + voided),
            "replaced": (select(func.count()).select_from(Standing), replaced),
        }
        for name, (query, expected) in counts.items():
            if (found := session.scalar(query)) != expected:
                wrong.append(f"{found} {name} instead of {expected}")
        report = whole_tree.verify(session)
        if not report.ok or report.size != letters + replaced:
            wrong.append(f"the tree of {report.size}: {report.reason}")
        for size in (1, report.size // 2, report.size):
            tree.consistency(session, size)
        if not audit.verify(session).ok:
            wrong.append("the journal is broken")
    return wrong, report.size


def _settings(home: Path, url: str) -> Settings:
    return Settings.from_env({"KAIJI_HOME": str(home), "KAIJI_DATABASE_URL": url})


@click.command()
@click.option("--url", help="A database with the schema; by default a throwaway PostgreSQL.")
@click.option("--letters", default=2000, show_default=True)
@click.option("--processes", default=8, show_default=True)
@click.option("--whole", type=int, help="How many letters of each process have a file; by default all.")
@click.option("--apart/--here", default=True, help="Lay files out in the press's children (as in real use), or not.")
def main(url: str | None, letters: int, processes: int, whole: int | None, apart: bool) -> None:
    """Issue letters in many processes at once; prints what came out as JSON."""
    with tempfile.TemporaryDirectory(prefix="kaiji-load-") as folder:
        if url is None:
            with postgres.server() as running:
                running.sql("CREATE DATABASE load")
                settings = _settings(Path(folder), running.url("load"))
                database = Database(settings.database_url)
                schema.upgrade(database)
                database.close()
                found = _run(settings, letters, processes, whole, apart)
        else:
            found = _run(_settings(Path(folder), url), letters, processes, whole, apart)
    click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    sys.exit(1 if found.problems else 0)


def _run(settings: Settings, letters: int, processes: int, whole: int | None, apart: bool) -> Outcome:
    services.make_keys(settings)
    return run(settings, letters=letters, processes=processes, whole=letters if whole is None else whole, apart=apart)


if __name__ == "__main__":
    main()
