"""Steps on the pages: what a rule refuses stands next to its field, what was typed stays, nothing is half done."""

from __future__ import annotations

from discrepancy.models.cases import Discrepancy
from discrepancy.rules.states import CaseState
from tests.discrepancy.views.conftest import Room

CASES = "/en/bodies/cases"
TYPED = {
    "kind": "undelivered",
    "occurred_on": "2026-10-26",
    "occurred_at": "９時5分",
    "affair": "child-allowance",
    "information": "local-tax",
    "summary": "エラーになった。",
}
PLACES = ["notices", "outages", "support"]


def test_an_error_is_local_once_every_place_was_looked_at(room: Room) -> None:
    inquirer = room.browser("inquirer")
    inquirer.get(f"{CASES}/new")
    page = inquirer.send("/new", **{**TYPED, "serial": "x"})
    assert [error.partition(": ")[0] for error in page.errors] == ["Message serial number (処理通番)"]
    assert page.form("/new").values["summary"] == TYPED["summary"]
    number = inquirer.send("/new", **{**TYPED, "serial": ""}).path.rpartition("/")[2]

    inquirer.get(f"{CASES}/{number}/outage")
    page = inquirer.send("/outage", looked="notices", incident="")
    assert page.errors == ["Looked at: Look at each of these places first."]
    with room.building.database.session(write=False) as session:
        assert session.get_one(Discrepancy, number).state == CaseState.DOUBT, "nothing is half done"
    token = page.form("/outage").values["csrf_token"]
    inquirer.client.post(f"{CASES}/{number}/outage", data={"looked": PLACES, "incident": "", "csrf_token": token})

    page = inquirer.get(f"{CASES}/{number}/ask/provider")
    assert "Check at home first" in page.text
    inquirer.get(f"{CASES}/{number}/check")
    inquirer.send("/check", **dict.fromkeys(("number", "operation", "own-system"), "fine"))
    inquirer.get(f"{CASES}/{number}/ask/provider")
    asked = {"serial_number": "20261026-ABC-000777", "request": "確認をお願いします。", "frequent_searched": "y"}
    page = inquirer.send("/provider", to="見本", **asked)
    assert page.errors[0].startswith("Provider: Several bodies fit: ")
    assert page.form("/provider").values["request"] == asked["request"]
    page = inquirer.send("/provider", to="011011", **asked)
    assert page.path == f"{CASES}/{number}"
    assert "Sample, Hokkaido" in page.text
    assert room.browser("provider").get(page.path).status == 200
