"""The shortcuts through the layout engine lead where it would have gone by itself."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest
from PIL import Image

from portal.core import pdf, pdf_shortcuts


@pytest.fixture
def without_shortcuts() -> Iterator[None]:
    pdf_shortcuts.remove()
    yield
    pdf_shortcuts.install()


PECULIAR = (
    "margin-inline-start: 3em",
    "inline-size: 50%",
    "padding-block: 1em 2em; border-block-start: 1pt solid",
    "text-decoration: underline double",
    "float: right; width: 30%",
    "display: inline-block; position: relative; left: 1em",
    "margin: inherit; width: inherit",
    "width: calc(100% - 3em); max-height: 3em",
    "--tint: #933; color: var(--tint)",
    "direction: rtl; margin-inline-end: 4em",
)


def letter(style: str) -> bytes:
    inner = f'<p>前</p><div style="{style}"><p>見本の<span>文章</span>です。</p></div><p>後</p>'
    body = f'<html lang="ja"><body><div style="margin-left: 2em; width: 80%">{inner}</div></body></html>'
    return pdf.render(body, title="見本")


@pytest.fixture
def sooner() -> dict[str, bytes]:
    return {style: letter(style) for style in PECULIAR}


def test_what_a_sheet_says_in_an_unusual_way_is_still_done(sooner: dict[str, bytes], without_shortcuts: None) -> None:
    assert {style: letter(style) for style in PECULIAR} == sooner
    assert len(set(sooner.values())) > len(PECULIAR) / 2, "the styles do something"


def test_a_picture_is_packed_as_the_engine_packs_it() -> None:
    seal = Image.open(files("portal.core") / "data" / "seal-sample.png").convert("RGB")  # type: ignore[arg-type]
    assert pdf_shortcuts._packed_once(seal) == pdf_shortcuts.packed(seal)
    assert pdf_shortcuts._packed_once(seal.convert("L")) == pdf_shortcuts.packed(seal.convert("L"))
    assert pdf_shortcuts._packed_once(seal.rotate(90)) != pdf_shortcuts._packed_once(seal)
