"""The command that warns before the tables of holidays and eras run out."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from portal import doctor
from portal.cli import cli
from portal.core import clock, wareki
from portal.core.settings import Settings


def at(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(day.year, day.month, day.day, 3, tzinfo=UTC))


@pytest.mark.parametrize(("day", "status"), [(date(2027, 11, 27), 0), (date(2027, 11, 28), 1), (date(2029, 2, 1), 1)])
def test_it_warns_when_less_than_400_days_are_covered(monkeypatch: pytest.MonkeyPatch, day: date, status: int) -> None:
    at(monkeypatch, day)
    answer = CliRunner().invoke(cli, ["calendar", "check", "--json"])
    assert answer.exit_code == status
    shown = json.loads(answer.output)
    assert shown["ok"] is (status == 0)
    assert shown["holidays"] == {"known_until": "2028-12-31", "days_left": (date(2028, 12, 31) - day).days}
    assert shown["eras"] == {"newest": "令和", "known_until": None, "days_left": None}
    said = CliRunner().invoke(cli, ["calendar", "check"]).output
    assert ("extend portal/core/data/holidays.toml" in said) is bool(status)


def test_an_era_that_ends_is_a_warning_and_a_finding(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    at(monkeypatch, date(2026, 11, 21))
    newest = wareki.eras()[-1]
    ending = wareki.Era(newest.name, newest.letter, newest.first, date(2027, 4, 30), newest.first, date(2027, 4, 30))
    monkeypatch.setattr(wareki, "eras", lambda: (ending,))
    answer = CliRunner().invoke(cli, ["calendar", "check"])
    assert answer.exit_code == 1
    assert "令和 ends on 2027-04-30, 160 days from today; add the next era" in answer.output
    holidays, eras = doctor._calendar(settings)
    assert holidays.ok
    assert not eras.ok
    assert eras.mend == "Add an era to portal/core/data/eras.toml."
