"""``kaiji archive load``."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from content.cli import FOLDER, archive_cli
from portal.core.settings import Settings


@pytest.fixture
def runner(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("KAIJI_HOME", str(settings.home))
    return CliRunner()


def test_loading_says_what_it_did_and_the_second_time_that_there_was_nothing(runner: CliRunner) -> None:
    first = runner.invoke(archive_cli, ["load", "--json"])
    assert first.exit_code == 0, first.output
    assert json.loads(first.output)["added"] > 1000
    again = json.loads(runner.invoke(archive_cli, ["load", "--json"]).output)
    assert (again["added"], again["changed"], again["dropped"], again["touched"]) == (0, 0, 0, [])
    assert "nothing to change" in runner.invoke(archive_cli, ["load"]).output


def test_an_error_names_file_key_and_what_is_wrong_and_loads_nothing(runner: CliRunner, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(FOLDER, folder)
    path = folder / "incidents" / "relay-servers-2016-01.toml"
    path.write_text(path.read_text("utf-8").replace('cause_class = "unknown"', 'cause_class = "weather"'), "utf-8")
    result = runner.invoke(archive_cli, ["load", "--folder", str(folder), "--json"])
    assert result.exit_code == 1
    told = json.loads(result.output)
    assert told["file"] == "incidents/relay-servers-2016-01.toml"
    assert "cause_class" in told["key"]
    assert "weather" in told["problem"]
    plain = runner.invoke(archive_cli, ["load", "--folder", str(folder)])
    assert plain.exit_code == 1
    assert json.loads(runner.invoke(archive_cli, ["load", "--json"]).output)["added"] > 1000
