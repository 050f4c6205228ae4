"""Workbooks and Word files are published as what is shown in them and nothing else, or refused with what to do."""

import io
import zipfile

import pytest
from openpyxl import load_workbook
from PIL import Image

from portal.core import detectors, file_texts, files, office_files, office_parts, office_texts, sheets
from portal.core.errors import Invalid
from portal.core.files import DOCX, OFFICE, PDF, XLSX, Slot, accept_file
from tests.portal.core import office_samples as make
from tests.portal.core import workbook_files
from tests.portal.core.office_samples import paragraph, relation, word
from tests.portal.core.sent_files import exif, picture

SLOT = Slot("bulletin-file", types=OFFICE | {PDF})


def cleaned(data, kind):
    return accept_file(data, "a.xlsx" if kind == XLSX else "a.docx", slot=SLOT).data


def refusal(data, name):
    with pytest.raises(Invalid) as caught:
        accept_file(data, name, slot=SLOT)
    str(caught.value)
    return caught.value.message


def everything(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_workbook_keeps_what_it_shows_and_leaves_behind_who_made_it():
    data = make.municipalities()
    clean = cleaned(data, XLSX)
    assert list(office_texts.parts(clean, XLSX)) == list(office_texts.parts(data, XLSX))
    parts = everything(clean)
    assert not [name for name in parts if "docprops" in name.lower()]
    assert make.SECRET.encode() not in b"".join(parts.values())
    book = load_workbook(io.BytesIO(clean))
    sheet = book["一覧"]
    assert [cell.value for cell in sheet[3]] == ["函館市", 3, None, 2, None], "a formula gave way to its value"
    assert sheet["A2"].hyperlink.target == "https://www.example.jp/"
    assert sheet["D2"].number_format == "0.0%"
    assert cleaned(clean, XLSX) == clean, "the same bytes again, so that they are kept once"


def test_a_workbook_is_read_by_its_sheets_as_it_is_shown():
    assert file_texts.parts(make.municipalities(), XLSX) == [
        ("一覧", "市 | 件数\n札幌市 | 12 | 2026-04-01 | 12.5% | 00042\n函館市 | 3 | 2"),
        ("備考", "The fuse blew"),
    ]


def test_codes_in_a_column_are_not_taken_for_a_personal_number():
    assert detectors.scan("123456\n789018").verdict == "block"
    assert cleaned(make.codes(), XLSX)
    assert cleaned(word(make.table(["市", "123456"], ["123456", "789018"], ["市", "789018"])), DOCX)


def test_a_word_file_is_read_by_its_headings_paragraphs_and_tables_in_their_order():
    ruby = "<w:p><w:r><w:ruby><w:rt><w:r><w:t>しんせい</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>申請</w:t></w:r>"
    ruby += "</w:rubyBase></w:ruby></w:r></w:p>"
    data = word(
        paragraph("前書き"),
        paragraph("影響", style="1"),
        make.table(["市", "件数"], ["札幌市", "12"]),
        paragraph("以上"),
        ruby,
    )
    clean = cleaned(data, DOCX)
    expected = [("", "前書き"), ("影響", "影響\n市 | 件数\n札幌市 | 12\n以上\n申請")]
    assert file_texts.parts(clean, DOCX) == file_texts.parts(data, DOCX) == expected
    assert make.SECRET.encode() not in b"".join(everything(clean).values())


def test_a_long_file_is_read_to_a_limit(monkeypatch):
    monkeypatch.setattr(file_texts, "LONGEST", 4)
    assert file_texts.parts(make.municipalities(), XLSX) == [("一覧", "市 | ")]


def test_a_picture_is_drawn_anew_and_links_stay():
    link = relation("rId5", "hyperlink", "https://www.example.jp/", external=True)
    photo = picture(exif=exif())
    body = '<w:p><w:hyperlink r:id="rId5"><w:r><w:t>link</w:t></w:r></w:hyperlink><w:drawing r:embed="rId6"/></w:p>'
    links = (link, relation("rId6", "image", "media/a.jpg"), relation("rId7", "image", "media/unused.emf"))
    data = word(body, links=links, more={"word/media/a.jpg": photo, "word/media/unused.emf": b"x"})
    parts = everything(cleaned(data, DOCX))
    assert b"SECRET-EXIF" in photo
    assert b"SECRET-EXIF" not in parts["word/media/a.jpg"]
    with Image.open(io.BytesIO(parts["word/media/a.jpg"])) as drawn:
        assert drawn.size == (64, 48)
    assert b"https://www.example.jp/" in parts[make.RELATIONS]
    assert b"rId7" not in parts[make.RELATIONS]


def field(instruction):
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in (instruction[:4], instruction[4:]))
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def linked(kind, target, *, external=True):
    return word(paragraph("a"), links=(relation("rId5", kind, target, external=external),), more={"word/x.bin": b"x"})


