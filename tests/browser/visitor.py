"""What every person in front of a browser does: open, fill in, press, read, download."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page


class Visitor:
    """Somebody with one open page. ``language`` decides under which addresses they read."""

    def __init__(self, page: Page, *, language: str = "ja") -> None:
        self.page = page
        self.language = language

    def opens(self, path: str) -> None:
        """Go to a page of the site; every page that is opened answers without an error."""
        answer = self.page.goto(self.address(path))
        assert answer is not None, path
        assert answer.status == 200, (path, answer.status)

    def address(self, path: str) -> str:
        """A path in the language of this person."""
        prefix = "" if self.language == "ja" else f"/{self.language}"
        return f"{prefix}{path}"

    @property
    def main(self) -> Locator:
        """The main part of the page."""
        return self.page.locator("main")

    @property
    def heading(self) -> str:
        return " ".join(self.page.locator("h1").inner_text().split())

    @property
    def path(self) -> str:
        """Where they are, without site, language and query."""
        path = re.sub(r"^https?://[^/]+", "", self.page.url).partition("?")[0].partition("#")[0]
        return path.removeprefix(f"/{self.language}") if self.language != "ja" else path

    def reads(self, *texts: str) -> None:
        """All of these stand in the main part."""
        shown = " ".join(self.main.inner_text().split())
        for text in texts:
            assert " ".join(text.split()) in shown, f"{text!r} does not stand on {self.path}: {shown[:1500]}"

    def does_not_read(self, *texts: str) -> None:
        """None of these stands anywhere in the page."""
        source = self.page.content()
        for text in texts:
            assert text not in source, f"{text!r} stands on {self.path}"

    def fills_in(self, **values: str) -> None:
        """Type into fields by their names; underscores stand for themselves, ``__`` for a hyphen."""
        for name, value in values.items():
            self.main.locator(f"[name='{name.replace('__', '-')}']").fill(value)

    def chooses(self, **values: str) -> None:
        """Choose a radio button, a box or an item of a list by the fields' names."""
        for name, value in values.items():
            field = self.main.locator(f"[name='{name.replace('__', '-')}']")
            if field.first.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                self.main.locator(f"[name='{name.replace('__', '-')}'][value='{value}']").check()

    def ticks(self, *names: str) -> None:
        """Tick single boxes."""
        for name in names:
            self.main.locator(f"[name='{name}']").check()

    def attaches(self, file: Any, field: str = "file") -> None:
        """Choose a file."""
        self.main.locator(f"input[name='{field}']").set_input_files(file)

    def clicks(self, what: Locator) -> None:
        """Click on what leads to another page, and wait until that is there."""
        with self.page.expect_navigation():
            what.click()

    def presses(self, *, to: str = "", value: str = "", kind: str = "primary") -> None:
        """Press a button of a form: by the end of the form's address, by its value, else the main one."""
        forms = self.main.locator(f"form[action$='{to}']" if to else "form")
        chosen = f"button[value='{value}']" if value else f"button.button--{kind}"
        self.clicks(forms.locator(chosen).last)

    def follows(self, part: str) -> None:
        """Follow the first link of the main part whose address contains ``part``."""
        self.clicks(self._link(part))

    def _link(self, part: str) -> Locator:
        return self.main.locator(f"a[href*='{part}']").first

    def downloads(self, part: str) -> Path:
        """Save what stands behind the first link whose address contains ``part``."""
        return self.saves(self._link(part))

    def saves(self, link: Locator) -> Path:
        """Save what stands behind a link."""
        with self.page.expect_download() as waiting:
            link.click()
        return Path(waiting.value.path())

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        return self.main.locator(".error-summary li").all_inner_texts()
