"""What every letter's file must be, checked on the finished PDF; stricter than the standards where we can be.

`problems` is our own reading of the file: metadata, the tree of tags, the marks in the pages, fonts, attachments.
`nonconformities` asks an independent validator of PDF/UA-1 and PDF/A-3a.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

import page
import pikepdf
from pikepdf import Array, Dictionary, Object

# A stream whose compressed data happens to end in a carriage return is reported, though its length is right.
_FLAKES = ("STREAM-LENGTH",)
_XMP = {
    "pdfuaid part 1": rb'pdfuaid:part(="1"|>1<)',
    "pdfaid part 3": rb'pdfaid:part(="3"|>3<)',
    "pdfaid conformance A": rb'pdfaid:conformance(="A"|>A<)',
    "dc:title": rb"<dc:title>.*?<rdf:li[^>]*>[^<]+<",
    "the schema of pdfuaid": rb"<pdfaSchema:prefix>pdfuaid<",
}
_KIDS = {
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"THead", "TBody", "TFoot", "TR", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}
_PARENTS = {
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "Caption": {"Table", "L", "Figure"},
    "P": {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "LBody", "TD", "TH", "Caption", "Form", "NonStruct"},
}
_TAGS = set(_KIDS) | set(_PARENTS) | {f"H{n}" for n in range(1, 7)} | {"P", "Span", "Figure", "Link", "Form"}
_TAGS |= {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "NonStruct", "LBody", "Lbl", "Note"}
_PAINTS = frozenset(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "Tj", "TJ", "'", '"', "INLINE IMAGE"))
_ACTIVE = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Movie", "/Sound", "/Rendition"}


def problems(data: bytes) -> list[str]:
    """What is wrong with a letter's file, in words; empty when nothing is."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [*_document(pdf), *_attachments(pdf), *_active(pdf), *_fonts(pdf), *_tree(pdf)]


def nonconformities(data: bytes) -> list[str]:
    """What the validator says against PDF/UA-1 and PDF/A-3a."""
    reports = {profile: page.validate_pdf_bytes(data, profile=profile) for profile in ("ua1", "pdfa3a")}
    said = [f"{profile}: {failure}" for profile, report in reports.items() for failure in report.failures]
    return [line for line in said if not any(flake in line for flake in _FLAKES)]


