"""The receipt (領収書) of a fee that was paid. Made on demand from the ledger, and kept nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from disclosure.letters.frame import addressee_fields
from disclosure.letters.versions import LETTERS
from disclosure.rules.fees import FeeKind, Way
from disclosure.rules.kinds import Field
from portal.core.settings import Organisation, Settings
from portal.core.wareki import format_wareki
from portal.letters.contact import sender
from portal.letters.engine import Context

KIND = "fee-receipt"
WHAT = {
    FeeKind.REQUEST: "開示請求手数料として",
    FeeKind.POSTAGE: "写しの送付に要する費用として",
    FeeKind.COPIES: "写しの交付に要する費用として",
}
WAYS = {Way.STAMP: "収入印紙", Way.CASH: "現金", Way.TRANSFER: "銀行振込", Way.ONLINE: "電子納付"}


def fee_receipt(
    number: str,
    case_number: str,
    values: Mapping[Field, str],
    *,
    what: FeeKind,
    way: Way,
    yen: int,
    day: date,
    settings: Settings,
) -> bytes:
    """A PDF of one page for whoever paid: the representative, where one asks. Invalid names a character without font.

    ``values`` are those of the case.
    """
    payer, _postal_code, _address = addressee_fields(values)
    context = receipt_context(
        number, case_number, values.get(payer, ""),
        what=what, way=way, yen=yen, day=day, organisation=settings.organisation, sample=settings.sample,
    )  # fmt: skip
    return LETTERS.render(LETTERS.current(KIND, day), context)


def receipt_context(
    number: str,
    case_number: str,
    name: str,
    *,
    what: FeeKind,
    way: Way,
    yen: int,
    day: date,
    organisation: Organisation,
    sample: bool,
) -> Context:
    """Everything that the receipt prints."""
    return {
        "title": "領収書",
        "number": number,
        "case_number": case_number,
        "date": format_wareki(day),
        "date_iso": day.isoformat(),
        "addressee": name,
        "honorific": "様",
        "yen": f"{yen:,}",
        "what": WHAT[what],
        "way": WAYS[way],
        **sender(organisation),
        "sample": sample,
    }
