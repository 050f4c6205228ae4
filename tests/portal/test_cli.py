"""The command line says what it does, prints data for programs, and never a traceback for a wrong setting."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from content.operations import page_book
from content.operations.public_change import public_changed
from portal import doctor, services
from portal.cli import Kaiji, cli
from portal.core import clock, made_by
from portal.core.db import Database
from portal.core.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def kaiji(*arguments: str, home: Path, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "portal.cli", *arguments],
        cwd=ROOT,
        env={**os.environ, "KAIJI_HOME": str(home), **env},
        input=stdin,
        capture_output=True,
        text=True,
    )


def said(*arguments: str, home: Path) -> Any:
    """What a command prints for programs, run in this process: only its answer is looked at."""
    done = CliRunner().invoke(cli, arguments, env={"KAIJI_HOME": str(home)}, prog_name="kaiji")
    assert done.exception is None or done.exit_code, done.exception
    return json.loads(done.stdout)


@pytest.fixture
def installed(settings: Settings) -> Settings:
    """An installation with keys and schema."""
    services.make_keys(settings)
    return settings


@pytest.mark.parametrize(
    "path", [[], ["db"], ["keys"], ["numbers"], ["numbers", "scan"], ["audit"], ["archive"], ["search"]]
)
def test_every_command_has_help(path: list[str]) -> None:
    done = CliRunner().invoke(cli, [*path, "--help"], prog_name="kaiji")
    assert done.exit_code == 0, done.output
    assert "Usage: kaiji" in done.output


def test_all_the_promised_commands_are_there_and_no_room_is_loaded_to_say_so(tmp_path: Path) -> None:
    done = kaiji("--help", home=tmp_path, PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0, done.stderr
    assert "portal.cli" in done.stderr or "flask" in done.stderr
    assert not {"sqlalchemy", "disclosure", "content", "search"} & {
        line.rpartition("|")[2].strip() for line in done.stderr.splitlines()
    }
    help_text = done.stdout
    for command in (
        "serve",
        "worker",
        "db",
        "archive",
        "search",
        "numbers",
        "audit",
        "keys",
        "doctor",
        "demo",
        "setup",
    ):
        assert f"\n  {command} " in help_text


@pytest.mark.parametrize("name", Kaiji.ROOMS)
def test_a_room_says_of_its_commands_what_the_help_says(name: str) -> None:
    group = cli.get_command(click.Context(cli), name)
    assert group is not None
    assert group.get_short_help_str(limit=200) == Kaiji.ROOMS[name][2]


@pytest.mark.parametrize(
    ("text", "verdict", "status"),
    [("1234-5678-9018", "block", 1), ("１２３４　５６７８　９０１８", "block", 1), ("090-1234-5678", "pass", 0)],
)
def test_numbers_are_scanned_from_argument_and_standard_input(
    text: str, verdict: str, status: int, tmp_path: Path
) -> None:
    for arguments, stdin in ((["numbers", "scan", text], ""), (["numbers", "scan", "-"], text)):
        done = kaiji(*arguments, "--json", home=tmp_path, stdin=stdin)
        found = json.loads(done.stdout)
        assert found["verdict"] == verdict
        assert bool(found["findings"]) == (verdict != "pass")
        assert done.returncode == status
        assert text not in done.stdout


def test_the_chain_is_verified(installed: Settings) -> None:
    assert said("audit", "verify", "--json", home=installed.home) == {
        "ok": True, "entries": 0, "head": "0" * 64, "broken_at": None, "reason": ""
    }  # fmt: skip


def test_keys_are_listed_and_rotated(installed: Settings) -> None:
    before = said("keys", "list", "--json", home=installed.home)
    assert kaiji("keys", "rotate", home=installed.home).returncode == 0
    after = said("keys", "list", "--json", home=installed.home)
    assert len(after) == len(before) + 1
    assert [key["newest"] for key in after].count(True) == 1


def test_the_archive_is_loaded_and_found(installed: Settings) -> None:
    first = json.loads(kaiji("archive", "load", "--json", home=installed.home).stdout)
    again = said("archive", "load", "--json", home=installed.home)
    assert first["added"] > 1000
    assert (again["added"], again["changed"], again["dropped"]) == (0, 0, 0)
    assert kaiji("search", "rebuild", home=installed.home).returncode == 0
    found = said("search", "find", "葛飾区", "--limit", "1", "--json", home=installed.home)
    assert found["total"] >= 1
    assert set(found["hits"][0]) >= {"key", "kind", "title", "url", "day"}
    assert "葛飾区" in found["hits"][0]["title"]


@pytest.mark.parametrize("arguments", [["doctor"], ["db", "status"], ["search", "find", "x"]])
def test_a_wrong_setting_is_one_line(arguments: list[str], tmp_path: Path) -> None:
    done = kaiji(*arguments, home=tmp_path, KAIJI_PORT="http")
    assert done.returncode == 2
    assert done.stderr.startswith("kaiji: KAIJI_PORT must be")
    assert "Traceback" not in done.stderr


def test_without_keys_the_way_to_mend_it_is_said(tmp_path: Path) -> None:
    done = kaiji("search", "find", "x", home=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_doctor_finds_a_missing_trigger_and_says_how_to_mend_it(installed: Settings) -> None:
    from sqlalchemy import text

    database = Database(installed.database_url)
    with database.session(write=True) as session:
        session.execute(text("DROP TRIGGER audit_entry_no_delete"))
    database.close()
    bad = [finding for finding in said("doctor", "--json", home=installed.home) if not finding["ok"]]
    assert any("audit_entry_no_delete" in finding["what"] and finding["mend"] for finding in bad)


def test_the_doctor_tells_written_pages_of_another_version_or_of_an_older_record(installed: Settings) -> None:
    assert list(doctor._pages(installed)) == []
    with page_book.opened(installed.published_folder) as book:
        book.say({"made_by": "another", "revision": 0})
    database = Database(installed.database_url)
    with database.session(write=True) as session:
        public_changed(session, [], at=clock.now() - timedelta(hours=1))
    database.close()
    assert [finding.ok for finding in doctor._pages(installed)] == [False, False]
    with page_book.opened(installed.published_folder) as book:
        book.say({"made_by": made_by.mark(installed), "revision": 1})
    assert [finding.ok for finding in doctor._pages(installed)] == [True, True]
