"""The pages on which the tables of codes are kept."""

from __future__ import annotations

from tests.discrepancy.views.conftest import Room

CODES = "/en/staff/codes"


def test_an_officer_adds_a_code_which_the_table_then_shows(room: Room) -> None:
    officer = room.browser("officer")
    assert officer.get("/en/staff/bodies").links("/staff/codes")
    assert officer.get(CODES).links("/staff/codes/system-cause")
    officer.get(f"{CODES}/system-cause")
    said = {"name_ja": "見本の接続装置", "name_en": "Sample gateway", "effective_from": "令和8年11月1日"}
    page = officer.send("/codes/system-cause", key="Sample", **said, within="provider")
    assert [line.partition(":")[0] for line in page.errors] == ["Code"]
    assert page.form("/codes/system-cause").values["name_ja"] == said["name_ja"], "what was typed is still there"
    page = officer.send("/codes/system-cause", key="sample-gateway", **said, within="provider")
    assert "The code is kept." in page.text
    assert "見本の接続装置" in page.text
    page = officer.get(f"{CODES}/system-cause?key=sample-gateway")
    assert page.form("/codes/system-cause").values["name_en"] == "Sample gateway"


def test_a_table_that_cannot_be_changed_has_no_form(room: Room) -> None:
    page = room.browser("officer").get(f"{CODES}/causer")
    assert "It cannot be changed." in page.text
    assert page.tree.xpath("//main//form") == []
    assert room.browser("officer").get(f"{CODES}/nothing").status == 404
