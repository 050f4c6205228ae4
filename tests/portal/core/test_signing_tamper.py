"""A signed letter stops being valid with any change: each byte, each revision, each further thing in the container."""

from __future__ import annotations

import dataclasses
import random
import re
import zlib
from io import BytesIO

import pikepdf
import pytest
from asn1crypto import algos, cms

from portal.core import signing
from portal.core.signing_canonical import canonical
from tests.factories import certificates
from tests.portal.core.signed_letters import AT, installation, letter, signer


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    root = certificates.root()
    return installation(tmp_path_factory.mktemp("tamper"), certificates.end(certificates.below(root)), root)


@pytest.fixture(scope="module")
def anchors(ours):
    return signing.anchors(ours)


@pytest.fixture(scope="module")
def signed(ours):
    return signer(ours).sign(letter(), at=AT)


def is_valid(data, anchors):
    verdict = signing.verify(data, anchors=anchors)
    return verdict is not None and verdict.valid


def place_of_contents(data):
    found = re.search(rb"/Contents <([0-9A-F]+)>", data)
    assert found
    return found.start(1), found.end(1)


def container_of(data):
    start, end = place_of_contents(data)
    return cms.ContentInfo.load(bytes.fromhex(data[start:end].decode()))


def with_container(data, change):
    """The file with another container in the signature's place."""
    start, end = place_of_contents(data)
    written = change(container_of(data)).hex().upper().encode()
    assert len(written) <= end - start
    return data[:start] + written.ljust(end - start, b"0") + data[end:]


def test_every_changed_byte_breaks_the_signature(signed, anchors):
    assert is_valid(signed, anchors)
    start, end = place_of_contents(signed)
    used = start + len(signed[start:end].rstrip(b"0"))
    chance = random.Random(20260601)
    offsets = {0, 5, 7, len(letter()) - 1, len(letter()), start - 1, start, used - 1, used, end - 1, end}
    offsets |= {signed.rindex(word) for word in (b"/ByteRange", b"/AcroForm", b"startxref", b"%%EOF", b"/M (")}
    offsets |= {len(signed) - 1, len(signed) - 2}
    for first, last, count in (
        (0, len(letter()), 50),
        (len(letter()), start, 25),
        (start, used, 40),
        (used, end, 10),
        (end, len(signed), 15),
    ):
        offsets |= {chance.randrange(first, last) for _ in range(count)}
    survived = []
    for offset in sorted(offsets):
        byte = signed[offset] ^ (1 << chance.randrange(8))
        if is_valid(signed[:offset] + bytes([byte]) + signed[offset + 1 :], anchors):
            survived.append(offset)
    assert survived == []


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b"\n",
        lambda data: data + b" ",
        lambda data: data[:-1],
        lambda data: b"\n" + data,
        lambda data: data + data,
        lambda data: data[: len(letter())] + b"\n" + data[len(letter()) :],
    ],
    ids=["line after", "space after", "cut", "line before", "twice", "line between"],
)
def test_bytes_added_or_taken_break_the_signature(signed, anchors, change):
    assert not is_valid(change(signed), anchors)


def test_the_padding_is_zeros_and_the_hex_digits_are_capitals(signed, anchors):
    start, end = place_of_contents(signed)
    lower = signed[:start] + signed[start:end].lower() + signed[end:]
    assert not is_valid(lower, anchors)
    assert not is_valid(signed[: end - 2] + b"  " + signed[end:], anchors)
    assert not is_valid(signed[: end - 2] + b"01" + signed[end:], anchors)


def _revised(signed, change):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(signed))
    change(writer)
    out = BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(signed)
    return out.getvalue()


def test_an_appended_revision_breaks_the_signature(signed, anchors):
    def touch(writer):
        writer.update_root()

    def title(writer):
        from pyhanko.pdf_utils.generic import pdf_string

        writer.trailer["/Info"]["/Title"] = pdf_string("不開示決定通知書")
        writer.update_container(writer.trailer["/Info"])

    for change in (touch, title):
        assert not is_valid(_revised(signed, change), anchors)


def test_a_page_written_over_in_an_appended_revision_breaks_the_signature(signed, anchors):
    with pikepdf.open(BytesIO(signed)) as document:
        number = document.pages[0].Contents.objgen[0]
    stream = zlib.compress(b"BT ET")
    added = b"%d 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        len(stream),
        stream,
    )
    previous = int(re.findall(rb"startxref\s+(\d+)", signed)[-1])
    xref = len(signed) + len(added)
    size = int(re.findall(rb"/Size (\d+)", signed)[-1])
    with pikepdf.open(BytesIO(signed)) as document:
        top = document.Root.objgen[0]
    added += b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        number,
        len(signed),
        size,
        top,
        previous,
        xref,
    )
    assert not is_valid(signed + added, anchors)


