"""The forms on the site: blank with real fields, filled in here without a trace, prefilled from the answers."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.forms.resident.prefilled import request_sheet, written
from disclosure.rules import forms
from disclosure.rules.forms import Sheet
from disclosure.rules.kinds import Requester
from portal.core.db import Base
from portal.services import Services
from tests.client import Browser
from tests.disclosure.rules.test_forms import DAY
from tests.disclosure.views.journey import PERSON, file_request, fill_in, receipt
from tests.structure import nonconformities, problems

SHEETS = {row.slug: row for row in forms.sheets("public-body", DAY)}
PERSONAL_NUMBER = "123456789018"


def words(data: bytes) -> str:
    with pypdfium2.PdfDocument(BytesIO(data)) as document:
        return "".join("".join(page.get_textpage().get_text_range() for page in document).split())


def field_names(sheet: Sheet) -> list[str]:
    """The names that the blank PDF has to have, in the order of reading."""
    return [
        name
        for field in sheet.fields
        for name in ([f"{field.key}_{row.value}" for row in forms.choices(field, DAY)] or [field.key])
    ]


def everything(building: Services) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    with Session(building.database.engine) as session:
        return {
            table.name: sorted(str(tuple(row)) for row in session.execute(select(table)))
            for table in Base.metadata.sorted_tables
        }


def test_the_list_leads_to_each_form_in_both_languages(browser: Browser) -> None:
    assert browser.get("/request").links("/forms")
    for prefix in ("", "/en"):
        page = browser.get(f"{prefix}/forms")
        for slug, sheet in SHEETS.items():
            assert page.links(f"{prefix}/forms/{slug}")
            assert (sheet.title_en if prefix else sheet.title_ja) in page.text
    assert browser.get("/forms/f29-p3").status == 404, "another profile's"
    assert browser.get("/forms/f99.pdf").status == 404


@pytest.mark.parametrize("slug", ["f1", "f12"])
def test_a_blank_form_has_exactly_its_fields_described_and_in_order(browser: Browser, slug: str) -> None:
    data = browser.get(f"/forms/{slug}.pdf").data
    assert problems(data) == []
    assert nonconformities(data) == []
    with pikepdf.open(BytesIO(data)) as pdf:
        fields = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
        assert [str(field.T) for field in fields] == field_names(SHEETS[slug])
        assert all(str(field.TU).strip() for field in fields), "each has a tooltip"
        assert len(pdf.Root.AcroForm.Fields) == len(fields)
    assert len(data) < 400_000


def test_a_form_filled_in_here_comes_back_as_a_pdf_and_leaves_nothing(browser: Browser, building: Services) -> None:
    browser.get("/forms/f15")
    before = everything(building)
    written = {
        "name": "葛󠄂城　𠮷之助",
        "kana": "カツラギ　ヨシノスケ",
        "address": "東京都千代田区見本町一丁目2番3号",
        "disclosed": "交付申請書",
        "claim": "住所の記載を改めること。\n二つ目の行。",
        "claim_reason": "転居の届出が反映されていないため。",
        "disclosed_on": "2026-03-02",
        "requester": "mandated",
    }
    answer = browser.send(**written)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    said = words(answer.data)
    for text in ("葛󠄂城𠮷之助", "住所の記載を改めること。", "二つ目の行。", "令和8年3月2日", "第91条第1項"):
        assert text in said
    assert "■任意代理人" in said
    assert "□本人" in said
    after = everything(building)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"throttle_window"}, "only that somebody pressed is counted, by network"
    with pikepdf.open(BytesIO(answer.data)) as pdf:
        assert "/AcroForm" not in pdf.Root


def test_what_cannot_be_taken_is_said_next_to_the_field_and_stays_there(browser: Browser) -> None:
    browser.get("/en/forms/f27")
    page = browser.send(name="見本　花子", case_number="")
    assert page.status == 422
    assert len(page.errors) == 2, "address and number are missing"
    assert page.form().values["name"] == "見本　花子"
    page = browser.send(address=f"見本町{PERSONAL_NUMBER}", case_number="開-R08-000001-A")
    assert page.status == 422
    assert "personal number" in page.text
    page = browser.send(address="見本町\ue000", case_number="開-R08-000001-A")
    assert page.status == 422
    assert page.errors


def test_a_character_that_no_font_has_is_named_at_its_field(browser: Browser) -> None:
    browser.get("/en/forms/f27")
    page = browser.send(name="見本 ☒花子", address="見本町", case_number="開-R08-000001-A")
    assert page.status == 422
    assert any("☒" in error and "Name" in error for error in page.errors)


def test_the_answers_of_a_request_can_be_printed_as_its_form_instead_of_being_sent(browser: Browser) -> None:
    (address,) = fill_in(browser).links("/request/check/form.pdf")
    data = browser.get(address).data
    said = words(data)
    assert "保有個人情報開示請求書" in said
    for text in (PERSON["name"], PERSON["address"], "個人番号カード交付申請書", "■運転免許証", "■本人"):
        assert "".join(text.split()) in said
    assert problems(data) == []
    assert browser.get("/request/check").status == 200, "the draft is still there"


def test_a_withdrawal_is_receipted_with_its_form(browser: Browser) -> None:
    number, code = receipt(file_request(browser))
    browser.get("/request/status")
    assert not browser.send(number=number, code=code).links("/withdrawal.pdf")
    assert browser.get("/request/case/withdrawal.pdf").status == 404
    browser.get("/request/case/withdraw")
    page = browser.send("", "取り下げ", sure="y")
    (address,) = page.links("/request/case/withdrawal.pdf")
    answer = browser.get(address)
    said = words(answer.data)
    for text in ("取下書", number, "".join(PERSON["name"].split()), "受付", "■開示請求"):
        assert text in said
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_representative_stands_on_the_form_as_who_asks_and_the_person_below() -> None:
    answers = {
        "person": {**PERSON, "address_then": "見本県見本市1番地"},
        "contact": {"telephone": "", "email": ""},
        "records": {"records": "identity-data", "details": ""},
        "delivery": {"delivery": "post", "format": "paper"},
        "agent": {
            "capacity": "parent", "agent_name": "見本　親子", "agent_kana": "みほん　おやこ",
            "agent_address": "見本町9番地", "agent_postal_code": "", "agent_telephone": "03-0000-0000",
        },
    }  # fmt: skip
    said = written(answers, Requester.STATUTORY, ["passport", "passport"], day=DAY)
    assert (said["name"], said["address"], said["telephone"]) == ("見本　親子", "見本町9番地", "03-0000-0000")
    assert (said["subject-name"], said["subject-status"]) == (PERSON["name"], ["minor"])
    assert (said["requester"], said["documents"], said["method"]) == (["statutory"], ["passport"], ["post"])
    sheet = request_sheet("identity-data", "j-lis-like", DAY)
    assert sheet is not None
    assert sheet.slug == "f29-p3"
    assert request_sheet("identity-data", "public-body", DAY) is None, "another body holds it"
