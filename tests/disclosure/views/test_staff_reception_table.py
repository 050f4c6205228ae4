"""Requests on paper at the desk: many at once from a table."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.queries.keys import case_key, fields
from disclosure.rules.kinds import Delivery, Field, Format, RecordKind
from disclosure.rules.states import State
from tests.client import Browser, Page
from tests.disclosure.views.desk import Desk
from tests.portal.core import workbook_files as make

PAGE = "/en/staff/reception/table"
ROW: dict[str, Any] = {
    "受付の方法": "郵送", "到達日": "", "氏名": "髙橋　見本", "ふりがな": "たかはし　みほん",
    "生年月日": "昭和55年2月29日",
    "郵便番号": "100-0000", "住所": "東京都千代田区見本町一丁目2番3号", "電話番号": "",
    "メールアドレス": "", "言語": "",
    "請求する記録": "両方", "申請時の住所": "", "記録の手掛かり": "", "受け取り方": "郵送", "写しの形式": "紙",
    "確認した書類": "旅券、住民票の写し", "代筆者": "", "代筆の理由": "",
}  # fmt: skip


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def table(*changes: dict[str, Any]) -> list[list[Any]]:
    return [list(ROW), *([*{**ROW, **change}.values()] for change in changes)]


def csv(*changes: dict[str, Any], encoding: str = "utf-8-sig") -> bytes:
    return "".join(",".join(map(str, row)) + "\r\n" for row in table(*changes)).encode(encoding)


def send(browser: Browser, data: bytes, name: str = "見本.xlsx") -> Page:
    browser.get(PAGE)
    return browser.send("/table", sheet=(io.BytesIO(data), name))


def faults(page: Page) -> list[tuple[str, str]]:
    """Cell and words of each fault."""
    rows = page.tree.xpath("//main//table[caption='What is amiss']/tbody/tr")
    found = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    return [(cell, words) for _row, cell, _heading, words in found]


def cases(desk: Desk) -> list[Case]:
    with desk.building.database.session(write=False) as session:
        return list(session.scalars(select(Case).order_by(Case.number)))


def test_a_csv_is_looked_through_and_then_filed_whole(desk: Desk) -> None:
    reception = desk.of("reception")
    page = send(reception, csv({"氏名": "高橋　見本"}, {"氏名": "見本　花子"}, encoding="cp932"), "見本.csv")
    assert page.path == f"{PAGE}/check", page.errors
    assert cases(desk) == [], "a dry run files nothing"
    page = reception.send("/file")
    assert page.path == "/en/staff/reception/receipts"
    assert "Requests filed: 2" in page.text
    found = cases(desk)
    assert all(case.number in page.text for case in found)
    assert len(page.links("slip.pdf")) == 2
    assert (
        "受付時に確認した書類：旅券（住所の記載があるもの）、住民票の写し"
        in desk.open("reception", found[0].number).text
    )


def test_a_workbook_is_read_as_people_fill_it_in(desk: Desk) -> None:
    rows = table(
        {
            "生年月日": date(1980, 2, 29),
            "受け取り方": "ダウンロード",
            "写しの形式": "ＰＤＦ",
            "請求する記録": " 顔写真 ",
            "郵便番号": 1000000,
        },
        {"生年月日": 29280, "氏名": "'見本　花子", "住所": "見本市１２３", "電話番号": "'０３－００００－００００"},
        {"生年月日": "２０００／０４／０１", "氏名": "見本　三郎", "言語": "英語"},
    )
    reception = desk.of("reception")
    page = send(reception, make.workbook([*rows, [None] * 18]))
    assert page.path == f"{PAGE}/check", faults(page)
    reception.send("/file")
    with desk.building.database.session(write=False) as session:
        found = list(session.scalars(select(Case).order_by(Case.number)))
        values = [fields(case_key(desk.building.office, case), case) for case in found]
    assert [row[Field.BIRTH_DATE] for row in values] == ["1980-02-29", "1980-02-29", "2000-04-01"]
    assert (values[1][Field.NAME], values[1][Field.ADDRESS]) == ("見本　花子", "見本市１２３"), "as typed"
    assert values[1][Field.TELEPHONE] == "０３－００００－００００"
    assert (found[0].delivery, found[0].format, found[0].records) == (
        Delivery.DOWNLOAD, Format.PDF, RecordKind.PHOTO,
    )  # fmt: skip
    assert [case.language for case in found] == ["ja", "ja", "en"]


PLANTED: list[tuple[dict[str, Any], str, str]] = [
    ({"氏名": ""}, "C2", "Enter your name."),
    ({"ふりがな": "yamada"}, "D2", "hiragana or katakana"),
    ({"生年月日": "平成2年2月30日"}, "E2", "This day does not exist"),
    ({"生年月日": 300000}, "E2", "This day does not exist"),
    ({"到達日": "2999-01-01"}, "B2", "cannot have arrived in the future"),
    ({"受付の方法": "伝書鳩"}, "A2", "Write one of these: 窓口, 郵送, ファクス"),
    ({"電話番号": 312345678}, "H2", "a zero in front may be lost"),
    ({"郵便番号": 600000}, "F2", "a zero in front may be lost"),
    ({"写しの形式": "PDF"}, "O2", "By mail we send paper"),
    ({"住所": "=A1"}, "G2", "This is a formula."),
    ({"確認した書類": "通知カード"}, "P2", "not accepted as proof of identity"),
    ({"確認した書類": "マイナンバーカード裏面"}, "P2", "The back of a card"),
    ({"代筆者": "見本　代"}, "R2", "Say why somebody wrote"),
    ({"メールアドレス": "nobody"}, "I2", "Please check the e-mail address."),
    ({"記録の手掛かり": "123456789018"}, "M2", "looks like an Individual Number"),
    ({"記録の手掛かり": 123456789018}, "M2", "looks like an Individual Number"),
    ({"代筆の理由": "マイナンバー　１２３４　５６７８　９０１８"}, "R2", "looks like an Individual Number"),
]  # fmt: skip


def test_every_fault_is_told_by_row_and_cell_and_nothing_is_filed(desk: Desk) -> None:
    changes = [
        {**change, "氏名": change.get("氏名", f"見本　{n}号")} for n, (change, _cell, _said) in enumerate(PLANTED)
    ]
    page = send(desk.of("reception"), make.workbook(table(*changes, {})))
    told = faults(page)
    for row, (_change, cell, said) in enumerate(PLANTED, start=2):
        wanted = cell[:-1] + str(row)
        assert [words for place, words in told if place == wanted and said in words], (wanted, said, told)
    assert len(told) == len(PLANTED)
    assert "9018" not in page.text
    assert f"Rows with a fault: {len(PLANTED)}. Rows without: 1." in page.text
    assert cases(desk) == []
    assert desk.of("reception").get(f"{PAGE}/check").path == PAGE, "nothing is kept that could be filed"


FILES: list[tuple[Any, str, str]] = [
    (make.bomb, "見本.xlsx", "unpacks to more than"),
    (make.laughs, "見本.xlsx", "This file cannot be read."),
    (lambda: make.workbook([["氏名", "性別"]]), "見本.xlsx", "The heading in column B"),
    (lambda: make.workbook([["氏名"]]), "見本.xlsx", "The column “受付の方法” is missing."),
    (lambda: make.workbook(table()), "見本.xlsx", "There is no request in this file."),
    (lambda: csv(*[{}] * 151), "見本.csv", "There are too many rows."),
    (lambda: b"PK\x03\x04", "見本.xlsm", "This workbook holds macros."),
    (lambda: csv({}), "123456789018.csv", "looks like an Individual Number"),
]


def test_a_file_that_is_no_table_is_refused_at_its_field(desk: Desk) -> None:
    for data, name, said in FILES:
        page = send(desk.of("reception"), data(), name)
        assert any(said in line for line in page.errors), (said, page.errors)
    assert cases(desk) == []


def test_a_hidden_row_is_a_fault_of_the_row(desk: Desk) -> None:
    def hide(book: Any) -> None:
        book.active.row_dimensions[2].hidden = True

    page = send(desk.of("reception"), make.workbook(table({}, {"氏名": "見本　花子"}), hide))
    assert faults(page) == [("–", "This row is hidden. Show it, or delete it.")]


def test_people_who_asked_before_are_shown_and_need_a_yes(desk: Desk) -> None:
    known = desk.case(State.RECEIVED)
    reception = desk.of("reception")
    page = send(reception, csv({}, {"氏名": "見本　花子"}, {"氏名": "見本花子"}), "見本.csv")
    assert known in page.text
    assert "Row 3" in page.text
    page = reception.send("/file")
    assert any("Tick the box" in line for line in page.errors)
    assert len(cases(desk)) == 1
    reception.send("/file", go_on="y")
    assert len(cases(desk)) == 4


def test_sending_the_table_twice_files_it_once(desk: Desk) -> None:
    reception = desk.of("reception")
    form = send(reception, csv({}), "見本.csv").form("/file")
    for _ in range(2):
        page = reception.post(form.action, form.values)
        assert page.path == "/en/staff/reception/receipts"
    assert len(cases(desk)) == 1
    assert reception.post(form.action, {**form.values, "key": "x"}).path == PAGE


def test_a_table_can_be_dropped(desk: Desk) -> None:
    reception = desk.of("reception")
    send(reception, csv({}), "見本.csv")
    assert reception.send("/drop").path == PAGE
    assert reception.get(f"{PAGE}/check").path == PAGE
    assert cases(desk) == []


def test_the_template_can_be_filled_in(desk: Desk) -> None:
    reception = desk.of("reception")
    for kind in ("csv", "xlsx"):
        answer = reception.get(f"{PAGE}/template.{kind}")
        assert "attachment" in answer.headers["Content-Disposition"]
        page = send(reception, answer.data, f"見本.{kind}")
        assert any("There is no request in this file." in line for line in page.errors)
    assert reception.get(f"{PAGE}/template.exe").status == 404
