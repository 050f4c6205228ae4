"""What an appellant does after filing: sends what is missing, or withdraws."""

from __future__ import annotations

from disclosure.forms.appeal import EVIDENCE
from portal.web.fields import CheckField, TextAreaField, UploadField
from portal.web.forms import Form
from portal.web.language import _l


class CorrectionForm(Form):
    """The answer to what was missing."""

    note = TextAreaField(_l("Your answer"), longest=2000, rows=5, hint=_l("Do not write your personal number here."))
    evidence = UploadField(
        _l("Document that supports it"),
        slot=EVIDENCE,
        required=False,
        hint=_l("JPEG, PNG, HEIC or PDF, at most 10 MB. Cover personal numbers first."),
    )


class WithdrawAppealForm(Form):
    """Nobody withdraws by accident."""

    sure = CheckField(
        _l("I want to withdraw my appeal."), required=True, missing=_l("Tick the box if you really want to withdraw.")
    )
