"""Every hostile file is refused in bounded time or drawn anew without harm, and the next visitor's file is taken."""

import io

import pikepdf
import pytest

from portal.core import files
from portal.core.errors import Invalid
from portal.core.files import Slot, accept_file
from tests.portal.core import hostile

SLOT = Slot("identity")
NAMES = {f"{name}.pdf": make for name, make in hostile.PDFS.items()} | hostile.PICTURES
ACTIVE = ("/AA", "/OpenAction", "/JS", "/EmbeddedFiles", "/F", "/Annots", "/AcroForm", "/Names")


@pytest.fixture(autouse=True)
def little_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SECONDS", 0.6)
    monkeypatch.setattr(files, "PAGE_SECONDS", 0.0)


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_is_refused_or_harmless(name: str) -> None:
    try:
        clean = accept_file(NAMES[name](), name, slot=SLOT)
    except Invalid:
        return
    assert b"<script" not in clean.data
    assert not clean.data.endswith(b"\0" * 18)
    if name.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(clean.data)) as document:
            for item in document.objects:
                if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                    assert not [key for key in ACTIVE if key in item]


def test_the_next_file_is_taken_after_one_that_ended_its_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Invalid) as caught:
        accept_file(hostile.itself(), "a.pdf", slot=SLOT)
    assert caught.value.message == files.TOO_HARD
    monkeypatch.undo()
    assert accept_file(hostile.page(contents=b"0 0 9 9 re f"), "a.pdf", slot=SLOT).pages == 1
