"""The table of facts in docs: each row's page is there and says the value, and every fact of the archive has a row."""

from __future__ import annotations

from html import unescape
from pathlib import Path

from lxml import html

from tests.client import Browser
from tests.factories.content import the_archive

TABLE = Path(__file__).parents[3] / "docs" / "archive-facts.md"


def rows() -> list[tuple[str, ...]]:
    """The cells of every row that names a page."""
    lines = TABLE.read_text("utf-8").splitlines()
    cut = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines if line.startswith("| ")]
    return [cells for cells in cut if any(cell.startswith(("/incidents/", "/figures/")) for cell in cells)]


def value(cells: tuple[str, ...]) -> tuple[str, str]:
    """A row's page and value: rows of the chain have four cells and the page third, those of bulletins six."""
    if len(cells) == 6:
        return cells[0], cells[4]
    return (cells[2], cells[3]) if cells[2].startswith("/") else (cells[0], cells[2])


def test_every_row_names_a_page_that_says_its_value(browser: Browser) -> None:
    wanted: dict[str, set[str]] = {}
    for cells in rows():
        page, said = value(cells)
        wanted.setdefault(page, set()).add(said)
    missing = []
    for page, values in wanted.items():
        answer = browser.get(f"/en{page}")
        assert answer.status == 200, page
        source = unescape(answer.data.decode())
        text = " ".join(html.document_fromstring(answer.data.decode()).text_content().split())
        for said in values:
            parts = said.split(" ") if said[:4].isdigit() and said[4:5] == "-" else [said]
            if not all(part in source or part in text for part in parts):
                missing.append((page, said))
    assert not missing


def test_every_fact_and_every_value_of_a_figure_has_a_row() -> None:
    found = rows()
    archive = the_archive()
    facts = [cells for cells in found if len(cells) == 6]
    wanted = [
        (f"/incidents/{one.key}", str(bulletin.number), str(fact.field)) for one, bulletin, fact in archive.facts()
    ]
    assert [cells[:3] for cells in facts] == wanted
    points = [cells[0] for cells in found if cells[0].startswith("/figures/")]
    assert points == [f"/figures/{figure.key}" for figure in archive.figures for _ in figure.points]