def _document(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if pdf.is_encrypted:
        yield "encrypted"
    if not str(root.get("/Lang", "")):
        yield "no language"
    marked = root.get("/MarkInfo", Dictionary())
    if not marked.get("/Marked", False) or marked.get("/Suspects", False):
        yield "not marked as tagged"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "the title is not displayed"
    if not str(pdf.docinfo.get("/Title", "")):
        yield "no title"
    if "/ID" not in pdf.trailer:
        yield "no identifier"
    intents = list(root.get("/OutputIntents", []))
    if not any(i.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in i for i in intents):
        yield "no output intent"
    yield from _metadata(root)


def _metadata(root: Object) -> Iterator[str]:
    stream = root.get("/Metadata")
    if stream is None:
        yield "no metadata"
        return
    if "/Filter" in stream:
        yield "the metadata is compressed"
    said = stream.read_bytes()
    if said.count(b"<rdf:RDF") != 1:
        yield "the metadata is not one RDF"
    for what, pattern in _XMP.items():
        if not re.search(pattern, said, re.DOTALL):
            yield f"the metadata lacks {what}"


def _attachments(pdf: pikepdf.Pdf) -> Iterator[str]:
    listed = list(pdf.Root.get("/AF", []))
    if len({item.objgen for item in listed}) != len(listed):
        yield "an attachment is listed twice"
    for item in pdf.objects:
        if not isinstance(item, Dictionary) or "/EF" not in item:
            continue
        name = str(item.get("/UF", item.get("/F", "?")))
        inside = item.EF.get("/F")
        if item.get("/AFRelationship") != "/Data":
            yield f"attachment {name} is not related as Data"
        if item.objgen not in {other.objgen for other in listed}:
            yield f"attachment {name} is not listed"
        if "/Subtype" not in inside or "/ModDate" not in inside.get("/Params", Dictionary()):
            yield f"attachment {name} lacks its type or day"


def _active(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/OpenAction" in pdf.Root or "/AA" in pdf.Root or "/JavaScript" in pdf.Root.get("/Names", Dictionary()):
        yield "does something when it is opened"
    for item in pdf.objects:
        if isinstance(item, Dictionary) and (item.get("/S") in _ACTIVE or "/JS" in item):
            yield f"holds an action {item.get('/S')}"
        if isinstance(item, pikepdf.Stream) and item.get("/Interpolate", False):
            yield "a picture is smoothed"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in pdf.objects:
        if not isinstance(item, Dictionary) or item.get("/Type") != "/Font":
            continue
        name = str(item.get("/BaseFont", "?"))
        if item.get("/Subtype") == "/Type0" and "/ToUnicode" not in item:
            yield f"font {name} does not say its characters"
        if item.get("/Subtype") == "/Type0":
            continue
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(item.get("/FontDescriptor", Dictionary()).keys()):
            yield f"font {name} is not embedded"


def _tree(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/StructTreeRoot" not in pdf.Root:
        yield "no tree of tags"
        return
    tags = _Tags(pdf)
    tags.walk(pdf.Root.StructTreeRoot.K, "Root")
    yield from tags.wrong
    yield from _headings(tags.headings)
    for number, sheet in enumerate(pdf.pages, start=1):
        yield from (f"page {number}: {said}" for said in _page(sheet, tags))


def _headings(levels: list[int]) -> Iterator[str]:
    if not levels or levels[0] != 1:
        yield "the first heading is not of the first level"
    for last, level in itertools.pairwise(levels):
        if level > last + 1:
            yield f"a heading of level {level} follows one of level {last}"


class _Tags:
    """One walk over the tree: what is wrong with it, and which marks of which page it holds."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.wrong: list[str] = []
        self.headings: list[int] = []
        self.marks: Counter[tuple[tuple[int, int], int]] = Counter()
        self.objects: dict[tuple[int, int], str] = {}

    def walk(self, kids: Object, parent: str, sheet: Object | None = None) -> None:
        for kid in kids if isinstance(kids, Array) else [kids]:
            if not isinstance(kid, Dictionary):
                self._mark(sheet, int(kid))
            elif kid.get("/Type") == "/MCR":
                self._mark(kid.get("/Pg", sheet), int(kid.MCID))
            elif kid.get("/Type") == "/OBJR":
                self.objects[kid.Obj.objgen] = parent
            else:
                self._element(kid, parent, sheet)

    def _mark(self, sheet: Object | None, number: int) -> None:
        if sheet is None:
            self.wrong.append(f"mark {number} is on no page")
        else:
            self.marks[sheet.objgen, number] += 1

    def _element(self, element: Object, parent: str, sheet: Object | None) -> None:
        tag = str(element.S)[1:]
        if tag not in _TAGS:
            self.wrong.append(f"the tag {tag} is not a standard one")
        if tag not in _KIDS.get(parent, {tag}) or parent not in _PARENTS.get(tag, {parent}):
            self.wrong.append(f"{tag} stands in {parent}")
        if re.fullmatch("H[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "Figure" and not str(element.get("/Alt", "")).strip():
            self.wrong.append("a figure has no alternative text")
        if tag == "Figure" and re.search(r"\.(png|jpe?g|svg|gif)$|^data:", str(element.get("/Alt", ""))):
            self.wrong.append("a figure's alternative text is a file name")
        if tag == "Table":
            self._table(element)
        self.walk(element.get("/K", Array()), tag, element.get("/Pg", sheet))

    def _table(self, table: Object) -> None:
        cells = list(_cells(table))
        heads = [cell for cell in cells if cell.S == "/TH"]
        if not heads:
            self.wrong.append("a table has no head cells")
        for cell in heads:
            if "/ID" not in cell and "/Scope" not in cell.get("/A", Dictionary()):
                self.wrong.append("a head cell says not of what")
        known = {bytes(cell.ID) for cell in heads if "/ID" in cell}
        for cell in cells:
            if cell.S == "/TD" and not {bytes(i) for i in cell.get("/A", Dictionary()).get("/Headers", [])} <= known:
                self.wrong.append("a cell names a head cell that is not there")


def _cells(element: Object) -> Iterator[Object]:
    for kid in element.get("/K", []) if isinstance(element.get("/K"), Array) else []:
        if isinstance(kid, Dictionary) and "/S" in kid and kid.S != "/Table":
            if kid.S in ("/TH", "/TD"):
                yield kid
            else:
                yield from _cells(kid)


def _page(sheet: pikepdf.Page, tags: _Tags) -> Iterator[str]:
    if sheet.obj.get("/Tabs") != "/S" or "/StructParents" not in sheet.obj:
        yield "no order of reading"
    held = {number: times for (objgen, number), times in tags.marks.items() if objgen == sheet.objgen}
    drawn: Counter[int] = Counter()
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(sheet):
        what = str(operator)
        if what in ("BMC", "BDC"):
            depth += 1
            if what == "BDC" and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]:
                drawn[int(operands[1].MCID)] += 1
        elif what == "EMC":
            depth -= 1
            if depth < 0:
                yield "a mark ends that never began"
        elif what in _PAINTS and depth == 0:
            yield f"something is drawn that no tag holds ({what})"
    if depth > 0:
        yield "a mark never ends"
    yield from (f"mark {n} stands {times} times in the page" for n, times in drawn.items() if times > 1)
    yield from (f"mark {n} belongs to {times} tags" for n, times in held.items() if times > 1)
    yield from (f"mark {n} has no place in the tree" for n in sorted(drawn.keys() - held.keys()))
    yield from (f"the tree names mark {n}, which is not there" for n in sorted(held.keys() - drawn.keys()))
    for note in sheet.obj.get("/Annots", []):
        parent = tags.objects.get(note.objgen)
        if parent != {"/Link": "Link", "/Widget": "Form"}.get(str(note.get("/Subtype"))):
            yield f"an annotation {note.get('/Subtype')} has no place in the tree"
        if "/StructParent" not in note or not {"/Contents", "/TU"} & set(note.keys()):
            yield f"an annotation {note.get('/Subtype')} is not described"
