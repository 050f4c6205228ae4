"""What survives when a PDF is rebuilt: the picture of its pages, and no key that anything could hang on."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from portal.core import pdf_pages, pdf_pictures, pdf_strip
from portal.core.errors import Invalid
from tests.portal.core.hostile import page, stream
from tests.portal.core.test_jpeg import SECRET, exif, photo

ACTIONS = ("JavaScript", "Launch", "URI", "SubmitForm", "ImportData", "GoToE", "Rendition", "RichMediaExecute", "Movie")
ANNOTATIONS = ("RichMedia", "FileAttachment", "Movie", "Sound", "3D", "Screen", "Link", "Widget", "Text")
FORM = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": [0, 0, 9, 9]}
IMAGE = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 64, "Height": 48, "BitsPerComponent": 8}


def rebuilt(data: bytes) -> pikepdf.Pdf:
    clean, _pages = pdf_pages.rebuild(data, max_pages=30, max_pixels=50_000_000)
    return pikepdf.open(BytesIO(clean))


def saved(document: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    document.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def words(document: pikepdf.Pdf) -> bytes:
    """Everything in the file, unpacked."""
    streams = [item for item in document.objects if isinstance(item, pikepdf.Stream)]
    return saved(document) + b"".join(item.read_bytes() for item in streams if "/DCTDecode" not in repr(item))


def armed() -> bytes:
    """Every active, descriptive and hidden thing that we know of, where viewers look for it and where they do not."""
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        one, root = document.pages[0].obj, document.Root
        scripts = [Dictionary(S=Name("/" + kind), JS="SECRET", URI="SECRET", F="SECRET", N=Name.X) for kind in ACTIONS]
        file = document.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F="SECRET.exe",
                EF=Dictionary(F=document.make_stream(b"SECRET", Type=Name.EmbeddedFile)),
            )
        )
        layer = document.make_indirect(Dictionary(Type=Name.OCG, Name="SECRET layer", Usage=Dictionary(A=scripts[0])))
        hidden = {"A": scripts[0], "AA": Dictionary(O=scripts[1]), "Metadata": document.make_stream(b"SECRET"),
                  "PieceInfo": Dictionary(X="SECRET"), "AF": Array([file]), "OC": layer, "F": file, "JS": "SECRET",
                  "OPI": Dictionary(X="SECRET"), "Measure": Dictionary(X="SECRET"), "Ref": Dictionary(F=file),
                  "Alternates": Array([Dictionary(X="SECRET")]), "StructParent": 1, "Private": "SECRET"}  # fmt: skip
        root.OpenAction, root.AA = scripts[0], Dictionary(WC=scripts[1])
        root.Names = Dictionary(
            JavaScript=Dictionary(Names=["x", scripts[0]]), EmbeddedFiles=Dictionary(Names=["SECRET", file])
        )
        root.AF, root.Collection, root.Perms = Array([file]), Dictionary(View=Name.T), Dictionary(DocMDP=scripts[2])
        root.AcroForm = Dictionary(Fields=[], XFA=document.make_stream(b"<SECRET/>"), NeedAppearances=True)
        root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))
        root.Outlines = Dictionary(Title="SECRET", A=scripts[3])
        root.StructTreeRoot, root.PieceInfo = Dictionary(Type=Name.StructTreeRoot), Dictionary(X="SECRET")
        root.Metadata, document.docinfo["/Author"] = document.make_stream(b"<x>SECRET</x>"), "SECRET"
        one.Thumb = document.make_stream(b"SECRET", **IMAGE)
        for key, value in hidden.items():
            one["/" + key] = value
        looks = [
            document.make_indirect(
                Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=[0, 0, 9, 9], A=script, FS=file, T="SECRET")
            )
            for kind, script in zip(ANNOTATIONS, scripts, strict=True)
        ]
        one.Annots, root.AcroForm.Fields = Array(looks), Array([looks[ANNOTATIONS.index("Widget")]])
        inner = document.make_stream(b"0 0 9 9 re f", **FORM, **hidden)
        program = document.make_stream(b"SECRET", Type=Name.XObject, Subtype=Name.PS)
        shot = document.make_stream(
            photo(exif=exif()), **IMAGE, **hidden, ColorSpace=Name.DeviceRGB, Filter=[Name.DCTDecode]
        )
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 9, 9], FontMatrix=[1, 0, 0, 1, 0, 0], FirstChar=65,
            LastChar=65, Widths=[9], Encoding=Dictionary(Differences=[65, Name.a]), **hidden,
            CharProcs=Dictionary(a=document.make_stream(b"0 0 9 9 re f", **hidden)),
        )  # fmt: skip
        one.Resources = Dictionary(
            XObject=Dictionary(F=inner, P=program, I=shot, T="SECRET"),
            Font=Dictionary(A=document.make_indirect(font)),
            ExtGState=Dictionary(G=Dictionary(LW=1, **hidden)),
            Pattern=Dictionary(P=Dictionary(PatternType=2, Shading=Dictionary(ShadingType=1, **hidden), **hidden)),
            Properties=Dictionary(L=layer),
            **hidden,
        )  # fmt: skip
        one.Contents = document.make_stream(
            b"/OC /L BDC q /F Do 64 0 0 48 0 0 cm /I Do Q EMC BT /A 9 Tf (A) Tj ET", **hidden
        )
        return saved(document)


def test_nothing_active_descriptive_or_hidden_survives():
    data = armed()
    assert data.count(b"SECRET") > 60
    with rebuilt(data) as document:
        said = words(document)
        assert set(document.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in document.trailer
        resources = document.pages[0].Resources
        assert set(resources.keys()) == {"/XObject", "/Font", "/ExtGState", "/Pattern"} - _unused(resources)
        assert set(resources.XObject.keys()) == {"/F", "/I"}
        assert SECRET not in resources.XObject.I.read_raw_bytes()
    for word in (b"SECRET", *(b"/" + kind.encode() for kind in ACTIONS), b"/AA", b"/OpenAction", b"/JS", b"/EF",
                 b"Filespec", b"EmbeddedFile", b"/Annots", b"/AcroForm", b"/XFA", b"/OCG", b"/OCProperties", b"/Thumb",
                 b"/Metadata", b"/PieceInfo", b"/Names", b"/AF", b"/StructParent", b"Exif"):  # fmt: skip
        assert word not in said, word


def _unused(resources: pikepdf.Object) -> set[str]:
    """Resources that no page uses may be taken out too."""
    return {"/ExtGState", "/Pattern"} - set(resources.keys())


def test_the_page_still_looks_the_same():
    data = armed()
    clean, _pages = pdf_pages.rebuild(data, max_pages=30, max_pixels=50_000_000)
    with Image.open(BytesIO(pdf_pictures.picture(clean, 1)[0])) as drawn:
        corner = drawn.convert("L").crop((0, drawn.height - 70, 90, drawn.height))
        assert corner.getextrema()[0] < 100


def test_what_an_earlier_revision_showed_is_gone():
    data = page(contents=b"(SECRET) Tj")
    change = b"4 0 obj\n" + stream(b"(PUBLIC) Tj") + b"\nendobj\n"
    table = b"xref\n4 1\n%010d 00000 n \ntrailer\n<</Size 5/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    data += change + table % (len(data), data.index(b"xref"), len(data) + len(change))
    with rebuilt(data) as document:
        assert document.pages[0].Contents.read_bytes() == b"(PUBLIC) Tj"
        assert b"SECRET" not in words(document)


def test_what_a_layer_hid_is_seen_by_everyone():
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(99, 99))
        layer = document.make_indirect(Dictionary(Type=Name.OCG, Name="x"))
        document.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))
        document.pages[0].Resources = Dictionary(Properties=Dictionary(L=layer))
        document.pages[0].Contents = document.make_stream(b"/OC /L BDC 0 0 99 99 re f EMC")
        data = saved(document)
    clean, _pages = pdf_pages.rebuild(data, max_pages=1, max_pixels=1000)
    for said, darkest in ((data, 255), (clean, 0)):
        with Image.open(BytesIO(pdf_pictures.picture(said, 1)[0])) as drawn:
            assert abs(drawn.convert("L").getpixel((50, 50)) - darkest) < 9


@pytest.mark.parametrize("filters", [["/ASCII85Decode", "/DCTDecode"], ["/FlateDecode", "/DCTDecode"], ["/DCTDecode"]])
def test_photos_in_several_wrappings_lose_what_is_not_the_photo(filters):
    import base64
    import zlib

    data = photo(exif=exif())
    wrapped = {"/ASCII85Decode": base64.a85encode(data) + b"~>", "/FlateDecode": zlib.compress(data)}.get(
        filters[0], data
    )
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(64, 48))
        shown = document.make_stream(b"", **IMAGE, ColorSpace=Name.DeviceRGB)
        shown.write(wrapped, filter=Array([Name(name) for name in filters]))
        document.pages[0].Resources = Dictionary(XObject=Dictionary(I=shown))
        document.pages[0].Contents = document.make_stream(b"/I Do")
        data = saved(document)
    with rebuilt(data) as document:
        kept = document.pages[0].Resources.XObject.I
        assert kept.Filter == Name.DCTDecode
        assert SECRET not in kept.read_raw_bytes()


def test_a_page_keeps_its_size_and_turn():
    with rebuilt(page(b"/Rotate -90/CropBox[10 10 110 60]", b"[0 0 595.5 842]")) as document:
        one = document.pages[0].obj
        assert [float(n) for n in one.MediaBox] == [0, 0, 595.5, 842]
        assert [float(n) for n in one.CropBox] == [10, 10, 110, 60]
        assert one.Rotate == 270
    with pytest.raises(Invalid) as caught:
        rebuilt(page(box=f"[0 0 9 {pdf_strip.LONGEST_SIDE + 1}]".encode()))
    assert caught.value.message == pdf_pages.TOO_BIG_INSIDE
