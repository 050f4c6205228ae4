import hashlib
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from portal.core import files, images, pdf_pages
from portal.core.errors import Invalid
from portal.core.files import Slot, accept_image_or_pdf
from tests.portal.core import hostile

SLOT = Slot("identity")
EXIF_SECRET = b"SECRET-EXIF-35.6586N"


def picture(kind="JPEG", size=(64, 48), mode="RGB", **options):
    out = BytesIO()
    Image.new(mode, size, 128 if mode in ("L", "I;16", "1") else None).save(out, kind, **options)
    return out.getvalue()


def exif(orientation=1):
    data = Image.Exif()
    data[0x010E] = EXIF_SECRET.decode()
    data[0x0112] = orientation
    return data.tobytes()


def pdf(pages=1, change=None, **save):
    with pikepdf.new() as document:
        for number in range(pages):
            document.add_blank_page(page_size=(595, 842))
            document.pages[number].Contents = document.make_stream(b"0 0 100 100 re f")
        if change:
            change(document)
        out = BytesIO()
        document.save(out, **save)
        return out.getvalue()


def refused(data, filename, slot=SLOT):
    with pytest.raises(Invalid) as caught:
        accept_image_or_pdf(data, filename, slot=slot)
    str(caught.value)
    return caught.value.message


@pytest.mark.parametrize(
    ("kind", "name", "media_type"),
    [
        ("JPEG", "a.jpg", "image/jpeg"),
        ("JPEG", "表.JPEG", "image/jpeg"),
        ("PNG", "a.png", "image/png"),
        ("HEIF", "a.HEIC", "image/jpeg"),
    ],
)
def test_photos_are_drawn_anew(kind, name, media_type):
    clean = accept_image_or_pdf(picture(kind), name, slot=SLOT)
    assert clean.media_type == media_type
    assert clean.pages == 1
    assert clean.sha256 == hashlib.sha256(clean.data).hexdigest()
    with Image.open(BytesIO(clean.data)) as drawn:
        drawn.load()
        assert drawn.size == (64, 48)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_is_understood(mode):
    accept_image_or_pdf(picture("PNG", mode=mode), "a.png", slot=SLOT)


def test_printers_colours_are_understood():
    accept_image_or_pdf(picture(mode="CMYK"), "a.jpg", slot=SLOT)


def test_exif_comments_and_trailing_data_stay_behind():
    data = picture(exif=exif(), comment=b"SECRET-COMMENT") + b"<script>alert(1)</script>%PDF-1.7"
    clean = accept_image_or_pdf(data, "a.jpg", slot=SLOT)
    for secret in (EXIF_SECRET, b"SECRET-COMMENT", b"<script>", b"%PDF", b"Exif"):
        assert secret not in clean.data


@pytest.mark.parametrize("kind", ["PNG", "HEIF"])
def test_exif_of_other_pictures_stays_behind(kind):
    data = picture(kind, exif=exif())
    clean = accept_image_or_pdf(data, f"a.{'png' if kind == 'PNG' else 'heic'}", slot=SLOT)
    assert EXIF_SECRET not in clean.data


def test_a_photo_taken_sideways_is_turned_upright():
    clean = accept_image_or_pdf(picture(exif=exif(6)), "a.jpg", slot=SLOT)
    with Image.open(BytesIO(clean.data)) as drawn:
        assert drawn.size == (48, 64)


def test_drawing_is_repeatable():
    data = picture()
    assert accept_image_or_pdf(data, "a.jpg", slot=SLOT) == accept_image_or_pdf(data, "a.jpg", slot=SLOT)


def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked(monkeypatch):
    bomb = picture("PNG", size=(12_000, 8_000), mode="1")
    assert len(bomb) < 100_000
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda self: pytest.fail("unpacked"))
    for data in (bomb, picture("PNG", size=(30_000, 1), mode="1")):
        with pytest.raises(Invalid) as caught:
            files.draw_anew(data, files.PNG, SLOT)
        assert caught.value.message == images.TOO_MANY_PIXELS


def test_a_small_slot_takes_small_pictures_only():
    assert refused(picture(), "a.jpg", Slot("s", max_pixels=1000)) == images.TOO_MANY_PIXELS


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_a_damaged_picture_is_refused(kind, monkeypatch):
    ending = {"JPEG": "jpg", "PNG": "png", "HEIF": "heic"}[kind]
    whole = picture(kind, size=(640, 480))
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)  # as after the letters' engine was loaded
    for data in (whole[: len(whole) // 2], whole[:40]):
        assert refused(data, f"a.{ending}") == images.BROKEN
        with pytest.raises(Invalid):
            files.draw_anew(data, files.ENDINGS[ending], SLOT)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<html><script>alert(1)</script>", "a.jpg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png"),
        (b"GIF89a/*" + b"\x00" * 40, "a.jpg"),
        (b"MZ" + b"\x00" * 100, "a.pdf"),
        (b"PK\x03\x04" + b"\x00" * 100, "a.pdf"),
        (b"\x00" * 100, "a.jpg"),
        (b"x", "a.pdf"),
        (picture("GIF", mode="L"), "a.png"),
        (picture("WEBP"), "a.jpg"),
        (picture("TIFF"), "a.jpg"),
        (b"junk before" + pdf(), "a.pdf"),
    ],
)
def test_other_kinds_are_refused_whatever_they_are_called(data, name):
    assert refused(data, name) == files.UNKNOWN


@pytest.mark.parametrize("name", ["a.png", "a.pdf", "a", "a.jpg.exe", "jpg", "a.jpg "])
def test_a_name_that_does_not_fit_the_content_is_refused(name):
    assert refused(picture(), name) == files.MISNAMED


@pytest.mark.parametrize("name", ["", "a" * 260 + ".jpg", "a\x00.jpg", "a\u202egpj.exe", "\ue000.jpg"])
def test_a_name_that_cannot_be_used_is_refused(name):
    assert refused(picture(), name) == files.BAD_NAME


@pytest.mark.parametrize("name", ["123456789018.jpg", "１２３４-５６７８-９０１８.jpg", "card_1234_5678_9018.jpg"])
def test_a_personal_number_in_the_name_is_refused(name):
    assert refused(picture(), name) == files.NUMBER_IN_NAME


def test_sizes_and_kinds_are_those_of_the_slot():
    assert refused(b"", "a.jpg") == files.EMPTY
    assert refused(picture() + b"\x00" * (10 * 1024 * 1024), "a.jpg") == files.TOO_LARGE
    assert refused(pdf(), "a.pdf", Slot("face", types=frozenset({files.JPEG, files.PNG}))) == files.NOT_HERE


def test_a_pdf_is_rebuilt_from_its_pages():
    clean = accept_image_or_pdf(pdf(3), "a.pdf", slot=SLOT)
    assert (clean.media_type, clean.pages) == ("application/pdf", 3)
    with pikepdf.open(BytesIO(clean.data)) as rebuilt:
        assert len(rebuilt.pages) == 3
        assert rebuilt.pages[2].Contents.read_bytes() == b"0 0 100 100 re f"
    assert clean.data == accept_image_or_pdf(pdf(3), "a.pdf", slot=SLOT).data


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
    clean = accept_image_or_pdf(data + b"<script>SECRET-TAIL</script>", "a.pdf", slot=SLOT)
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

    clean = accept_image_or_pdf(pdf(1, change), "a.pdf", slot=SLOT)
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
