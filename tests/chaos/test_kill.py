"""Processes are killed at random while people file requests and the office decides them: nothing is lost or doubled."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from random import Random

import pytest
from sqlalchemy.orm import Session

from portal import schema, services
from portal.core.actor import Actor, Role
from portal.core.db import Database
from portal.services import Services
from tests import postgres as postgres_server
from tests.chaos import books
from tests.chaos.browser import Browser
from tests.chaos.desk import Clerk, Desk
from tests.chaos.killer import BACKGROUND, MASTER, ROUND, SUPERVISOR, WEB, Killer
from tests.chaos.residents import Person, Receipt, Resident
from tests.chaos.site import Site
from tests.conftest import make_settings
from tests.factories.accounts import an_account

NAMES = ("髙橋　見本", "見本　一郎", "𠮷田　見本", "葛\U000e0100城　見本", "齋藤 見本子")
RESIDENTS, DESKS, LOOKERS = 4, 2, 6
# How many requests: enough for every kind of process to be killed; `make chaos` asks for more.
REQUESTS = int(os.environ.get("CHAOS_REQUESTS", "12"))
# Without `make chaos` every kind of process is killed in one short round; with it there is no end to the killing.
MOST_ROUNDS = 1_000_000 if "CHAOS_REQUESTS" in os.environ else 1
KILLED = ROUND if "CHAOS_REQUESTS" in os.environ else (WEB, WEB, BACKGROUND, MASTER, SUPERVISOR)


def address(number: int) -> str:
    """A sample address in a network of its own, as a proxy in front of the site passes it on."""
    return f"10.{number // 250}.{number % 250}.7"


def installation(home: Path, **more: str) -> tuple[Services, dict[str, str]]:
    """A migrated database, keys and staff; and the settings that the processes get."""
    more = {"web_processes": "2", "trusted_proxies": "1", "log_level": "info", **more}
    settings = make_settings(home, **more)
    services.make_keys(settings)
    database = Database(settings.database_url)
    schema.upgrade(database)
    database.close()
    return services.build(settings), more


def staff(session: Session) -> Actor:
    """An approver and the officers; returns who drafts."""
    an_account(session, Role.APPROVER, login="sample-approver", name="見本 決子").must_change_password = False
    for number in range(DESKS):
        an_account(
            session, Role.OFFICER, login=f"sample-officer-{number}", name="見本 担男"
        ).must_change_password = False
    drafter = an_account(session, Role.OFFICER, login="sample-drafter", name="見本 起子")
    return drafter.as_actor()


class Run:
    """One round: so many residents' requests, all of them decided, while the killer is about."""

    def __init__(self, site: Site, building: Services, count: int, seed: int) -> None:
        self.site, self.building, self.count, self.seed = site, building, count, seed
        self.filed: queue.Queue[str | None] = queue.Queue()
        self.issued: list[str] = []
        self.browsers: list[Browser] = []
        self._lock = threading.Lock()

    def answers(self) -> int:
        """How often the site has answered anybody so far."""
        with self._lock:
            return sum(browser.answers for browser in self.browsers)

    def go(self, drafter: Actor) -> list[Receipt]:
        with ThreadPoolExecutor(RESIDENTS + DESKS) as pool:
            desks = [pool.submit(self._decide_all, drafter, number) for number in range(DESKS)]
            residents = [pool.submit(self._file, number) for number in range(self.count)]
            receipts = []
            try:
                for done in as_completed(residents):
                    receipts.append(done.result())
                    self.filed.put(receipts[-1].number)
            finally:
                for waiting in residents:
                    waiting.cancel()
                for _ in desks:
                    self.filed.put(None)
            for desk in desks:
                desk.result()
        return receipts

    def _browser(self, number: int) -> Browser:
        browser = Browser(self.site.port, address(number))
        with self._lock:
            self.browsers.append(browser)
        return browser

    def _file(self, number: int) -> Receipt:
        person = Person(f"K-{number:04d}", NAMES[number % len(NAMES)], wants_mail=number % 4 != 3)
        return Resident(self._browser(number), person, self.seed + number).file_request()

    def _decide_all(self, drafter: Actor, number: int) -> None:
        approver = Clerk(self._browser(10_000 + number), "sample-approver", self.seed - number)
        issuer = Clerk(self._browser(20_000 + number), f"sample-officer-{number}", self.seed - 100 - number)
        desk = Desk(self.building, drafter, approver, issuer)
        while (case := self.filed.get()) is not None:
            desk.decide(case)
            with self._lock:
                self.issued.append(case)


