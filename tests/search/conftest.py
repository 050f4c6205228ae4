"""Every engine under the same tests."""

from pathlib import Path

import pytest

from search.backend import Backend
from search.memory_engine import MemoryEngine
from search.whoosh_engine import WhooshEngine
from tests.search.samples import RECORDS


def make(name: str, folder: Path) -> Backend:
    return MemoryEngine() if name == "memory" else WhooshEngine(folder / "index")


@pytest.fixture(params=["memory", "whoosh"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Backend:
    """An engine that holds nothing."""
    return make(request.param, tmp_path)


@pytest.fixture
def engine(empty: Backend) -> Backend:
    """An engine that holds the sample corpus."""
    empty.put(RECORDS)
    return empty
