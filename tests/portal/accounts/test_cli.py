"""``kaiji accounts``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from portal.accounts.cli import accounts_cli
from portal.core.db import Database
from tests.portal.accounts.conftest import journal


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("KAIJI_HOME", str(home))

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(accounts_cli, list(words))

    return invoke


def test_the_first_administrator_is_made_and_listed(run: Any, database: Database) -> None:
    made = run("create", "First", "--name", "見本　一郎", "--role", "administrator", "--json")
    assert made.exit_code == 0, made.output
    account = json.loads(made.output)
    assert account["login"] == "first"
    assert account["must_change_password"] is True
    assert len(account["password"]) == 23
    listed = json.loads(run("list", "--json").output)
    assert [found["login"] for found in listed] == ["first"]
    assert "password" not in listed[0]
    assert "first" in run("list").output
    assert [entry.actor_kind for entry in journal(database)] == ["system"]


def test_a_password_is_replaced_and_an_account_closed(run: Any) -> None:
    first = json.loads(run("create", "person", "--name", "見本", "--json").output)["password"]
    second = run("password", "PERSON").output
    assert first not in second
    assert "shown only now" in second
    assert run("disable", "person").exit_code == 0
    assert json.loads(run("list", "--json").output)[0]["enabled"] is False


@pytest.mark.parametrize(
    "words",
    [
        ("create", "x", "--name", "見本"),
        ("create", "person", "--name", " "),
        ("create", "person", "--name", "見本", "--role", "emperor"),
        ("disable", "nobody"),
        ("password", "nobody"),
    ],
)
def test_mistakes_end_in_plain_words(run: Any, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code != 0
    assert "Error" in result.output
    assert "Traceback" not in result.output


def test_departments_are_entered_listed_and_given_to_accounts(run: Any, database: Database) -> None:
    assert run("departments", "--add", "見本開示課", "Sample Disclosure Division").exit_code == 0
    made = run("create", "officer-1", "--name", "見本　花子", "--department", "見本開示課", "--json")
    assert json.loads(made.output)["department_id"]
    [row] = json.loads(run("departments", "--json").output)
    assert (row["name_en"], row["accounts"], row["open"]) == ("Sample Disclosure Division", 1, True)
    assert json.loads(run("department", "officer-1", "--json").output)["department_id"] is None
    assert run("department", "officer-1", "Sample Disclosure Division").exit_code == 0
    assert "no department 'Nowhere'" in run("department", "officer-1", "Nowhere").output
    assert [entry.action for entry in journal(database)].count("accounts.account.set_department") == 2
