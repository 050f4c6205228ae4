"""The other three forms on the web: filled in from a case, as a workbook both ways, sent."""

from __future__ import annotations

import io

import pytest

from discrepancy.rules.fields import FormKind, form
from portal.core import workbook_forms
from tests.client import Browser
from tests.discrepancy.rules.reports import PROVIDER_CAUSED
from tests.discrepancy.views.conftest import Room

OTHERS = [kind for kind in FormKind if kind is not FormKind.REPORT]
FILLED = {
    **{
        key: PROVIDER_CAUSED[key] for key in ("department", "person", "telephone", "mail", "occurred_on", "occurred_at")
    },
    "filed_on": "2026-11-02",
    "addressee": "情報提供ネットワークシステム運営主体",
    "urgency": "soon",
    "request": "電文の内容の確認をお願いします。",
    "enquiry_kind": "system",
    "frequent_searched": "yes",
    "work_kind": "survey",
    "wanted_by": "2026-11-30",
    "bodies": "青森県見本町",
    "called_on": "2026-11-02",
    "called_at": "09:05",
    "occurrence_kind": "security",
    "extent": "見本町の窓口1か所。",
    "told_commission": "no",
    "told_security": "yes",
}


@pytest.fixture(scope="module")
def inquirer(room: Room) -> Browser:
    return room.browser("inquirer")


@pytest.mark.parametrize("kind", OTHERS)
def test_a_form_comes_from_its_case_and_back_from_its_workbook(room: Room, inquirer: Browser, kind: FormKind) -> None:
    address = f"/en/bodies/forms/{kind}"
    page = inquirer.get(f"{address}?case={room.case}")
    values = page.form(f"forms/{kind}").values
    assert (values["body_code"], values["serial_number"]) == ("022012", "20261026-ABC-000123")
    filled = {**values, **{key: value for key, value in FILLED.items() if key in values}}
    book = inquirer.post(f"{address}?case={room.case}", {**filled, "as": "workbook"}).data
    assert workbook_forms.read(book, form(kind).name_ja).cell(form(kind).by_key["person"].cell).text == "見本 太郎"
    page = inquirer.get(address)
    sent = {**page.form("/book").values, "book": (io.BytesIO(book), "様式.xlsx")}
    page = inquirer.post(f"{address}/book", sent)
    again = page.form(f"forms/{kind}").values
    assert {key: value for key, value in again.items() if key not in ("csrf_token", "version")} == {
        key: value for key, value in filled.items() if key not in ("csrf_token", "version")
    }
    page = inquirer.post(f"{address}?case={room.case}", {**filled, "send": "1"})
    assert "sent to the operator" in page.text, page.errors
