"""Word files and workbooks for tests: plain ones, and ones with what must not be published."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.portal.core.workbook_files import SHEET, changed, workbook

NUMBER = "123456789018"  # a dummy with the right check digit
SECRET = "SECRET-AUTHOR"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOCUMENT, RELATIONS, PROPERTIES = "word/document.xml", "word/_rels/document.xml.rels", "docProps/core.xml"


def relation(identifier: str, kind: str, target: str, *, external: bool = False) -> str:
    """A relationship of a part, as its list says it."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{identifier}" Type="{R}/{kind}" Target="{target}"{mode}/>'


def relations(*listed: str) -> bytes:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(listed)}</Relationships>'.encode()


def paragraph(text: str, *, style: str = "", run: str = "") -> str:
    """A paragraph of one run; ``run``: what the run's properties say."""
    mark = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{mark}<w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: Sequence[str]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def word(*body: str, links: Sequence[str] = (), more: Mapping[str, bytes] | None = None) -> bytes:
    """A Word file with this body, relationships of its document, and further parts."""
    styles = f'<w:styles xmlns:w="{W}"><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>'
    document = f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(body)}</w:body></w:document>'
    properties = f'<p xmlns="urn:x"><creator>{SECRET}</creator></p>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
        "_rels/.rels": relations(
            relation("rId1", "officeDocument", DOCUMENT), relation("rId2", "extended-properties", PROPERTIES)
        ),
        PROPERTIES: properties,
        DOCUMENT: document,
        "word/styles.xml": styles,
        RELATIONS: relations(relation("rId1", "styles", "styles.xml"), *links),
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def header(text: str) -> dict[str, bytes]:
    """The part of a header that says this."""
    return {"word/header1.xml": f'<w:hdr xmlns:w="{W}">{paragraph(text)}</w:hdr>'.encode()}


HEADER = relation("rId9", "header", "header1.xml")
USES_HEADER = '<w:sectPr><w:headerReference w:type="default" r:id="rId9"/></w:sectPr>'


def municipalities() -> bytes:
    """A list as public bodies publish it: codes in a column, days, a formula with its value, a second sheet."""

    def fill(book: Workbook) -> None:
        sheet = book.active
        sheet.title = "一覧"
        sheet["C2"] = date(2026, 4, 1)
        sheet["D2"], sheet["D3"] = 0.125, "=1+1"
        sheet["D2"].number_format = "0.0%"
        sheet["E2"] = 42
        sheet["E2"].number_format = "00000"
        sheet["A2"].hyperlink = "https://www.example.jp/"
        book.create_sheet("備考")["A1"] = "The fuse blew"
        book.properties.creator = SECRET

    data = workbook([["市", "件数"], ["札幌市", 12], ["函館市", 3]], fill)
    return changed(data, {SHEET: lambda text: _with_value(text)})


def _with_value(text: bytes) -> bytes:
    return re.sub(rb"<f>1\+1</f><v ?/>|<f>1\+1</f><v></v>", b"<f>1+1</f><v>2</v>", text)


def codes() -> bytes:
    """Codes of municipalities in a column: each fits the one above it like the halves of a number."""
    return workbook([["123456"], ["789018"], [123456], [789018], [123456, 789018]])


def hidden(part: str) -> bytes:
    """A workbook that hides a sheet, a row, a column, a width, or values by their format."""

    def change(book: Workbook) -> None:
        sheet = book.active
        if part in ("hidden", "veryHidden"):
            book.create_sheet("裏")["A1"] = "secret"
            book["裏"].sheet_state = part
        elif part == "row":
            sheet.row_dimensions[1].hidden = True
        elif part == "column":
            sheet.column_dimensions["A"].hidden = True
        else:
            sheet["A1"].number_format = ";;;"

    if part == "height":
        return changed(workbook([["a"]]), {SHEET: lambda text: text.replace(b'<row r="1"', b'<row r="1" ht="0"')})
    return workbook([["a"], ["b"]], change)


def commented() -> bytes:
    def change(book: Workbook) -> None:
        book.active["A1"].comment = Comment("secret", SECRET)

    return workbook([["a"]], change)


def with_number(where: str) -> bytes:
    """A workbook with a personal number in a place of it."""

    def change(book: Workbook) -> None:
        sheet = book.active
        if where == "text":
            sheet["A1"] = NUMBER
        elif where == "value":
            sheet["A1"] = int(NUMBER)
        elif where == "boxes":
            for column, digit in enumerate(NUMBER, 1):
                sheet.cell(1, column, int(digit))
        elif where == "sheet":
            sheet.title = NUMBER
        elif where == "property":
            book.properties.title = NUMBER
        elif where == "header":
            sheet.oddHeader.center.text = NUMBER
        else:
            sheet["A1"].hyperlink = f"https://www.example.jp/{NUMBER}"

    return workbook([["a"]], change)
