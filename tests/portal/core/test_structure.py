"""The checker of letters finds nothing in a good letter, and each fault that is planted in it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from portal.core import pdf
from tests.structure import nonconformities, problems


def picture() -> str:
    out = BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


LETTER = f"""<html lang="ja"><body><p class="number">見本第1号</p><h1>見本通知書</h1><h2>理由</h2><p>本文です。</p>
<ol class="paren"><li>一つ目</li><li>二つ目<ol><li>細目</li></ol></li></ol>
<table><caption>表</caption><thead><tr><th scope="col">区分</th><th scope="col">内容</th></tr></thead>
<tbody><tr><th scope="row">申請書</th><td>𠮷</td></tr></tbody></table>
<p><img alt="見本の印" src="{picture()}"></p></body></html>"""


def made(html: str = LETTER) -> bytes:
    attached = pdf.Attachment("decision.json", "決定の内容", b"{}", datetime(2026, 6, 1, tzinfo=UTC))
    return pdf.render(html, title="見本通知書", attachments=[attached])


@pytest.fixture(scope="module")
def letter() -> bytes:
    return made()


def test_a_good_letter_has_no_problems(letter: bytes) -> None:
    assert problems(letter) == []
    assert nonconformities(letter) == []
    assert problems(changed(letter, lambda _: None)) == []


@pytest.mark.parametrize(
    "new", ["<li><p>一つ目</p></li>", "<li>一つ目<br>続き</li>", "<li><p>一つ目</p><p>続き</p></li>", "<li></li>"]
)
def test_a_list_item_is_a_number_and_a_body(new: str) -> None:
    for kind in ("paren", "number"):  # numbers within the line, and beside it
        html = LETTER.replace("<li>一つ目</li>", new).replace('class="paren"', f'class="{kind}"')
        assert problems(made(html)) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("<h2>理由</h2>", "<h3>理由</h3>", "a heading of level 3 follows one of level 1"),
        ("<h1>見本通知書</h1>", "<p>見本通知書</p>", "the first heading is not of the first level"),
        ("<td>𠮷</td>", "<td><h4>𠮷</h4></td>", "a heading of level 4 follows one of level 2"),
    ],
)
def test_a_fault_in_a_template_is_found(old: str, new: str, found: str) -> None:
    assert found in problems(made(LETTER.replace(old, new)))


def test_a_table_without_head_cells_is_found() -> None:
    html = LETTER.replace("<th ", "<td ").replace("</th>", "</td>")
    assert problems(made(html)) == ["a table has no head cells"]


def changed(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(BytesIO(data)) as document:
        change(document)
        out = BytesIO()
        document.save(out, compress_streams=False)
        return out.getvalue()


def elements(document: pikepdf.Pdf, tag: str) -> Iterator[Any]:
    for item in document.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == "/StructElem" and item.get("/S") == tag:
            yield item


def a_title(document: pikepdf.Pdf) -> None:
    document.Root.ViewerPreferences.DisplayDocTitle = False


def an_orphan(document: pikepdf.Pdf) -> None:
    document.Root.StructTreeRoot.K[0].K.pop()


def a_font(document: pikepdf.Pdf) -> None:
    for item in document.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == "/FontDescriptor":
            for key in {"/FontFile2", "/FontFile3"} & set(item.keys()):
                del item[key]


def a_relationship(document: pikepdf.Pdf) -> None:
    document.Root.AF[0].AFRelationship = Name.Source


def an_unlisted_attachment(document: pikepdf.Pdf) -> None:
    document.Root.AF = pikepdf.Array()


def an_action(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = document.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))


def a_stroke(document: pikepdf.Pdf) -> None:
    document.pages[0].contents_add(b"0 0 m 9 9 l S")


def a_mark_twice(document: pikepdf.Pdf) -> None:
    document.pages[0].contents_add(b"/P <</MCID 0>> BDC EMC")


def an_open_mark(document: pikepdf.Pdf) -> None:
    document.pages[0].contents_add(b"/Artifact BMC")


def two_rdf(document: pikepdf.Pdf) -> None:
    said = document.Root.Metadata.read_bytes()
    document.Root.Metadata.write(said.replace(b"</x:xmpmeta>", b"<rdf:RDF></rdf:RDF></x:xmpmeta>"))


def no_mark_of_ua(document: pikepdf.Pdf) -> None:
    document.Root.Metadata.write(document.Root.Metadata.read_bytes().replace(b'pdfuaid:part="1"', b""))


def set_on(tag: str, key: str, value: Any) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        for element in elements(document, tag):
            element[key] = value

    return change


def without(key: str) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        del document.Root[key]

    return change


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (without("/Lang"), "no language"),
        (without("/OutputIntents"), "no output intent"),
        (without("/StructTreeRoot"), "no tree of tags"),
        (without("/Metadata"), "no metadata"),
        (without("/MarkInfo"), "not marked as tagged"),
        (a_title, "the title is not displayed"),
        (set_on("/Figure", "/Alt", " "), "a figure has no alternative text"),
        (set_on("/Figure", "/Alt", "stamp.png"), "a figure's alternative text is a file name"),
        (set_on("/TH", "/S", Name.TD), "a table has no head cells"),
        (set_on("/LBody", "/S", Name.P), "P stands in LI"),
        (an_orphan, "has no place in the tree"),
        (a_font, "is not embedded"),
        (a_relationship, "attachment decision.json is not related as Data"),
        (an_unlisted_attachment, "attachment decision.json is not listed"),
        (an_action, "does something when it is opened"),
        (a_stroke, "something is drawn that no tag holds (S)"),
        (a_mark_twice, "mark 0 stands 2 times in the page"),
        (an_open_mark, "a mark never ends"),
        (two_rdf, "the metadata is not one RDF"),
        (no_mark_of_ua, "the metadata lacks pdfuaid part 1"),
    ],
)
def test_a_fault_in_a_file_is_found(letter: bytes, change: Callable[[pikepdf.Pdf], object], found: str) -> None:
    said = problems(changed(letter, change))
    assert any(found in line for line in said), said
