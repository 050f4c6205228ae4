"""The receipt slip: receipt number and access code for the requester to keep; no other personal data."""

from __future__ import annotations

from datetime import date, datetime

from disclosure.letters.versions import LETTERS
from portal.core.clock import day_in_japan
from portal.core.settings import Organisation, Settings
from portal.core.wareki import format_wareki
from portal.letters.engine import Context


def receipt_slip(
    number: str, access_code: str, *, received_at: datetime, settings: Settings, language: str = "ja", rest_of: str = ""
) -> bytes:
    """A PDF of one page in both languages, the reader's first. Made on demand and never stored.

    ``rest_of``: the number of the request of which this is the rest, decided later (第84条).
    """
    day = day_in_japan(received_at)
    kind = "slip-en" if language == "en" else "slip"
    context = slip_context(
        number,
        access_code,
        day=day,
        url=settings.public_url,
        organisation=settings.organisation,
        sample=settings.sample,
        language=language,
        rest_of=rest_of,
    )
    return LETTERS.render(LETTERS.current(kind, day), context)


def slip_context(
    number: str,
    access_code: str,
    *,
    day: date,
    url: str,
    organisation: Organisation,
    sample: bool,
    language: str,
    rest_of: str = "",
) -> Context:
    """Everything that the slip prints."""
    return {
        "title": "Receipt 受付票" if language == "en" else "受付票 Receipt",
        "number": number,
        "code": access_code,
        "date": format_wareki(day),
        "date_iso": day.isoformat(),
        "url": url,
        "organisation": organisation.name,
        "organisation_en": organisation.name_en,
        "department": organisation.department,
        "telephone": organisation.telephone,
        "sample": sample,
        "rest_of": rest_of,
    }
