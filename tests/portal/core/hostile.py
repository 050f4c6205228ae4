"""Files made to hold up, break or outwit whoever reads them. Small, generated, and nobody's document."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
from PIL import Image

from portal.core.pdf_pages import MAX_INFLATED

Make = Callable[[], bytes]
CATALOG, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"


def raw(*objects: bytes, trailer: bytes = b"", start: int | None = None) -> bytes:
    """A PDF written by hand: objects from number 1, a right table, and a trailer that points to the first."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
    return body + table + end % (len(objects) + 1, trailer, len(body) if start is None else start)


def stream(data: bytes, keys: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (keys, len(data), data)


def page(keys: bytes = b"", box: bytes = b"[0 0 595 842]", contents: bytes = b"", *more: bytes) -> bytes:
    """A PDF of one page, with its contents as object 4 and `more` from number 5."""
    one = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R%s>>" % (box, keys)
    return raw(CATALOG, PAGES, one, stream(contents), *more)


def image(keys: bytes, data: bytes = b"\0" * 64) -> bytes:
    """A PDF that shows one image."""
    shown = stream(data, b"/Type/XObject/Subtype/Image" + keys)
    return page(b"/Resources<</XObject<</I 5 0 R>>>>", b"[0 0 100 100]", b"100 0 0 100 0 0 cm /I Do", shown)


def laughs(depth: int = 12, width: int = 12) -> bytes:
    """Forms that draw forms that draw forms: width to the power of depth rectangles."""
    box = b"/Type/XObject/Subtype/Form/BBox[0 0 100 100]"
    forms = [
        stream(b"/F Do " * width, box + b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level)) for level in range(depth)
    ]
    return page(b"/Resources<</XObject<</F 5 0 R>>>>", b"[0 0 9 9]", b"/F Do", *forms, stream(b"0 0 9 9 re f", box))


def itself() -> bytes:
    """A form that draws itself."""
    keys = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
    return page(b"/Resources<</XObject<</F 5 0 R>>>>", b"[0 0 9 9]", b"/F Do", stream(b"/F Do /F Do", keys))


def tiles() -> bytes:
    """A pattern that is to be painted a million million times."""
    pattern = stream(
        b"0 0 1 1 re f",
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 99999 99999]"
        b"/XStep .0001/YStep .0001/Resources<<>>",
    )
    text = b"/Pattern cs /P scn 0 0 14400 14400 re f"
    return page(b"/Resources<</Pattern<</P 5 0 R>>>>", b"[0 0 14400 14400]", text, pattern)


@cache
def a_million_objects() -> bytes:
    """A million numbers, packed into one stream."""
    count = 1_000_000
    head = b" ".join(b"%d %d" % (number + 10, 2 * number) for number in range(count))
    packed = zlib.compress(head + b"\n" + b"1 " * count, 1)
    body = b"%PDF-1.7\n1 0 obj\n" + CATALOG + b"\nendobj\n2 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n"
    at = len(body)
    keys = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (count, len(head) + 1)
    body += b"3 0 obj\n" + stream(packed, keys) + b"\nendobj\n"
    rows = [struct.pack(">BIH", 0, 0, 65535), struct.pack(">BIH", 1, 9, 0)]
    rows += [struct.pack(">BIH", 1, body.index(b"2 0 obj"), 0), struct.pack(">BIH", 1, at, 0)]
    rows += [struct.pack(">BIH", 1, len(body), 0)] + [struct.pack(">BIH", 0, 0, 0)] * 5
    table = b"".join(rows) + b"".join(b"\x02\0\0\0\x03" + struct.pack(">H", n % 65536) for n in range(count))
    keys = b"/Type/XRef/W[1 4 2]/Size %d/Root 1 0 R/Filter/FlateDecode" % (count + 10)
    end = b"4 0 obj\n" + stream(zlib.compress(table, 1), keys) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + end


