"""The whole application with two letters in its register: one in force, one that was replaced by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from portal.core import clock
from portal.letters.operations.issue import Issued
from portal.services import Services
from tests.client import Browser
from tests.factories.letters import a_letter
from tests.factories.whole import whole_app


@dataclass(frozen=True)
class Room:
    """A running site, with the letter that is in force and the older one that it replaces; both are signed samples."""

    app: Flask
    building: Services
    old: Issued
    new: Issued

    def browser(self) -> Browser:
        return Browser(self.app)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[Room]:
    home = tmp_path_factory.mktemp("letters")
    with whole_app(home, empty_sqlite) as app:
        building: Services = app.extensions["kaiji"]
        with building.database.session(write=True) as session:
            old = a_letter(session, building.settings, signer=building.signer, at=clock.now())
            new = a_letter(session, building.settings, signer=building.signer, at=clock.now(), replaces=old.id)
        yield Room(app, building, old, new)
