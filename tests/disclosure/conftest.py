"""Fixtures of the request room's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.core.vault import OfficeVault
from tests.factories import disclosure as make


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> OfficeVault:
    """A back office's vault with keys of its own."""
    folder: Path = tmp_path_factory.mktemp("keys")
    return make.an_office(folder)
