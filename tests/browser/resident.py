"""A resident: asks for their records, notes number and code, follows the request, reads the answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.browser.papers import upload
from tests.browser.visitor import Visitor


@dataclass(frozen=True)
class Person:
    """A sample person."""

    name: str = "髙橋　見本"
    kana: str = "タカハシ　ミホン"
    postal_code: str = "100-0000"
    address: str = "東京都千代田区見本町一丁目2番3号"
    birth_date: str = "昭和55年2月29日"
    email: str = "sample@kaiji.example"


class Resident(Visitor):
    """Someone who wants to see their own records."""

    person = Person()
    number = ""
    code = ""

    def reads_what_it_is_about(self) -> None:
        self.opens("/")
        self.follows("/request")
        self.reads("10")
        self.follows("/request/procedure")

    def finds_the_right_procedure(self) -> None:
        self.chooses(record="intermediate-server")
        self.presses()
        assert self.path == "/request/where/intermediate-server", "the municipality has those data"
        self.opens("/request/where")
        self.follows("/request/where/card-application")
        self.follows("/request/procedure")
        self.chooses(record="card-application")
        self.presses()

    def asks_for_the_photo_and_the_form(self) -> None:
        self.chooses(whose="mine", records="both")
        self.fills_in(details="平成28年1月に郵送で申請しました。")
        self.presses()

    def says_who_they_are(self) -> None:
        one = self.person
        self.fills_in(
            name=one.name, kana=one.kana, postal_code=one.postal_code, address=one.address, birth_date=one.birth_date
        )
        self.presses()

    def says_how_to_reach_them(self) -> None:
        self.fills_in(email=self.person.email)
        self.chooses(language=self.language)
        self.presses()

    def wants_a_download_as_pdf(self) -> None:
        self.chooses(delivery="download", format="pdf")
        self.presses()

    def shows_a_driving_licence(self) -> None:
        self.chooses(document="driving-licence")
        self.attaches(upload("免許証.png"))
        self.presses()
        self.reads("免許証.png")
        self.presses(to="/identity/done")

    def checks_the_answers(self) -> None:
        assert self.path == "/request/check", (self.path, self.errors)
        one = self.person
        birth = "昭和55年2月29日" if self.language == "ja" else "1980-02-29"
        self.reads(one.name, one.kana, one.address, birth, one.email)

    def fills_in_everything(self) -> None:
        """From the first question to the page with all answers."""
        self.opens("/request/procedure")
        self.chooses(record="card-application")
        self.presses()
        self.asks_for_the_photo_and_the_form()
        self.says_who_they_are()
        self.says_how_to_reach_them()
        self.wants_a_download_as_pdf()
        self.shows_a_driving_licence()
        self.checks_the_answers()

    def sends_the_request(self) -> None:
        self.ticks("declared")
        self.presses()
        assert self.path == "/request/receipt", (self.path, self.errors)

    def notes_number_and_code(self) -> None:
        self.number = self.main.locator("#receipt-number").inner_text().strip()
        self.code = self.main.locator("#access-code").inner_text().strip()

    def saves_the_slip(self) -> Path:
        return self.downloads("/receipt/slip.pdf")

    def says_that_the_code_is_noted(self) -> None:
        self.presses(to="/receipt/noted", kind="secondary")
        self.does_not_read(self.code)

    def opens_their_request(self) -> None:
        """With number and code, typed as people type them."""
        self.opens("/request/status")
        self.fills_in(number=self.number.lower(), code=self.code.replace("-", " ").lower())
        self.presses()
        assert self.path == "/request/case", (self.path, self.errors)
        self.reads(self.number)

    def answers_the_correction(self, message: str) -> None:
        self.follows("/request/case/correction")
        self.attaches(upload("撮り直し.png", "ANOTHER"))
        self.fills_in(answer=message)
        self.presses()
        assert self.path == "/request/case", (self.path, self.errors)

    def reads_the_letter(self) -> None:
        self.clicks(self.main.locator("a.button[href*='/request/case/letters/']:not([href$='.pdf'])").last)
        assert self.page.locator("article[lang=ja]").count() == 1

    def downloads_the_letter(self) -> Path:
        return self.saves(self.main.locator("a[href$='/letter.pdf']").last)

    def downloads_a_record(self) -> Path:
        return self.downloads("/request/case/files/")

    def closes_the_request(self) -> None:
        self.opens("/request/case")
        self.presses(to="/request/case/leave", kind="secondary")
