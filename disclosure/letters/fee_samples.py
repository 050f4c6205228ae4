"""A sample of the receipt of a fee, for the gallery and the tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from disclosure.letters.fee_receipt import KIND, receipt_context
from disclosure.letters.versions import LETTERS
from disclosure.rules.fees import FeeKind, Way
from portal.core.settings import Organisation
from portal.letters.samples import Sample


def receipts(organisation: Organisation, name: str, *, case_number: str, day: date) -> Iterator[Sample]:
    """The receipt of a request's fee."""
    context = receipt_context(
        "領-R08-000001-A", case_number, name,
        what=FeeKind.REQUEST, way=Way.CASH, yen=300, day=day, organisation=organisation, sample=True,
    )  # fmt: skip
    yield Sample(KIND, "領収書", LETTERS, LETTERS.current(KIND, day).name, context)
