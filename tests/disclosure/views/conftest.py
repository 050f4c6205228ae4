"""The whole application over a fresh database, and a browser that looks at every page."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image, ImageDraw

from portal import services
from portal.app import create_app
from portal.core.settings import Settings
from portal.core.vault import OfficeVault
from portal.services import Services
from tests.client import Browser
from tests.conftest import make_settings


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
