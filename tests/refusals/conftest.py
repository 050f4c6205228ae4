"""One site for all refusals: a finished draft, opened cases in several states, staff at their browsers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.whole import whole_app
from tests.refusals import table
from tests.refusals.world import World


@pytest.fixture(scope="package")
def world(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[World]:
    """The site. No test may change it, which each test checks."""
    home = tmp_path_factory.mktemp("refusals") / "var"
    home.mkdir()
    with whole_app(home, empty_sqlite) as app:
        yield World(app)


@pytest.fixture
def nothing_is_left_behind(world: World, capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """The same rows before and after; no log line and no byte on the disk that holds the number that was typed."""
    world.prepare()
    world.forget_tries()
    before = world.rows()
    capfd.readouterr()
    yield
    assert world.rows() == before
    assert table.NUMBER not in "".join(capfd.readouterr())
    assert table.NUMBER.encode() not in world.stored()
