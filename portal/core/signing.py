"""Signatures of letters (PAdES): made with the organisation's key, verified by anybody.

A signature is an incremental update: the unsigned file is a byte prefix of the signed one. No change is allowed after
it. The file stays PDF/UA and PDF/A.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files

from portal.core import clock
from portal.core.errors import N_
from portal.core.settings import Settings, SettingsError, Signing, Surface
from portal.core.signing_anchors import Anchors as Anchors
from portal.core.signing_anchors import anchors as anchors
from portal.core.signing_anchors import root_names, subjects
from portal.core.signing_keys import CannotSign as CannotSign
from portal.core.signing_keys import Certificate, Key, WrongPin, describe, key
from portal.core.signing_verify import Verdict as Verdict
from portal.core.signing_verify import leads_to
from portal.core.signing_verify import verify as verify

WARN_DAYS = 60

EXPIRED = N_("The certificate that letters are signed with expired on %(day)s.")
NOT_YET = N_("The certificate that letters are signed with is valid only from %(day)s.")
EXPIRES = N_("The certificate that letters are signed with expires on %(day)s, in %(days)s days.")
UNUSABLE = N_("Letters cannot be signed at the moment. The administrators know how to go on.")


@dataclass(frozen=True)
class Notice:
    """A warning for staff: `message` is a message id, `params` its values; a day among them is a `date`."""

    message: str
    params: dict[str, object]

    def __str__(self) -> str:
        return self.message % self.params


class Signer:
    """Signs letters with one key. `sample` is true when that proves nothing.

    `below` are the names of trusted roots: a time-stamp's certificates are kept up to these.
    """

    def __init__(
        self, key: Key, *, sample: bool, timestamp_url: str = "", below: frozenset[bytes] = frozenset()
    ) -> None:
        self._key, self._timestamp_url, self._below = key, timestamp_url, below
        self.sample = sample
        self.certificate: Certificate = describe(key.certificate)

    def sign(self, data: bytes, *, at: datetime) -> bytes:
        """A PDF with its signature appended: PAdES B-B, or B-T with a time-stamp service.

        `at` is the signing time, aware. CannotSign when the certificate is not valid then, the key cannot be used, the
        service does not answer or the file is no PDF of ours.
        """
        self._check_day(at)
        # The library takes half a second to load, which few processes need.
        from portal.core.signing_pades import sign
        from portal.core.signing_timestamp import TimeStamper

        stamper = TimeStamper(self._timestamp_url, below=self._below) if self._timestamp_url else None
        return sign(data, key=self._key, at=at, stamper=stamper)

    def sign_beside(self, data: bytes, *, at: datetime) -> bytes:
        """A signature over any file, to be kept beside it: CMS, DER. CannotSign as for letters."""
        self._check_day(at)
        from portal.core.signing_detached import sign

        return sign(data, key=self._key, at=at)

    def warning(self, today: date) -> Notice | None:
        """What staff should know of the certificate on a day in Japan."""
        left, day = self.certificate.days_left(today), clock.day_in_japan(self.certificate.not_after)
        if left < 0:
            return Notice(EXPIRED, {"day": day})
        return Notice(EXPIRES, {"day": day, "days": left}) if left <= WARN_DAYS else None

    def leads_to(self, anchors: Anchors, *, at: datetime) -> bool:
        """Whether the certificate leads to a trusted root at a moment, so that what it signs will be believed."""
        return leads_to((self._key.certificate, *self._key.chain), anchors, at)

    def _check_day(self, at: datetime) -> None:
        if at < self.certificate.not_before:
            raise CannotSign(NOT_YET, day=clock.day_in_japan(self.certificate.not_before).isoformat())
        if at > self.certificate.not_after:
            raise CannotSign(EXPIRED, day=clock.day_in_japan(self.certificate.not_after).isoformat())


def signer(settings: Settings) -> Signer | None:
    """The signer of an installation, opened once in a process; None for unsigned letters. CannotSign."""
    opened = _opened(settings)
    if isinstance(opened, str):
        raise WrongPin(reason=opened)
    return opened


@lru_cache(maxsize=4)
def _opened(settings: Settings) -> Signer | str | None:
    """The signer, or why its token refused the PIN."""
    try:
        opened = key(settings)
    except WrongPin as error:
        return error.reason
    if opened is None:
        return None
    sample = settings.signing is Signing.SAMPLE
    try:
        below = root_names(anchors(settings))
    except SettingsError as error:
        raise CannotSign(reason=str(error)) from None
    found = Signer(opened, sample=sample, timestamp_url=settings.timestamp_url, below=below)
    if not sample and found.certificate.subject not in subjects(settings):
        raise CannotSign(reason=f"The certificate's subject is not KAIJI_SIGNING_SUBJECT: {found.certificate.subject}")
    return found


def expiry_warning(settings: Settings, today: date) -> Notice | None:
    """What staff should know of the certificate today; None when all is well or nothing is signed here."""
    if settings.surface is Surface.PUBLIC:
        return None
    try:
        found = signer(settings)
    except CannotSign:
        return Notice(UNUSABLE, {})
    return found.warning(today) if found else None


def stamp_problem(settings: Settings) -> str:
    """Ask the time-stamp service for a stamp: why there is none, in English, or "" when it came."""
    from portal.core.signing_timestamp import reachable  # loads the library

    return reachable(settings.timestamp_url)


def seal(settings: Settings) -> bytes | None:
    """The picture of the seal, PNG, which a signed letter shows; None where letters say （公印省略）. SettingsError."""
    if settings.seal_file is not None:
        try:
            data = settings.seal_file.read_bytes()
        except OSError as error:
            raise SettingsError(f"KAIJI_SEAL_FILE {settings.seal_file} cannot be read: {error.strerror}.") from None
        width, height = (int.from_bytes(data[start : start + 4], "big") for start in (16, 20))
        if not data.startswith(b"\x89PNG\r\n\x1a\n") or width != height or not 64 <= width <= 600:
            raise SettingsError(f"KAIJI_SEAL_FILE {settings.seal_file} must be a square PNG of 64 to 600 pixels.")
        return data
    if settings.signing is Signing.SAMPLE:
        return (files("portal.core") / "data" / "seal-sample.png").read_bytes()
    return None
