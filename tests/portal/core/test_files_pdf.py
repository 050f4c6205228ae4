"""PDF files that people send: rebuilt from their pages, or refused."""

from io import BytesIO

import pikepdf
import pytest

from portal.core import files, pdf_pages
from portal.core.errors import Invalid
from portal.core.files import accept_file
from tests.portal.core import hostile
from tests.portal.core.sent_files import SLOT, exif, pdf, picture, refused


def test_a_pdf_is_rebuilt_from_its_pages():
    clean = accept_file(pdf(3), "a.pdf", slot=SLOT)
    assert (clean.media_type, clean.pages) == ("application/pdf", 3)
    with pikepdf.open(BytesIO(clean.data)) as rebuilt:
        assert len(rebuilt.pages) == 3
        assert rebuilt.pages[2].Contents.read_bytes() == b"0 0 100 100 re f"
    assert clean.data == accept_file(pdf(3), "a.pdf", slot=SLOT).data


def _arm(document):
    name, dictionary = pikepdf.Name, pikepdf.Dictionary
    script = dictionary(S=name.JavaScript, JS="app.alert('SECRET-JS')")
    document.Root.OpenAction = script
    document.Root.AA = dictionary(WC=script)
    document.Root.Names = dictionary(JavaScript=dictionary(Names=["x", script]))
    document.attachments["SECRET-ATTACHMENT.exe"] = b"MZ"
    document.docinfo["/Author"] = "SECRET-AUTHOR"
    document.Root.Metadata = document.make_stream(b"<x>SECRET-XMP</x>")
    page = document.pages[0]
    page.AA = dictionary(O=script)
    page.PieceInfo = dictionary(App="SECRET-PIECE")
    page.Annots = [
        dictionary(
            Type=name.Annot, Subtype=name.Link, Rect=[0, 0, 9, 9], A=dictionary(S=name.URI, URI="http://SECRET-LINK/")
        )
    ]
    inner = document.make_stream(
        b"0 0 9 9 re f", Type=name.XObject, Subtype=name.Form, BBox=[0, 0, 9, 9], Metadata=document.Root.Metadata
    )
    photo = document.make_stream(
        picture(exif=exif()),
        Type=name.XObject,
        Subtype=name.Image,
        Width=64,
        Height=48,
        BitsPerComponent=8,
        ColorSpace=name.DeviceRGB,
        Filter=name.DCTDecode,
    )
    page.Resources = dictionary(XObject=dictionary(F=inner, Im=photo))
    page.Contents = document.make_stream(b"q /F Do 64 0 0 48 0 0 cm /Im Do Q")


def test_scripts_attachments_links_and_metadata_of_a_pdf_stay_behind():
    data = pdf(2, _arm, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    assert data.count(b"SECRET") >= 7
    clean = accept_file(data + b"<script>SECRET-TAIL</script>", "a.pdf", slot=SLOT)
    for secret in (
        b"SECRET",
        b"JavaScript",
        b"OpenAction",
        b"EmbeddedFile",
        b"/Annots",
        b"/AA",
        b"/URI",
        b"/Metadata",
        b"Exif",
    ):
        assert secret not in clean.data
    with pikepdf.open(BytesIO(clean.data)) as rebuilt:
        assert set(rebuilt.Root.keys()) <= {"/Type", "/Pages"}
        assert set(rebuilt.pages[0].Resources.XObject.keys()) == {"/F", "/Im"}
        assert rebuilt.pages[0].Resources.XObject.Im.read_raw_bytes()[:2] == b"\xff\xd8"


def test_what_a_form_field_shows_is_drawn_into_the_page():
    def change(document):
        name, dictionary = pikepdf.Name, pikepdf.Dictionary
        look = document.make_stream(b"BT (FILLED) Tj ET", Type=name.XObject, Subtype=name.Form, BBox=[0, 0, 90, 20])
        field = document.make_indirect(
            dictionary(
                Type=name.Annot,
                Subtype=name.Widget,
                FT=name.Tx,
                T="a",
                V="FILLED",
                Rect=[0, 0, 90, 20],
                F=4,
                AP=dictionary(N=look),
            )
        )
        document.pages[0].Annots = pikepdf.Array([field])
        document.Root.AcroForm = dictionary(Fields=[field], DA="/Helv 0 Tf 0 g")

    clean = accept_file(pdf(1, change), "a.pdf", slot=SLOT)
    with pikepdf.open(BytesIO(clean.data)) as rebuilt:
        streams = [o.read_bytes() for o in rebuilt.objects if isinstance(o, pikepdf.Stream)]
        assert any(b"FILLED" in s for s in streams)
        assert "/AcroForm" not in rebuilt.Root
        assert "/Annots" not in rebuilt.pages[0]


@pytest.mark.parametrize("password", ["", "secret"])
def test_an_encrypted_pdf_is_refused(password):
    data = pdf(encryption=pikepdf.Encryption(owner="owner", user=password))
    assert refused(data, "a.pdf") == pdf_pages.ENCRYPTED


def test_pages_are_counted():
    assert refused(pdf(31), "a.pdf") == pdf_pages.TOO_MANY_PAGES
    assert refused(pdf(0), "a.pdf") == pdf_pages.NO_PAGES


@pytest.mark.parametrize(
    "data", [pdf()[:200], b"%PDF-1.7\n%%EOF", b"%PDF-" + b"\x00" * 500, b"%PDF-1.4\n" + b"<<" * 5000]
)
def test_a_damaged_pdf_is_refused(data):
    assert refused(data, "a.pdf") == pdf_pages.BROKEN


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("kind", [b"", b"/Type/ObjStm/N 1/First 4"])
def test_a_pdf_that_unpacks_to_too_much_is_refused_before_it_is_opened(monkeypatch, layers, kind):
    monkeypatch.setattr(pikepdf, "open", lambda *args, **more: pytest.fail("opened"))
    data = hostile.bomb(layers, kind)
    assert len(data) < 500_000
    with pytest.raises(Invalid) as caught:
        files.draw_anew(data, files.PDF, SLOT)
    assert caught.value.message == pdf_pages.TOO_BIG_INSIDE


@pytest.mark.parametrize("name", [b"/LZWDecode", b"/LZ#57Decode", b"/LZW"])
def test_a_packing_that_hides_its_size_is_refused(name):
    assert refused(b"%PDF-1.7\n1 0 obj << /Filter " + name + b" >>", "a.pdf") == pdf_pages.TOO_BIG_INSIDE


def test_too_many_pixels_in_a_pdf_are_refused():
    def change(document):
        name = pikepdf.Name
        photo = document.make_stream(
            b"\x00",
            Type=name.XObject,
            Subtype=name.Image,
            Width=60_000,
            Height=60_000,
            BitsPerComponent=1,
            ColorSpace=name.DeviceGray,
        )
        document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=photo))
        document.pages[0].Contents = document.make_stream(b"/Im Do")

    assert refused(pdf(1, change), "a.pdf") == pdf_pages.TOO_BIG_INSIDE
