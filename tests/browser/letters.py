"""Those who write a question letter, and those who answer it."""

from __future__ import annotations

import re

from tests.browser.conftest import Open
from tests.browser.running import Site
from tests.browser.staff import Colleague
from tests.browser.visitor import Visitor
from tests.factories.smtp import subject, words

DESK = "/staff/questions"


class Asker(Visitor):
    """Somebody who sends a letter of questions."""

    key = ""
    code = ""

    def begins_and_pastes(self, text: str) -> None:
        self.opens("/letters/write")
        self.presses(value="pasted")
        self.fills_in(text=text)
        self.presses()

    def says_who_asks(self, mail: str) -> None:
        self.chooses(kind="group", publish="yes")
        self.fills_in(person="見本 花子", mail=mail, address="東京都千代田区見本町一丁目1番1号")
        self.presses()

    def confirms_the_address(self, site: Site, mail: str) -> None:
        self.clicks(self.main.locator("button[name=send]"))
        (sent,) = site.mails_to(mail, count=1)
        assert not re.search(r"\d{6}", subject(sent)), "no code in a subject"
        code = re.search(r"\d{6}", words(sent))
        assert code
        self.fills_in(code=code[0])
        self.presses()

    def looks_and_sends(self) -> None:
        self.ticks("agreed")
        self.presses()
        assert "/receipts/" in self.path, self.errors
        self.key = self.path.rpartition("/")[2]
        code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", self.main.inner_text())
        assert code
        self.code = code[0]

    def comes_back(self) -> None:
        self.opens("/letters/mine")
        self.fills_in(number=self.key, code=self.code)
        self.presses()

    def asks_back(self, question: str, text: str) -> None:
        self.follows(f"/letters/mine/questions/{question}")
        self.chooses(kind="ask-back")
        self.fills_in(text=text)
        self.presses()


class Answerer(Colleague):
    """Staff at the desk of question letters."""

    @classmethod
    def at_a_desk(cls, open_browser: Open, login: str) -> Answerer:
        """Somebody who has signed in."""
        one = cls(open_browser().new_page())
        one.signs_in(login)
        return one

    def opens_the_letter_to_the_public(self, key: str) -> None:
        self.opens(f"{DESK}/{key}/open")
        self.clicks(self.main.locator("button[name=preview]"))
        self.clicks(self.main.locator("button[name=open]"))

    def acknowledges(self, key: str) -> None:
        self.opens(f"{DESK}/{key}")
        self.clicks(self.main.locator("form[action$='/acknowledge'] button"))

    def gives_everything_to(self, key: str, department: str) -> None:
        self.opens(f"{DESK}/{key}/assign")
        self.main.locator("select[name=department]").select_option(label=department)
        for box in self.main.locator("input[name=sections]").all():
            box.check()
        self.presses(to="/assign")

    def begins(self, key: str, kind: str) -> None:
        self.opens(f"{DESK}/{key}")
        self.clicks(self.main.locator(f"button[name=kind][value={kind}]"))

    def pastes_the_answers(self, text: str) -> None:
        self.follows("/paste")
        self.fills_in(text=text)
        self.presses(to="/paste")
        assert not self.errors, self.errors

    def answers(self) -> dict[str, str]:
        """By the number of its first question, where each answer in the making is written."""
        found = {}
        for card in self.main.locator("article.card").all():
            code = re.search(r"\d+(?:-\d+)+", card.locator("h3").inner_text())
            assert code
            found[code[0]] = str(card.locator("a.button").first.get_attribute("href"))
        return found

    def writes(self, place: str, *, ground: str = "", due: str = "", link: str = "") -> None:
        """Give an answer what it lacks; whatever it warns of is looked at."""
        self.opens(place)
        if ground:
            self.chooses(ground=ground)
        if due:
            self.fills_in(due=due)
        if link:
            kind, _, key = link.partition("/")
            self.chooses(links__0__kind=kind)
            self.fills_in(links__0__key=key)
        for box in self.main.locator("input[name^=seen_]").all():
            box.check()
        self.clicks(self.main.locator("button[name=save]"))
        assert not self.errors, self.errors

    def lacking(self, words: str) -> list[str]:
        """The numbers of the answers that lack what the page says in these words."""
        lines = [line for line in self.main.locator(".next-step li").all_inner_texts() if words in line]
        return [code for line in lines for code in re.findall(r"\d+(?:-\d+)+", line)]

    def finishes_the_rest(self) -> None:
        self.presses(to="/finish", kind="secondary")

    def takes(self, step: str) -> None:
        self.presses(to=f"/steps/{step}")
