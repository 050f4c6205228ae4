"""Every template of every room makes a letter that is sound, and no template reaches anything outside its values."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pypdfium2
import pytest
from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError

from content.letters.versions import LETTERS as CONTENT
from disclosure.letters.versions import LETTERS as DISCLOSURE
from discrepancy.letters.sheet_paper import PAPERS
from portal import gallery
from portal.core import pdf, pdf_shortcuts
from portal.letters.samples import Sample
from tests.structure import nonconformities, problems

SAMPLES = {sample.name: sample for sample in gallery.all_samples()}


def words(data: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(data))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return "".join(text.split())


@cache
def letter(name: str) -> bytes:
    """A sample as it is made every day."""
    return laid_out(SAMPLES[name])


def laid_out(sample: Sample) -> bytes:
    html = sample.templates.html(sample.templates.named(sample.template), sample.context)
    return pdf.render(html, title=str(sample.context["title"]), sheet=sample.sheet, fillable=sample.fillable)


def test_every_template_of_every_room_has_a_sample() -> None:
    shown = {(id(sample.templates), sample.template) for sample in SAMPLES.values()}
    for templates in (CONTENT, DISCLOSURE, PAPERS):
        assert {template.name for template in templates.all} == {
            name for owner, name in shown if owner == id(templates)
        }


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_a_sound_file_and_says_its_title(name: str) -> None:
    sample = SAMPLES[name]
    data = letter(name)
    assert problems(data) == []
    assert nonconformities(data) == []
    assert "".join(str(sample.context["title"]).split()) in words(data)
    if name.endswith("-easy"):
        assert len(pypdfium2.PdfDocument(BytesIO(data))) == 1, "the explanation fits one page"


@pytest.mark.parametrize("name", SAMPLES)
def test_the_shortcuts_through_the_engine_change_no_byte(name: str) -> None:
    sooner = letter(name)
    pdf_shortcuts.remove()
    try:
        assert laid_out(SAMPLES[name]) == sooner
    finally:
        pdf_shortcuts.install()


def test_the_gallery_shows_each_letter_with_its_pages(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery, "all_samples", lambda: iter([SAMPLES["slip"]]))
    (tmp_path / "slip-2.png").write_bytes(b"of an earlier, longer letter")
    said: list[str] = []
    (shown,) = gallery.make(tmp_path, checks=(lambda data: [f"{len(data) > 0}"],), say=lambda text: said.append(text))
    assert (shown.pages, shown.wrong) == (1, ("True",))
    assert {path.name for path in tmp_path.iterdir()} == {"index.html", "slip.pdf", "slip-1.png"}
    assert "slip-1.png" in (tmp_path / "index.html").read_text("utf-8")
    assert "True" in said[0]


@pytest.mark.parametrize("templates", [CONTENT, DISCLOSURE], ids=["content", "disclosure"])
@pytest.mark.parametrize(
    ("source", "error"),
    [
        ('{% include "../../../core/settings.py" %}', TemplateNotFound),
        ('{% include "/etc/passwd" %}', TemplateNotFound),
        ("{{ qr.__globals__ }}", UndefinedError),
        ("{{ sample_seal.__wrapped__ }}", SecurityError),
        ("{{ ''.__class__.__base__.__subclasses__() }}", SecurityError),
        ("{{ config }}", UndefinedError),
        ("{% for n in range(10000000) %}{% endfor %}", OverflowError),
    ],
)
def test_a_template_reaches_nothing_outside(templates, source: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        templates._environment.from_string(source).render({})


def test_a_letter_asks_for_nothing_outside() -> None:
    for address in ("file:///etc/passwd", "https://kaiji.example/x.png", "//kaiji.example/x.png", "x.png"):
        with pytest.raises(pdf.BadLetter):
            pdf.render(
                f'<html lang="ja"><body><h1>見本</h1><img src="{address}" alt="見本"></body></html>', title="見本"
            )
