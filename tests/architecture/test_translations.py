"""Every text of the sources has its Japanese, and the compiled catalogue is what pages are shown in."""

from __future__ import annotations

import importlib.machinery
import importlib.util
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.support import Translations

from tests.architecture.source import ROOT


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    """The script behind `make check`, as a module."""
    loader = importlib.machinery.SourceFileLoader("messages", str(ROOT / "scripts" / "messages"))
    spec = importlib.util.spec_from_loader("messages", loader)
    if spec is None:
        raise RuntimeError("scripts/messages cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_the_catalogues_are_complete_and_fresh(messages: ModuleType) -> None:
    source = messages.extracted()
    assert len(source) > 500
    found = [line for path, catalogue in messages.catalogues() for line in messages.problems(source, path, catalogue)]
    assert found == []


def test_the_compiled_catalogue_is_there() -> None:
    assert Translations.load(ROOT / "translations", ["ja"]).gettext("Home") == "ホーム"


def test_faults_of_a_catalogue_are_found(messages: ModuleType) -> None:
    source, catalogue = Catalog(), Catalog(locale="ja", fuzzy=False)
    for text, said in (
        ("Kept %(n)s", "残り"),
        ("<b>Bold</b>", "太字"),
        ("Empty", ""),
        ("Fine %(n)s", "よい %(n)s"),
    ):
        source.add(text)
        catalogue.add(text, said)
    source.add("New")
    catalogue.add("Old", "古い")
    found = "\n".join(messages.problems(source, "ja", catalogue))
    for fault in ("missing 'New'", "no longer used 'Old'", "'Kept %(n)s'", "'<b>Bold</b>'", "not translated 'Empty'"):
        assert fault in found
    assert "Fine" not in found
