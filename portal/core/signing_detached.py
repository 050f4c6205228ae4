"""Signatures beside a file (CMS, detached): of lists of files, where PAdES is for letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from asn1crypto import cms, x509
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

from portal.core.coroutines import finish
from portal.core.signing_anchors import Anchors
from portal.core.signing_keys import CannotSign, Key, describe
from portal.core.signing_pades import DIGEST, cms_signer


@dataclass(frozen=True)
class Signed:
    """What a signature beside a file is worth; ``reason`` says in English what is wrong."""

    valid: bool
    subject: str = ""
    signed_at: datetime | None = None
    sample: bool = False
    reason: str = ""


def sign(data: bytes, *, key: Key, at: datetime) -> bytes:
    """The signature over ``data`` as DER (RFC 5652), with the signing time; CannotSign."""
    try:
        made = cms_signer(key).async_sign(
            sha256(data).digest(),
            DIGEST,
            is_pdf_sig=False,
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=at),
        )
        return bytes(finish(made).dump())
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise CannotSign(reason=f"The list could not be signed: {type(error).__name__}: {error}") from error


def verify(data: bytes, signature: bytes, *, anchors: Anchors) -> Signed:
    """The verdict on a signature beside ``data``. Never raises for any bytes."""
    try:
        return _judge(data, cms.ContentInfo.load(signature, strict=True)["content"], anchors)
    except Exception as error:  # the parsers raise whatever a broken file makes them raise
        return Signed(False, reason=f"unreadable: {type(error).__name__}")


def _judge(data: bytes, signed: Any, anchors: Anchors) -> Signed:
    from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    at = next(
        (one["values"][0].native for one in signed["signer_infos"][0]["signed_attrs"]
         if one["type"].native == "signing_time"), None
    )  # fmt: skip
    if at is None:
        return Signed(False, reason="no signing time")
    roots = [x509.Certificate.load(der) for der in (*anchors.roots, *filter(None, [anchors.sample]))]
    status = finish(
        async_validate_detached_cms(
            data,
            signed,
            signer_validation_context=ValidationContext(trust_roots=roots, moment=at, allow_fetching=False),
            key_usage_settings=KeyUsageConstraints(
                key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
            ),
        )
    )
    subject = describe(status.signing_cert).subject
    if not (status.intact and status.valid):
        return Signed(False, subject, at, reason="the signature is of something else")
    if not status.trusted or status.validation_path is None:
        return Signed(False, subject, at, reason="the certificate does not lead to a trusted root")
    sample = anchors.sample is not None and status.validation_path.first.dump() == anchors.sample
    if not sample and subject not in anchors.subjects:
        return Signed(False, subject, at, reason="somebody else's certificate")
    return Signed(True, subject, at, sample)
