"""A public process holds no key that opens a case, and serves no page of the staff; and the other way round."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from disclosure.queries.keys import case_key, fields
from disclosure.rules.kinds import Field
from portal import services
from portal.app import create_app
from portal.core import vault
from portal.core.settings import Settings
from tests.conftest import make_settings
from tests.factories.disclosure import submitted


@contextmanager
def running(settings: Settings) -> Iterator[Flask]:
    """The application for the block."""
    app = create_app(settings)
    try:
        yield app
    finally:
        app.extensions["kaiji"].database.close()


@pytest.fixture
def public_settings(settings: Settings, home: Path, tmp_path: Path) -> Settings:
    """A machine that has the office's public key, the index key and the web key, and nothing else."""
    services.make_keys(settings)
    keys = tmp_path / "public-keys"
    keys.mkdir()
    for path in settings.keys.iterdir():
        if path.suffix != ".pem":
            shutil.copy(path, keys / path.name)
    return make_settings(home, surface="public", keys=str(keys))


def test_a_public_process_has_no_private_key_and_still_takes_requests(
    settings: Settings, public_settings: Settings
) -> None:
    with running(public_settings) as app:
        building = app.extensions["kaiji"]
        assert type(building.vault) is vault.PublicVault
        with pytest.raises(RuntimeError, match="holds no key"):
            _ = building.office
        with building.database.session(write=True) as session:
            filed = submitted(session, building.settings, building.vault)
            case_id = filed.case.id
        assert app.test_client().get("/request").status_code == 200
    office = vault.load_office(settings.keys)
    with services.build(settings).database.session(write=False) as session:
        from disclosure.models.case import Case

        case = session.get_one(Case, case_id)
        assert fields(case_key(office, case), case)[Field.NAME] == "髙橋　見本"


def test_a_public_process_serves_no_staff_page(public_settings: Settings) -> None:
    with running(public_settings) as app:
        client = app.test_client()
        for path in ("/staff", "/staff/sign-in", "/staff/accounts", "/staff/publishing", "/staff/audit"):
            assert client.get(path).status_code == 404, path
        assert client.get("/").status_code == 200


def test_a_staff_process_serves_no_public_page(settings: Settings, home: Path) -> None:
    services.make_keys(settings)
    with running(make_settings(home, surface="staff")) as app:
        client = app.test_client()
        for path in ("/", "/incidents", "/request", "/search"):
            assert client.get(path).status_code == 404, path
        assert client.get("/staff/sign-in").status_code == 200


def test_secure_installations_use_host_cookies_and_hsts(settings: Settings, home: Path) -> None:
    services.make_keys(settings)
    with running(make_settings(home, public_url="https://kaiji.example")) as app:
        answer = app.test_client().get("/request/status", base_url="https://kaiji.example")
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-kaiji=")
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "max-age=63072000" in answer.headers["Strict-Transport-Security"]
