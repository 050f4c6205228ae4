"""The proof that somebody may act for the person concerned: its kind, the day on which it was made, its picture."""

from __future__ import annotations

from datetime import date
from typing import Any

from disclosure.forms.resident.offers import OfferField
from disclosure.forms.resident.questions import today
from disclosure.rules import agents, reception
from portal.core.errors import N_
from portal.core.files import Slot
from portal.web.fields import DateField, UploadField
from portal.web.forms import Form
from portal.web.language import _l, choose

PROOF = Slot("agency", max_pages=10)
TOO_OLD = N_("This paper was made more than %(days)s days ago, so it proves nothing any more. Please get a new one.")


class ProofForm(Form):
    """One paper; the file is checked by content and re-encoded before anything is kept."""

    document = OfferField(_l("Which paper?"), missing=_l("Choose the kind of paper."))
    made_on = DateField(_l("Made on"), required=False, latest=today, hint=_l("The date that stands on the paper."))
    file = UploadField(
        _l("Picture of the paper"),
        slot=PROOF,
        hint=_l("JPEG, PNG, HEIC or PDF, at most 10 MB. Every page, and no personal number."),
    )

    def __init__(self, capacity: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = agents.proofs(capacity, today())
        self.document.offer((row.code, choose(row, "label"), choose(row, "note")) for row in rows)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: what has a date is fresh enough, and nobody sends the back of a card."""
        if not super().validate(extra_validators):
            return False
        day, kind = today(), agents.PROOFS[self.document.data or ""]
        if kind.dated:
            self._check_age(self.made_on.day, day)
        if reception.names_a_back(self.file.data.filename):
            self.refuse("file", reception.BACK_OF_A_CARD)
        return not self.errors

    def _check_age(self, made_on: date | None, day: date) -> None:
        days = agents.terms(day).proof_days
        if made_on is None:
            self.refuse("made_on", agents.NO_DAY)
        elif not agents.is_fresh(made_on, day, days):
            self.refuse("made_on", TOO_OLD, days=days)