def test_a_letter_saved_anew_is_not_valid(signed, anchors):
    out = BytesIO()
    with pikepdf.open(BytesIO(signed)) as document:
        document.save(out)
    assert not is_valid(out.getvalue(), anchors)


def test_a_container_has_one_form(signed, anchors):
    def same(container):
        return canonical(container).dump()

    def further_certificate(container):
        other = cms.Certificate.load(certificates.root().certificate.public_bytes(certificates.Encoding.DER))
        container["content"]["certificates"].append(cms.CertificateChoices(name="certificate", value=other))
        return container.dump(force=True)

    def fewer_certificates(container):
        signed = container["content"]
        leaf = [each for each in signed["certificates"] if "電子署名" in each.chosen.subject.human_friendly]
        signed["certificates"] = cms.CertificateSet(leaf)
        return container.dump(force=True)

    def version(container):
        container["content"]["version"] = "v3"
        return container.dump(force=True)

    def unsigned(container):
        info = container["content"]["signer_infos"][0]
        note = cms.CMSAttribute({"type": "1.2.840.113549.1.9.16.2.4", "values": []})
        info["unsigned_attrs"] = cms.CMSAttributes([note])
        return container.dump(force=True)

    def mirrored(container):
        """(r, n-s) is a signature as good as (r, s); only one of them is ours."""
        info = container["content"]["signer_infos"][0]
        parts = algos.DSASignature.load(info["signature"].native)
        order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
        assert parts["s"].native <= order // 2
        info["signature"] = algos.DSASignature({"r": parts["r"].native, "s": order - parts["s"].native}).dump()
        return container.dump(force=True)

    assert with_container(signed, same) == signed
    between = [each.chosen.dump() for each in container_of(signed)["content"]["certificates"]]
    anchors = dataclasses.replace(anchors, roots=(*anchors.roots, *between))
    assert is_valid(signed, anchors)
    for change in (further_certificate, fewer_certificates, version, unsigned, mirrored):
        assert not is_valid(with_container(signed, change), anchors), change.__name__


def test_the_container_of_another_letter_does_not_fit(signed, ours, anchors):
    other = signer(ours).sign(letter().replace(b"%PDF-1.7", b"%PDF-1.6"), at=AT)
    start, end = place_of_contents(other)
    assert is_valid(other, anchors)
    mine = place_of_contents(signed)
    assert mine[1] - mine[0] == end - start
    assert not is_valid(signed[: mine[0]] + other[start:end] + signed[mine[1] :], anchors)


def _linked(data, objects):
    """A small file of these objects, the first of which is its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n%s"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(out),
            data,
        )
    )


FORM = b"<< /Type /Catalog /AcroForm << /Fields [2 0 R] /SigFlags 3 >> >>"
HOSTILE = {
    "a field that is its own child": [FORM, b"<< /T (a) /Kids [2 0 R] >>"],
    "a signature without a container": [FORM, b"<< /T (a) /FT /Sig /V << /ByteRange [0 1 2 3] >> >>"],
    "a container of nothing": [FORM, b"<< /T (a) /FT /Sig /V << /Contents <00> /ByteRange [0 1 2 3] >> >>"],
    "a byte range of lies": [
        FORM,
        b"<< /T (a) /FT /Sig /V << /Contents <3080> /ByteRange [0 -1 99999999999 -5] >> >>",
    ],
    "deep brackets": [b"<< /Type /Catalog /AcroForm " + b"[" * 20_000 + b"]" * 20_000 + b" >>"],
    "a long chain of fields": [
        FORM,
        *(b"<< /T (a) /Kids [%d 0 R] >>" % number for number in range(3, 400)),
        b"<< /T (a) >>",
    ],
    "a catalogue that refers to itself": [b"1 0 R"],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_verdict_and_no_error(anchors, name):
    assert not is_valid(_linked(b"", HOSTILE[name]), anchors)
    assert not is_valid(_linked(b"/ByteRange", HOSTILE[name]), anchors)


def test_a_chain_of_references_that_has_no_end_gets_a_verdict(signed, anchors):
    start = signed.rindex(b"startxref") + 10
    for target in (b"0", b"9" * 30, str(len(signed)).encode()):
        assert not is_valid(signed[:start] + target + b"\n%%EOF\n", anchors)
