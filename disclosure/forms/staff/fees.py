"""Fees at the desk: charging, entering a payment, an application for a waiver on paper, deciding on one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from disclosure.forms.staff.case import CaseForm
from disclosure.rules.fees import FeeKind, Way
from portal.core.files import Slot
from portal.web.fields import ChoiceField, DateField, TextAreaField, TextField, UploadField
from portal.web.language import _l

EVIDENCE = Slot("evidence", max_pages=10)
KINDS = {
    FeeKind.REQUEST: _l("Fee of the request"),
    FeeKind.POSTAGE: _l("Postage"),
    FeeKind.COPIES: _l("Copies"),
}
WAYS = {
    Way.STAMP: _l("Revenue stamps"),
    Way.CASH: _l("Cash"),
    Way.TRANSFER: _l("Bank transfer"),
    Way.ONLINE: _l("Online"),
}
GRANT, LOWER, REFUSE = "grant", "lower", "refuse"


class _WithAmount(CaseForm):
    yen = TextField(_l("Amount in yen"), longest=12, autocomplete="off")

    @property
    def amount(self) -> int:
        """The amount, in digits of any width and with separators; 0 for what is none."""
        text = unicodedata.normalize("NFKC", (self.yen.data or "").strip()).replace(",", "").removesuffix("円")
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0


class ChargeForm(_WithAmount):
    """What is charged, and how much."""

    what = ChoiceField(_l("What is charged"), missing=_l("Choose what is charged."))

    def __init__(self, kinds: Iterable[FeeKind], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.what.choices = [(kind.value, KINDS[kind]) for kind in kinds]


class PaymentForm(_WithAmount):
    """How, when and how much was paid."""

    way = ChoiceField(_l("How it was paid"), missing=_l("Choose how it was paid."))
    paid_on = DateField(_l("Paid on"))

    def __init__(self, ways: Iterable[Way], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.way.choices = [(way.value, WAYS[way]) for way in ways]


class WaiverForm(CaseForm):
    """An application for a waiver that came on paper."""

    asked_on = DateField(_l("Arrived on"))
    reason = TextAreaField(_l("The reason as the requester gives it"), longest=2000, rows=5)
    file = UploadField(_l("Evidence"), slot=EVIDENCE, required=False, hint=_l("JPEG, PNG, HEIC or PDF, at most 10 MB."))


class WaiverDecisionForm(_WithAmount):
    """Granting or refusing, with the reason."""

    outcome = ChoiceField(
        _l("Decision"),
        choices=((GRANT, _l("Waive the fee")), (LOWER, _l("Lower the fee")), (REFUSE, _l("Do not waive it"))),
        missing=_l("Choose one of these."),
    )
    yen = TextField(
        _l("Lower it by (yen)"), longest=12, required=False, autocomplete="off", hint=_l("Only for lowering the fee.")
    )
    answer = TextAreaField(
        _l("Reason for the decision"), longest=1000, rows=4, hint=_l("The requester reads this as it stands.")
    )
