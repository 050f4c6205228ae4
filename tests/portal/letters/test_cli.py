"""``kaiji letters`` as a person and as a program use it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from disclosure.operations.issue import issue
from disclosure.queries.keys import case_key, letter_pdf
from disclosure.rules.states import State
from portal import services
from portal.cli import cli
from portal.core import audit, clock
from portal.core.settings import Settings
from portal.letters.queries.tree import head
from tests.factories.disclosure import OFFICER, a_case


@pytest.fixture
def kaiji(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    """Runs a command in this installation."""
    monkeypatch.setenv("KAIJI_HOME", str(settings.home))

    def run(*arguments: str, stdin: str = "") -> Result:
        return CliRunner().invoke(cli, ["letters", *arguments], input=stdin)

    return run


@pytest.fixture
def letter(settings: Settings, tmp_path: Path) -> tuple[str, Path]:
    """The number and the file of a case's letter, signed."""
    services.make_keys(settings)
    building = services.build(settings)
    with building.database.session(write=True) as session:
        now = clock.now()
        case = a_case(session, settings, building.office, state=State.APPROVED, at=now - timedelta(days=9))
        row = issue(session, case, settings=settings, vault=building.office, signer=building.signer, by=OFFICER, at=now)
        path = tmp_path / "letter.pdf"
        path.write_bytes(letter_pdf(case_key(building.office, case), row))
    building.database.close()
    return row.number, path


def test_characters_are_told_with_their_fonts(kaiji) -> None:
    said = json.loads(kaiji("check", "𠮷野", "--json").output)
    assert said["ok"]
    assert said["missing"] == []
    assert "".join(run["text"] for run in said["runs"]) == "𠮷野"
    assert all(run["font"] for run in said["runs"])
    assert len({run["font"] for run in said["runs"]}) == 2


def test_a_character_without_a_font_is_named(kaiji) -> None:
    done = kaiji("check", "-", "--json", stdin="見本\ue000\n")
    said = json.loads(done.output)
    assert done.exit_code == 1
    assert not said["ok"]
    assert [run["text"] for run in said["runs"]] == ["見本"]
    assert [(row["cluster"], row["codepoints"]) for row in said["missing"]] == [("\ue000", ["U+E000"])]
    assert said["missing"][0]["reason"]


def test_a_letter_is_verified_made_again_and_proven(kaiji, letter, settings: Settings) -> None:
    number, path = letter
    said = json.loads(kaiji("verify", str(path), "--json").output)
    assert (said["outcome"], said["letter"]["number"], said["letter"]["standing"]) == ("genuine", number, "in force")
    assert (said["signature"]["valid"], said["tree"]["index"]) == (True, 0)
    remade = kaiji("remake", number, "--json")
    assert remade.exit_code == 0, remade.output
    assert json.loads(remade.output)["same"]
    building = services.build(settings)
    with building.database.session(write=False) as session:
        assert audit.verify(session).ok
        kept = head(session)
    done = kaiji("tree", "verify", "--head", f"{kept.size}:{kept.root}")
    assert (done.exit_code, done.output.split(",")[0]) == (0, "1 entries")
    other = kaiji("tree", "verify", "--head", f"1:{'0' * 64}", "--json")
    assert other.exit_code == 1
    assert not json.loads(other.output)["ok"]
    with building.database.session(write=True) as session:
        session.execute(text("DROP TRIGGER letters_leaf_no_update"))
        session.execute(text("UPDATE letters_leaf SET data = 'x'"))
    assert kaiji("tree", "verify").exit_code == 1
    building.database.close()


def test_what_is_wrong_is_said_in_a_line(kaiji, letter, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("x")
    done = kaiji("verify", str(other))
    assert (done.exit_code, done.output.strip()) == (1, "not-pdf")
    done = kaiji("remake", "見情機第99号")
    assert done.exit_code == 1
    assert "no letter" in done.output
    assert kaiji("tree", "verify", "--head", "x").exit_code == 2
