"""A hundred files that are damaged, disguised or made to harm: refused with the cell named, or read right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from discrepancy.operations.take_in import SentFile, read_files
from discrepancy.rules import codes, report_checks, report_name, report_sheet, sent_files
from discrepancy.rules.sent_files import examine
from portal.core import detectors, form_sheets, press, screening, sheets, workbook_archive, workbooks
from tests.discrepancy import hostile_books as make
from tests.discrepancy.hostile_books import BOOK, NAME, TYPES, cell, entity, number, part, swap, text
from tests.discrepancy.rules.reports import PROVIDER_CAUSED
from tests.portal.core.workbook_files import SHEET

TODAY = date(2026, 11, 2)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
CROWD = b"".join(b'<row r="%d">%s</row>' % (n, b"<c><v>1</v></c>" * 60) for n in range(60, 400))
BOMB = workbook_archive.MAX_INFLATED + 1
PIECES = "<is><r><t>見本 </t></r><r><t>花子</t></r></is>"
READING = '<is><t>見本 花子</t><rPh sb="0" eb="2"><t>ミホン</t></rPh></is>'
SIZE = b'<dimension ref="A1:XFD1048576" was="'
COMMAND = "=cmd|' /C calc'!A0"
Made = Callable[[], bytes]

# What a whole file is refused for, by the name that it comes under.
FILES: dict[str, tuple[Made, str]] = {
    "empty": (lambda: b"", sheets.EMPTY),
    "CSV that is called .xlsx": (lambda: "起票日付,2026/11/02\r\n".encode("cp932"), form_sheets.NOT_A_WORKBOOK),
    "page that is called .xlsx": (lambda: b"<html><table></table></html>", form_sheets.NOT_A_WORKBOOK),
    "PDF that is called .xlsx": (lambda: b"%PDF-1.7\n", form_sheets.NOT_A_WORKBOOK),
    "picture that is called .xlsx": (lambda: b"\x89PNG\r\n\x1a\n", form_sheets.NOT_A_WORKBOOK),
    "old or locked workbook": (lambda: OLE, sheets.OLD_OR_LOCKED),
    "too large": (lambda: b"PK\x03\x04" + b"0" * form_sheets.MAX_BYTES, sheets.TOO_LARGE),
    "archive that is only its beginning": (lambda: make.sound()[:3000], sheets.BROKEN),
    "archive without its end": (lambda: make.sound()[:-30], sheets.BROKEN),
    "garbage after a right beginning": (lambda: b"PK\x03\x04" + b"garbage" * 99, sheets.BROKEN),
    "parts with a password": (make.locked, sheets.OLD_OR_LOCKED),
    "the same part twice": (make.twice, sheets.BROKEN),
    "too many parts": (make.many_parts, workbook_archive.TOO_BIG_INSIDE),
    "bomb in a sheet": (
        lambda: part("xl/worksheets/sheet9.xml", b"<x>" + b" " * 21_000_000 + b"</x>"),
        workbook_archive.TOO_BIG_INSIDE,
    ),
    "bomb in a picture": (lambda: part("xl/media/a.png", b"\0" * 21_000_000), workbook_archive.TOO_BIG_INSIDE),
    "macros": (lambda: part("xl/vbaProject.bin", b"x"), sheets.MACROS),
    "macros by type": (lambda: swap(TYPES, b"sheet.main+xml", b"sheet.macroEnabled.main+xml"), sheets.MACROS),
    "macro sheet": (lambda: part("xl/macrosheets/sheet1.xml", b"<x/>"), sheets.MACROS),
    "control of ActiveX": (lambda: part("xl/activeX/activeX1.xml", b"<x/>"), sheets.MACROS),
    "control of a form": (lambda: part("xl/ctrlProps/ctrlProp1.xml", b"<x/>"), sheets.MACROS),
    "link to another workbook": (lambda: part("xl/externalLinks/externalLink1.xml", b"<x/>"), workbook_archive.LINKS),
    "connection to a database": (lambda: part("xl/connections.xml", b"<x/>"), workbook_archive.LINKS),
    "table of a query": (lambda: part("xl/queryTables/queryTable1.xml", b"<x/>"), workbook_archive.LINKS),
    "embedded object": (lambda: part("xl/embeddings/oleObject1.bin", b"x"), workbook_archive.LINKS),
    "data model": (lambda: part("xl/model/item.data", b"x"), workbook_archive.LINKS),
    "entity in the sheet": (lambda: entity(SHEET), sheets.BROKEN),
    "entity in the workbook": (lambda: entity(BOOK), sheets.BROKEN),
    "entity in the texts": (make.foreign_texts, sheets.BROKEN),
    "entity in the styles": (lambda: entity("xl/styles.xml"), sheets.BROKEN),
    "entity in the relations": (lambda: entity("xl/_rels/workbook.xml.rels"), sheets.BROKEN),
    "entities of entities": (make.laughs, sheets.BROKEN),
    "sheet in UTF-16": (lambda: part(SHEET, lambda x: x.decode().encode("utf-16")), sheets.BROKEN),
    "sheet that is cut off": (lambda: part(SHEET, lambda x: x[: len(x) // 2]), sheets.BROKEN),
    "sheet that is no XML": (lambda: part(SHEET, b"none"), sheets.BROKEN),
    "no types": (lambda: make.without(TYPES), sheets.BROKEN),
    "no workbook": (lambda: make.without(BOOK), sheets.BROKEN),
    "no relations": (lambda: make.without("xl/_rels/workbook.xml.rels"), sheets.BROKEN),
    "no sheet": (lambda: make.without(SHEET), form_sheets.NO_SHEET),
    "text that is not there": (lambda: cell("C8", "<v>99999</v>", "s"), sheets.BROKEN),
    "rows in the wrong order": (lambda: swap(SHEET, b'<row r="9"', b'<row r="2"'), sheets.BROKEN),
    "the same cell twice": (lambda: swap(SHEET, b"</row>", b'<c r="A1"><v>1</v></c></row>'), sheets.BROKEN),
    "a column that no sheet has": (lambda: swap(SHEET, b"</row>", b'<c r="ZZZZ1"><v>1</v></c></row>'), sheets.BROKEN),
    "another sheet": (lambda: swap(BOOK, "顛末報告書".encode(), "報告書".encode()), form_sheets.NO_SHEET),
    "a hidden sheet": (lambda: swap(BOOK, b'state="visible"', b'state="hidden"'), workbooks.HIDDEN_SHEET),
    "a well hidden sheet": (lambda: swap(BOOK, b'state="visible"', b'state="veryHidden"'), workbooks.HIDDEN_SHEET),
    "a value far away": (lambda: swap(SHEET, b"</sheetData>", FAR), form_sheets.TOO_BIG),
    "too many values": (lambda: swap(SHEET, b"</sheetData>", CROWD + b"</sheetData>"), form_sheets.TOO_BIG),
    "one cell as large as a sheet": (lambda: make.merged("G1:XFD1048576"), form_sheets.TOO_BIG),
}
# Names under which the sound workbook is refused.
NAMES: dict[str, str] = {
    NAME.replace(".xlsx", ".xls"): sheets.OLD_OR_LOCKED,
    NAME.replace(".xlsx", ".xlsm"): sheets.MACROS,
    NAME.replace(".xlsx", ".xlsb"): sheets.MACROS,
    NAME.replace(".xlsx", ".csv"): report_name.NO_ENDING,
    "report.xlsx": report_name.NO_MARK,
    NAME.replace("261102", "261302"): report_name.NOT_A_DAY,
    NAME.replace("-01 ", "-00 "): report_name.NO_NUMBER,
    NAME.replace("26110201101", "26110248101"): report_name.NOT_A_CODE,
    NAME.replace("北海道", "123456789018"): detectors.MESSAGE,
    NAME.replace("北海道", "北\x07海道"): sheets.BAD_NAME,
    NAME.replace("北海道", "北" * 250): sheets.BAD_NAME,
}
# What a cell is refused for: the cell that is named, and what is said of it.
CELLS: dict[str, tuple[Made, str, str]] = {
    "a formula": (lambda: cell("C8", "<f>1+1</f>"), "C8", sheets.FORMULA),
    "a formula with its value": (lambda: cell("C8", "<f>A1</f><v>2</v>"), "C8", sheets.FORMULA),
    "an array formula": (lambda: cell("C7", '<f t="array" ref="C7">A1:A2</f><v>2</v>'), "C7", sheets.FORMULA),
    "a shared formula": (lambda: cell("C7", '<f t="shared" ref="C7:C8" si="0">A1</f><v>2</v>'), "C7", sheets.FORMULA),
    "a formula that fetches": (lambda: cell("C23", '<f>WEBSERVICE("http://kaiji.example")</f>'), "C23", sheets.FORMULA),
    "a formula to another file": (lambda: cell("C6", "<f>[1]見本!A1</f>"), "C6", sheets.FORMULA),
    "an error": (lambda: cell("C8", "<v>#REF!</v>", "e"), "C8", sheets.NO_VALUE),
    "an error in a choice": (lambda: cell("C15", "<v>#N/A</v>", "e"), "C15", sheets.NO_VALUE),
    "a telephone number as a number": (lambda: number("C9", "110000000"), "C9", report_sheet.ZERO_LOST),
    "a fax number as a number": (lambda: number("E9", "110000001"), "E9", report_sheet.ZERO_LOST),
    "a wrong check digit": (lambda: text("C5", "011012"), "C5", report_checks.NOT_A_BODY),
    "another body than the name says": (lambda: text("C5", "022012"), "C5", sent_files.OTHER_CODE),
    "another day than the name says": (lambda: text("C3", "2026/11/01"), "C3", sent_files.OTHER_DAY),
    "the day that 1900 did not have": (lambda: number("C3", "60"), "C3", sent_files.OTHER_DAY),
    "a day to come": (lambda: text("C12", "2026/11/03"), "C12", report_checks.FUTURE),
    "a day that is none": (lambda: text("C12", "2026/02/30"), "C12", report_checks.NOT_A_DAY),
    "days and a half": (lambda: number("C12", "46321.5", style=False), "C12", form_sheets.TOO_PRECISE),
    "a day before all days": (lambda: number("C12", "-5", style=False), "C12", report_checks.NOT_A_DAY),
    "a day after all days": (lambda: number("C12", "99999999", style=False), "C12", report_checks.NOT_A_DAY),
    "an hour that is none": (lambda: text("E12", "25:00"), "E12", report_checks.NOT_A_TIME),
    "recovered before it occurred": (lambda: text("C13", "2026/10/25"), "C13", report_checks.BEFORE),
    "a personal number": (lambda: text("C23", "番号は123456789018です"), "C23", detectors.MESSAGE),
    "a personal number in wide digits": (lambda: text("C23", "１２３４５６７８９０１８"), "C23", detectors.MESSAGE),
    "a personal number with gaps": (lambda: text("C45", "1234-5678-9018"), "C45", detectors.MESSAGE),
    "a personal number as a number": (lambda: number("C38", "123456789018", style=False), "C38", detectors.MESSAGE),
    "a hidden row": (lambda: swap(SHEET, b'<row r="8"', b'<row r="8" hidden="1"'), "B8", form_sheets.HIDDEN),
    "cells made one": (lambda: make.merged("C8:C9"), "C9", form_sheets.COVERED),
    "a field made one with its name": (lambda: make.merged("B8:C8"), "C8", form_sheets.COVERED),
    "another name beside it": (lambda: text("B8", "職名"), "B8", report_sheet.MOVED),
    "a row put in": (make.shifted, "B7", report_sheet.MOVED),
    "a choice that is none": (lambda: text("C18", "だれか"), "C18", report_checks.NOT_A_CHOICE),
    "a choice of another affair": (lambda: text("C16", "雇用保険"), "C16", report_checks.NOT_A_CHOICE),
    "a cause of the other side": (lambda: text("C20", "個人番号の記載誤り"), "C20", report_checks.NOT_UNDER),
    "the other side filled in": (lambda: text("C34", "青森県見本市"), "C34", report_checks.ELSEWHERE),
    "the operator's cell filled in": (lambda: text("C50", "2026-000001"), "C50", report_checks.OPERATORS),
    "a mandatory cell empty": (lambda: text("C8", ""), "C8", report_checks.EMPTY),
    "a mandatory cell of spaces": (lambda: text("C8", "　 "), "C8", report_checks.EMPTY),
    "neither Yes nor No": (lambda: text("E25", "たぶん"), "E25", report_checks.YES_OR_NO),
    "too long a text": (lambda: text("C23", "長" * 4001), "C23", screening.TOO_LONG),
    "a mail address that is none": (lambda: text("C10", "mihon"), "C10", report_checks.NOT_A_MAIL),
}
# What is read as it was meant: the field, and what it says.
RIGHT: dict[str, tuple[Made, str, str]] = {
    "the sound one": (make.sound, "person", "見本 太郎"),
    "a size that is not true": (lambda: swap(SHEET, b'<dimension ref="', SIZE), "person", "見本 太郎"),
    "wide digits in the code": (lambda: text("C5", "０１１０１１"), "body_code", "011011"),
    "the code as a number": (lambda: number("C5", "11011", style=False), "body_code", "011011"),
    "wide digits in a day": (lambda: text("C3", "２０２６／１１／２"), "filed_on", "2026-11-02"),
    "a day of an era": (lambda: text("C3", "令和８年１１月２日"), "filed_on", "2026-11-02"),
    "a day counted from 1900": (lambda: number("C3", "46328"), "filed_on", "2026-11-02"),
    "a day without its format": (lambda: number("C3", "46328", style=False), "filed_on", "2026-11-02"),
    "a day counted from 1904": (lambda: make.from_1904("C3", 44866), "filed_on", "2026-11-02"),
    "an hour as a part of a day": (lambda: number("E12", "0.3784722222", style=False), "occurred_at", "09:05"),
    "an hour in wide digits": (lambda: text("E12", "９：０５"), "occurred_at", "09:05"),
    "an hour in words": (lambda: text("E12", "9時5分"), "occurred_at", "09:05"),
    "a wide mail address": (lambda: text("C10", "ｍｉｈｏｎ＠ｅｘａｍｐｌｅ．ｊｐ"), "mail", "mihon@example.jp"),
    "Yes as true": (lambda: cell("E25", "<v>1</v>", "b"), "asked_operator", "yes"),
    "No as false": (lambda: cell("E25", "<v>0</v>", "b"), "asked_operator", "no"),
    "Yes in Japanese": (lambda: text("E25", "はい"), "asked_operator", "yes"),
    "a choice in English": (lambda: text("C18", "Provider"), "causer", "provider"),
    "a text that begins as a formula": (lambda: text("C23", COMMAND), "cause_detail", COMMAND),
    "a text in pieces": (lambda: cell("C8", PIECES, "inlineStr"), "person", "見本 花子"),
    "a text with its reading": (lambda: cell("C8", READING, "inlineStr"), "person", "見本 花子"),
    "wide spaces in a name": (lambda: text("B8", "　氏　名　"), "person", "見本 太郎"),
    "rare characters": (lambda: text("C8", "髙\U000e0101橋 𠮷男"), "person", "髙\U000e0101橋 𠮷男"),
    "a picture in it": (lambda: part("xl/media/image1.png", b"x"), "department", "見本課"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a child would do, without one."""
    monkeypatch.setattr(press, "_is_child", True)


