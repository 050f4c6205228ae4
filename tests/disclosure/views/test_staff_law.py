"""The page of the law, for administrators; and the command."""

from __future__ import annotations

import json

from click.testing import CliRunner
from flask import Flask

from disclosure.law_cli import law_cli
from disclosure.rules.law import codes
from tests.disclosure.views.desk import Desk


def test_an_administrator_sees_every_regime_and_what_is_to_be_confirmed(app: Flask) -> None:
    browser = Desk(app).of("administrator")
    page = browser.get("/en/staff/law")
    assert page.heading == "The law of this installation"
    for text in (
        "P6-own",
        "D12",
        "N7-c",
        "T-P4",
        "住民基本台帳法第30条の33第1項",
        "To be confirmed",
        "Profile: public-body",
    ):
        assert text in page.text, text
    for code in codes():
        assert page.links(f"/staff/law?regime={code}")
    one = browser.get("/en/staff/law?regime=P3")
    assert "D11" in one.text
    assert "N7-c" not in one.text
    assert browser.get("/en/staff/law?regime=P99").text.count("To be confirmed") == page.text.count("To be confirmed")


def test_the_list_on_the_command_line_is_the_same_law() -> None:
    rows = json.loads(
        CliRunner().invoke(law_cli, ["list", "--regime", "P6", "--day", "令和8年4月1日", "--json"]).output
    )
    assert {row["part"] for row in rows} >= {"regime", "fee", "clock", "ground", "remedy", "offer", "route"}
    fee = next(row for row in rows if row["part"] == "fee")
    assert fee["value_en"].startswith("300 yen")
    text = CliRunner().invoke(law_cli, ["list", "--regime", "P3"]).output
    assert "[to be confirmed: fee_yen" in text
    wrong = CliRunner().invoke(law_cli, ["list", "--day", "2026-02-30"])
    assert wrong.exit_code == 1
    assert "Error" in wrong.output
