"""Somebody who follows a system: by mail, with a program of their own, by feed."""

from __future__ import annotations

import re
import urllib.request
from dataclasses import dataclass, field

import feedparser

from tests.browser.reader import Reader
from tests.browser.running import Site, wait_until
from tests.factories.receiver import Receiver
from tests.factories.smtp import subject, words


@dataclass
class Follower:
    """``link`` manages what comes by mail; nobody else has it."""

    reader: Reader
    site: Site
    system: str
    address: str
    link: str = field(default="", init=False)

    def asks_for_mails(self) -> None:
        """Once with a slip of the pen; then over the mailbox."""
        self.reader.opens("/follow")
        self.reader.follows("/follow/mail")
        self.reader.chooses(system=self.system)
        self.reader.fills_in(address="not an address")
        self.reader.presses()
        assert self.reader.errors
        self.reader.fills_in(address=self.address)
        self.reader.presses()
        assert self.reader.path == "/follow/mail/sent"
        (mail,) = self.site.mails_to(self.address, count=1)
        found = re.search(r"/follow/mail/[\w-]+", words(mail))
        assert found
        self.link = found[0]
        self.reader.opens(self.link)
        self.reader.does_not_read(self.address)
        self.reader.presses(value="confirm")

    def sets_up_a_program(self, there: Receiver) -> None:
        """The program answers a challenge before anything is sent to it."""
        self.reader.opens("/follow")
        self.reader.follows("/follow/webhooks")
        self.reader.fills_in(url=there.url)
        self.reader.chooses(system=self.system)
        self.reader.presses()
        assert not self.reader.errors, self.reader.errors
        wait_until(lambda: len(there.calls) == 1, "the challenge")

        def is_active() -> bool:
            self.reader.page.reload()
            return bool(self.reader.main.locator(".tag--success").count())

        wait_until(is_active, "the program's answer")

    def mails(self, count: int) -> list[str]:
        """The subjects of the mails about bulletins, in their order; waits for ``count``."""
        found = self.site.mails_to(self.address, count=count + 1)
        return [subject(mail) for mail in found[1:]]

    def feed(self) -> list[str]:
        """The titles of the system's feed, as a feed reader shows them."""
        with urllib.request.urlopen(f"{self.site.url}/feeds/systems/{self.system}.atom", timeout=20) as answer:
            read = feedparser.parse(answer.read())
        assert not read.bozo, read.bozo_exception
        return [entry.title for entry in read.entries]

    def stops(self) -> None:
        """The link is then nobody's."""
        self.reader.opens(self.link)
        self.reader.presses(value="leave", kind="danger")
        assert self.reader.path == "/follow/mail/stopped"
        answer = self.reader.page.goto(self.link)
        assert answer is not None
        assert answer.status == 404
