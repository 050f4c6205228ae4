"""People of other bodies: those who query, those who provide, a prefecture that passes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from discrepancy.cli import load
from portal.accounts.operations.create_account import create_account
from portal.core.actor import SYSTEM
from portal.core.sheets import XLSX
from tests.browser.conftest import Open
from tests.browser.running import Site
from tests.browser.staff import Colleague
from tests.factories.accounts import LONG_AGO, PASSWORD

CASES = "/bodies/cases"


def open_the_register(site: Site, *codes: str) -> None:
    """All bodies, and an account for each of these, whose login begins with the body's code."""
    load(site.building.database)
    with site.building.database.session(write=True) as session:
        for code in codes:
            of = {"body_code": code, "by": SYSTEM, "at": LONG_AGO}
            create_account(session, login=f"{code}-desk", name="見本 係", roles=(), password=PASSWORD, **of)


class Correspondent(Colleague):
    """Somebody of a body, at a browser of their own; ``number`` is the case in hand."""

    number = ""

    @classmethod
    def of(cls, code: str, open_browser: Open) -> Correspondent:
        found = cls(open_browser().new_page())
        found.signs_in(f"{code}-desk")
        return found

    def looks_at(self, number: str) -> None:
        self.number = number
        self.opens(f"{CASES}/{number}")

    def does(self, step: str) -> None:
        """Open the page of a step from the case, as a link leads there."""
        if self.path != f"{CASES}/{self.number}":
            self.looks_at(self.number)
        self.follows(f"{self.number}/{step}")

    def sends(self, **typed: str) -> None:
        """Fill in what is typed, and send the form."""
        self.fills_in(**typed)
        self.presses()
        assert not self.errors, self.errors

    def keeps_the_desk(self, mail: str) -> None:
        self.opens("/bodies/own")
        self.sends(section="見本課", telephone="011-000-0000", mail=mail)

    def fills_in_the_case(self, summary: str, serial: str) -> None:
        self.opens(f"{CASES}/new")
        self.chooses(kind="different", affair="child-allowance", information="local-tax")
        self.fills_in(occurred_on="2026-11-02", occurred_at="9:05", serial=serial, summary=summary)
        self.presses()

    def opens_a_case(self, summary: str, serial: str) -> str:
        """Returns its number."""
        self.fills_in_the_case(summary, serial)
        assert not self.errors, self.errors
        self.number = self.path.rpartition("/")[2]
        return self.number

    def checks_at_home(self) -> None:
        self.does("check")
        self.chooses(**dict.fromkeys(("number", "operation", "own__system"), "fine"))
        self.sends()

    def asks(self, kind: str, request: str, *, to: str = "") -> None:
        self.does("ask/")
        if not self.path.endswith(kind):
            self.follows(f"ask/{kind}")
        if to:
            self.fills_in(to=to)
        self.ticks("frequent_searched")
        self.sends(request=request)

    def takes(self, step: str, note: str = "") -> None:
        """A step that needs no more than a word."""
        self.does(f"steps/{step}")
        self.sends(note=note)

    def finds(self, cause: str, title: str, *, quick: bool) -> None:
        self.does(f"cause/{cause}")
        self.chooses(quick="yes" if quick else "no")
        self.sends(known_on="2026-11-04", title=title)

    def writes_the_report(self, **chosen: str) -> None:
        """Begin the report that is due, choose what the case does not tell, and file it."""
        self.opens("/bodies/reports")
        self.presses(to="/begin")
        self.chooses(**chosen)
        self.files_the_report()

    def files_the_report(self) -> None:
        self.clicks(self.main.locator("button[name=file]"))
        assert not self.errors, self.errors

    @property
    def fields(self) -> list[str]:
        """What the fields of the report say that is on the page."""
        return self.main.locator(".definitions").all_inner_texts()

    def takes_the_book(self) -> dict[str, Any]:
        """The report as a workbook: its name and what is in it, ready to be sent back."""
        with self.page.expect_download() as waiting:
            self.main.locator("a[href$='.xlsx']").click()
        found = waiting.value
        return {"name": found.suggested_filename, "mimeType": XLSX, "buffer": Path(found.path()).read_bytes()}

    def sends_the_book(self, book: dict[str, Any]) -> None:
        self.follows("/book")
        self.attaches(book, "book")
        self.presses()
        assert not self.errors, self.errors

    def passes_everything_on(self) -> None:
        self.opens("/bodies/passing-on")
        for box in self.main.locator("input[name=enquiry]").all():
            box.check()
        self.presses()
        self.reads("取り次いだ問合せ")

    def answers(self, text: str) -> None:
        self.opens("/bodies/passing-on")
        self.follows("/enquiries/")
        self.sends(answer=text)
