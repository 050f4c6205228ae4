"""What a finished layout still lacks to be one file for everyone (PDF/UA-1) and for ever (PDF/A-3a).

The layout engine writes either the one or the other. So the archival form is asked for and the mark of the accessible
one added to its metadata; and the text in page margins, which the engine tags without a place in the reading order, is
made what it is: an artifact of pagination. Works on the engine's objects before they are written.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import pydyf

from portal.core import pdf_forms

UA_PART = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" />'
    # PDF/A allows only properties that it knows or that the file itself describes.
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
VARIANT = "pdf/a-3a"
COMPRESSION = 3


def prepare(document: Any) -> None:
    """Let the metadata of a laid-out document say that it is PDF/UA-1 as well."""
    original = document.metadata.generate_rdf_metadata

    def both(*details: Any) -> bytes:
        return bytes(original(*details)).replace(b"</rdf:RDF>", UA_PART + b"</rdf:RDF>")

    document.metadata.generate_rdf_metadata = both


def finish(_document: Any, pdf: Any) -> None:
    """The last hand on the objects of the file, right before they are written."""
    pdf_forms.finish(pdf)
    _object(pdf, pdf.catalog["Metadata"]).compress = False  # readable by tools that know nothing of PDF
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = list(dict.fromkeys(pdf.catalog["AF"]))  # the engine names each attachment twice
    found: list[Any] = [o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/StructElem"]
    elements = {element.reference: element for element in found}
    _margins_as_artifacts(pdf, elements)
    _bodies_of_list_items(pdf, elements)
    for place, item in enumerate(pdf.objects):
        if getattr(item, "compress", False):
            _compress(item)
        elif item.compressible and item.free != "f":
            pdf.objects[place] = _Written(item)


class _Written(pydyf.Object):  # type: ignore[misc] # the library is untyped
    """An object in its final form: the engine would write it out twice, as it takes the file's fingerprint first."""

    data = b""

    def __init__(self, original: Any) -> None:
        super().__init__()
        self.number, self.generation, self.offset = original.number, original.generation, original.offset
        self.data = bytes(original.data)


def _compress(stream: Any) -> None:
    """Compress a stream here, once, for the same reason."""
    joined = b"\n".join(_bytes(item) for item in stream.stream)
    stream.stream = [zlib.compress(joined, COMPRESSION)]
    stream.extra["Filter"] = "/FlateDecode"
    stream.compress = False


def _bytes(item: Any) -> bytes:
    if isinstance(item, bytes):
        return item
    if hasattr(item, "data"):
        return bytes(item.data)
    return f"{item:f}".rstrip("0").rstrip(".").encode() if isinstance(item, float) else str(item).encode("ascii")


def _margins_as_artifacts(pdf: Any, elements: dict[bytes, Any]) -> None:
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    top = _object(pdf, root["K"][0])
    held = set(top["K"])
    orphans = [e for e in elements.values() if e["P"] == top.reference and e.reference not in held]
    pages: dict[bytes, set[int]] = {}
    for orphan in orphans:
        for element in list(_subtree(orphan, elements)):
            pages.setdefault(element["Pg"], set()).update(kid for kid in element["K"] if isinstance(kid, int))
            element.clear()  # an object that is taken out would leave a hole in the file's table
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    for reference, marked in pages.items():
        page = _object(pdf, reference)
        parents = numbers[numbers.index(page["StructParents"]) + 1]
        for number in marked:
            parents[number] = "null"
        _unmark(_object(pdf, page["Contents"]).stream, marked)


def _bodies_of_list_items(pdf: Any, elements: dict[bytes, Any]) -> None:
    """A list item is its number and a body, also where the engine takes the number for text or the text for loose."""
    for item in [e for e in elements.values() if e.get("S") == "/LI"]:
        kids = [elements[kid] for kid in item["K"]]
        labels, bodies = ([kid for kid in kids if kid["S"] == tag] for tag in ("/Lbl", "/LBody"))
        if loose := [kid for kid in kids if kid not in labels and kid not in bodies]:
            if not bodies:
                bodies = [type(item)({**item, "S": "/LBody", "K": type(item["K"])(), "P": item.reference})]
                pdf.add_object(bodies[0])
            _move(loose, bodies[0])
        inner = [elements[kid] for body in bodies for kid in body["K"] if kid in elements]
        labels += [kid for kid in inner if kid["S"] == "/Lbl"]
        for body in bodies:
            body["K"][:] = [kid for kid in body["K"] if kid not in {label.reference for label in labels}]
        item["K"].clear()
        _move(labels + bodies, item)


def _move(kids: list[Any], parent: Any) -> None:
    for kid in kids:
        kid["P"] = parent.reference
        parent["K"].append(kid.reference)


def _subtree(element: Any, elements: dict[Any, Any]) -> Iterator[Any]:
    yield element
    for kid in element["K"]:
        if kid in elements:
            yield from _subtree(elements[kid], elements)


def _unmark(stream: list[Any], marked: set[int]) -> None:
    for place, item in enumerate(stream):
        if isinstance(item, dict) and item.get("MCID") in marked and stream[place + 1] == b"BDC":
            stream[place - 1] = b"/Artifact"
            item.clear()
            item["Type"] = "/Pagination"


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
