"""Tables for spreadsheets: Japanese is read as it is, and nothing in a cell is run."""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.csv_rows import csv_rows, harmless


def test_a_table_is_utf_8_with_its_mark_and_empty_cells() -> None:
    made = csv_rows(("日", "数"), [(date(2016, 1, 18), 3), (None, -1.5)])
    assert made == "\ufeff日,数\r\n2016-01-18,3\r\n,-1.5\r\n".encode()


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["", "A=1", "一部 -1", -1, 0.5, None])
def test_other_cells_stay_as_they_are(cell: object) -> None:
    assert harmless(cell) == cell
