"""People who publish bulletins at the desk, and readers who look whether what they are given is whole."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from lxml import etree

from content.operations.review import send_for_review
from content.operations.write_bulletin import write_bulletin
from portal.core import clock
from portal.core.actor import Actor
from portal.services import Services
from tests.chaos.browser import Browser, Lost
from tests.client import Page
from tests.factories.accounts import PASSWORD
from tests.factories.content import a_fact, a_writing

PATIENCE = 240
DESK = "/staff/publishing/drafts"
# What readers open beside the incidents that are being written.
OVERVIEWS = ("/", "/en/", "/incidents", "/incidents.json", "/systems", "/archive", "/feeds/incidents.atom", "/figures")


class Approver:
    """At a browser; reads what a colleague wrote, and publishes it."""

    def __init__(self, browser: Browser, login: str, building: Services, writer: Actor, seed: int) -> None:
        self.browser, self.login, self.building, self.writer = browser, login, building, writer
        self.chance = Random(seed)

    def publish(self, key: str, number: int, mark: str) -> None:
        """Bulletin ``number`` of an incident: written and sent by the verbs, published on the page until that says so.

        What was confirmed is there for the next reader at once.
        """
        at = clock.now()
        said = a_writing(a_fact(number=float(number)), title_ja=f"見本 {mark}", title_en=f"Sample {mark}")
        said = replace(said, bulletin=replace(said.bulletin, day=clock.day_in_japan(at)))
        with self.building.database.session(write=True) as session:
            draft = write_bulletin(session, said, incident_key=key, new=number == 1, by=self.writer, at=at)
            send_for_review(session, draft, by=self.writer, at=at)
            place = f"{DESK}/{draft.id}"
        self._press(place)
        page = self._persist(lambda: self.browser.get(f"/en/incidents/{key}"))
        assert page.status == 200, page.status
        assert f"Sample {mark}" in page.text, f"{mark} was confirmed and is not shown"

    def _press(self, place: str) -> None:
        again: Callable[[], Page] | None = None
        while True:
            if again is not None and self.chance.random() < 0.5:
                self._persist(again)  # the same button once more, before looking again
            page = self._persist(lambda: self._open(place))
            if not [form for form in page.tree.iter("form") if (form.get("action") or "").endswith("/publish")]:
                assert "Sample" in page.text or "見本" in page.text, page.text[:300]
                return
            form = page.form("/publish")
            again = lambda: self.browser.post(form.action, form.values)  # noqa: B023, E731 - called before the next round
            page = self._persist(again)
            assert page.status in (200, 403, 409), f"publishing answers {page.status}: {page.text[:300]}"

    def _persist(self, step: Callable[[], Page]) -> Page:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return step()
            except Lost:
                assert time.monotonic() < until, f"{self.login} waits for ever"
                time.sleep(self.chance.uniform(0.05, 0.5))

    def _open(self, path: str) -> Page:
        page = self.browser.get(path)
        if page.path.startswith("/staff/sign-in"):
            values = {**page.form().values, "login": self.login, "password": PASSWORD}
            page = self.browser.post(page.path, values)
            if page.path.startswith("/staff/sign-in"):
                raise Lost("the sign-in was cut")
        return page


class Seen:
    """What all readers were given: by address and mark, and how often."""

    def __init__(self) -> None:
        self.pages = self.files = 0
        self._bytes: dict[tuple[str, str], str] = {}
        self._lock = threading.Lock()

    def page(self, path: str, mark: str, data: bytes) -> None:
        """Equal marks of an address are equal bytes, whichever process made them."""
        found = hashlib.sha256(data).hexdigest()
        with self._lock:
            self.pages += 1
            assert self._bytes.setdefault((path, mark), found) == found, f"{path} {mark} has two faces"

    def file(self) -> None:
        with self._lock:
            self.files += 1


class Looker(threading.Thread):
    """A reader who reads until told to stop; ``wrong`` is what was not whole."""

    def __init__(self, browser: Browser, keys: list[str], published: Path, seen: Seen, seed: int) -> None:
        super().__init__(daemon=True)
        self.browser, self.keys, self.published, self.seen = browser, keys, published, seen
        self.chance, self.wrong = Random(seed), ""
        self._stopping = threading.Event()

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        try:
            while not self._stopping.is_set():
                try:
                    self._read_page()
                except Lost:
                    self._stopping.wait(self.chance.uniform(0.2, 1))
                self._read_file()
                self._stopping.wait(self.chance.uniform(0, 0.1))
        except Exception as error:
            self.wrong = f"{type(error).__name__}: {error}"

    def _read_page(self) -> None:
        one = f"/incidents/{self.chance.choice(self.keys)}"
        own = (one, f"/en{one}", f"{one}.json", f"/feeds{one}.atom", f"/api/v1{one}")
        path = self.chance.choice((*own, *OVERVIEWS))
        page = self.browser.get(path)
        if page.status == 404 and path in own:
            return  # not published yet
        assert page.status == 200, (path, page.status)
        is_whole(path, page.data)
        self.seen.page(path, page.headers["ETag"], page.data)

    def _read_file(self) -> None:
        names = [path for path in self.published.rglob("*.*") if not path.name.startswith(".")]
        if not names:
            return
        path = self.chance.choice(names)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return
        if path.suffix != ".br":
            is_whole(path.name.removesuffix(".gz"), gzip.decompress(data) if path.suffix == ".gz" else data)
            self.seen.file()


def is_whole(name: str, data: bytes) -> None:
    """Whether an answer or a file is all there: to its last line, and of one moment."""
    if name.endswith((".atom", ".xml")):
        etree.fromstring(data)
    elif name.endswith(".json") or name.startswith("/api/"):
        numbers = [one["number"] for one in _bulletins(json.loads(data))]
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), f"{name} has the bulletins {numbers}"
    else:
        assert data.rstrip().endswith(b"</html>"), f"{name} ends with {data[-80:]!r}"


def _bulletins(told: object) -> list[dict[str, int]]:
    if not isinstance(told, dict):
        return []
    item = told.get("item", told)
    found = item.get("record", item.get("bulletins", [])) if isinstance(item, dict) else []
    return found if isinstance(found, list) else []
