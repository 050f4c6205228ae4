"""A whole installation as it is served in earnest: web server, worker, archive, index, staff, and a mail server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from sqlalchemy import func, select

import content.records  # noqa: F401 - tells the index where the records are
from content.cli import load
from disclosure.models.case import Case
from portal import schema, services
from portal.core.actor import Role
from portal.services import Services
from search import operations
from search.engines import engine
from search.sources import SOURCES
from tests.conftest import make_settings
from tests.factories.accounts import an_account
from tests.factories.smtp import Box, free_port, smtp_server

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 40
WAIT_SECONDS = 15

STAFF = {
    "reception": ("見本 受子", (Role.RECEPTION,)),
    "officer": ("見本 担男", (Role.OFFICER,)),
    "approver": ("見本 決子", (Role.APPROVER,)),
    "publisher": ("見本 公子", (Role.PUBLISHER,)),
    "second-publisher": ("見本 公男", (Role.PUBLISHER, Role.APPROVER)),
    "auditor": ("見本 監男", (Role.AUDITOR,)),
    "administrator": ("見本 管子", (Role.ADMINISTRATOR,)),
}


@dataclass(frozen=True)
class Site:
    """Where the site is reached, what is behind it, and the mails that it has sent."""

    url: str
    building: Services
    mailbox: Box

    def requests(self) -> int:
        """How many requests are filed."""
        with self.building.database.session(write=False) as session:
            return session.scalar(select(func.count()).select_from(Case)) or 0

    def mails_to(self, address: str, *, count: int) -> list[Message]:
        """The first mails to an address; waits until there are ``count``."""

        def found() -> list[Message]:
            return [mail for mail in list(self.mailbox.received) if address in str(mail["To"])]

        wait_until(lambda: len(found()) >= count, f"{count} mails to {address}")
        return found()


def wait_until(true: Callable[[], bool], what: str, seconds: float = WAIT_SECONDS) -> None:
    """Look again and again; fails with ``what`` when the time is over."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited {seconds} s in vain for {what}"
        time.sleep(0.1)


@contextmanager
def running_site(home: Path, **more: str) -> Iterator[Site]:
    """Set up an installation in ``home`` and serve it for the block; ``more`` are settings of its own."""
    home.mkdir(parents=True, exist_ok=True)
    with smtp_server() as mailbox:
        chosen = {
            "host": "127.0.0.1",
            "port": str(free_port()),
            "smtp_host": "127.0.0.1",
            "smtp_port": str(mailbox.port),
            "smtp_starttls": "0",
            # Each browser comes from an address of its own, as behind a proxy; the limits by address stay in force.
            "trusted_proxies": "1",
            # Programs that follow what is published listen on this machine, without TLS.
            "webhooks_anywhere": "1",
            **more,
        }
        settings = make_settings(home, **chosen)
        services.make_keys(settings)
        building = services.build(settings)
        schema.upgrade(building.database)
        load(building.database)
        operations.rebuild(building.database, SOURCES, engine(settings))
        with building.database.session(write=True) as session:
            for login, (name, roles) in STAFF.items():
                an_account(session, *roles, login=login, name=name)
        environment = {f"KAIJI_{name.upper()}": value for name, value in chosen.items()}
        try:
            with _process(home, {**environment, "KAIJI_HOME": str(home)}, settings.public_url):
                yield Site(settings.public_url, building, mailbox)
        finally:
            building.database.close()


@contextmanager
def _process(home: Path, environment: Mapping[str, str], url: str) -> Iterator[None]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("KAIJI_")}
    log = home / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.cli", "serve"],
            cwd=ROOT, env={**others, **environment}, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            wait_until(lambda: process.poll() is not None or _ready(url), "the site", START_SECONDS)
            assert process.poll() is None, log.read_text()
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
