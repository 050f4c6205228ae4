"""The commands of the request room."""

from __future__ import annotations

import json

from click.testing import CliRunner
from flask import Flask

from disclosure.cli import disclosure_cli
from tests.disclosure.views.conftest import app  # noqa: F401 - a fixture
from tests.disclosure.views.desk import Desk


def test_the_list_has_numbers_states_and_days_and_no_personal_data(app: Flask) -> None:  # noqa: F811
    number = Desk(app).case()
    answer = app.test_cli_runner().invoke(disclosure_cli, ["list", "--json"])
    (row,) = json.loads(answer.output)
    assert row["number"] == number
    assert set(row) == {"number", "state", "received_on", "due_on", "next_due_on", "ended_on"}
    assert number in app.test_cli_runner().invoke(disclosure_cli, ["list"]).output


def test_the_clock_counts_as_the_law_does_and_says_how() -> None:
    answer = CliRunner().invoke(disclosure_cli, ["clock", "令和8年4月3日", "--json"])
    shown = json.loads(answer.output)
    assert (shown["due_on"], shown["target_on"]) == ("2026-05-03", "2026-05-01")
    assert len(shown["steps"]) == 5
    answer = CliRunner().invoke(disclosure_cli, ["clock", "2026-04-01", "--correction", "2026-04-05", "2026-04-17"])
    assert "2026-05-13" in answer.output


def test_a_day_that_does_not_exist_is_said_plainly() -> None:
    answer = CliRunner().invoke(disclosure_cli, ["clock", "2026-02-30"])
    assert answer.exit_code == 1
    assert "Error" in answer.output