def open_with_code(site: Site, receipt: Receipt, number: int) -> None:
    """The requester comes back, opens the case and reads the letter."""
    browser = Browser(site.port, address(30_000 + number))
    form = browser.get("/request/status").form()
    page = browser.post(form.action, {**form.values, "number": receipt.number, "code": receipt.code})
    assert page.path == "/request/case", page.errors
    (letter,) = {link for link in page.links("/letters/") if not link.endswith(".pdf")}
    assert browser.get(f"{letter}/letter.pdf").data.startswith(b"%PDF")


def survive(home: Path, *, count: int, seed: int, rounds: int, gap: tuple[int, int], **more: str) -> None:
    building, settings = installation(home, **more)
    try:
        _survive(home, building, settings, count=count, seed=seed, rounds=rounds, gap=gap)
    finally:
        building.database.close()


def _survive(
    home: Path,
    building: Services,
    settings: dict[str, str],
    *,
    count: int,
    seed: int,
    rounds: int,
    gap: tuple[int, int],
) -> None:
    with building.database.session(write=True) as session:
        drafter = staff(session)
    began = time.monotonic()
    with Site(home, **settings) as site:
        run = Run(site, building, count, seed)
        killer = Killer(site, seed, gap=gap, answers=run.answers, round_of=KILLED, rounds=MOST_ROUNDS)
        killer.start()
        try:
            receipts = run.go(drafter)
        finally:
            killer.stop()
        spent = time.monotonic() - began
        site.wait_until_ready()
        for number, receipt in enumerate(Random(seed).sample(receipts, LOOKERS)):
            open_with_code(site, receipt, number)
    books.finish_jobs(building)
    with building.database.session(write=False) as session:
        entries = books.check_foundations(session)
        books.check_cases(session, building, receipts, run.issued)
        books.check_letters(session, building, run.issued)
        twice = books.check_mail(session, building)
    check_log(site, receipts)
    lost = sum(browser.lost for browser in run.browsers)
    print(
        f"\n{len(receipts)} requests, {len(run.issued)} letters in {spent:.0f} s; killed {dict(killer.kills)}, "
        f"started {site.starts} times, {lost} answers lost, {twice} mails sent again, {entries} entries in the journal"
    )
    assert len(receipts) == len(run.issued) == count
    assert all(killer.kills[kind] >= rounds for kind in (WEB, BACKGROUND, MASTER, SUPERVISOR)), killer.kills
    assert lost > 0


def check_log(site: Site, receipts: list[Receipt]) -> None:
    """Nothing personal was logged, and nothing went wrong but what the killing explains."""
    text = site.log.read_text("utf-8", "replace")
    for secret in {"見本の請求", "ミホン", *NAMES, *(receipt.code for receipt in receipts)}:
        assert secret not in text


@pytest.fixture
def chaos_home(tmp_path: Path) -> Iterator[Path]:
    home = tmp_path / "var"
    home.mkdir()
    return home


@pytest.mark.chaos
def test_nothing_is_lost_or_doubled_on_sqlite(chaos_home: Path) -> None:
    survive(chaos_home, count=REQUESTS, seed=20161013, rounds=1, gap=(8, 80))


@pytest.mark.chaos
@pytest.mark.postgres
def test_nothing_is_lost_or_doubled_on_postgresql(chaos_home: Path, postgres: postgres_server.Server) -> None:
    postgres.sql("CREATE DATABASE chaos")
    try:
        survive(
            chaos_home, count=max(12, REQUESTS // 5), seed=20160525, rounds=1, gap=(3, 36),
            database_url=postgres.url("chaos"),
        )  # fmt: skip
    finally:
        postgres.sql("DROP DATABASE chaos WITH (FORCE)")
