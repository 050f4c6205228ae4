"""A room of people who publish and read while the site's processes are killed; and what has to be there afterwards."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from sqlalchemy import select

from content.models.bulletins import Bulletin, Fact
from content.models.drafts import Draft
from content.operations.write_pages import Writer
from content.queries import revision
from content.rules.states import DraftState
from portal.app import create_app
from portal.core import clock, made_by
from portal.core.actor import Actor, Role
from portal.services import Services
from portal.web.reader import Reader
from tests.chaos.browser import Browser
from tests.chaos.press import Approver, Looker, Seen
from tests.chaos.site import Site
from tests.factories.accounts import an_account
from tests.factories.content import load, the_archive

# Pages name the site's address: what was written is compared by a process with another port.
ADDRESS = "http://kaiji.example"


def login(number: int) -> str:
    """The name by which an approver signs in."""
    return f"sample-editor-{number:02}"


def prepare(building: Services, writers: int) -> Actor:
    """Systems and causes without incidents, an approver beside each writer's place; returns who writes.

    Each signs in by a name of their own, for whoever signs in too often by one name has to wait.
    """
    with building.database.session(write=True) as session:
        load(session, replace(the_archive(), incidents=(), letters=(), figures=()))
        for number in range(writers):
            an_account(session, Role.APPROVER, login=login(number), name="見本 決子").must_change_password = False
        return an_account(session, Role.PUBLISHER, login="sample-writer", name="見本 書子").as_actor()


class Room:
    """Everybody who writes and reads, each in a thread."""

    def __init__(
        self, site: Site, building: Services, writer: Actor, seed: int, *, writers: int, readers: int, each: int
    ) -> None:
        self.site, self.building, self.writer, self.seed, self.each = site, building, writer, seed, each
        self.keys = [f"sample-{number:02}" for number in range(writers)]
        self.confirmed: dict[str, str] = {}
        self.browsers: list[Browser] = []
        self.seen = Seen()
        self._lock = threading.Lock()
        self.lookers = [
            Looker(
                self._browser(1000 + number), self.keys, building.settings.published_folder, self.seen, seed + number
            )
            for number in range(readers)
        ]

    def _browser(self, number: int) -> Browser:
        browser = Browser(self.site.port, f"10.100.{number // 250}.{number % 250}")
        self.browsers.append(browser)
        return browser

    def answers(self) -> int:
        """How often the site has answered anybody so far."""
        return sum(browser.answers for browser in self.browsers)

    def write(self, number: int) -> None:
        """One person's bulletins, one after the other."""
        key = self.keys[number]
        approver = Approver(self._browser(number), login(number), self.building, self.writer, self.seed - number)
        for count in range(1, self.each + 1):
            mark = f"M{number:02}-{count:02}"
            approver.publish(key, count, mark)
            with self._lock:
                self.confirmed[f"{key}/{count}"] = mark

    def go(self) -> None:
        """Until everything is published."""
        for looker in self.lookers:
            looker.start()
        with ThreadPoolExecutor(len(self.keys)) as pool:
            for done in [pool.submit(self.write, number) for number in range(len(self.keys))]:
                done.result()
        for looker in self.lookers:
            looker.stop()
        for looker in self.lookers:
            looker.join(60)

    def check(self) -> None:
        """When it is over: nothing that was read was in parts; each confirmed bulletin is there, and no other."""
        assert [looker.wrong for looker in self.lookers if looker.wrong] == []
        assert self.seen.pages > len(self.confirmed)
        _check_record(self.building, self.confirmed)
        _check_pages(self.building, self.keys)

    def __str__(self) -> str:
        lost = sum(browser.lost for browser in self.browsers)
        return (
            f"{len(self.confirmed)} bulletins by {len(self.keys)} people, {self.seen.pages} pages and "
            f"{self.seen.files} files read by {len(self.lookers)} whole, {lost} answers lost"
        )


def _check_record(building: Services, confirmed: dict[str, str]) -> None:
    """Each confirmed bulletin is there once and whole, and no other is."""
    with building.database.session(write=False) as session:
        found = {one.id: one for one in session.scalars(select(Bulletin))}
        assert {key: one.title_en.removeprefix("Sample ") for key, one in found.items()} == confirmed
        facts = {one.bulletin_id: one.number for one in session.scalars(select(Fact))}
        assert facts == {key: one.number for key, one in found.items()}
        assert revision.number(session) > len(confirmed)
        assert set(session.scalars(select(Draft.state))) == {DraftState.PUBLISHED}


def _check_pages(building: Services, keys: list[str]) -> None:
    """When a worker has looked for what killed ones left, every written page is what the site answers."""
    folder, app = building.settings.published_folder, create_app(building.settings)
    reader = Reader(app, building.settings)
    writer = Writer(building.database, folder, reader.ask, made_by.mark(building.settings))
    try:
        writer.run(now=clock.now(), seconds=600)
        wrong = writer.check()
        assert not wrong, wrong
    finally:
        app.extensions["kaiji"].database.close()
    for key in keys:
        for name in ("index.html", "index.html.gz", "index.html.br"):
            assert (folder / "incidents" / key / name).is_file()