def look(data: bytes, name: str = NAME) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """What a file says, and what is wrong with which cell of it."""
    (read,) = read_files([SentFile(name, data)])
    if read.report is None or read.sheet is None:
        return {}, [(fault.cell, fault.message) for fault in read.faults]
    values, faults = examine(name, read.report, read.sheet, codes.shipped(), today=TODAY)
    return values, [(fault.cell, fault.message) for fault in faults]


def test_there_are_a_hundred() -> None:
    assert len(FILES) + len(NAMES) + len(CELLS) + len(RIGHT) >= 100


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_cannot_be_taken_is_refused_as_a_whole(what: str) -> None:
    made, message = FILES[what]
    assert look(made()) == ({}, [("", message)])


@pytest.mark.parametrize("name", NAMES)
def test_a_name_against_the_rule_is_refused(name: str) -> None:
    assert ("", NAMES[name]) in look(make.sound(), name)[1]


@pytest.mark.parametrize("what", CELLS)
def test_a_cell_that_cannot_be_taken_is_named(what: str) -> None:
    made, place, message = CELLS[what]
    assert (place, message) in look(made())[1]


@pytest.mark.parametrize("what", RIGHT)
def test_what_is_meant_is_read(what: str) -> None:
    made, key, value = RIGHT[what]
    values, faults = look(made())
    assert faults == []
    assert values == {**PROVIDER_CAUSED, key: value}
