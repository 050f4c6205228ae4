"""The whole application over a fresh database, and a browser that looks at every page."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image, ImageDraw

from portal import services
from portal.app import create_app
from portal.core import clock
from portal.core.settings import Settings
from portal.core.vault import OfficeVault
from portal.services import Services
from tests.client import Browser
from tests.conftest import make_settings
from tests.disclosure.views.filed import NOW, Filed
from tests.factories.disclosure import submitted


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    yield from _whole(settings)


@pytest.fixture(scope="module")
def unchanged_app(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[Flask]:
    """One application for all tests of a file that only look at how it is made."""
    home = tmp_path_factory.mktemp("var")
    shutil.copy(empty_sqlite, home / "kaiji.db")
    yield from _whole(make_settings(home))


def _whole(settings: Settings) -> Iterator[Flask]:
    services.make_keys(settings)
    app = create_app(settings)
    yield app
    app.extensions["kaiji"].database.close()


@pytest.fixture
def building(app: Flask) -> Services:
    found: Services = app.extensions["kaiji"]
    return found


@pytest.fixture
def office(building: Services) -> OfficeVault:
    return building.office


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def another(app: Flask) -> Callable[[], Browser]:
    """Further browsers, each at an address of its own."""
    count = 0

    def make() -> Browser:
        nonlocal count
        count += 1
        return Browser(app, address=f"198.51.{count}.10")

    return make


def picture(kind: str = "PNG", text: str = "SAMPLE") -> io.BytesIO:
    """A drawn document that belongs to nobody."""
    image = Image.new("RGB", (640, 400), "lightgrey")
    ImageDraw.Draw(image).text((40, 40), text, fill="black")
    data = io.BytesIO()
    image.save(data, kind)
    data.seek(0)
    return data


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """The clock stands at noon of 1 April 2026 in Japan; calling moves it on."""
    at = [NOW]
    monkeypatch.setattr(clock, "now", lambda: at[0])

    def later(by: timedelta) -> None:
        at[0] += by

    return later


@pytest.fixture
def filed(building: Services, office: OfficeVault, time: Any) -> Filed:
    """Number and code of a request that arrived today."""
    with building.database.session(write=True) as session:
        made = submitted(session, building.settings, office, at=NOW)
        return made.case_number, made.access_code
