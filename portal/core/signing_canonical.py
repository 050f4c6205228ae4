"""The one form in which a signature container may stand in a letter.

A signature covers the letter but not all of its own container: versions, names of algorithms, further certificates and
what follows the container could be changed without notice. So a container is written in exactly one form, which a
reader makes again from its parts and compares.
"""

from collections.abc import Iterable
from hashlib import sha256

from asn1crypto import algos, cms, core, keys, x509

_ORDER = {  # of the base points (FIPS 186-5), in hex digits
    "secp256r1": "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
    "secp384r1": "f" * 48 + "c7634d81f4372ddf581a0db248b0a77aecec196accc52973",
    "secp521r1": "1" + "f" * 64 + "fa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
}
STAMP = "signature_time_stamp_token"
# What the signed part says of the container, so that nothing in there can be taken away or exchanged.
STAMPED, CERTIFICATES = "/KAIJ_Stamped", "/KAIJ_Certificates"


class NotCanonical(ValueError):
    """A container that cannot be brought into the form."""


def low_s(signature: bytes, public: keys.PublicKeyInfo) -> bytes:
    """Of the two equally valid ECDSA signatures (r, s) and (r, n-s) the one with the smaller s; others as they are."""
    if public.algorithm != "ec" or public.curve[1] not in _ORDER:
        return signature
    parts = algos.DSASignature.load(signature)
    r, s, order = parts["r"].native, parts["s"].native, int(_ORDER[public.curve[1]], 16)
    return bytes(algos.DSASignature({"r": r, "s": min(s, order - s)}).dump())


def canonical(container: cms.ContentInfo, *, below: frozenset[bytes] = frozenset()) -> cms.ContentInfo:
    """A container of one signature, made again from its parts. NotCanonical, or ValueError from the parser.

    Certificates are the signer's and those above it but no root, and none above the names in `below`; unsigned
    attributes are one time-stamp or none.
    """
    signed = container["content"]
    if container["content_type"].native != "signed_data" or len(signed["signer_infos"]) != 1:
        raise NotCanonical("not one signature")
    info = signed["signer_infos"][0]
    certificates = [choice.chosen for choice in signed["certificates"] if choice.name == "certificate"]
    leaf = signing_certificate(info, certificates)
    by_serial = info["sid"].name == "issuer_and_serial_number"
    plain = signed["encap_content_info"]["content_type"].native == "data"
    parts = {
        "version": "v1" if by_serial else "v3",
        "sid": _sid(leaf, by_serial=by_serial),
        "digest_algorithm": _digest(info["digest_algorithm"]),
        "signed_attrs": cms.CMSAttributes.load(info["signed_attrs"].untag().dump()),
        "signature_algorithm": _signature(info["signature_algorithm"]),
        "signature": low_s(info["signature"].native, leaf.public_key),
    }
    if plain and (stamp := stamp_of(info)) is not None:
        parts["unsigned_attrs"] = cms.CMSAttributes([cms.CMSAttribute({"type": STAMP, "values": [canonical(stamp)]})])
    return cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": cms.SignedData(
                {
                    "version": "v1" if plain and by_serial else "v3",
                    "digest_algorithms": [_digest(info["digest_algorithm"])],
                    "encap_content_info": {"content_type": "data"} if plain else signed["encap_content_info"],
                    "certificates": [
                        cms.CertificateChoices(name="certificate", value=certificate)
                        for certificate in (leaf, *chain(leaf, certificates, below=below))
                    ],
                    "signer_infos": [cms.SignerInfo(parts)],
                }
            ),
        }
    )


def stamp_of(info: cms.SignerInfo) -> cms.ContentInfo | None:
    """The time-stamp on a signature. NotCanonical when there is more than one."""
    stamps = [
        value
        for attribute in (info["unsigned_attrs"] if info["unsigned_attrs"] else ())
        if attribute["type"].native == STAMP
        for value in attribute["values"]
    ]
    if len(stamps) > 1:
        raise NotCanonical("several time-stamps")
    return stamps[0] if stamps else None


def signing_certificate(info: cms.SignerInfo, certificates: list[x509.Certificate]) -> x509.Certificate:
    """The certificate that a signature names. NotCanonical."""
    sid = info["sid"]
    for certificate in certificates:
        if sid.name == "issuer_and_serial_number":
            named = sid.chosen
            if certificate.issuer == named["issuer"] and certificate.serial_number == named["serial_number"].native:
                return certificate
        elif certificate.key_identifier == sid.native:
            return certificate
    raise NotCanonical("no certificate of the signer")


def fingerprint(certificates: Iterable[x509.Certificate]) -> str:
    """The SHA-256 of certificates in any order, hex."""
    return sha256(b"".join(sorted(certificate.dump() for certificate in certificates))).hexdigest()


def chain(
    leaf: x509.Certificate, others: list[x509.Certificate], *, below: frozenset[bytes] = frozenset()
) -> tuple[x509.Certificate, ...]:
    """From the others those between a certificate and its root, in order, without the root.

    `below` are names (DER) of trusted roots: it ends there even where one of them has another certificate above it.
    """
    found: list[x509.Certificate] = []
    last = leaf
    while last.self_issued is False and last.issuer.dump() not in below:
        above = [o for o in others if o.subject == last.issuer and o.self_issued is False and o not in found]
        if not above:
            break
        last = above[0]
        found.append(last)
    return tuple(found)


def _sid(leaf: x509.Certificate, *, by_serial: bool) -> cms.SignerIdentifier:
    if by_serial:
        value = {"issuer": leaf.issuer, "serial_number": leaf.serial_number}
        return cms.SignerIdentifier("issuer_and_serial_number", cms.IssuerAndSerialNumber(value))
    return cms.SignerIdentifier("subject_key_identifier", core.OctetString(leaf.key_identifier))


def _digest(algorithm: algos.DigestAlgorithm) -> algos.DigestAlgorithm:
    return algos.DigestAlgorithm(_algorithm(algorithm))


def _signature(algorithm: algos.SignedDigestAlgorithm) -> algos.SignedDigestAlgorithm:
    if algorithm["algorithm"].native == "rsassa_pss":
        return algorithm  # its parameters take part in the signature
    return algos.SignedDigestAlgorithm(_algorithm(algorithm))


def _algorithm(algorithm: core.Sequence) -> dict[str, object]:
    """An algorithm without parameters; where they are written as NULL, they stay so."""
    parts: dict[str, object] = {"algorithm": algorithm["algorithm"].native}
    if len(algorithm.contents) > len(algorithm["algorithm"].dump()):
        parts["parameters"] = core.Null()
    return parts
