"""The whole application, over a copy of a database that was filled once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from portal import services
from portal.app import create_app
from tests.conftest import make_settings


@contextmanager
def whole_app(home: Path, database: Path, **more: str) -> Iterator[Flask]:
    """With keys of its own; its database is closed at the end. ``more`` are settings."""
    shutil.copy(database, home / "kaiji.db")
    settings = make_settings(home, **more)
    services.make_keys(settings)
    app = create_app(settings)
    try:
        yield app
    finally:
        app.extensions["kaiji"].database.close()
