"""Samples and the steps of setting up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from content.rules.archive.errors import ArchiveError
from disclosure.models.case import Case
from discrepancy.models.cases import Discrepancy
from portal import demo, services, setup
from portal.accounts.models import StaffAccount
from portal.core import audit, passwords
from portal.core.actor import Role
from portal.core.db import Database
from tests.conftest import make_settings

PASSWORD = re.compile(r"^  (\w+) +((?:[a-z0-9]{5}-){3}[a-z0-9]{5}) ", re.MULTILINE)


@pytest.fixture
def said() -> list[str]:
    return []


def test_setting_up_an_empty_folder_ends_with_samples_and_a_second_time_changes_nothing(
    tmp_path: Path, said: list[str]
) -> None:
    settings = make_settings(tmp_path / "new")
    setup.run(settings, said.append)
    first, text = len(said), "\n".join(said)
    shown = dict(PASSWORD.findall(text))
    assert f"{settings.public_url}/staff/sign-in" in said[-1]
    building = services.build(settings)
    with building.database.session(write=False) as session:
        accounts = {row.login: row for row in session.scalars(select(StaffAccount))}
        assert set().union(*(row.role_set for row in accounts.values())) == set(Role)
        assert sum(Role.APPROVER in row.role_set for row in accounts.values()) == 2
        assert all(passwords.verify(accounts[login].password_hash, clear) for login, clear in shown.items())
        assert shown.keys() == accounts.keys()
        cases = list(session.scalars(select(Case)))
        assert len(cases) == 6
        assert len({case.state for case in cases}) == 6
        between = session.scalars(select(Discrepancy)).one()
        assert between.provider_code == accounts["provider"].body_code
        assert audit.verify(session).ok
    setup.run(settings, said.append)
    again = "\n".join(said[first:])
    assert "Archive: loaded before." in again
    assert "Search: index is up to date." in again
    assert not PASSWORD.search(again)
    assert not demo.add(building, said.append)
    building.database.close()


def test_an_installation_without_samples_gets_none(tmp_path: Path, said: list[str]) -> None:
    settings = make_settings(tmp_path / "real", sample="0")
    setup.run(settings, said.append)
    building = services.build(settings)
    with building.database.session(write=False) as session:
        assert session.scalar(select(StaffAccount)) is None
        assert session.scalar(select(Case)) is None
    building.database.close()
    assert any("kaiji accounts create" in line for line in said)


def test_an_archive_in_other_words_than_published_leaves_the_site_as_it_is(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    settings = make_settings(home)

    def refuse(_database: Database) -> None:
        raise ArchiveError("incidents/x.toml", "x/1", "this is already published in other words")

    monkeypatch.setattr(setup, "load", refuse)
    setup.run(settings, said.append)
    assert any(line.startswith("Archive: left as it is.") and "incidents/x.toml" in line for line in said)
    assert said[-1].startswith("Ready:")
