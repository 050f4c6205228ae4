"""Sample persons who file a request each, and who do not give up when the site does not answer."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw

from tests.chaos.browser import Browser, Lost
from tests.client import Page

PATIENCE = 240  # seconds without a receipt after which the test fails
FILE = "免許証.png"
PAGES = ("/request/records", "/request/person", "/request/identity", "/request/check", "/request/receipt")


@dataclass(frozen=True)
class Person:
    """Who asks. ``mark`` stands in the details, so that the request is known again when it is opened."""

    mark: str
    name: str
    wants_mail: bool

    @property
    def email(self) -> str:
        return f"{self.mark.lower()}@kaiji.example" if self.wants_mail else ""


@dataclass(frozen=True)
class Receipt:
    """What the receipt page said."""

    person: Person
    number: str
    code: str


def document() -> bytes:
    """A drawn document that belongs to nobody."""
    image = Image.new("RGB", (320, 200), "lightgrey")
    ImageDraw.Draw(image).text((20, 20), "SAMPLE", fill="black")
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


DOCUMENT = document()


class Resident:
    """One person at one browser."""

    def __init__(self, browser: Browser, person: Person, seed: int) -> None:
        self.browser, self.person, self.chance = browser, person, Random(seed)
        self._last: Callable[[], Page] = lambda: self.browser.get("/request/procedure")

    def file_request(self) -> Receipt:
        """From the first question to the receipt, however often the way is cut."""
        until = time.monotonic() + PATIENCE
        page = self._persist(self._last, until)
        while (found := self._receipt(page)) is None:
            page = self._persist(self._next(page), until)
        return found

    def fill_in(self) -> None:
        """To the page with all answers, in a site that nobody kills."""
        page = self._last()
        while page.path != "/request/check":
            page = self._next(page)()

    def _persist(self, step: Callable[[], Page], until: float) -> Page:
        """Do a step; when it is lost, press again, reload, or go back and on again, as people do."""
        self._last = step
        while True:
            try:
                page = step()
            except Lost:
                assert time.monotonic() < until, f"{self.person.mark} waits for ever"
                time.sleep(self.chance.uniform(0.1, 1.2))
                step = self.chance.choice((self._last, self._last, self._elsewhere))
                continue
            assert page.status in (200, 400), f"{page.path} answers {page.status}: {page.errors or page.text[:300]}"
            if page.status == 200:
                return page
            step = self._elsewhere  # the form was of a session that the browser never heard of

    def _elsewhere(self) -> Page:
        return self.browser.get(self.chance.choice(PAGES))

    def _receipt(self, page: Page) -> Receipt | None:
        if page.path != "/request/receipt":
            return None
        number = page.tree.get_element_by_id("receipt-number").text_content().strip()
        code = page.tree.get_element_by_id("access-code").text_content().strip()
        return Receipt(self.person, number, code)

    def _next(self, page: Page) -> Callable[[], Page]:
        """What this person does on this page."""
        name = page.path.rpartition("/")[2]
        if name == "status":  # nothing is in progress and nothing was filed
            return lambda: self.browser.get("/request/procedure")
        if name == "identity":
            return self._show_document(page)
        form = page.form()
        values = {**form.values, **self._answers(name)}
        if name == "check" and self.chance.random() < 0.15:
            return lambda: (self.browser.post(page.path, values), self.browser.post(page.path, values))[1]
        return lambda: self.browser.post(page.path, values)

    def _show_document(self, page: Page) -> Callable[[], Page]:
        if FILE in page.text:
            done = page.form("identity/done")
            return lambda: self.browser.post(done.action, done.values)
        form = page.form("/request/identity")
        values = {**form.values, "document": "driving-licence"}
        return lambda: self.browser.post(page.path, values, {"file": (FILE, DOCUMENT)})

    def _answers(self, page: str) -> dict[str, str]:
        answers: dict[str, dict[str, str]] = {
            "procedure": {"record": "card-application"},
            "records": {"whose": "mine", "records": "both", "details": f"見本の請求 {self.person.mark}"},
            "person": {
                "name": self.person.name,
                "kana": "ミホン　タロウ",
                "postal_code": "100-0000",
                "address": "東京都千代田区見本町一丁目2番3号",
                "birth_date": "昭和55年2月29日",
            },
            "contact": {"telephone": "", "email": self.person.email, "language": "ja"},
            "delivery": {"delivery": "download", "format": "pdf"},
            "check": {"declared": "y"},
        }
        return answers[page]
