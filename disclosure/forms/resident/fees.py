"""Asking that a fee be waived (手数料減免申請)."""

from __future__ import annotations

from portal.core.files import Slot
from portal.web.fields import TextAreaField, UploadField
from portal.web.forms import Form
from portal.web.language import _l

EVIDENCE = Slot("evidence", max_pages=10)


class WaiverForm(Form):
    """The reason, and what shows it."""

    reason = TextAreaField(
        _l("Why you ask for it"),
        longest=2000,
        rows=6,
        missing=_l("Give the reason."),
        hint=_l("For example economic hardship. Do not write your personal number here."),
    )
    file = UploadField(
        _l("What shows it"),
        slot=EVIDENCE,
        required=False,
        hint=_l("JPEG, PNG, HEIC or PDF, at most 10 MB. Cover personal numbers first."),
    )
