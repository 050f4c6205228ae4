"""Whose signatures count: the trusted roots and the subjects that are ours."""

from dataclasses import dataclass
from pathlib import Path

from asn1crypto import pem, x509

from portal.core.settings import Settings, SettingsError
from portal.core.signing_keys import SAMPLE_ROOT


@dataclass(frozen=True)
class Anchors:
    """Trusted roots as DER, and the subjects of our own certificates. Plain values: they go to another process.

    A public root signs for many organisations, so a chain alone says nothing: the subject must be ours too.
    """

    roots: tuple[bytes, ...] = ()
    subjects: tuple[str, ...] = ()
    sample: bytes | None = None


def anchors(settings: Settings) -> Anchors:
    """What this installation trusts; needs no key. SettingsError when the file is missing or holds no certificate."""
    roots: tuple[bytes, ...] = ()
    if settings.signing_anchors is not None:
        roots = _certificates(settings.signing_anchors)
    sample = None
    if settings.sample and (path := settings.keys / SAMPLE_ROOT).is_file():
        sample = _certificates(path)[0]
    return Anchors(roots=roots, subjects=subjects(settings), sample=sample)


def subjects(settings: Settings) -> tuple[str, ...]:
    """The subjects of our own certificates, old and new."""
    return tuple(filter(None, map(str.strip, settings.signing_subject.split("|"))))


def root_names(anchors: Anchors) -> frozenset[bytes]:
    """The names of the trusted roots, DER."""
    return frozenset(x509.Certificate.load(der).subject.dump() for der in anchors.roots)


def _certificates(path: Path) -> tuple[bytes, ...]:
    try:
        found = tuple(der for kind, _, der in pem.unarmor(path.read_bytes(), multiple=True) if kind == "CERTIFICATE")
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError:
        found = ()
    if not found:
        raise SettingsError(f"{path} holds no certificate in PEM form.")
    return found
