"""Appends a PAdES signature to a letter so that it stays PDF/UA and PDF/A.

The signature's field lies where the letter's seal is printed (the named destination `seal` is its top left corner) and
stands in the structure tree. The field is written here rather than by the library's own writer of fields, which would
also rewrite the metadata and leave the field untagged.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from asn1crypto import cms
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.cms_embedder import SigMDPSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import Signer as CmsSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from portal.core.coroutines import finish
from portal.core.signing_canonical import CERTIFICATES, STAMPED, fingerprint, low_s
from portal.core.signing_keys import CannotSign, Key
from portal.core.signing_timestamp import TimeStamper

SEAL = "seal"
SEAL_POINTS = 22 / 25.4 * 72  # 22 mm
FIELD, SPOKEN = "Signature", "電子署名"  # the letter's own language, read out by screen readers
DIGEST = "sha256"
_BARE, _STAMPED = 2048, 16384  # bytes beside certificates, without and with a time-stamp


class _Writer(IncrementalPdfFileWriter):
    """Leaves the metadata alone: rewritten, they would lose what PDF/A asks for."""

    def _update_meta(self) -> None:
        pass


class _Cms(CmsSigner):
    """The library's maker of signature containers, around our key."""

    def __init__(self, key: Key) -> None:
        store = SimpleCertificateStore()
        store.register_multiple(key.chain)
        super().__init__(signing_cert=key.certificate, cert_registry=store, embed_roots=False)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return low_s(self._key.sign(data), self._key.certificate.public_key)


def cms_signer(key: Key) -> CmsSigner:
    """The maker of signature containers of a key."""
    return _Cms(key)


def sign(data: bytes, *, key: Key, at: datetime, stamper: TimeStamper | None) -> bytes:
    """The file with its signature appended. CannotSign."""
    certificates = (key.certificate, *key.chain)
    try:
        writer = _Writer(BytesIO(data))
        room = (_STAMPED if stamper else _BARE) + sum(len(certificate.dump()) for certificate in certificates)
        signature = SignatureObject(
            timestamp=at.astimezone(UTC).replace(microsecond=0),
            subfilter=SigSeedSubFilter.PADES,
            bytes_reserved=2 * room,
        )
        signature[NameObject(STAMPED)] = BooleanObject(stamper is not None)
        signature[NameObject(CERTIFICATES)] = TextStringObject(fingerprint(certificates))
        _place(writer, signature)
        filling = signature.fill(writer, DIGEST, output=BytesIO())
        prepared, out = next(filling)
        filling.send(finish(_container(key, prepared.document_digest, stamper)))
        return bytes(out.getvalue())
    except (PdfError, SigningError, KeyError, ValueError, TypeError, IndexError, AttributeError) as error:
        raise CannotSign(reason=f"The letter could not take a signature: {type(error).__name__}: {error}") from error


async def _container(key: Key, digest: bytes, stamper: TimeStamper | None) -> cms.ContentInfo:
    return await _Cms(key).async_sign(digest, DIGEST, use_pades=True, timestamper=stamper)


def _place(writer: _Writer, signature: SignatureObject) -> None:
    """Put the signature into a new field, on its page, in the form, the permissions and the structure tree."""
    if "/AcroForm" in writer.root or "/Perms" in writer.root:
        raise SigningError("The file has a form or a signature already.")
    page_ref, rect = _seal(writer)
    signed = writer.add_object(signature)
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): TextStringObject(FIELD),
            NameObject("/TU"): TextStringObject(SPOKEN),
            NameObject("/F"): NumberObject(132),  # print, locked
            NameObject("/Rect"): ArrayObject(FloatObject(round(value, 3)) for value in rect),
            NameObject("/P"): page_ref,
            NameObject("/V"): signed,
        }
    )
    if any(rect):
        field[NameObject("/AP")] = DictionaryObject({NameObject("/N"): _empty(writer, rect)})
    reference = writer.add_object(field)
    _tag(writer, field, reference, page_ref)
    page = page_ref.get_object()
    there = page["/Annots"] if "/Annots" in page else ()  # noqa: SIM401 - `get` gives the bare reference
    page[NameObject("/Annots")] = ArrayObject([*there, reference])
    page[NameObject("/Tabs")] = NameObject("/S")
    writer.mark_update(page_ref)
    writer.root[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([reference]), NameObject("/SigFlags"): NumberObject(3)}
    )
    writer.update_root()
    SigMDPSetup(DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES).apply(signed, writer)


def _seal(writer: _Writer) -> tuple[IndirectObject, tuple[float, float, float, float]]:
    """The page of the seal and its square; without a seal the first page and no area."""
    if "/Names" in writer.root and "/Dests" in writer.root["/Names"]:
        for name, target in _named(writer.root["/Names"]["/Dests"]):
            if name == SEAL:
                left, top = float(target[2]), float(target[3])
                return target.raw_get(0), (left, top - SEAL_POINTS, left + SEAL_POINTS, top)
    return writer.find_page_for_modification(0)[0], (0, 0, 0, 0)


def _named(node: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Names and destinations of a name tree."""
    if depth > 8:
        raise SigningError("The tree of named destinations is too deep.")
    if "/Names" in node:
        pairs = node["/Names"]
        for i in range(0, len(pairs), 2):
            target = pairs[i + 1]
            yield str(pairs[i]), target["/D"] if isinstance(target, DictionaryObject) else target
    if "/Kids" in node:
        for kid in node["/Kids"]:
            yield from _named(kid, depth + 1)


def _indirect(reference: Any) -> IndirectObject:
    return IndirectObject(reference.idnum, reference.generation, reference.pdf)


def _empty(writer: _Writer, rect: tuple[float, float, float, float]) -> IndirectObject:
    """An appearance that draws nothing: the seal is printed by the letter itself."""
    width, height = (FloatObject(round(end - start, 3)) for start, end in ((rect[0], rect[2]), (rect[1], rect[3])))
    form = StreamObject(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([NumberObject(0), NumberObject(0), width, height]),
            NameObject("/Resources"): DictionaryObject(),
        },
        stream_data=b"",
    )
    return writer.add_object(form)


def _tag(writer: _Writer, field: DictionaryObject, reference: IndirectObject, page: IndirectObject) -> None:
    """Hang the field into the structure tree. SigningError for a file without one: it is no letter of ours."""
    if "/StructTreeRoot" not in writer.root:
        raise SigningError("The file is not tagged.")
    tree = writer.root["/StructTreeRoot"]
    numbers = tree["/ParentTree"]["/Nums"]
    key = max((int(numbers[i]) for i in range(0, len(numbers), 2)), default=-1) + 1
    kids = tree["/K"]
    document = kids if isinstance(kids, DictionaryObject) else kids[0]
    element = writer.add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/StructElem"),
                NameObject("/S"): NameObject("/Form"),
                NameObject("/P"): _indirect(document.container_ref),
                NameObject("/Pg"): page,
                NameObject("/Alt"): TextStringObject(SPOKEN),
                NameObject("/K"): ArrayObject(
                    [
                        DictionaryObject(
                            {
                                NameObject("/Type"): NameObject("/OBJR"),
                                NameObject("/Obj"): reference,
                                NameObject("/Pg"): page,
                            }
                        )
                    ]
                ),
            }
        )
    )
    field[NameObject("/StructParent")] = NumberObject(key)
    numbers.extend([NumberObject(key), element])
    tree[NameObject("/ParentTreeNextKey")] = NumberObject(key + 1)
    document["/K"].append(element)
    for changed in (numbers, tree, document["/K"]):
        writer.update_container(changed)