USES = make.USES_HEADER
TEMPLATE = linked("attachedTemplate", "file:///C:/Users/SECRET/Normal.dotm")
WORDS = {
    "vanish": (word(paragraph("a", run="<w:vanish/>")), office_parts.HIDDEN),
    "row": (word("<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr></w:tr></w:tbl>"), office_parts.HIDDEN),
    "crop": (word('<w:p><w:srcRect l="1000" r="0"/></w:p>'), office_parts.HIDDEN),
    "inserted": (word(f"<w:p><w:ins w:author='x'>{paragraph('a')}</w:ins></w:p>"), office_parts.CHANGES),
    "deleted": (word("<w:p><w:del><w:r><w:delText>a</w:delText></w:r></w:del></w:p>"), office_parts.CHANGES),
    "comment": (word('<w:p><w:commentRangeStart w:id="0"/></w:p>'), office_parts.COMMENTS),
    "comments": (linked("comments", "comments.xml", external=False), office_parts.COMMENTS),
    "template": (TEMPLATE, office_parts.LINKS),
    "picture elsewhere": (linked("image", "https://www.example.jp/a.png"), office_parts.LINKS),
    "file link": (linked("hyperlink", "file:///C:/a.docx"), office_parts.LINKS),
    "script link": (linked("hyperlink", "javascript:alert(1)"), office_parts.LINKS),
    "included": (word(field(' INCLUDETEXT "C:\\\\a.docx" ')), office_parts.LINKS),
    "dde": (word(field(" DDEAUTO excel x ")), office_parts.LINKS),
    "field to a file": (word(field(' HYPERLINK "file:///C:/a.docx" ')), office_parts.LINKS),
    "field to a place in a file": (word(field(' HYPERLINK \\\\l "a" "file:///C:/a.docx" ')), office_parts.LINKS),
    "form field": (word(field(" FORMTEXT ")), office_parts.MACROS),
    "object": (linked("oleObject", "x.bin", external=False), office_parts.OBJECTS),
    "embedding": (linked("package", "x.bin", external=False), office_parts.OBJECTS),
    "chunk": (linked("aFChunk", "x.bin", external=False), office_parts.OBJECTS),
    "macro by another name": (linked("vbaProject", "x.bin", external=False), office_parts.MACROS),
    "control": (linked("control", "x.bin", external=False), office_parts.MACROS),
    "unknown": (linked("novelty", "x.bin", external=False), office_parts.NOT_CHECKED),
    "number": (word(paragraph(make.NUMBER)), detectors.MESSAGE),
    "number in lines": (word(paragraph("1234"), paragraph("5678"), paragraph("9018")), detectors.MESSAGE),
    "number in boxes": (word(make.table(["番号", *make.NUMBER])), detectors.MESSAGE),
    "number in runs": (
        word("<w:p><w:r><w:t>123456</w:t></w:r><w:r><w:t>789018</w:t></w:r></w:p>"), detectors.MESSAGE
    ),
    "number in a header": (
        word(paragraph("a"), USES, links=(make.HEADER,), more=make.header(make.NUMBER)), detectors.MESSAGE
    ),
    "number in a property": (
        word(paragraph("a"), more={"docProps/custom.xml": f"<p><v>{make.NUMBER}</v></p>".encode()}), detectors.MESSAGE
    ),
    "number in an attribute": (word(f'<w:p><w:bookmarkStart w:name="{make.NUMBER}"/></w:p>'), detectors.MESSAGE),
    "number in a header of another name": (
        word(
            paragraph("a"), USES, links=(relation("rId9", "header", "head.bin"),),
            more={"word/head.bin": make.header(f'</w:t><w:x n="{make.NUMBER}"/><w:t>')["word/header1.xml"]},
        ),
        detectors.MESSAGE,
    ),
    "nothing leads to the text": (word(more={"_rels/.rels": make.relations()}), sheets.BROKEN),
    "missing": (word(paragraph("a"), links=(relation("rId3", "settings", "none.xml"),)), sheets.BROKEN),
    "odd encoding": (
        word(more={make.DOCUMENT: "<?xml version='1.0' encoding='utf-16'?><a/>".encode("utf-16")}), sheets.BROKEN
    ),
    "bomb": (word(more={"word/big.xml": b"<x>" + b" " * 70_000_000 + b"</x>"}), office_files.TOO_BIG_INSIDE),
    "entities": (word(more={make.DOCUMENT: b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), sheets.BROKEN),
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_a_word_file_with_what_must_not_be_published_is_refused(name):
    data, message = WORDS[name]
    assert refusal(data, "a.docx") == message


@pytest.mark.parametrize(
    "instruction",
    [
        ' TOC \\o "1-3" \\h ',
        " PAGE ",
        ' HYPERLINK "https://www.example.jp/" \\o "tip" ',
        ' HYPERLINK \\l "_Toc1" ',
        " =1+1 ",
    ],
)
def test_fields_that_fetch_nothing_stay(instruction):
    assert b"instrText" in everything(cleaned(word(field(instruction)), DOCX))[make.DOCUMENT]


def test_a_header_that_is_fine_stays_and_settings_are_left_without_what_is_not_shown():
    settings = f'<w:settings xmlns:w="{make.W}"><w:zoom/><w:docVars><w:docVar w:val="SECRET"/></w:docVars></w:settings>'
    data = word(
        paragraph("a"), make.USES_HEADER, links=(make.HEADER, relation("rId8", "settings", "settings.xml")),
        more={**make.header("head"), "word/settings.xml": settings.encode()},
    )  # fmt: skip
    parts = everything(cleaned(data, DOCX))
    assert b"head" in parts["word/header1.xml"]
    assert b"zoom" in parts["word/settings.xml"]
    assert b"docVar" not in parts["word/settings.xml"]


BOOKS = {
    **{part: (make.hidden(part), office_parts.HIDDEN)
       for part in ("hidden", "veryHidden", "row", "column", "height", "format")},
    **{where: (make.with_number(where), detectors.MESSAGE)
       for where in ("text", "value", "boxes", "sheet", "property", "header", "link")},
    "comment": (make.commented(), office_parts.COMMENTS),
    "formula without a value": (workbook_files.workbook([["=1+1"]]), office_parts.NO_VALUE),
    "bomb": (
        workbook_files.changed(workbook_files.bomb(), {"xl/b.xml": b"<x>" + b" " * 40_000_000 + b"</x>"}),
        office_files.TOO_BIG_INSIDE,
    ),
    "laughs": (workbook_files.laughs(), sheets.BROKEN),
    "broken": (b"PK\x03\x04 broken", sheets.BROKEN),
}  # fmt: skip


@pytest.mark.parametrize("name", BOOKS)
def test_a_workbook_with_what_must_not_be_published_is_refused(name):
    data, message = BOOKS[name]
    assert refusal(data, "a.xlsx") == message


def test_macros_are_told_by_what_is_in_the_file():
    plain, macros = b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    data = workbook_files.changed(
        workbook_files.workbook([["a"]]), {"[Content_Types].xml": lambda text: text.replace(plain, macros)}
    )
    assert refusal(data, "a.xlsx") == office_parts.MACROS
    assert refusal(data, "a.xlsm") == files.MACROS


def test_the_kind_is_told_by_the_name_and_by_what_is_in_the_file():
    assert refusal(word(paragraph("a")), "a.xlsx") == files.MISNAMED
    assert refusal(b"\xd0\xcf\x11\xe0 old", "a.xlsx") == files.LOCKED
    assert refusal(b"\xd0\xcf\x11\xe0 old", "a.doc") == files.LOCKED
    assert refusal(word(paragraph("a")), "a.zip") == files.NOT_HERE
    with pytest.raises(Invalid) as caught:
        accept_file(word(paragraph("a")), "a.docx", slot=Slot("identity"))
    assert caught.value.message == files.UNKNOWN, "nowhere else"


@pytest.mark.parametrize("kind", sorted(OFFICE))
def test_a_kept_file_says_at_its_beginning_what_it_is(kind):
    data = make.municipalities() if kind == XLSX else word(paragraph("a"))
    assert files.kept_kind(cleaned(data, kind)[: files.BEGINNING]) == kind
    assert files.kept_kind(b"PK\x03\x04 of somebody else") is None


def test_a_value_far_away_holds_nobody_up():
    assert office_texts.parts(cleaned(workbook_files.far_away(), XLSX), XLSX)


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", b"", workbook_files.laughs()])
def test_a_stored_file_that_cannot_be_read_is_refused(data):
    with pytest.raises(Invalid):
        file_texts.parts(data, XLSX)
