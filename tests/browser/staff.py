"""The staff: reception, officer and approver on the desk; publishers at the publishing desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext

from tests.browser.papers import upload
from tests.browser.visitor import Visitor
from tests.factories.accounts import PASSWORD


class Colleague(Visitor):
    """A member of staff at their own browser."""

    def signs_in(self, login: str) -> None:
        self.opens("/staff/sign-in")
        self.fills_in(login=login, password=PASSWORD)
        self.presses()
        assert self.path != "/staff/sign-in", self.errors

    def opens_the_case(self, number: str, rest: str = "") -> None:
        self.opens(f"/staff/cases/{number}{rest}")

    def finds_the_case_on_the_desk(self, number: str) -> None:
        """By its number; the link leads to the case."""
        self.opens("/staff")
        self.fills_in(number=number)
        self.clicks(self.main.locator("form.filters[method=get] button"))
        self.clicks(self.main.get_by_role("link", name=number))
        assert self.path.startswith("/staff/cases/"), self.path

    def takes_the_next_step(self) -> None:
        """Press or follow the one obvious next action of the page."""
        self.clicks(self.main.locator(".next-step").locator("a.button, button").first)

    def asks_for_a_better_picture(self, note: str) -> None:
        self.follows("/correction")
        self.chooses(defects="identity-unreadable")
        self.fills_in(note=note)
        self.presses(value="preview")
        self.reads(note)
        self.presses(value="send")

    def confirms_identity(self) -> None:
        self.chooses(document="driving-licence")
        self.fills_in(expires_on="2031-01-01")
        self.ticks("name_agrees", "address_agrees", "birth_date_agrees", "genuine", "only_front")
        self.presses()
        assert not self.errors, self.errors

    def attaches_the_record(self, record: str, name: str) -> None:
        self.chooses(record=record)
        self.attaches(upload(name, "RECORD"))
        self.ticks("name_agrees", "birth_date_agrees")
        self.presses()
        assert not self.errors, self.errors

    def decides(self, kind: str, *, part: str = "", ground: str = "", nature: str = "", harm: str = "") -> None:
        """A decision of any type, with one reason where it needs one."""
        self.chooses(kind=kind)
        if part:
            self.presses(value="show")
            self.gives_the_reason(part=part, ground=ground, nature=nature, harm=harm)
        else:
            self.clicks(self.main.locator("button[value=keep]:visible").last)
            assert not self.errors, self.errors

    def decides_to_withhold(self, *, part: str, ground: str, nature: str, harm: str) -> None:
        """A partial disclosure with one reason."""
        self.chooses(kind="B")
        self.presses(value="show")
        self.gives_the_reason(part=part, ground=ground, nature=nature, harm=harm)

    def covers_a_part(self, ground: str) -> None:
        """One box in the middle of the first page, its ground, and the copy."""
        self.follows("/redact")
        self.main.locator("button[value=add]").click()  # a script adds it without leaving the page
        self.main.locator("select[name$='-ground']").last.select_option(ground)
        self.clicks(self.main.locator("button[value=keep]:visible").last)
        assert not self.errors, self.errors
        self.clicks(self.main.locator("form[action$='/make'] button"))
        assert not self.errors, self.errors

    def gives_the_reason(self, *, part: str = "", ground: str = "", nature: str = "", harm: str = "") -> None:
        """Write the first row of reasons, or what of it changes, and keep the draft."""
        if ground:
            self.chooses(rows__0__ground=ground)
        for name, text in (("part", part), ("nature", nature), ("harm", harm)):
            if text:
                self.fills_in(**{f"rows__0__{name}": text})
        self.clicks(self.main.locator("button[value=keep]:visible").last)
        assert not self.errors, self.errors

    def sends_back(self, reason: str) -> None:
        self.follows("/send-back")
        self.fills_in(reason=reason)
        self.presses()
        assert not self.errors, self.errors

    def compares_as_the_first_person(self) -> None:
        """Write down that name and date of birth agree; a second person has to see it as well."""
        self.chooses(name="agree", birth_date="agree")
        self.presses()
        assert not self.errors, self.errors

    def compares_and_discloses(self) -> None:
        self.ticks("compared")
        self.presses()
        assert not self.errors, self.errors

    def downloads_the_issued_letter(self) -> Path:
        """The newest one; other letters may have gone out before the decision."""
        return self.saves(self.main.locator("a.file-link[href*='/letters/']").last)


class Office:
    """All colleagues; each signs in when first needed and stays signed in."""

    def __init__(self, open_browser: Callable[..., BrowserContext], *, scripts: bool = True, language: str = "ja"):
        self._open, self._scripts, self.language = open_browser, scripts, language
        self._people: dict[str, Colleague] = {}

    def of(self, login: str) -> Colleague:
        if login not in self._people:
            context = self._open(scripts=self._scripts)
            self._people[login] = Colleague(context.new_page(), language=self.language)
            self._people[login].signs_in(login)
        return self._people[login]

    @property
    def reception(self) -> Colleague:
        return self.of("reception")

    @property
    def officer(self) -> Colleague:
        return self.of("officer")

    @property
    def approver(self) -> Colleague:
        return self.of("approver")

    @property
    def publisher(self) -> Colleague:
        return self.of("publisher")

    @property
    def second_publisher(self) -> Colleague:
        return self.of("second-publisher")
