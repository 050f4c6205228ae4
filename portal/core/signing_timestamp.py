"""Asks a time-stamp service (RFC 3161) when a signature was made."""

from urllib.error import URLError
from urllib.request import Request, urlopen

from asn1crypto import cms, tsp
from pyhanko.sign.timestamps import TimeStamper as _Base
from pyhanko.sign.timestamps import TimestampRequestError

from portal.core.coroutines import finish
from portal.core.errors import N_
from portal.core.signing_canonical import canonical
from portal.core.signing_keys import CannotSign

SECONDS = 10
MOST_BYTES = 64 * 1024

NO_STAMP = N_("The time-stamp service did not answer. Try again later.")


class TimeStamper(_Base):
    """One service. Its answers are brought into the one form that a letter may hold."""

    def __init__(self, url: str, *, below: frozenset[bytes] = frozenset()) -> None:
        super().__init__()
        self._url, self._below = url, below

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return ask(self._url, req)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        try:
            token = canonical(await super().async_timestamp(message_digest, md_algorithm), below=self._below)
        except (TimestampRequestError, ValueError, TypeError, KeyError) as error:
            raise CannotSign(NO_STAMP, reason=f"The time-stamp service {self._url} said: {error}") from error
        imprint = token["content"]["encap_content_info"]["content"].parsed["message_imprint"]
        if imprint["hashed_message"].native != message_digest:
            raise CannotSign(NO_STAMP, reason=f"The time-stamp service {self._url} stamped something else.")
        return token


def ask(url: str, request: tsp.TimeStampReq) -> tsp.TimeStampResp:
    """Send a request; `url` comes from the settings. CannotSign when there is no answer."""
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        with urlopen(Request(url, request.dump(), headers), timeout=SECONDS) as answer:  # noqa: S310 - http(s) checked
            return tsp.TimeStampResp.load(answer.read(MOST_BYTES))
    except (URLError, OSError, ValueError) as error:
        raise CannotSign(NO_STAMP, reason=f"The time-stamp service {url} does not answer: {error}") from error


def reachable(url: str) -> str:
    """Why a service gives no stamp, "" when it does."""
    try:
        finish(TimeStamper(url).async_timestamp(bytes(32), "sha256"))
    except CannotSign as error:
        return error.reason
    return ""
