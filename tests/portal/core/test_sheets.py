"""Tables from outside: read as text in a child, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from portal.core import detectors, sheets, workbook_archive, workbooks
from portal.core.errors import Invalid
from portal.core.sheets import Limits, Table
from tests.portal.core import workbook_files as make

LIMITS = Limits(max_rows=5, max_columns=6)
ROWS = [["氏名", "番号"], ["髙橋　見本", "1"]]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def parsed(data: bytes, limits: Limits = LIMITS) -> Table:
    """In this process: what a child would do."""
    return workbooks.parse(data, limits)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_csv_is_read_in_the_encodings_of_the_country(encoding: str) -> None:
    data = '氏名,住所\r\n"見本　太郎","一行目\r\n二行目"\r\n\r\n,\r\n見本　花子,\r\n'.encode(encoding)
    table = sheets.parse(data, "csv", LIMITS)
    assert texts(table) == [["氏名", "住所"], ["見本　太郎", "一行目\r\n二行目"], ["見本　花子"]]
    assert [row.number for row in table.rows] == [1, 2, 5], "rows count as spreadsheets count them"


def test_a_workbook_is_read_in_a_child() -> None:
    table = sheets.read(make.workbook(ROWS), "見本.xlsx", limits=LIMITS)
    assert texts(table) == ROWS


def test_days_and_numbers_come_as_text_with_what_they_could_mean() -> None:
    row = [date(1980, 2, 29), datetime(2026, 4, 1, 9, 30), 29280, 29280.5, 312345678.0, True]
    cells = parsed(make.workbook([["見本"], row])).rows[1].cells
    assert [cell.text for cell in cells] == ["1980-02-29", "2026-04-01", "29280", "29280.5", "312345678", "TRUE"]
    assert [cell.day for cell in cells] == [None, None, date(1980, 2, 29), None, None, None]
    assert [cell.is_number for cell in cells] == [False, False, True, True, True, False]


def test_a_number_is_another_day_in_a_workbook_that_counts_from_1904() -> None:
    def from_1904(book: Workbook) -> None:
        book.epoch = datetime(1904, 1, 1)

    assert parsed(make.workbook([["見本"], [27818]], from_1904)).rows[1].cells[0].day == date(1980, 2, 29)


@pytest.mark.parametrize(("typed", "read"), [("'0312345678", "0312345678"), ("'見本", "見本"), ("'t Hart", "'t Hart")])
def test_an_apostrophe_of_the_spreadsheet_goes_and_one_of_a_name_stays(typed: str, read: str) -> None:
    assert sheets.text_cell(typed).text == read


@pytest.mark.parametrize("value", ["123456789018", "１２３４　５６７８　９０１８", 123456789018, 123456789018.0])
def test_a_personal_number_does_not_come_back(value: object) -> None:
    cell = parsed(make.workbook([["見本"], [value]])).rows[1].cells[0]
    assert (cell.text, cell.fault) == ("", detectors.MESSAGE)
    csv = sheets.parse("見本\n1234-5678-9018\n".encode(), "csv", LIMITS)
    assert csv.rows[1].cells[0].fault == detectors.MESSAGE


@pytest.mark.parametrize("value", ["=1+1", '=HYPERLINK("http://kaiji.example")', "=[1]見本!A1", " =cmd|' /C calc'!A0"])
def test_a_formula_is_a_fault_of_its_cell(value: str) -> None:
    cell = parsed(make.workbook([["見本"], [value]])).rows[1].cells[0]
    assert (cell.text, cell.fault) == ("", sheets.FORMULA)


def test_what_is_hidden_is_marked() -> None:
    def hide(book: Workbook) -> None:
        book.active.row_dimensions[2].hidden = True
        book.active.column_dimensions["B"].hidden = True

    table = parsed(make.workbook([*ROWS, ["見本　花子", "2"]], hide))
    assert [row.hidden for row in table.rows] == [False, True, False]
    assert table.hidden_columns == {1}


def test_a_second_sheet_may_be_there_when_it_is_empty() -> None:
    assert texts(parsed(make.workbook(ROWS, lambda book: book.create_sheet("空")))) == ROWS


def second_sheet(book: Workbook) -> None:
    book.create_sheet("別")["A1"] = "見本"


def hidden_sheet(book: Workbook) -> None:
    book.create_sheet("空")
    book["Sheet"].sheet_state = "hidden"
    book.active = 1


WORKBOOKS: list[tuple[Callable[[], bytes], str]] = [
    (lambda: make.workbook(ROWS, second_sheet), workbooks.OTHER_SHEETS),
    (lambda: make.workbook(ROWS, hidden_sheet), workbooks.HIDDEN_SHEET),
    (lambda: make.workbook([["a"]] * 7), sheets.TOO_MANY_ROWS),
    (lambda: make.workbook([["a"] * 7]), sheets.TOO_MANY_COLUMNS),
    (make.far_away, sheets.TOO_MANY_ROWS),
    (make.bomb, workbook_archive.TOO_BIG_INSIDE),
    (make.laughs, sheets.BROKEN),
    (make.backwards, sheets.BROKEN),
    (lambda: make.changed(make.workbook(ROWS), {"xl/vbaProject.bin": b"x"}), sheets.MACROS),
    (lambda: make.changed(make.workbook(ROWS), {"xl/macrosheets/sheet1.xml": b"<x/>"}), sheets.MACROS),
    (
        lambda: make.changed(make.workbook(ROWS), {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        workbook_archive.LINKS,
    ),
    (lambda: make.changed(make.workbook(ROWS), {"xl/connections.xml": b"<x/>"}), workbook_archive.LINKS),
    (lambda: make.changed(make.workbook(ROWS), {make.SHEET: b"<worksheet"}), sheets.BROKEN),
    (lambda: make.workbook(ROWS)[:-40], sheets.BROKEN),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(WORKBOOKS)))
def test_a_workbook_that_is_not_a_plain_table_is_refused(number: int) -> None:
    data, message = WORKBOOKS[number]
    with pytest.raises(Invalid) as refused:
        parsed(data())
    assert refused.value.message == message


@pytest.mark.parametrize("data", [make.merged(), make.sized()])
def test_a_sheet_is_as_large_as_its_values(data: bytes) -> None:
    assert texts(parsed(data)) == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "見本.csv", sheets.EMPTY),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "見本.xlsx", sheets.OLD_OR_LOCKED),
        (b"a,b", "見本.xls", sheets.OLD_OR_LOCKED),
        (b"PK\x03\x04", "見本.xlsm", sheets.MACROS),
        (b"a,b", "見本.xlsx", sheets.NOT_A_TABLE),
        (b"PK\x03\x04", "見本.csv", sheets.NOT_A_TABLE),
        (b"a,b", "見本.txt", sheets.NOT_A_TABLE),
        (b"a,b", "見\x07本.csv", sheets.BAD_NAME),
        (b"a,b", "123456789018.csv", detectors.MESSAGE),
        (b"a" * (2 * 1024 * 1024 + 1), "見本.csv", sheets.TOO_LARGE),
    ],
)
def test_a_file_is_refused_before_it_is_read(data: bytes, name: str, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        sheets.read(data, name, limits=LIMITS)
    assert refused.value.message == message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("氏名".encode("utf-16"), sheets.ENCODING),
        (b"\xff\xff\xff", sheets.ENCODING),
        (b'"a', sheets.BROKEN),
        (b"a\n" * 7, sheets.TOO_MANY_ROWS),
        (b"a,b,c,d,e,f,g\n", sheets.TOO_MANY_COLUMNS),
        (b'"' + b"a" * 200_000 + b'"', sheets.BROKEN),
    ],
)
def test_a_csv_that_is_not_a_plain_table_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        sheets.parse(data, "csv", LIMITS)
    assert refused.value.message == message


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_comes_back_as_its_heading(kind: str) -> None:
    made = sheets.template(kind, "請求", ["氏名", "言語"], {1: ["日本語", "英語"]}, rows=5)
    assert texts(sheets.parse(made, kind, LIMITS)) == [["氏名", "言語"]]


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_spreadsheets_name_them(column: int, name: str) -> None:
    assert sheets.column_name(column) == name
