"""Grids of numbers: laid out within their width, the more the darker, every number said."""

from __future__ import annotations

import pytest

from portal.web.chart_grid import LEVELS, Column, Line, grid, level
from portal.web.chart_parts import text_width

MONTHS = [Column(f"Month {n}", str(n)) for n in range(1, 13)]


def test_shades_go_from_nothing_to_the_greatest() -> None:
    assert [level(number, 8) for number in (0, 1, 2, 3, 8)] == [0, 1, 1, 2, LEVELS]
    assert level(0, 0) == 0


def test_a_grid_needs_a_number_for_each_column() -> None:
    for columns, lines in (([], [Line("2016", ())]), (MONTHS, []), (MONTHS, [Line("2016", (1,))])):
        with pytest.raises(ValueError):
            grid(columns, lines, key="g", title="t", unit="")


@pytest.mark.parametrize("label", ["2016", "窓口での手続の誤りによるもの（市区町村の職員）"])
def test_everything_stands_within_the_drawing_and_nothing_overlaps(label: str) -> None:
    made = grid(MONTHS, [Line(label, tuple(range(12))), Line(label, (1234,) * 12)], key="g", title="t", unit="")
    for drawing in made.drawings:
        for cell in drawing.cells:
            assert cell.x >= 0
            assert cell.x + cell.width <= drawing.width + 0.01
            assert cell.y + cell.height <= drawing.height
        boxes = [(cell.x, cell.y) for cell in drawing.cells]
        assert len(set(boxes)) == len(boxes) == 24
        for text in drawing.labels:
            assert text.x + text_width(text.text) <= drawing.width


def test_a_mark_stands_over_its_column_with_a_line_before_it() -> None:
    columns = [Column("2025", "’25"), Column("2026", "’26", "※2")]
    made = grid(columns, [Line("x", (1, 2))], key="g", title="t", unit="", notes=[("※2", "From 2026")])
    for drawing in made.drawings:
        assert "※2" in {text.text for text in drawing.heads}
        assert len(drawing.bounds) == 1


def test_cells_of_the_table_are_links_that_say_where_they_lead() -> None:
    line = Line("<2016>", (3, 0), links=("/x?a=1&b=2", "/y"))
    made = grid([Column("Month 1", "1"), Column("Month 2", "2")], [line], key="g", title="t", unit="")
    assert made.cells(line) == (
        '<td class="numeric"><a href="/x?a=1&amp;b=2" aria-label="&lt;2016&gt; Month 1: 3">3</a></td>'
        '<td class="numeric">0</td>'
    )
    assert ">3</text>" in made.drawings[0].shapes
