"""The commands of the request room."""

from __future__ import annotations

import json

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