@cache
def zeros(megabytes: int) -> bytes:
    """So many packed megabytes of zeros, quickly: one packed megabyte again and again, without an end."""
    packer = zlib.compressobj(9)
    first, again = (packer.compress(b"\0" * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + again * (megabytes - 1)


def flate(layers: int) -> bytes:
    """Zeros, packed once or twice, of more than is allowed."""
    data = zeros((MAX_INFLATED >> 20) + 20)
    return zlib.compress(data, 1) if layers == 2 else data


def bomb(layers: int, kind: bytes = b"") -> bytes:
    """A stream that unpacks to too much; `kind` /Type/ObjStm… is unpacked by a parser as soon as it opens the file."""
    keys = kind + b"/Filter[" + b"/FlateDecode " * layers + b"]"
    return raw(
        CATALOG, PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>", stream(flate(layers), keys)
    )


def runs() -> bytes:
    """Run lengths: a few megabytes that become 64 times as much, with no table to see it from."""
    return raw(
        CATALOG, PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        stream(zlib.compress(b"\x81\x20" * 40_000_000, 1), b"/Filter[/FlateDecode/RunLengthDecode]"),
    )  # fmt: skip


def many_scans(scans: int = 4000) -> bytes:
    """A progressive JPEG of many pixels and a great many empty refinements."""
    out = io.BytesIO()
    Image.new("L", (6000, 6000)).save(out, "JPEG", progressive=True, quality=1)
    data = out.getvalue()
    first = data.index(b"\xff\xda")
    refinement = data[data.rindex(b"\xff\xda") : data.rindex(b"\xff\xd9")]
    return data[:first] + data[first:-2] + refinement * scans + b"\xff\xd9"


def jpeg2000(width: int, height: int) -> bytes:
    """The head of a JPEG 2000 of that size, and nothing behind it."""
    size = struct.pack(">HIIIIIIIIH", 0, width, height, 0, 0, width, height, 0, 0, 1) + b"\x07\x01\x01"
    return b"\xff\x4f\xff\x51" + struct.pack(">H", len(size) + 2) + size + b"\xff\xd9"


def with_text(chunk: bytes = b"zTXt") -> bytes:
    """A PNG with a comment that unpacks to 100 MB."""
    out = io.BytesIO()
    Image.new("L", (8, 8)).save(out, "PNG")
    body = b"a\0\0" + zeros(100)
    more = struct.pack(">I", len(body)) + chunk + body + struct.pack(">I", zlib.crc32(chunk + body))
    data = out.getvalue()
    return data[:33] + more + data[33:]


def locked() -> bytes:
    """A protected PDF."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out, encryption=pikepdf.Encryption(owner="sample", user=""))
    return out.getvalue()


def tree(kids: bytes, count: bytes = b"1", third: bytes = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>") -> bytes:
    """A PDF with this page tree."""
    return raw(CATALOG, b"<</Type/Pages/Count %s/Kids[%s]>>" % (count, kids), third)


_IMAGE = b"/Width 64/Height 64/BitsPerComponent 8/ColorSpace/DeviceGray"
PDFS: dict[str, Make] = {
    "flate bomb": lambda: bomb(1),
    "flate bomb in a flate stream": lambda: bomb(2),
    "bomb of objects": lambda: bomb(1, b"/Type/ObjStm/N 1/First 4"),
    "run lengths": runs,
    "a million objects": a_million_objects,
    "arrays in arrays": lambda: page(b"/X" + b"[" * 200_000 + b"]" * 200_000),
    "dictionaries in dictionaries": lambda: page(b"/X" + b"<</X" * 50_000 + b" 1" + b">>" * 50_000),
    "operands in operands": lambda: page(contents=b"[" * 500_000),
    "states in states": lambda: page(contents=b"q " * 2_000_000),
    "a page tree that holds itself": lambda: tree(b"2 0 R"),
    "a page tree in a ring": lambda: tree(b"3 0 R", third=b"<</Type/Pages/Count 1/Kids[2 0 R]>>"),
    "one page many times": lambda: tree(b"3 0 R " * 100_000, b"100000"),
    "a count that lies": lambda: tree(b"3 0 R", b"2000000000"),
    "a negative count": lambda: tree(b"3 0 R", b"-1"),
    "kids that are no pages": lambda: tree(b"1 0 R (a) 7 null"),
    "no pages": lambda: tree(b"", b"0"),
    "a page as large as a country": lambda: page(box=b"[0 0 1000000000 1000000000]"),
    "a page of many units": lambda: page(b"/UserUnit 1000000"),
    "a page without an area": lambda: page(box=b"[0 0 0 842]"),
    "a page box of words": lambda: page(box=b"[/a (b) <</c 1>> null]"),
    "a page box of two": lambda: page(box=b"[0 0]"),
    "a turn that is none": lambda: page(b"/Rotate 1000000007"),
    "no table": lambda: page()[: page().index(b"xref")],
    "a table elsewhere": lambda: raw(CATALOG, PAGES, start=4_000_000_000),
    "tables in a ring": lambda: raw(CATALOG, PAGES, trailer=b"/Prev 9"),
    "cut in the middle": lambda: page(contents=b"0 0 9 9 re f " * 1000)[:6000],
    "a length that lies": lambda: page().replace(b"/Length 0", b"/Length 99999999999"),
    "protected": locked,
    "forms in forms": laughs,
    "a form in itself": itself,
    "a million million tiles": tiles,
    "60,000 by 60,000": lambda: image(b"/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray"),
    "a negative width": lambda: image(b"/Width -5/Height 2147483647/BitsPerComponent 8/ColorSpace/DeviceGray"),
    "fax of many columns": lambda: image(
        _IMAGE + b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2147483647/Rows 2147483647>>"
    ),
    "jbig2 of noise": lambda: image(_IMAGE + b"/Filter/JBIG2Decode", bytes(range(256)) * 40),
    "jbig2 that says it is large": lambda: image(
        _IMAGE + b"/Filter/JBIG2Decode", b"\0\0\0\0\x30\0\x01\0\0\0\x13\xff\xff\xff\x7f\xff\xff\xff\x7f" + b"\0" * 11
    ),
    "jpx that says it is large": lambda: image(b"/Filter/JPXDecode", jpeg2000(2_000_000_000, 2_000_000_000)),
    "jpx of nothing": lambda: image(b"/Filter/JPXDecode", jpeg2000(64, 64)),
    "jpx of noise": lambda: image(_IMAGE + b"/Filter/JPXDecode", bytes(range(256)) * 40),
    "dct of noise": lambda: image(_IMAGE + b"/Filter/DCTDecode", bytes(range(256)) * 40),
    "a photo of many scans": lambda: image(_IMAGE + b"/Filter/DCTDecode", many_scans()),
    "colours that lean on themselves": lambda: image(
        b"/Width 8/Height 8/BitsPerComponent 8/ColorSpace[/Indexed 5 0 R 255 (a)]"
    ),
    "an inline picture of many pixels": lambda: page(
        contents=b"BI /W 60000 /H 60000 /BPC 8 /CS /RGB ID " + b"\0" * 999 + b" EI"
    ),
    "a program that counts": lambda: page(
        b"/Resources<</Shading<</S<</ShadingType 1/ColorSpace/DeviceGray/Function 5 0 R>>>>>>", b"[0 0 9999 9999]",
        b"/S sh", stream(b"{ " + b"dup mul sqrt " * 20_000 + b"pop }",
        b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1]"),
    ),
    "a font that is none": lambda: page(
        b"/Resources<</Font<</F<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor<</Type/FontDescriptor"
        b"/FontName/A/Flags 4/FontFile2 5 0 R>>>>>>>>", b"[0 0 99 99]", b"BT /F 9 Tf (sample) Tj ET",
        stream(b"\0\1\0\0" + b"\xff" * 9000),
    ),
    "also a page of the web": lambda: page() + b"<script>alert('sample')</script>",
    "also an archive": lambda: page() + b"PK\x05\x06" + b"\0" * 18,
    "another file's stream": lambda: page().replace(b"<</Length 0>>", b"<</F(/etc/hostname)/Length 0>>"),
}  # fmt: skip
PICTURES: dict[str, Make] = {
    "scans.jpg": many_scans,
    "comment.png": with_text,
    "profile.png": lambda: with_text(b"iCCP"),
    "header-alone.heic": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0\0\0\x01meta" + b"\xff" * 200,
}
