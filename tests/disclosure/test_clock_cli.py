"""The command that counts a period of the law."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result

from disclosure.clock_cli import clock
from portal.cli import cli
from portal.core import clock as time


def run(*arguments: str) -> Result:
    return CliRunner().invoke(clock, list(arguments))


def test_it_is_a_command_of_its_own_and_no_other_counts() -> None:
    answer = CliRunner().invoke(cli, ["clock", "D1", "--received", "2026-04-01", "--json"])
    assert json.loads(answer.output)["due_on"] == "2026-05-01"
    assert CliRunner().invoke(cli, ["disclosure", "clock", "2026-04-01"]).exit_code == 2


def test_the_data_name_the_day_the_rolled_day_and_every_step_with_its_article() -> None:
    shown = json.loads(run("D1", "--received", "令和８年４月３日", "--json").output)
    assert (shown["due_on"], shown["rolled_on"], shown["target_on"]) == ("2026-05-03", "2026-05-07", "2026-05-01")
    assert shown["steps"][1] == {
        "text": "The first day is not counted: counting starts on 2026-04-04.",
        "article": "民法第140条",
        "day": "2026-04-04",
    }
    assert len(shown["steps"]) == 5


def test_corrections_repeat_and_an_extension_follows() -> None:
    asked = [
        "--correction",
        "2026-04-08:2026-04-20",
        "--correction",
        "令和8年6月1日：令和8年6月6日",
        "--extended",
        "30",
    ]
    shown = json.loads(run("d2", "--received", "2026-04-01", *asked, "--json").output)
    assert (shown["due_on"], shown["excluded_days"]) == ("2026-06-17", 17)


def test_an_open_correction_counts_until_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "now", lambda: datetime(2026, 4, 20, 3, tzinfo=UTC))
    shown = json.loads(run("D1", "--received", "2026-04-01", "--correction", "2026-04-08:", "--json").output)
    assert (shown["due_on"], shown["paused"]) == ("2026-05-13", True)


def test_people_read_the_steps_and_the_day_in_both_calendars() -> None:
    answer = run("D9", "--received", "2026-11-30", "--mail", "2")
    assert "posted in time, it may arrive until 2027-03-03. [行政不服審査法第18条第3項]" in answer.output
    assert "D9: 2027-03-03 (令和9年3月3日)" in answer.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["D1", "--received", "2026-02-30"], "There is no such day"),
        (["D1", "--received", "昭和64年1月8日"], "The era does not have this day"),
        (["D99", "--received", "2026-04-01"], "Choose one of D1, D2"),
        (["D4", "--received", "2026-04-01"], "Ask for D2"),
        (["D1", "--received", "2026-04-01", "--extended", "10"], "ask for D2"),
        (["D5", "--received", "2026-04-01", "--extended", "10"], "cannot be extended"),
        (["D2", "--received", "2026-04-01", "--extended", "31"], "at most 30"),
        (["D2", "--received", "2026-04-01", "--extended", "0"], "leave it out"),
        (["D13", "--received", "2026-04-01", "--extended", "1000"], "from 1 to 999"),
        (["D1", "--received", "2026-04-01", "--correction", "2026-04-08"], "SENT:ARRIVED"),
        (["D1", "--received", "2026-04-01", "--correction", "2026-04-08:2026-04-07"], "cannot arrive before"),
        (["D1", "--received", "2026-04-01", "--correction", "2026-03-08:2026-04-07"], "before the request arrived"),
        (["D11", "--received", "2026-04-01", "--correction", "2026-04-08:2026-04-09"], "does not stop"),
        (["D1", "--received", "2014-12-31"], "does not reach to 2014-12-31"),
        (["D1", "--received", "2028-12-20"], "does not reach to 2029"),
    ],
)
def test_what_cannot_be_counted_is_said_in_one_line(arguments: list[str], said: str) -> None:
    answer = run(*arguments)
    assert answer.exit_code == 1
    assert said in answer.output
    assert answer.output.startswith("Error: ")
    assert answer.output.count("\n") == 1


def test_a_day_before_the_oldest_rule_is_counted_by_it_and_says_so() -> None:
    shown = json.loads(run("D1", "--received", "平成31年4月1日", "--json").output)
    assert (shown["due_on"], shown["rolled_on"]) == ("2019-05-01", "2019-05-07")
    assert shown["steps"][0]["text"] == "We know no older rule than that of 2022-04-01 and count by it."
