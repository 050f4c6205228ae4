"""Links of the site as links between files, cell by cell."""

from __future__ import annotations

import pytest

from content.rules.bundle_links import Links, file_of, words_of

THERE = {
    "/", "/en/", "/about", "/en/about", "/archive", "/archive/2016-01", "/incidents/a", "/en/incidents/a",
    "/incidents/a.json", "/measures.csv", "/search", "/incidents/a/bulletins/1/files/1/%E8%A1%A8.pdf",
}  # fmt: skip
LINKS = Links(THERE, "https://kaiji.example")
CASES = [
    ("/", "index.html"),
    ("/en/", "en/index.html"),
    ("/about#reuse", "about/index.html#reuse"),
    ("/en/about", "en/about/index.html"),
    ("/static/css/base.css?v=1", "static/css/base.css"),
    ("/en/static/css/base.css?v=1", "static/css/base.css"),
    ("/incidents", "archive/index.html"),
    ("/incidents?from=2016-01&to=2016-01", "archive/2016-01/index.html"),
    ("/incidents?from=2016&to=2016", "archive/index.html#year-2016"),
    ("/incidents?from=2016-02&to=2016-02", None),
    ("/incidents?system=jpki", None),
    ("/incidents/a", "incidents/a/index.html"),
    ("/incidents/a.json", "incidents/a.json"),
    ("/en/incidents/a.json", "incidents/a.json"),
    ("/en/incidents/a/bulletins/3", "en/incidents/a/index.html#bulletin-3"),
    ("/incidents/b/bulletins/3", None),
    ("/incidents/a/diff?from=1&to=2", None),
    ("/incidents/a/bulletins/1/files/1/%E8%A1%A8.pdf", "incidents/a/bulletins/1/files/1/%E8%A1%A8.pdf"),
    ("/measures.csv", "measures.csv"),
    ("/measures?page=2", None),
    ("/request", None),
    ("/search", "search/index.html"),
]


@pytest.mark.parametrize(("link", "target"), CASES)
def test_a_link_leads_to_its_file_or_to_the_site(link: str, target: str | None) -> None:
    assert LINKS.target(link) == target


def test_a_page_is_turned_as_deep_as_it_lies() -> None:
    page = (
        '<a href="/about">x</a><a href="/request?a=1&amp;b=2">y</a><script type="module" src="/static/a.js"></script>'
    )
    assert LINKS.page(page, "/en/incidents/a") == (
        '<a href="../../../about/index.html">x</a>'
        '<a href="https://kaiji.example/request?a=1&amp;b=2" data-online>y</a>'
        '<script defer src="../../../static/a.js"></script>'
    )
    for untouched in ('<a href="#top">', '<a href="https://a.example/">', '<a href="//a.example">'):
        assert LINKS.page(untouched, "/about") == untouched


def test_files_bear_the_names_that_readers_see() -> None:
    assert file_of("/") == "index.html"
    assert file_of("/incidents/a/bulletins/1/files/1/%E8%A1%A8.pdf") == "incidents/a/bulletins/1/files/1/表.pdf"


def test_the_search_is_given_what_readers_read() -> None:
    page = "<nav>Menu</nav><main id=main><h1>A &amp; B</h1><p>one<br>two</p><form>no</form><svg>no</svg></main>"
    assert words_of(page) == ("A & B", "A & B one two")
