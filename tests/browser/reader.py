"""A citizen who reads: searches, opens incidents and letters, looks at figures, changes the language."""

from __future__ import annotations

from tests.browser.visitor import Visitor


class Reader(Visitor):
    """Somebody who wants to know what happened."""

    def comes_to_the_site(self) -> None:
        self.opens("/")

    def searches_on_the_home_page(self, words: str) -> None:
        self.comes_to_the_site()
        self.searches(words)

    def searches(self, words: str) -> None:
        form = self.main.locator("form[role=search]")
        form.locator("input[name=q]").fill(words)
        self.clicks(form.locator("button[type=submit]"))
        assert self.path == "/search", self.path

    @property
    def hits(self) -> list[str]:
        """Where the results lead, first one first."""
        links = self.main.locator(".search-result__title a").all()
        return [link.get_attribute("href") or "" for link in links]

    @property
    def marked(self) -> list[str]:
        """The words that are marked in the results."""
        return self.main.locator("mark").all_inner_texts()

    def opens_the_first_hit(self) -> None:
        self.clicks(self.main.locator(".search-result__title a").first)

    def opens_the_first_bulletin(self) -> None:
        self.clicks(self.main.locator(".timeline a[href*='/bulletins/']").first)

    def looks_up_the_first_source(self) -> str:
        """Follow a citation to the list of sources; returns the source's title."""
        self.main.locator(".cites a").first.click()
        anchor = self.page.url.partition("#")[2]
        return self.main.locator(f"[id='{anchor}'] cite").inner_text()

    def changes_the_language(self) -> None:
        """By the visible link of the page, wherever the window's width puts it."""
        link = self.page.locator("header a.language:visible")
        if not link.count():
            self.page.locator("header details.menu summary").click()
        self.clicks(link.first)
        self.language = "en" if self.language == "ja" else "ja"
